"""Names of the countries and territories in French and Dutch (Unicode CLDR, by Babel)."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from sources.anchor import Lang
from sources.folding import alternatives

_NONE = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")  # unions, and codes that stand for no country


@cache
def countries(lang: Lang) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the names of countries in a text, and the code (ISO 3166) of each name.

    A name is found with either apostrophe, and as texts in capitals leave its first accent out.

    >>> pattern, codes = countries("fr")
    >>> [codes[m.group()] for m in pattern.finditer("les Etats-Unis et la Guinée-Bissau")]
    ['US', 'GW']
    """
    codes = {
        variant: code
        for code, name in Locale(lang).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NONE
        for variant in {name, name.replace("É", "E"), name.replace("’", "'")}
    }
    return re.compile(rf"(?<![\w-])(?:{alternatives(codes)})(?![\w-])"), codes
