"""Numbers of telephones and addresses of mail, as texts write them in Belgium and France."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What finds each sort.
SORTS = {
    "phone": re.compile(
        r"(?<![\w+])(?:(?:\+|00) ?\d{2} ?(?:\(0\) ?)?|0)\d{1,3}(?:[ ./-]?\d{2,3}){2,4}(?!\w)"
        r"|(?<![\w,.])(?:1\d{2}|1[67]00|0?[789]00[ -]?\d{2,5})(?!-?\w|[,.]\d)"
    ),
    "mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}


def contacts(text: str, sort: str) -> Iterator[tuple[int, int]]:
    """Where a text has one of a sort.

    >>> text = "au 081 45 67 89 (ou +32 2 345 67 89), à port@ville-haute.be"
    >>> [text[start:end] for sort in SORTS for start, end in contacts(text, sort)]
    ['081 45 67 89', '+32 2 345 67 89', 'port@ville-haute.be']
    """
    return (m.span() for m in SORTS[sort].finditer(text))
