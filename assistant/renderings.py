"""What a word of a question may be in the language of a text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index import translations
from index.glossary import shipped
from index.tokens import stems

if TYPE_CHECKING:
    from index.tokens import Word
    from sources.anchor import Lang


@lru_cache(maxsize=1000)
def renderings(word: Word, lang: Lang, spoken: Lang) -> tuple[frozenset[str], ...]:
    """Stems of what a word of ``lang`` may be in ``spoken``; all of one have to be there."""
    own = frozenset((word.stem,))
    if lang == spoken:
        return (own,)
    likely = translations.load().of(word.stem, lang) or ()
    named = (stems(name, spoken) for name in shipped().likely_names((word,), lang))
    return (own, *(frozenset((w,)) for w in likely), *filter(None, named))
