"""Texts, and places in them, that a question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.absent_declaration import AbsentDeclarations
from assistant.empty_words import content_stems, is_empty
from assistant.known_texts import DECLARATION
from assistant.locators import cited
from assistant.mention import Mention, Named, NamedPlace, Spoken
from assistant.named_texts import NamedTexts
from assistant.numbered import has_point, numbered_headings
from assistant.outline_points import OutlinePoints, number_of_part
from assistant.text_leads import ALSO_OF, GAZETTE, OF, THE_SAME
from assistant.unknown_names import UnknownNames
from assistant.unrecognised import unrecognised_text
from assistant.whole_texts import overview_at, whole_texts
from index.resolve import has_any, neighbour, resolve
from index.tokens import stems, words
from sources.anchor import LANGS, Lang, other, parent, word_at
from sources.dates import date_in_words
from sources.folding import blanked, fold_in_place
from sources.locator import steps_of
from sources.pinpoints import DIVISIONS, Pinpoint
from sources.pinpoints import find as find_pinpoints
from sources.references import Reference

if TYPE_CHECKING:
    from index.build import Build
    from sources.catalogue import Catalogue

# What names a text after a place.
_OF_A_TEXT = re.compile(rf"[\s,]*{OF}(?P<word>[\w'-]+)(?P<more>[\s,]*[^\W_][^?.!]*)?")
_ONLY_ARTICLES = re.compile(r"(?:\s|\b(?:la|le|les|de|het|et|en)\b|\bl')*")
_DIRECTLY = re.compile(r"\s+(?P<name>[\w'-]+(?:\s+[\w'-]+){0,3})\s*[?.!]*\s*$")
_LAST_WORD, _NEXT_WORD = re.compile(r"[\w/-]+\s+$"), re.compile(r"(?:,?\s+|['’])[\w/-]*\w")
_APPOSED = re.compile(r"[\s,]*(?P<apposed>\([^()]*\)|«[^«»]*»|“[^“”]*”|\"[^\"]*\")")
_WITHOUT_DIVISIONS = {"art", "rct"}  # these have no chapters, as an annex may
_REMEMBERED = 256  # messages that are kept as read


def _between(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words from the first place to the last."""
    return question[min(s for s, _ in spans) : max(e for _, e in spans)] if spans else ""


class Mentions:
    """Finds what questions name, by the names of the catalogue and by the numbers of acts."""

    def __init__(self, catalogue: Catalogue, build: Build) -> None:
        self._build = build
        #: Which texts are named.
        self.texts = NamedTexts(catalogue, build)
        #: What the texts are called, and which are indexed.
        self.known = self.texts.known
        self._indexed = self.known.indexed
        self._outline_points = OutlinePoints(build, self.texts)
        self._unknown_names = UnknownNames(build, self.texts)
        self._absent_declarations = AbsentDeclarations(catalogue, build, self.known)
        #: Each message of a conversation leads to all before it, in two languages: read them once.
        self._said_before = lru_cache(maxsize=_REMEMBERED)(self.read)

    def read(
        self,
        question: str,
        lang: Lang,
        before: Sequence[str] = (),
        answering: Callable[[str], str | None] = lambda _: None,
    ) -> Named:
        """What a message names.

        Args:
            question: The message.
            lang: Its language.
            before: Earlier messages of the conversation, oldest first.
            answering: The work that answers a message that names none, if any.
        """
        found = self.texts.asked_for(question)
        mention = self._find(question, found, lang, goes_on=bool(before))
        is_named = mention is not None and bool(mention.name)
        said = None if is_named else unrecognised_text(self.texts, question, lang)
        if said and mention and not said.works:
            said = None
        if said and mention and mention.work:
            mention = None  # a place in another text
        if before and not said and not (mention and any(r.work for r in found)):
            spoken = self._spoken(question, found, before, lang, answering)
            mention = (self._there(question, found, spoken, lang) if spoken else None) or mention
        spans = [(r.start, r.end) for r in found if r.work is not None]
        return Named(
            tuple(found),
            mention,
            () if said else whole_texts(self.texts, question, found, mention, lang),
            frozenset(content_stems(blanked(question, spans), lang)),
            self._absent_declarations.named_in(question, mention),
            said,
        )

    def _find(
        self, question: str, found: Sequence[Reference], lang: Lang, *, goes_on: bool
    ) -> Mention | None:
        """The text, and the place in it, that a question names; None where it names none."""
        named = [r for r in found if r.work is not None]
        best = max(named, key=lambda r: (r.portion is not None, r.end - r.start), default=None)
        work = best.work if best else self.texts.by_number(question)
        cut: list[tuple[int, int]] = []
        if work is None and self._unknown_names.by_abbreviation(question, found, lang):
            return self._of_unknown(question, found, lang)
        if work is None and (
            titled := self.texts.by_name_numbers(question, lang)
            or self.texts.by_meeting(question, lang)
            or self.texts.by_title(question, lang, goes_on=goes_on)
        ):
            work, span = titled
            cut = [span]
        if work is None and (called := self._by_sort(question, found, lang)):
            work, span = called
            cut = [span]
        cut += self.texts.versions.asked_for(work, question) if work else []
        cut += [
            (start, end)
            for start, end, works in self.texts.bare_numbers(question)
            if work in works and not any(r.start <= start < r.end for r in named)
        ]
        if work is None:
            return (
                self._in_each_alike(question, found, lang)
                or self._outline_points.named(question, None, lang)
                or self._bare(question, found, lang)
                or self._of_unknown(question, found, lang)
            )
        named_place = any(r.portion for r in named)
        point = None if named_place else self._outline_points.named(question, work, lang)
        if point:
            return replace(point, name=(*cut, *((r.start, r.end) for r in named)))
        places = self._places(question, found, work, lang) or self._inner(question, named, work)
        if cut and not named:
            for also, span in self._also_of(question, cut[0], lang):
                places += self._places(question, found, also, lang)
                cut.append(span)
        cut += [(r.start, r.end) for r in (named if places else (best,)) if r]
        return self._mention(
            question,
            work,
            places,
            cut,
            lang,
            about=bool(DECLARATION.search(fold_in_place(question)))
            or any(r.work in self._indexed for r in named),
        )

    def _mention(
        self,
        question: str,
        work: str,
        places: Sequence[NamedPlace],
        cut: Sequence[tuple[int, int]],
        lang: Lang,
        *,
        about: bool = False,
    ) -> Mention:
        """A text with the places that are named; it is the first one of them that is indexed."""
        ranked = sorted(places, key=lambda p: p.work not in self._indexed)
        work = ranked[0].work if ranked else work
        here = [p for p in places if p.work == work]
        named = [
            self._with_title(question, span, work, lang, has_place=bool(places)) for span in cut
        ]
        spans = [(p.pinpoint.start, p.pinpoint.end) for p in places]
        return Mention(
            work,
            not work or work in self._indexed,
            here[0].pinpoint.portion if here else None,
            _between(question, [(p.pinpoint.start, p.pinpoint.end) for p in here]),
            content_stems(blanked(question, [*named, *spans]), lang),
            about=about,
            places=tuple(places),
            name=tuple(cut),
        )

    def _with_title(
        self, question: str, span: tuple[int, int], work: str, lang: Lang, *, has_place: bool
    ) -> tuple[int, int]:
        """A name with the words of the title and the date right before and after it ("collectieve
        arbeidsovereenkomst", "convention 2026/118"), and with what says in brackets or quotation
        marks which text it is ("(JO L 99 du 15.3.2031)").

        Behind the name of a text of which a place is named, empty words may stand between them.
        """
        start, end = span
        day = date_in_words(lang, date) if (date := self.known.date_of(work)) else ""
        title = self.known.title_stems(work, lang) | stems(day, lang)

        def is_of_it(word: str) -> bool:
            said = stems(word, lang)
            return bool(said) and said <= title

        while (m := _LAST_WORD.search(question, 0, start)) and is_of_it(m[0]):
            start = m.start()
        reach = end
        while m := _NEXT_WORD.match(question, reach):
            reach = m.end()
            if is_of_it(m[0]):
                end = reach
            elif not has_place or content_stems(m[0], lang):
                break
        while m := _APPOSED.match(question, end):
            said = content_stems(m["apposed"], lang)
            if not (title.issuperset(said) or GAZETTE.match(fold_in_place(m["apposed"]))):
                break
            end = m.end()
        return start, end

    def _places(
        self, question: str, found: Sequence[Reference], work: str, lang: Lang
    ) -> list[NamedPlace]:
        """The places that a question names; those without a text are of ``work``."""
        places = []
        for r in found:
            if r.portion and self._has_such(r.portion, r.work or work):
                place = r.pinpoint or Pinpoint.at(r.portion, r.start, r.end)
                written = question[r.start : r.end] if place.opens else cited(place.portion, lang)
                places.append(NamedPlace(r.work or work, place, written))
        return places

    def _inner(self, question: str, named: Sequence[Reference], work: str) -> list[NamedPlace]:
        """The places without an article ("point 3 of the recommendation") that a text has, or could
        have: it is numbered by such places.
        """
        if work not in self._indexed or work in self._outline_points.works:
            return []
        return [
            NamedPlace(work, self._in_annex(p, work), question[p.start : p.end])
            for p in find_pinpoints(question, inner=True)
            if p.inner
            and not any(r.start <= p.start < r.end for r in named)
            and not self._is_a_point(p, work)
            and (
                self._has(self._in_annex(p, work), work)
                or self._is_numbered_by(steps_of(p.portion)[0].word, work)
            )
        ]

    def _has(self, place: Pinpoint, work: str) -> bool:
        return has_any(self._build, work, place.readings)

    def _in_annex(self, place: Pinpoint, work: str) -> Pinpoint:
        """Point 6.6 of a text: a number with dots is in its annex, where it has none itself."""
        inside = place.within("anx")
        has_dots = "." in place.written[0][1]
        return (
            inside if has_dots and not self._has(place, work) and self._has(inside, work) else place
        )

    def _is_a_point(self, place: Pinpoint, work: str) -> bool:
        """Is "paragraphe 12" of a judgment its point 12, where only points have numbers?"""
        word, number = place.written[0]
        return word == "par" and has_point(self._build, work, number)

    def _has_such(self, portion: str, work: str) -> bool:
        """Could a text have such a place? Where it has no recitals at all, "considérant B.4" is any
        paragraph of that number (:mod:`assistant.numbered`).
        """
        return (
            word_at(portion, 0) != "rct"
            or work not in self._indexed
            or self._is_numbered_by("rct", work)
        )

    def _is_numbered_by(self, word: str, work: str) -> bool:
        """Does a text have such places at its widest ("pnt_3" of a recommendation)?"""
        own = (p for la in LANGS for p in self._build.document(work, la))
        return any(word_at(p.anchor.portion, 0) == word for p in own)

    def _spoken(
        self,
        question: str,
        found: Sequence[Reference],
        before: Sequence[str],
        lang: Lang,
        answering: Callable[[str], str | None],
    ) -> Spoken | None:
        """What the conversation was about, where the question names a place and no text."""
        loose = [r for r in found if r.portion]
        if not loose and not find_pinpoints(question, inner=True):
            return None
        if loose and self._is_of_another(question, loose[-1].end, lang):
            return None
        if self._unknown_names.by_abbreviation(question, found, lang):
            return None
        for n in range(len(before) - 1, -1, -1):
            for la in (lang, other(lang)):
                named = self._said_before(before[n], la, tuple(before[:n]))
                if named.unrecognised:
                    return None  # of a text that is not here
                if named.mention and (named.mention.work or named.mention.unknown):
                    return self._last(named.mention, lang)
        work = answering(before[-1])
        return Spoken(work) if work else None

    def _last(self, mention: Mention, lang: Lang) -> Spoken:
        """The last place that a message names, as its text has it."""
        if not mention.places:
            return Spoken(mention.work, mention.portion)
        last = mention.places[-1]
        there = (
            r
            for r in last.pinpoint.readings
            if last.work in self._indexed and resolve(self._build, last.work, r, lang)
        )
        return Spoken(last.work, next(there, last.pinpoint.portion))

    def _there(
        self, question: str, found: Sequence[Reference], spoken: Spoken, lang: Lang
    ) -> Mention | None:
        """The places of a question in what the conversation was about."""
        places = self._places(question, found, spoken.work, lang)
        if not places and spoken.portion and spoken.work not in self._outline_points.works:
            inner = [p for p in find_pinpoints(question, inner=True) if p.inner]
            is_around = any(p.written[0][0] in DIVISIONS for p in inner)
            is_within = (
                spoken.work in self._indexed and word_at(spoken.portion, 0) in _WITHOUT_DIVISIONS
            )
            if is_around and is_within:
                return None  # "and chapter IV?" after an article: it is found by its heading
            if not content_stems(blanked(question, [(p.start, p.end) for p in inner]), lang):
                beside = [p.within(self._around(p, spoken, lang)) for p in inner]
                places = [NamedPlace(spoken.work, p, cited(p.portion, lang)) for p in beside]
        is_there = bool(places) or self._is_headed(question, spoken.work)
        if not is_there:
            return None
        named = self._mention(question, spoken.work, places, (), lang)
        return replace(named, unknown=not spoken.work)

    def _is_headed(self, question: str, work: str) -> bool:
        """Has a text that is numbered in no outline a part with the number that a question says?"""
        number = number_of_part(question)
        is_outline = work in self._outline_points.works
        return bool(number) and not is_outline and number in numbered_headings(self._build, work)

    def _around(self, inner: Pinpoint, spoken: Spoken, lang: Lang) -> str:
        """Where an inner place is: beside a paragraph that the text calls "lid", or within it.

        Belgian laws call their paragraphs "§" in Dutch too, and an alinea of one "lid".
        """
        portion = spoken.portion or ""
        if inner.written[0][0] != "lid" or word_at(portion, -1) != "par":
            return portion
        there = resolve(self._build, spoken.work, portion, lang)
        return parent(portion) if there and "§" not in there[0].locator.nl else portion

    def _is_of_another(self, question: str, end: int, lang: Lang) -> bool:
        """Do words after a place name a text that is not known: "article 3 of the Constitution"?"""
        m = _OF_A_TEXT.match(fold_in_place(question), end)
        if m is None or m["word"] in THE_SAME:
            return False
        kind = words(m["word"], lang)
        return bool(m["more"]) or any(not is_empty(w, lang) for w in kind)

    def beside(self, work: str, portion: str, word: str, by: int, lang: Lang) -> str | None:
        """How a person cites the place next to one; see :func:`index.resolve.neighbour`."""
        found = neighbour(self._build, work, portion, word, by, lang)
        return cited(found, lang) if found else None

    def _by_sort(
        self, question: str, found: Sequence[Reference], lang: Lang
    ) -> tuple[str, tuple[int, int]] | None:
        """The only text of the sort of which a question names a place ("article 2 de la CCT")."""
        places = [r.start for r in found if r.portion]
        places += [p.start for p in find_pinpoints(question, inner=True)]
        called = self.texts.by_sort(question, lang) if places else None
        if called and self._goes_on_as_a_name(question, min(places), *called, lang):
            return None
        return called

    def _also_of(
        self, question: str, name: tuple[int, int], lang: Lang
    ) -> list[tuple[str, tuple[int, int]]]:
        """The texts that are named right before or behind the name of another, of the same places
        ("artikel 4 van de omzendbrief en van het besluit over vlotten"), and where they are.
        """
        found: list[tuple[str, tuple[int, int]]] = []
        for also in ALSO_OF.finditer(fold_in_place(question)):
            start, end = also.span()
            if end == name[0]:
                called = self._called_in(question[:start], lang)
            elif start == name[1]:
                called = self._called_in(blanked(question, [(0, also.start("of"))]), lang)
            else:
                continue
            if called and (called[1][1] == start or start < called[1][0] <= end):
                found.append(called)
        return found

    def _called_in(self, text: str, lang: Lang) -> tuple[str, tuple[int, int]] | None:
        return self.texts.by_title(text, lang, goes_on=False) or self.texts.by_sort(text, lang)

    def _goes_on_as_a_name(
        self, question: str, place: int, work: str, span: tuple[int, int], lang: Lang
    ) -> bool:
        """Do words that are in no title of a text follow its sort, in a question for a place and
        nothing more ("article 2 de la CCT télétravail")?
        """
        text = fold_in_place(question)
        if not _ONLY_ARTICLES.fullmatch(blanked(text[:place], overview_at(text[:place], lang))):
            return False
        behind = _DIRECTLY.match(text, span[1])
        own = self.known.title_stems(work, lang) | self.known.title_stems(work, other(lang))
        name = words(behind["name"], lang) if behind else ()
        is_name = bool(name) and bool(behind) and bool(words(name[0].written, lang))
        return is_name and any(not is_empty(w, lang) and w.stem not in own for w in name)

    def _bare(self, question: str, found: Sequence[Reference], lang: Lang) -> Mention | None:
        """A place and nothing more ("article 3"): in each text that has it."""
        loose = [r for r in found if r.portion]
        if not loose or content_stems(blanked(question, [(r.start, r.end) for r in loose]), lang):
            return None
        readings = [portion for r in loose for portion in r.readings]
        having = self._having(readings)
        works = self.texts.meant(question, lang, having) or [""]
        places = [p for work in works for p in self._places(question, loose, work, lang)]
        return self._mention(question, works[0], places, (), lang)

    def _in_each_alike(
        self, question: str, found: Sequence[Reference], lang: Lang
    ) -> Mention | None:
        """A place in each of the texts that the same words name by their titles."""
        alike = self.texts.titled_alike(question, lang)
        each = ((w, self._places(question, found, w, lang)) for w in alike)
        places = [p for w, own in each for p in own or self._inner(question, (), w)]
        if not places:
            return None
        named = self._mention(question, places[0].work, places, list(alike.values()), lang)
        return replace(named, name=())  # it names none of them alone

    def _of_unknown(self, question: str, found: Sequence[Reference], lang: Lang) -> Mention | None:
        """A place of a text by a name that none has ("article 14 of the PEB directive").

        What stands there in another text is no answer.
        """
        behind = self._unknown_names.behind(question, found, lang)
        if behind is None:
            return None
        named, end = behind
        places = [p for r in named for p in self._places(question, [r], "", lang)]
        places[-1] = replace(places[-1], pinpoint=replace(places[-1].pinpoint, end=end))
        return replace(
            self._mention(question, "", places, (), lang),
            written=question[named[0].start : named[-1].end],
            rest=(),
            unknown=True,
        )

    def _having(self, readings: Sequence[str]) -> list[str]:
        """The texts that have one of some places; where none has, the only one there is."""
        texts = list(self._indexed)
        found = [w for w in texts if has_any(self._build, w, readings)]
        return found or (texts if len(texts) == 1 else [])
