"""In which language a text is, by the words that each language has all over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sources.anchor import LANGS, Lang, other

_COMMON_WORDS = {
    "fr": re.compile(r"\b(?:les|des|du|aux|une|est|dans|par|pour|sur)\b"),
    "nl": re.compile(r"\b(?:het|een|van|voor|dat|zijn|worden|niet|bij|aan)\b"),
    "en": re.compile(r"\b(?:the|of|and|shall|which|to|for|by|be|that)\b"),
    "de": re.compile(r"\b(?:der|die|und|den|des|von|zu|für|mit|auf)\b"),
}
# Words that only one of the two languages has: they tell short lines too.
_TELLING: dict[Lang, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:le|la|les|des|du|au|aux|un|une|et|à|est|sont|dans|par|pour|sur|qui|ou|sans|avec"
        r"|article|chapitre|titre|section|annexe|loi|arrêté|décret)\b|\b[ld]['’]"
    ),
    "nl": re.compile(
        r"\b(?:het|een|van|voor|dat|zijn|worden|wordt|is|niet|bij|aan|op|te|met|of|door|deze|dit|ter"
        r"|tot|uit|artikel|hoofdstuk|titel|afdeling|bijlage|wet|besluit|decreet)\b"
    ),
}
# Of languages that are not read; most of these words are none of French or Dutch.
_THIRD = {
    "en": re.compile(
        r"\b(?:the|of|and|shall|which|to|for|by|be|that|their|with|this|these|are|from|as|all|its)\b"
    ),
    "de": re.compile(
        r"\b(?:der|die|das|und|von|zu|zum|zur|für|mit|auf|ist|sind|ein|eine|nicht|wird|werden|dem"
        r"|im|über|ohne|aus|oder)\b"
    ),
}
TELLS = 2  # telling words that a line has, to be taken for one of the two languages
_COLUMN = 4  # telling words that a column has at the least
_WHOLE = (
    3  # other telling words that a whole text has at the least: one may be a name ("Van Praet")
)
_SURE = 4  # times as many words of the one language as of the other
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\s[/|]\s|\n")  # between sentences, and texts side by side
_MOST = 200_000  # characters that are looked at
_FEW = 20  # words that may come from quotes and names


def other_language(text: str, lang: str, *, times: int) -> str:
    """The language that ``text`` has ``times`` as many common words of as of ``lang``; "" for none.

    >>> other_language("De partijen melden het aan een dienst van het land. " * 9, "fr", times=3)
    'nl'
    """
    text = text[:_MOST].lower()
    counts = {name: len(words.findall(text)) for name, words in _COMMON_WORDS.items()}
    likely = max(counts, key=lambda name: counts[name])
    return likely if counts[likely] > max(times * counts[lang], _FEW) and likely != lang else ""


def language(text: str, *, least: int = 1) -> Lang | None:
    """French or Dutch, where a text clearly is one of them: by ``least`` words that tell.

    >>> language("Wet op de ruilkasten van boeken"), language("Annexe 3"), language("N. 12")
    ('nl', 'fr', None)
    """
    text = text[:_MOST].lower()
    counts = {lang: len(_TELLING[lang].findall(text)) for lang in LANGS}
    likely = max(LANGS, key=lambda lang: counts[lang])
    sure = counts[likely] >= max(least, _SURE * counts[other(likely)], 1)
    return likely if sure else None


def whole_language(text: str) -> Lang | None:
    """French or Dutch, where all of a text clearly is in it; None where it is in both or a third.

    >>> whole_language("Het slot is van de dienst. De sleutel is bij het onthaal.")
    'nl'
    >>> whole_language("The key is of use. It is here. That is all there is.")
    """
    likely = language(text)
    if likely is None:
        return None
    text = text[:_MOST].lower()
    third = max(len(set(words.findall(text))) for words in _THIRD.values())
    return likely if len(set(_TELLING[likely].findall(text))) >= max(_WHOLE, third + 1) else None


def third_language(text: str) -> str:
    """The language of a text that is clearly in none of the two; "" for any other.

    >>> third_language("All boats carry the flag of Spa."), third_language("Le Club of Spa")
    ('en', '')
    """
    text = text[:_MOST].lower()
    counts = {name: len(set(words.findall(text))) for name, words in _THIRD.items()}
    own = max(len(set(words.findall(text))) for words in _TELLING.values())
    likely = max(counts, key=lambda name: counts[name])
    return likely if counts[likely] >= max(_THIRD_TELLS, 2 * own + 1) else ""


_THIRD_TELLS = 3  # other words that tell


def mixed(text: str, *, least: int = TELLS) -> bool:
    """Whether a text has many words of both languages, or a sentence of each.

    >>> mixed("La clé est dans le hall et dans la cour, la caisse van het huis is bij een van hen.")
    True
    >>> mixed("Le lac est ouvert / Het meer is open"), mixed("Le lac de Het Zoute est ouvert.")
    (True, False)
    """
    if set(LANGS) <= {language(part, least=least) for part in _SENTENCE.split(text[:_MOST])}:
        return True
    counts = [len(words.findall(text[:_MOST].lower())) for words in _TELLING.values()]
    return min(counts) >= _COLUMN and _SURE * min(counts) > max(counts)


def side_by_side(columns: Sequence[str]) -> list[Lang | None] | None:
    """The language of each column of a text that stands in French and in Dutch beside each other.

    None where the columns are no such text. A column in neither (numbers, signs) is None.

    >>> side_by_side(["1", "Les caisses et la clé sont dans le hall.", "De kisten van het huis."])
    >>> side_by_side(["La caisse est dans le hall, et la clé aussi.", "Het huis van een van hen."])
    ['fr', 'nl']
    """
    found = [language(column, least=_COLUMN) for column in columns]
    return found if set(LANGS) <= set(found) else None
