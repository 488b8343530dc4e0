"""What a text itself says that a term means: its definitions, found by their form.

"Aux fins du présent règlement, on entend par: «traitement», toute opération …"; "1° zone : la zone
…" where such words stand above. Who asks what a term is gets the definition before any passage that
uses the term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import sorts
from assistant.literal import expanded_acronyms
from assistant.message import is_comparison, respect, things
from assistant.reviewed import patterns
from index.glossary import shipped
from index.tokens import stems, stems_in_order, stems_of, words
from sources.anchor import LANGS, Anchor, Lang, other, parent
from sources.folding import fold, fold_to_line

if TYPE_CHECKING:
    from assistant.question import Question
    from index.build import Build
    from sources.model import Passage

_SAYS_SO = re.compile(
    r"\bentend(?:ent|u)? par\b|\bdéfinitions?\b|\bversta(?:an|at|en)\b.{0,60}\bonder\b"
    r"|\bonder\b.{0,80}\bverstaan\b|\bdefinities?\b|\bbegripsbepaling",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = (  # an apostrophe within a word ends nothing
    r"[«„“\"‘]\s?((?:[^«»„”“\"‘’\n]|(?<=\w)’(?=\w)){2,80}?)\s?(?:[»”\"]|’(?!\w))"
)
_BESIDE = r"(?:\s*\([^()]*\))?"
_OPENS = r"(?:^|[;:.]\s*|\n\s*|(?P<numbered>(?<!\w)\w{1,3}[).°]\s*))"
_IN_QUOTES = re.compile(
    rf"{_OPENS}(?:par\s)?(?P<terms>{_QUOTED}{_BESIDE}"
    rf"(?:\s*(?:,|et|ou|en|of)\s*{_QUOTED}{_BESIDE}){{0,4}})"
    r"(?:(?:\s(?:de|du|des|d['’]|van|door)\s?[^«»„”“:;,]{1,60})?\s*[:,—–]"  # of whom
    r"|(?(numbered)\s(?=\w)|(?!)))"  # the sign may lack behind a number
)
_BARE = re.compile(  # "1° zone : la zone …", where the words above announce definitions
    r"(?:^|\n|;\s*)(?:\d+(?:/\d+)?°\s*|[a-z]\)\s*)?(?P<terms>[^\W\d_][^:;«»„”\n]{1,60}?)\s?:\s(?=\S)"
)
_TERM = re.compile(_QUOTED)
_QUOTES = re.compile(r"[«„“\"]\s*([^«»„”“\"]{2,80}?)\s*[»”“\"]")  # a term in a question
_BESIDE_TERM = re.compile(  # where it is used: "seuil d'importance lors de la vérification"
    r"\s(?:lors (?:de|d'|du|des)|en matiere de|dans le cadre (?:de|d'|du|des)|bij|tijdens|inzake"
    r"|in het kader van)\b"
)
_IN_A_TEXT = re.compile(  # where it is defined: "GV dans la circulaire"
    r"\s(?:dans|selon|pour|d'apres|au sens d[eu]s?|in de zin van|volgens|voor|in|uit)"
    r"(?: la| le| les| l'| de| het| deze| dit| die| dat| cette| cet| ce)?"
    rf"\s?\w*?(?:{sorts.any_of(LANGS)})\b"
)
_LEADS_TO_A_TEXT = re.compile(  # whose name stood behind it
    r"(?: au sens(?: de)?| selon| pour| dans| in de zin(?: van)?| volgens| voor| in)"
    r"(?: le| la| l'| de| het)?$"
)
_SURELY = re.compile(
    r"\b(?:defini|signifi|ve(?:ut|ulent) dire|sigle|acronyme|abreviation|entend(?:re|-on|ent)? par"
    r"|betek|versta|omschr|afkorting|letterwoord|acroniem|waar sta)"
)
_PART = 6  # letters of the last part of a compound
_TURNS: dict[Lang, frozenset[str]] = {  # words that make the opposite of a term
    "fr": frozenset(("non", "pas", "sans", "sauf", "hors", "hormis", "ni")),
    "nl": frozenset(("niet", "geen", "non", "zonder", "behalve", "buiten", "on")),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What a passage says that a term means.

    Attributes:
        passage: That says it.
        lang: Language of the words.
        term: Stems of the term, in its order, with the words that turn it round.
        start, end: Where the definition stands in the text of the passage, with the term.
    """

    passage: Passage
    lang: Lang
    term: tuple[str, ...]
    start: int
    end: int


class Definitions:
    """The definitions of a build; found when the first is asked for, in a fraction of a second."""

    def __init__(self, build: Build) -> None:
        self._build = build

    def asked(self, question: Question) -> list[Definition]:
        """What the term means that a question asks for; none where it asks for none, or no text
        says it.

        Of the text that is named, else of all. Words may be a part of a longer term: "écart de
        rémunération" of that between women and men, "loonkloof" of "genderloonkloof"; of one alone.
        """
        lang, said = question.lang, self.term(question)
        if not said:
            return []
        alone = _IN_A_TEXT.split(_BESIDE_TERM.split(said)[0])[0]
        for part in dict.fromkeys((said, alone)):
            if found := self._of(
                question, self._by_term.get((lang, frozenset(_stems(part, lang))), [])
            ):
                return found
        longer = self._of_longer(question, _stems(alone, lang))
        return longer or self._in_the_other_language(question, alone)

    def _in_the_other_language(self, question: Question, said: str) -> list[Definition]:
        """Those of a term that is, word for word, what some words may be in the other language."""
        asked, into = words(said, question.lang), other(question.lang)
        is_turned = not _TURNS[question.lang].isdisjoint(_stems(said, question.lang))
        found: list[Definition] = []
        for (lang, term), own in self._by_term.items():
            if lang == into and is_turned != _TURNS[lang].isdisjoint(term):
                there = shipped().found_in(term, asked, question.lang)
                is_same = bool(asked) and len(there) == len(asked)
                all_said = frozenset().union(*there.values())
                found += own if is_same and term - _TURNS[lang] == all_said else []
        return self._of(question, found)

    def of_each(self, question: Question) -> list[list[Definition]]:
        """What each of several terms means that a question asks for, or compares; none where it
        does not, where it compares them in a respect, or where no text defines all of them.
        """
        lang = question.lang
        text = (question.inside or question).text
        said = things(text, lang)
        first = _term(said[0], lang) if said else ""
        if len(said) < 2 or not (first or is_comparison(text, lang)):
            return []
        if not first and respect(_IN_A_TEXT.split(fold(said[-1]))[0], lang):
            return []
        each = [self._named(question, _term(t, lang) or fold(t)) for t in said]
        works = {d.passage.anchor.work for d in each[0]}.intersection(
            *({d.passage.anchor.work for d in found} for found in each)
        )
        within = [[d for d in found if d.passage.anchor.work in works] for found in each]
        return within if works else []

    def terms_of(self, work: str, lang: Lang) -> list[str]:
        """The terms that a text defines in a language, as it writes them, in its order."""
        found = [
            _written(d)
            for (of, _), own in self._by_term.items()
            for d in own
            if of == lang and d.passage.anchor.work_lang == (work, lang)
        ]
        return list(dict.fromkeys(found))

    def explaining(self, question: Question) -> list[Passage]:
        """The passages that say what the acronym stands for whose meaning a question surely asks
        for, or each of those that it compares; none where one is not explained.
        """
        lang, text = question.lang, (question.inside or question).text
        compared = things(text, lang) if is_comparison(text, lang) else []
        if not (compared or _SURELY.search(question.folded)):
            return []
        said = [_term(t, lang) or fold(t) for t in compared or [text]]
        alone = [[w.written for w in words(s, lang)] for s in said]
        if any(len(ws) != 1 for ws in alone):
            return []
        first = [self._first_explaining(ws[0].upper(), question) for ws in alone]
        return list(dict.fromkeys(p for p in first if p)) if all(first) else []

    def _first_explaining(self, acronym: str, question: Question) -> Passage | None:
        """In the language of the answer where it can be."""
        lang = question.answer_lang
        for passage in sorted(self._build.passages, key=lambda p: p.anchor.lang != lang):
            if question.works and passage.anchor.work not in question.works:
                continue
            for text in passage.texts.values():
                if acronym in text and any(a == acronym for a, *_ in expanded_acronyms(text)):
                    return passage
        return None

    def _named(self, question: Question, said: str) -> list[Definition]:
        """Those of the term that some words are, or begin with: the longest."""
        asked = _stems(said, question.lang)
        for n in range(len(asked), 0, -1):
            own = self._by_term.get((question.lang, frozenset(asked[:n])), [])
            if found := self._of(question, [d for d in own if d.term == asked[:n]]):
                return found
        return []

    @staticmethod
    def term(question: Question) -> str:
        """The term whose meaning a question asks for, folded; "" where it asks for none."""
        inside = question.inside
        return _term((inside or question).text, question.lang, is_cut=bool(inside))

    def besides(self, question: Question) -> Callable[[Passage], bool] | None:
        """Tells of a passage whether it cannot say what a term means, whose meaning a question asks
        for; None where it asks for none.

        It cannot where it has no word of the term and says what another means, or where the
        question surely asks for a definition. In the other language a definition is taken for
        that of another term, if the question is sure, where the glossary has each word of the
        term and the definition has none.
        """
        lang, term = question.lang, self.term(question)
        if not term:
            return None
        wanted, exact = stems(term, lang), frozenset(_stems(term, lang))
        is_sure = bool(_SURELY.search(question.folded))
        asked = words(_IN_A_TEXT.split(term)[0], lang)
        is_known = all(shipped().find((w,), lang) for w in asked)

        def is_beside(passage: Passage) -> bool:
            if lang not in passage.texts:
                there = stems_of(passage.texts.values(), other(lang))
                has_none = is_known and not shipped().found_in(there, asked, lang)
                return is_sure and has_none and any(self._defined(passage))
            if not wanted.isdisjoint(stems(passage.texts[lang], lang)):
                own = {frozenset(d.term) for d in self._defined(passage) if d.lang == lang}
                return exact not in own and any(
                    exact ^ t and exact ^ t <= _TURNS[lang] for t in own
                )
            return is_sure or any(self._defined(passage))

        return is_beside

    def _defined(self, passage: Passage) -> Iterator[Definition]:
        """The definitions in a passage, in each language that it has words in."""
        for lang in passage.texts:
            yield from _in(passage, lang, self._announcing(passage, lang))

    def _of_longer(self, question: Question, term: tuple[str, ...]) -> list[Definition]:
        """Those of the shortest term that some words are a part of; none where it is not one."""
        lang = question.lang
        fits = [
            d
            for (of, _), own in self._by_term.items()
            if of == lang
            for d in own
            if _is_of(term, d.term, lang)
        ]
        longer = self._of(question, fits)
        least = min((len(d.term) for d in longer), default=0)
        nearest = [d for d in longer if len(d.term) == least]
        return nearest if len({d.term for d in nearest}) == 1 else []

    def _of(self, question: Question, found: Sequence[Definition]) -> list[Definition]:
        """Those of the text that a question names, if it names one."""
        return [d for d in found if not question.works or d.passage.anchor.work in question.works]

    @cached_property
    def _by_term(self) -> dict[tuple[Lang, frozenset[str]], list[Definition]]:
        found: dict[tuple[Lang, frozenset[str]], list[Definition]] = {}
        for passage in self._build.passages:
            if not passage.is_in_force:
                continue
            for d in self._defined(passage):
                found.setdefault((d.lang, frozenset(d.term)), []).append(d)
        return found

    def _announcing(self, passage: Passage, lang: Lang) -> str:
        """The words that stand above a passage within its article."""
        at, above = passage.anchor, [passage.lead]
        portion = at.portion
        while portion := parent(portion):
            if around := self._build.by_anchor.get(Anchor(at.work, at.lang, portion)):
                above.append(around.texts.get(lang, ""))
        return "\n".join(above)


def _term(text: str, lang: Lang, *, is_cut: bool = False) -> str:
    """The term whose meaning a text asks for, of which the name of an act may have been cut off."""
    text = fold_to_line(text).strip(" ,?.!")
    text = _LEADS_TO_A_TEXT.sub("", text) if is_cut else text
    named = next((m["x"] for p in patterns("definitions")[lang] if (m := p.match(text))), "")
    return quoted[1] if (quoted := _QUOTES.search(named)) else named


def _written(defined: Definition) -> str:
    """The first term of a definition, as the text writes it."""
    text = defined.passage.texts[defined.lang][defined.start : defined.end]
    quoted = _TERM.match(text)
    return quoted[1].strip() if quoted else text.partition(":")[0].strip()


def _is_of(said: tuple[str, ...], term: tuple[str, ...], lang: Lang) -> bool:
    """Are some words the first ones of a term, or the last part of a Dutch compound?"""
    if len(said) == len(term) == 1 and lang == "nl":
        first = term[0].removesuffix(said[0])
        return len(said[0]) >= _PART and first != term[0] and first not in _TURNS[lang]
    return len(said) > 1 and term[: len(said)] == said


def _stems(text: str, lang: Lang) -> tuple[str, ...]:
    """The stems of a term in its order, with the words that turn it round.

    >>> _stems("niet-ervaren belegger", "nl"), _stems("ervaren belegger", "nl")
    (('niet', 'ervaar', 'belegger'), ('ervaar', 'belegger'))
    """
    pieces = re.split(rf"(?<!\w)({'|'.join(_TURNS[lang])})(?!\w)", fold(text))
    each = ((p,) if n % 2 else stems_in_order(p, lang) for n, p in enumerate(pieces))
    return tuple(stem for piece in each for stem in piece)


def _in(passage: Passage, lang: Lang, above: str) -> Iterator[Definition]:
    """The definitions in a passage, in a language that it has words in."""
    text = passage.texts[lang]
    if not _SAYS_SO.search("\n".join([above, *passage.headings, text])):
        return
    found = list(_IN_QUOTES.finditer(text))
    if not found and _SAYS_SO.search(above):
        found = list(_BARE.finditer(text))
    if not found:
        return
    ends = [m.start() for m in found[1:]] + [len(text)]
    for m, end in zip(found, ends, strict=True):
        start = m.start("terms")
        for term in _TERM.findall(m["terms"]) or [m["terms"]]:
            if defined := _stems(term, lang):
                stop = start + len(text[start:end].rstrip())
                yield Definition(passage, lang, defined, start, stop)
