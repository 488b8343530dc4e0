"""Language of a question: French, Dutch, or something else.

Short questions carry little: the small words that only one of the two languages has decide
first, a language identifier (py3langid) second, the language of the page last.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from index.words import STOP, fold
from sources.anchor import Lang

_SURE = 0.6  # below this the identifier guesses
_ONLY = {
    "fr": (STOP["fr"] - STOP["nl"]) - {"on", "me", "un", "son", "or", "dit", "fait", "as", "car"},
    "nl": (STOP["nl"] - STOP["fr"])
    - {"over", "is", "in", "was", "met", "door", "had", "been", "we", "after", "under", "want"},
}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(["fr", "nl", "en", "de", "es", "it"])
    return found


def detect(question: str, fallback: Lang) -> tuple[Lang, bool]:
    """Language to answer in, and whether the question seems to be in that language."""
    tokens = fold(question).replace("'", " ").replace("-", " ").split()
    bare = [t.strip('.,;:?!()«»"“”‘’') for t in tokens]
    french, dutch = (sum(t in _ONLY[la] for t in bare) for la in ("fr", "nl"))
    if french != dutch:
        ahead: Lang = "fr" if french > dutch else "nl"
        if abs(french - dutch) > 1 or min(french, dutch) == 0:
            code, sure = _identifier().classify(question)
            foreign = code not in ("fr", "nl") and sure > 0.95 and max(french, dutch) < 2
            return (fallback, False) if foreign else (ahead, True)
    code, sure = _identifier().classify(question)
    if sure < _SURE:
        return fallback, True
    if code in ("fr", "nl"):
        return code, True
    return fallback, len(bare) < 4 or sure < 0.9
