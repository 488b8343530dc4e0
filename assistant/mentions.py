"""Texts and places that a question names, and whether it asks what is inside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant import subject_matter
from assistant.absent_declaration import AbsentDeclarations
from assistant.empty_words import is_empty
from assistant.known_texts import DECLARATION
from assistant.mention import Mention, Named, NamedPlace, Spoken
from assistant.named_texts import NamedTexts
from assistant.numbered import has_point, headed
from assistant.reviewed import patterns
from assistant.text_leads import ABOUT, ALSO_OF, OF, THE_SAME
from assistant.unknown_names import OF_A_NAME, UnknownNames, capital_name
from assistant.unrecognised import said_text
from index.resolve import has_any, neighbour, resolve
from index.tokens import stems, stems_of, words
from sources.anchor import LANGS, Lang, other, parent, word_at
from sources.dates import years
from sources.folding import blanked, fold_in_place
from sources.locator import locator, steps_of
from sources.pinpoints import DIVISIONS, Pinpoint, numbers_between
from sources.pinpoints import find as find_pinpoints
from sources.references import Reference

if TYPE_CHECKING:
    from index.build import Build
    from sources.catalogue import Catalogue

# "point II.2, 6e tiret", "6e streepje van punt 2", "point 2.6", "punt II.2" of a declaration; its
# parts are called by many names ("section 7", "deel 7").
_PLACE = re.compile(
    r"(?:(?P<before>\d+)(?:er|e|de|ste)?\s+(?:tiret|streepje)s?\s+(?:du|van(?: het)?|de)\s+)?"
    r"(?<!\w)(?:points?|punt|sections?|sectie|parties?|deel|chapitres?|hoofdstuk|rubriques?|rubriek"
    r"|volets?|luik|onderdeel)\s+(?:(?P<part>ii?)\.)?\s*(?P<point>\d+)"
    r"(?:[.,]?\s*(?P<bullet>\d+)(?:(?:er|e|de|ste)?\s+(?:tiret|streepje))?)?"
)
# What names a text after a place.
_OF_A_TEXT = re.compile(rf"[\s,]*{OF}(?P<word>[\w'-]+)(?P<more>[\s,]*[^\W_][^?.!]*)?")
_ONLY_ARTICLES = re.compile(r"(?:\s|\b(?:la|le|les|de|het|et|en)\b|\bl')*")
_DIRECTLY = re.compile(r"\s+(?P<name>[\w'-]+(?:\s+[\w'-]+){0,3})\s*[?.!]*\s*$")
_LAST_WORD, _NEXT_WORD = re.compile(r"[\w/-]+\s+$"), re.compile(r"\s+[\w/-]*\w")
_WITHOUT_DIVISIONS = {"art", "rct"}  # these have no chapters, as an annex may
_REMEMBERED = 256  # messages that are kept as read
_WHAT_IS = re.compile(r"(?:qu'?est[- ]ce que?|c'est quoi|qu'est|wat is)\b")


def _overview(folded: str, lang: Lang) -> list[tuple[int, int]]:
    """Where a question asks for all of something, or what it is about."""
    spans = (m.span() for p in patterns("overview")[lang] for m in p.finditer(folded))
    contents = [(start, end) for start, end in spans if end > start]
    return contents + subject_matter.asked_at(folded, lang)


def _written(locator: str) -> re.Pattern[str]:
    """A locator as people write it: with other spaces and commas, in any case."""
    tokens = re.split(r"[\s,]+", fold_in_place(locator))
    return re.compile(r"(?<!\w)" + r"[\s,]+".join(map(re.escape, tokens)) + r"(?!\w)")


def cited(portion: str, lang: Lang) -> str:
    """How a person cites a portion: "art. 3, § 2"."""
    return locator(steps_of(portion))[lang] or portion


def cited_together(portions: Sequence[str], lang: Lang) -> list[str]:
    """How a person cites places, those that follow each other as one.

    >>> cited_together(["art_6", "art_7", "art_9"], "fr")
    ['art. 6–7', 'art. 9']
    """
    found: list[list[str]] = []
    for portion in portions:
        if found and numbers_between(found[-1][-1], portion) == [found[-1][-1], portion]:
            found[-1].append(portion)
        else:
            found.append([portion])
    last = (steps_of(group[-1])[-1].number for group in found)
    return [
        cited(group[0], lang) + (f"–{number}" if len(group) > 1 else "")
        for group, number in zip(found, last, strict=True)
    ]


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
        self._indexed, self._declarations = self.known.indexed, self.known.declarations
        self._unknown_names = UnknownNames(build, self.texts)
        self._absent_declarations = AbsentDeclarations(catalogue, build, self.known)
        #: Each message of a conversation leads to all before it, in two languages: read them once.
        self._said_before = lru_cache(maxsize=_REMEMBERED)(self.read)
        self._declared: dict[tuple[str, Lang], frozenset[str]] = {}
        self._locators = [
            (_written(p.locator[la]), p.anchor.work, p.anchor.portion)
            for p in build.passages
            if p.anchor.work in self._declarations
            for la in LANGS
        ]

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
        said = None if is_named else said_text(self.texts, question, lang)
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
            () if said else self._whole(question, found, mention, lang),
            frozenset(self._rest(question, spans, lang)),
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
                or self._place(question, None, lang)
                or self._bare(question, found, lang)
                or self._of_unknown(question, found, lang)
            )
        named_place = any(r.portion for r in named)
        place = None if named_place else self._place(question, work, lang)
        if place and self.known.is_declaration(work):
            return place
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
        named = [self._with_title(question, span, work, lang) for span in cut]
        return Mention(
            work,
            not work or work in self._indexed,
            here[0].pinpoint.portion if here else None,
            _between(question, [(p.pinpoint.start, p.pinpoint.end) for p in here]),
            self._rest(
                question, [*named, *((p.pinpoint.start, p.pinpoint.end) for p in places)], lang
            ),
            about=about,
            places=tuple(places),
            name=tuple(cut),
        )

    def _with_title(
        self, question: str, span: tuple[int, int], work: str, lang: Lang
    ) -> tuple[int, int]:
        """A name with the words of the title right before and after it ("collectieve
        arbeidsovereenkomst", "convention 2026/118").
        """
        start, end = span
        title = self.known.title_stems(work, lang)

        def is_of_it(word: str) -> bool:
            said = stems(word, lang)
            return bool(said) and said <= title

        while (m := _LAST_WORD.search(question, 0, start)) and is_of_it(m[0]):
            start = m.start()
        while (m := _NEXT_WORD.match(question, end)) and is_of_it(m[0]):
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
        if work not in self._indexed or self.known.is_declaration(work):
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
        paragraph of that number (:mod:`assistant.sections`).
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
                if named.said:
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
        if not places and spoken.portion and not self.known.is_declaration(spoken.work):
            inner = [p for p in find_pinpoints(question, inner=True) if p.inner]
            is_around = any(p.written[0][0] in DIVISIONS for p in inner)
            is_within = (
                spoken.work in self._indexed and word_at(spoken.portion, 0) in _WITHOUT_DIVISIONS
            )
            if is_around and is_within:
                return None  # "and chapter IV?" after an article: it is found by its heading
            if not self._rest(question, [(p.start, p.end) for p in inner], lang):
                beside = [p.within(self._around(p, spoken, lang)) for p in inner]
                places = [NamedPlace(spoken.work, p, cited(p.portion, lang)) for p in beside]
        is_there = bool(places) or self._is_headed(question, spoken.work)
        if not is_there:
            return None
        named = self._mention(question, spoken.work, places, (), lang)
        return replace(named, unknown=not spoken.work)

    def _is_headed(self, question: str, work: str) -> bool:
        """Has a text that is no declaration a part with the number that a question says?"""
        m = _PLACE.search(fold_in_place(question))
        if m is None or self.known.is_declaration(work):
            return False
        number = ".".join(filter(None, (m["point"], m["bullet"])))
        return number in headed(self._build, work)

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

    def _whole(
        self, question: str, found: Sequence[Reference], mention: Mention | None, lang: Lang
    ) -> tuple[str, ...]:
        """The indexed works that a question may ask about as a whole ("what is it about?"), if any.

        It is the one that is named, all that the same words name, else any that it can mean.
        """
        text = fold_in_place(question)
        named = [r for r in found if r.work is not None]
        overview_spans = _overview(text, lang)
        alike = {} if named else self.texts.titled_alike(question, lang)
        if alike:
            more = self._rest(question, [*overview_spans, *alike.values()], lang)
            return () if more else tuple(alike)
        if not overview_spans and named and (m := _WHAT_IS.match(text)):
            left = question[m.end() : named[0].start] + question[named[-1].end :]
            overview_spans = [] if words(left, lang) else [m.span()]
        if not overview_spans:
            return ()
        if any(r.portion or r.work not in self._indexed for r in named):
            return ()
        if len({r.work for r in named}) > 1:
            return ()
        spans = [*overview_spans, *((r.start, r.end) for r in named)]
        works = [r.work for r in named[:1] if r.work]
        if not works and mention and mention.indexed and mention.name:  # by its day, by its title
            spans, works = [*spans, *mention.name], [mention.work]
        works = works or self.texts.meant(question, lang, self._indexed)
        topic = ABOUT.search(text, max((r.end for r in named), default=len(text)))
        about = stems(question[topic.end() :], lang) if topic else frozenset()
        said = years(blanked(text, mention.name if mention else ()))
        left_over = set(self._rest(question, spans, lang))
        return tuple(
            work
            for work in works
            if about <= self.known.title_stems(work, lang)
            and left_over <= self.known.name_stems(work, lang)
            and self.known.years_of(work).issuperset(said)
        )

    def beside(self, work: str, portion: str, word: str, by: int, lang: Lang) -> str | None:
        """How a person cites the place next to one; see :func:`index.resolve.neighbour`."""
        found = neighbour(self._build, work, portion, word, by, lang)
        return cited(found, lang) if found else None

    def _place(self, question: str, work: str | None, lang: Lang) -> Mention | None:
        """A point of a declaration: of the one that is named, else of the one that is meant."""
        text = fold_in_place(question)
        m = _PLACE.search(text)
        if m is None:
            return self._by_locator(question, work, lang)
        if work is None and self._leads_to_another(question, text, m.end(), lang):
            return None
        bullet = m["bullet"] or m["before"]
        part = "I." if m["part"] == "i" else ""
        portion = f"{part}{m['point']}" + (f".{bullet}" if bullet and not part else "")
        works = [work] if work else self._with([portion], self._declarations)
        if not work:
            works = [w for w in works if not self._is_of_a_thing(text, m.end(), w, lang)]
        works = [w for w in works if w in self._indexed]
        each = [self._inside(question, m.span(), w, portion, lang) for w in works]
        if not each:
            return None
        places = tuple(p for mention in each for p in mention.places)
        return replace(each[0], places=places)

    def _is_of_a_thing(self, text: str, end: int, work: str, lang: Lang) -> bool:
        """Is a place that ends there of something that a text never speaks of ("du guide")?"""
        of = _OF_A_TEXT.match(text, end)
        said = words(of["word"], lang) if of else []
        if not said or is_empty(said[0], lang):
            return False
        if (work, lang) not in self._declared:
            passages = (p for la in LANGS for p in self._build.document(work, la))
            each = (t for p in passages for t in (p.texts.get(lang, ""), *p.headings_in(lang)))
            self._declared[work, lang] = stems_of(each, lang)
        return said[0].stem not in self._declared[work, lang] | self.known.title_stems(work, lang)

    def _leads_to_another(self, question: str, text: str, end: int, lang: Lang) -> bool:
        """Is a place that ends there of a text that is no declaration, by its sort or by a name?"""
        of = OF_A_NAME.match(text, end)
        if of is None:
            return False
        at = of.start("word")
        return capital_name(question, at) is not None or self.texts.is_of_another_sort(
            text, at, lang
        )

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
        if not _ONLY_ARTICLES.fullmatch(blanked(text[:place], _overview(text[:place], lang))):
            return False
        behind = _DIRECTLY.match(text, span[1])
        own = self.known.title_stems(work, lang) | self.known.title_stems(work, other(lang))
        name = words(behind["name"], lang) if behind else ()
        is_name = bool(name) and bool(behind) and bool(words(name[0].written, lang))
        return is_name and any(not is_empty(w, lang) and w.stem not in own for w in name)

    def _inside(
        self, question: str, span: tuple[int, int], work: str, portion: str, lang: Lang
    ) -> Mention:
        """The place of a work that a question names there."""
        cut = [span, *_overview(fold_in_place(question), lang)]  # "sum up section 6"
        name_stems = self.known.name_stems(work, lang)
        return Mention(
            work=work,
            indexed=True,
            portion=portion,
            written=question[slice(*span)],
            rest=tuple(s for s in self._rest(question, cut, lang) if s not in name_stems),
            places=(NamedPlace(work, Pinpoint.at(portion, *span), question[slice(*span)]),),
        )

    def _by_locator(self, question: str, work: str | None, lang: Lang) -> Mention | None:
        """A place of a declaration as the page names it: "II.4, 2e streepje"."""
        text = fold_in_place(question)
        found = [
            (m, at, portion)
            for pattern, at, portion in self._locators
            if work in (None, at) and (m := pattern.search(text))
        ]
        if not found or len({at for _, at, _ in found}) > 1:
            return None
        m, at, portion = max(found, key=lambda f: f[0].end() - f[0].start())
        return self._inside(question, m.span(), at, portion, lang)

    def _bare(self, question: str, found: Sequence[Reference], lang: Lang) -> Mention | None:
        """A place and nothing more ("article 3"): in each text that has it."""
        loose = [r for r in found if r.portion]
        if not loose or self._rest(question, [(r.start, r.end) for r in loose], lang):
            return None
        readings = [portion for r in loose for portion in r.readings]
        having = self._with(readings, self._indexed)
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

    def _with(self, readings: Sequence[str], works: Iterable[str]) -> list[str]:
        """The texts that have one of these places; where none has, the one that could."""
        texts = list(works)
        found = [w for w in texts if has_any(self._build, w, readings)]
        return found or (texts if len(texts) == 1 else [])

    def _rest(self, question: str, cut: list[tuple[int, int]], lang: Lang) -> tuple[str, ...]:
        return tuple(
            w.stem
            for w in words(blanked(question, cut), lang)
            if not is_empty(w, lang) and not w.written.isdigit() and len(w.written) > 1
        )
