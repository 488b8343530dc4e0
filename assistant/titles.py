"""The indexed texts by their titles: of what sort they are, and their words, days and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from assistant import sorts
from assistant.empty_words import is_empty
from assistant.known_texts import DECLARATION
from assistant.name_numbers import NameNumbers, numbers_behind, numbers_of
from assistant.part_labels import label_of
from assistant.sorts import SORT_OF_TEXT
from assistant.text_leads import ABOUT, ALSO_OF, OF_SORT
from index.tokens import Word, stems, words
from sources.anchor import LANGS, Lang, other
from sources.dates import date_spans
from sources.folding import fold_in_place
from sources.names import corrected
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    from assistant.act_versions import ActVersions
    from assistant.known_texts import KnownTexts
    from index.build import Build
    from index.glossary import Glossary
    from sources.catalogue import Catalogue

_THAT_OF = {  # a text, after one was named: "et celle sur les marchés ?", "en die over loon?"
    "fr": re.compile(
        r"\b(?P<compound>)(?P<sort>cell?e|celui)(?= (?:sur|d[eu]s?|relati\w+|concernant)\b)"
    ),
    "nl": re.compile(r"\b(?P<compound>)(?P<sort>die|deze|dat|dit)(?= (?:over|inzake|rond|van)\b)"),
}
_TO_SORT = re.compile(OF_SORT)
_TO_WHAT_IS_ASKED = re.compile(rf"\s+{ABOUT.pattern}")
_REMEMBERED = 64  # questions of which the titles that they name are kept
_TITLE = 12  # words after it that may be of its title
_TOKEN = re.compile(r"[^\W_]+")


class Titles:
    """Compares the words of questions with the titles of the texts.

    Args:
        catalogue: The texts that are known.
        build: Those that are here.
        known: What they are called.
        versions: Acts and their other versions.
        glossary: What words are in the other language.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        build: Build,
        known: KnownTexts,
        versions: ActVersions,
        glossary: Glossary,
    ) -> None:
        self._catalogue, self._build, self._known = catalogue, build, known
        self._versions, self._glossary = versions, glossary
        self._indexed = known.indexed
        self._words: dict[Lang, dict[str, tuple[Word, ...]]] = {}
        self._parts: dict[tuple[str, Lang], frozenset[tuple[str, str]]] = {}
        self._name_numbers: dict[str, NameNumbers] = {}
        #: All titles are looked through, and one reading of a question asks for it several times.
        self.named = lru_cache(maxsize=_REMEMBERED)(self._look_through)

    def words_by_work(self, lang: Lang) -> dict[str, tuple[Word, ...]]:
        """Words of the titles of the texts that are indexed, but for corrigenda and consolidated
        texts, which have that of their act.
        """
        if lang not in self._words:
            self._words[lang] = {
                work: tuple(words(" ".join((source.title[lang], *source.names(lang))), lang))
                for work in sorted(self._indexed)
                if (source := self._catalogue.get(work)) and not self.is_beside_its_act(work)
            }
        return self._words[lang]

    def is_beside_its_act(self, work: str) -> bool:
        """Is a text a corrigendum, or another version of an act that is here?"""
        return corrected(work) is not None or self._versions.is_repeated(work)

    def numbers_of(self, work: str) -> NameNumbers:
        """The days and numbers by which a text of the catalogue goes."""
        if work not in self._name_numbers:
            source = self._catalogue.get(work)
            titles = {source.title[la] for la in LANGS} if source else ()
            self._name_numbers[work] = numbers_of(titles, source.date if source else "")
        return self._name_numbers[work]

    def said_numbers(
        self, question: str, sort: re.Match[str], lang: Lang
    ) -> tuple[NameNumbers, int]:
        """The days and numbers by which a question tells a text of a sort, and where they end."""

        def is_of_a_series(word: str) -> bool:
            numbered = [w for w in self.of_sort(sort["sort"], lang) if self.numbers_of(w).numbers]
            titles = (
                t.written for w in numbered for la in LANGS for t in self.words_by_work(la)[w]
            )
            return bool(numbered) and (not word or word in titles)

        return numbers_behind(question, sort.end(), is_of_a_series)

    def of_sort(self, sort: str, lang: Lang) -> list[str]:
        """The indexed texts of a sort; no declarations, which are told by their years."""
        if DECLARATION.fullmatch(sort):
            return []
        return [w for w in self.words_by_work(lang) if self._known.is_of_sort(w, sort, lang)]

    @cached_property
    def _headings(self) -> dict[tuple[str, str, Lang], None]:
        """Each heading once, with its work and its language."""
        passages = self._build.passages
        return {(p.anchor.work, h, p.anchor.lang): None for p in passages for h in p.headings}

    def parts_of_sort(self, sort: str, lang: Lang) -> frozenset[tuple[str, str]]:
        """The headings of parts of a sort ("2. Règlement sur les terrasses", of minutes) in texts
        that are of another, each with its text.
        """
        if (sort, lang) not in self._parts:
            others = self.words_by_work(lang).keys() - set(self.of_sort(sort, lang))
            self._parts[sort, lang] = frozenset(
                (work, heading)
                for work, heading, la in self._headings
                if work in others and sorts.says(_opening(heading), sort, lang, la)
            )
        return self._parts[sort, lang]

    def sharing(self, name: Iterable[Word], least: int, lang: Lang) -> list[str]:
        """The indexed texts whose titles have at least so many words of a name; no declarations."""
        said = {w.stem for w in name}
        return [
            work
            for work, title in self.words_by_work(lang).items()
            if not self._known.is_declaration(work) and len(said & {t.stem for t in title}) >= least
        ]

    def may_go_by(self, work: str, said: NameNumbers) -> bool:
        """May a text go by the days and numbers of a name? One has a number or has none; its day
        may be in no title.
        """
        own = self.numbers_of(work)
        return not own.is_another(said) and (not said.numbers or bool(own.numbers))

    def is_known(self, sort: str, said: NameNumbers, lang: Lang) -> bool:
        """Does a text of the catalogue go by a sort and a day or a number, be it indexed or not?"""
        return any(
            self._known.is_of_sort(s.id, sort, lang) and self.numbers_of(s.id).has_one_of(said)
            for s in self._catalogue
        )

    def _look_through(
        self, question: str, lang: Lang, *, goes_on: bool
    ) -> Mapping[str, tuple[int, int]]:
        """The texts that most words of their titles name, and where these stand."""
        text = fold_in_place(question)
        named: list[tuple[int, str, tuple[int, int]]] = []
        any_sort = list(_THAT_OF[lang].finditer(text)) if goes_on else []
        all_days = date_spans(text)
        places = [(p.start, p.end) for p in find_pinpoints(question, inner=True)]
        sorts_said = [(m, la) for la in LANGS for m in SORT_OF_TEXT[la].finditer(text)]
        for m, la in [*sorts_said, *((m, None) for m in any_sort)]:
            said = self.said_numbers(question, m, la)[0] if la else NameNumbers()
            for work in self.words_by_work(lang):
                if la and not self._known.may_be_of_sort(work, m["sort"], la):
                    continue
                own = self.numbers_of(work)
                if said and own.is_another(said):
                    continue
                days = [(start, end) for start, end, day in all_days if day in own.days]
                count, end = self._behind(question, m, work, days, lang)
                if count > 1 or (count and _is_name_of_place(question, m, end, places, lang)):
                    named.append((count, work, (m.start(), end)))
        most = max((count for count, *_ in named), default=0)
        return {work: span for count, work, span in named if count == most}

    def _behind(
        self,
        question: str,
        sort: re.Match[str],
        work: str,
        days: Sequence[tuple[int, int]],
        lang: Lang,
    ) -> tuple[int, int]:
        """How many words of the title of a text stand behind the word for its sort, and where they
        end. A name, a day and the first half of a Dutch compound say as much as two words.

        Args:
            question: As it is written.
            sort: Where it has the sort of text, folded.
            work: The text.
            days: Where the question has days of it: in either language they are the same.
            lang: Language of the question.
        """
        title = self.words_by_work(lang)[work]
        first, end = sort["compound"], sort.end()
        begins = stems(first or "", "nl")
        count = 2 * (bool(first) and any(_begins(w, first, begins) for w in title))
        for token in islice(_TOKEN.finditer(sort.string, end), _TITLE):
            at = token.start()
            if day := next((d for d in days if d[0] <= at < d[1]), None):
                count += 2 * (at == day[0])
                end = day[1]
                continue
            content = words(token[0], lang)
            if not all(self._has_word(w, work, lang) for w in content):
                return (0 if question[at].isupper() else count), end  # "Rome III" is no "Rome II"
            if any(not is_empty(w, lang) for w in content):
                count += 1 + question[at].isupper()
                end = token.end()
        return count + bool(count), end  # nothing else is said: one word may be enough

    def _has_word(self, word: Word, work: str, lang: Lang) -> bool:
        """Has the title of a text a word, or what the glossary calls it in the other language?"""
        if any(word.stem == t.stem for t in self.words_by_work(lang)[work]):
            return True
        into = other(lang)
        own = {t.stem for t in self.words_by_work(into)[work]}
        return any(
            (said := stems(name, into)) and said <= own
            for name in self._glossary.likely_names((word,), lang)
        )


def _begins(word: Word, first: str, own: frozenset[str]) -> bool:
    """Does a word begin with the first half of a compound, or is it that word ("ijsbaan" of
    "ijsbanen")?
    """
    return word.written.startswith(first) or not own.isdisjoint(stems(word.written, "nl"))


def _is_name_of_place(
    question: str,
    sort: re.Match[str],
    end: int,
    places: Iterable[tuple[int, int]],
    lang: Lang,
) -> bool:
    """Is a name of one word that of the text of a place ("artikel 4 van het besluit over vlotten")?

    The words behind it are no more of it where they say what is asked of the place: by themselves,
    or as the question goes on from the words before the place ("wanneer treedt … in werking").
    """
    text = sort.string
    for place, lead in places:
        if not _TO_SORT.fullmatch(text, lead, sort.start()):
            continue
        before, behind = (words(question[s], lang) for s in (slice(place), slice(end, None)))
        asks = any(not is_empty(w, lang) for w in before)
        ends = any(said.match(text, end) for said in (_TO_WHAT_IS_ASKED, ALSO_OF))
        return asks or ends or all(is_empty(w, lang) for w in behind)
    return False


def _opening(heading: str) -> str:
    """The first word of a heading behind its number, folded."""
    label = label_of(heading)
    opening = re.search(r"[^\W\d_][\w-]*", fold_in_place(heading[label.end if label else 0 :]))
    return opening[0] if opening else ""
