"""Language of a question: French, Dutch, or something else.

Short questions have few words: the words that only one of the two languages has decide first (small
words, and those of the indexed texts), a language identifier (py3langid) second, the language of
the page last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

from index.tokens import STOP
from sources.anchor import LANGS, Lang
from sources.folding import fold

_SURE = 0.6  # below this the identifier guesses
_SURE_OF_A_WORD = 0.8  # the same for one word alone, which may be a name
_IN_A_NAME = re.compile(r"(?<=\w )[A-Z]\w*(?= [A-Z])")  # a small word before the rest of a name
_IN_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")  # "EU" is no form of "avoir"
_SMALL = 3  # small words beside those of the texts: a Dutch question may quote a French name
_ONLY = {
    "fr": (STOP["fr"] - STOP["nl"])
    - {"on", "me", "un", "son", "or", "dit", "fait", "as", "car", "non"},
    "nl": (STOP["nl"] - STOP["fr"])
    - {"over", "is", "in", "was", "met", "door", "had", "been", "we", "after", "under", "want"},
}


def _bare(text: str) -> list[str]:
    """The words of a folded text without what stands around them."""
    tokens = text.replace("'", " ").replace("-", " ").split()
    return [t.strip('.,;:?!()«»"“”‘’') for t in tokens]


@cache
def identifier() -> Any:
    """What tells the languages of Europe apart; loading it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(["fr", "nl", "en", "de", "es", "it"])
    return found


def detect(
    question: str, fallback: Lang, knows: Callable[[str, Lang], bool] = lambda *_: False
) -> tuple[Lang, bool]:
    """Language to answer in, and whether the question seems to be in that language.

    Args:
        question: As typed.
        fallback: Language for what is in neither.
        knows: Do the indexed texts in a language have this word?
    """
    letters = [c for c in question if c.isalpha()]
    if letters and not any("LATIN" in unicodedata.name(c, "") for c in letters):
        return fallback, False
    bare = _bare(fold(question))
    # "En over Le Havre?": the "Le" is part of a name.
    named = _IN_CAPITALS.sub(" ", _IN_A_NAME.sub(" ", question))
    plain = bare if question.isupper() else _bare(fold(named))
    small = {la: sum(t in _ONLY[la] for t in plain) for la in LANGS}
    content = [t for t in bare if len(t) > 3 and not any(t in STOP[la] for la in LANGS)]
    languages = [[la for la in LANGS if knows(t, la)] for t in content]
    french, dutch = (_SMALL * small[la] + languages.count([la]) for la in LANGS)
    if abs(french - dutch) > 1:  # one word of the texts alone is chance
        ahead: Lang = "fr" if french > dutch else "nl"
        code, sure = identifier().classify(question)
        foreign = code not in ("fr", "nl") and sure > 0.95
        return (fallback, False) if foreign else (ahead, True)
    code, sure = identifier().classify(question)
    if sure < (_SURE if len(bare) > 1 else _SURE_OF_A_WORD):
        return fallback, True
    if code in ("fr", "nl"):
        return code, True
    return fallback, len(bare) < 4 or sure < 0.9
