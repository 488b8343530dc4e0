"""Points of texts that are numbered as an outline: "point II.2, 6e tiret", "punt 2.6".

The places of such a text are numbers without words ("2.6"): which of them a question means is told
by the numbers in their addresses and in their locators ("II.2, 6e tiret").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from assistant.empty_words import content_stems, is_empty
from assistant.mention import Mention, NamedPlace
from assistant.reviewed import table
from assistant.text_leads import OF
from assistant.unknown_names import OF_A_NAME, capital_name
from assistant.whole_texts import overview_at
from index.resolve import has_any
from index.tokens import stems_of, words
from sources.anchor import LANGS, Lang, levels, word_at
from sources.folding import alternatives, blanked, fold_in_place
from sources.locale import section
from sources.pinpoints import Pinpoint

if TYPE_CHECKING:
    from assistant.named_texts import NamedTexts
    from index.build import Build
    from sources.model import Passage

_Numbers = tuple[str, ...]  # of a place, the widest first: "ii", "2", "6"


def _parts() -> str:
    """What parts are called, be it several."""
    units = (table("units")[la][kind] for la in LANGS for kind in ("any", "chapitre", "section"))
    return alternatives(
        f"{unit}{many}" for unit in chain.from_iterable(units) for many in ("s", "")
    )


_ITEM = rf"(?:{alternatives(fold_in_place(section('counted')['blt'][la]) for la in LANGS)})s?"
_POINT = re.compile(
    rf"(?:(?P<before>\d+)(?:er|e|de|ste)?\s+{_ITEM}\s+(?:du|van(?: het)?|de)\s+)?"
    rf"(?<!\w)(?:{_parts()})\s+(?:(?P<part>[ivx]+)\.)?\s*(?P<point>\d+)"
    rf"(?:[.,]?\s*(?P<item>\d+)(?:(?:er|e|de|ste)?\s+{_ITEM})?)?"
)
_NUMBERS = re.compile(r"(?<!\w)[ivx]+(?!\w)|\d+")
_OF_A_THING = re.compile(rf"[\s,]*{OF}(?P<word>[\w'-]+)")


def number_of_part(question: str) -> str:
    """The number of the part that a question names, with that of an item in it; "" for none.

    >>> number_of_part("Wat zegt punt 2, 6e streepje?"), number_of_part("Que dit la section 7 ?")
    ('2.6', '7')
    """
    m = _POINT.search(fold_in_place(question))
    return ".".join(filter(None, (m["point"], m["item"]))) if m else ""


class OutlinePoints:
    """Finds the points that questions name.

    Args:
        build: The texts that are here.
        texts: What they are called.
    """

    def __init__(self, build: Build, texts: NamedTexts) -> None:
        self._build, self._texts = build, texts
        own = [p for p in build.passages if not word_at(p.anchor.portion, 0)]
        #: The texts that are numbered so.
        self.works = tuple(dict.fromkeys(p.anchor.work for p in own))
        self._locators = [
            (_as_written(p.locator[la]), p.anchor.work, p.anchor.portion)
            for p in own
            for la in LANGS
        ]
        self._portions: dict[str, dict[_Numbers, str]] = defaultdict(dict)
        for p in own:
            self._portions[p.anchor.work] |= _numbered(p)
        self._words: dict[tuple[str, Lang], frozenset[str]] = {}

    def named(self, question: str, work: str | None, lang: Lang) -> Mention | None:
        """A point that a question names: of the text that it names, else of the one that is meant.

        Args:
            question: As it is written.
            work: The text that it names; None for none.
            lang: Its language.
        """
        text = fold_in_place(question)
        m = _POINT.search(text)
        if m is None:
            return self._by_locator(question, work, lang)
        if work is None and self._leads_to_another(question, m.end(), lang):
            return None
        found = self._meant(m, (work,) if work in self.works else () if work else self.works)
        if not work:
            found = {w: p for w, p in found.items() if not self._is_of_a_thing(text, m, w, lang)}
        each = [self._at(question, m.span(), w, portion, lang) for w, portion in found.items()]
        if not each:
            return None
        return replace(each[0], places=tuple(p for mention in each for p in mention.places))

    def _meant(self, point: re.Match[str], works: tuple[str, ...]) -> dict[str, str]:
        """The texts that have a point, with its portion; where none has, the only one there is."""
        numbers = (point["part"], point["point"], point["item"] or point["before"])
        said = tuple(filter(None, numbers))
        each = {w: self._portion(w, said) for w in works}
        portions = {w: portion for w, portion in each.items() if portion}
        having = {w: p for w, p in portions.items() if has_any(self._build, w, [p])}
        return having or (portions if len(works) == 1 else {})

    def _portion(self, work: str, said: _Numbers) -> str:
        """The portion that has some numbers, be there such a place or not; "" where it is of a part
        that the text does not have.
        """
        known = self._portions[work]
        ends = (end for end in range(len(said), 0, -1) if said[:end] in known)
        end = next(ends, 0)
        if not end and not said[0].isdecimal():
            return ""
        return ".".join(filter(None, (known.get(said[:end], ""), *said[end:])))

    def _is_of_a_thing(self, text: str, point: re.Match[str], work: str, lang: Lang) -> bool:
        """Is a point of something that a text never speaks of ("du guide")?"""
        of = _OF_A_THING.match(text, point.end())
        said = words(of["word"], lang) if of else ()
        if not said or is_empty(said[0], lang):
            return False
        if (work, lang) not in self._words:
            passages = (p for la in LANGS for p in self._build.document(work, la))
            each = (t for p in passages for t in (p.texts.get(lang, ""), *p.headings_in(lang)))
            self._words[work, lang] = stems_of(each, lang)
        own = self._words[work, lang] | self._texts.known.title_stems(work, lang)
        return said[0].stem not in own

    def _leads_to_another(self, question: str, end: int, lang: Lang) -> bool:
        """Is a point that ends there of a text that is no declaration, by its sort or by a name?"""
        text = fold_in_place(question)
        of = OF_A_NAME.match(text, end)
        if of is None:
            return False
        at = of.start("word")
        return capital_name(question, at) is not None or self._texts.is_of_another_sort(
            text, at, lang
        )

    def _at(
        self, question: str, span: tuple[int, int], work: str, portion: str, lang: Lang
    ) -> Mention:
        """The place of a work that a question names there."""
        cut = [span, *overview_at(fold_in_place(question), lang)]  # "sum up section 6"
        names, written = self._texts.known.name_stems(work, lang), question[slice(*span)]
        return Mention(
            work=work,
            indexed=True,
            portion=portion,
            written=written,
            rest=tuple(s for s in content_stems(blanked(question, cut), lang) if s not in names),
            places=(NamedPlace(work, Pinpoint.at(portion, *span), written),),
        )

    def _by_locator(self, question: str, work: str | None, lang: Lang) -> Mention | None:
        """A point as the page names it: "II.4, 2e streepje"."""
        text = fold_in_place(question)
        found = [
            (m.span(), at, portion)
            for pattern, at, portion in self._locators
            if work in (None, at) and (m := pattern.search(text))
        ]
        if not found or len({at for _, at, _ in found}) > 1:
            return None
        span, at, portion = max(found, key=lambda f: f[0][1] - f[0][0])
        return self._at(question, span, at, portion, lang)


def _as_written(locator: str) -> re.Pattern[str]:
    """A locator as people write it: with other spaces and commas, in any case."""
    tokens = re.split(r"[\s,]+", fold_in_place(locator))
    return re.compile(r"(?<!\w)" + r"[\s,]+".join(map(re.escape, tokens)) + r"(?!\w)")


def _numbered(passage: Passage) -> dict[_Numbers, str]:
    """The portions of a passage and of what it is in, by their numbers: those of the portion, and
    those of the locator, which may say the part before them ("II.2, 6e tiret" of "2.6").
    """
    portion = levels(passage.anchor.portion)
    own = tuple(level.lower() for level in portion)
    found: dict[_Numbers, str] = {}
    for la in LANGS:
        said = tuple(_NUMBERS.findall(fold_in_place(passage.locator[la])))
        before = len(said) - len(own)
        if before < 0 or said[before:] != own:
            continue
        for end in range(len(own) + 1):
            found[said[: before + end]] = found[own[:end]] = ".".join(portion[:end])
    found.pop((), None)
    return found
