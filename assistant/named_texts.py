"""Texts that a question names: by a name, a number, words of a title, or their sort alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import meetings, sorts
from assistant.act_versions import ActVersions
from assistant.empty_words import is_empty
from assistant.known_texts import DECLARATION, KnownTexts
from assistant.sorts import SORT, SORT_OF_TEXT
from assistant.titles import Titles
from index.glossary import Glossary
from index.tokens import stems_of, words
from sources.anchor import LANGS, Lang, other
from sources.citing import names_of
from sources.dates import dates
from sources.folding import blanked, fold_in_place
from sources.names import work_of
from sources.references import Reference, bare_numbers, find

if TYPE_CHECKING:
    from assistant.meetings import Meeting
    from assistant.question import Question
    from index.build import Build
    from sources.catalogue import Catalogue

# In small letters, at the end of a sentence: "directive prospectus", "règlement sur les données";
# or a Dutch compound.
SMALL_NAME = re.compile(
    rf"\b(?:{sorts.any_of(LANGS, sorts.ACTS)})\s+"
    r"(?:(?P<about>(?:sur|relati(?:f|ve) (?:a|aux?)|concernant|over|inzake|betreffende|op)"
    r"\s[^?.!,;]+)|(?P<first>[a-z][\w'-]{3,}(?:\s+[\w'-]{4,})?))\s*(?=[?.!,;]|$)"
    rf"|(?P<compound>[a-z-]{{4,}}?)s?(?:{sorts.any_of(['nl'], ['union', 'law'])})\b"
)
_MEANS_A_TEXT = re.compile(sorts.any_of(LANGS, ["union"]))  # other sorts may be things
_ABOVE = 3  # passages that say when a meeting was, where its title does not
_THE_TEXT = {  # a text by its sort alone
    "fr": re.compile(
        r"(?<!\w)(?:(?:la|le|ce|cet|cette|du|au|presente?)\s+|l['’]\s*)" + SORT["fr"] + r"(?!\w)"
    ),
    "nl": re.compile(
        r"(?<!\w)(?:de|het|deze|dit|die|dat|onderhavige?)\s+" + SORT["nl"] + r"(?!\w)"
    ),
}
_THE_OTHER = {  # than the one that was spoken of
    "fr": re.compile(r"(?:(?:dans|selon|d'apres|pour|de) )?l['’]\s*autre " + SORT["fr"] + r"\W*"),
    "nl": re.compile(r"(?:(?:in|volgens|voor|van) )?(?:de|het) andere " + SORT["nl"] + r"\W*"),
}
_OF_THE_SORT = {  # "dans la circulaire ?", "en in de omzendbrief?"
    "fr": re.compile(rf"(?:(?:dans|selon|d'apres|pour) )?(?:l['’]\s*|l[ae] ){SORT['fr']}\W*"),
    "nl": re.compile(rf"(?:(?:in|volgens|voor) )?(?:de|het) {SORT['nl']}\W*"),
}
_NAMED = re.compile(r"\s+[A-ZÀ-Ý\d]")  # "Code PAM", "loi 2031"
_HYPHENATED = re.compile(r"(?:-\w+)+")
_DESCRIBED = re.compile(  # what follows the sort of a text where more is said of it
    r"\s+(?:sur|relati\w+|concernant|qui|que|d[eu]s?|en matiere|over|inzake|betreffende|die|dat|van"
    r"|rond|voor|tot|op)\b|\s+d['’]"
)


class NamedTexts:
    """Finds the texts that questions name, by the catalogue and by the numbers of acts."""

    def __init__(self, catalogue: Catalogue, build: Build) -> None:
        self._catalogue = catalogue
        #: Terms in both languages, with the names of the texts.
        self.glossary = Glossary.for_texts(catalogue)
        #: What the texts are called, and which are indexed.
        self.known = KnownTexts(catalogue, build.manifest)
        self._indexed = self.known.indexed
        self._names = names_of(catalogue, self._indexed)
        #: Acts and their other versions.
        self.versions = ActVersions(catalogue, self._indexed)
        #: The indexed texts by their titles.
        self.titles = Titles(catalogue, build, self.known, self.versions, self.glossary)
        self._build = build

    def language_of(self, question: str) -> Lang | None:
        """The only language that has the name by which a question calls a text ("AVG")."""
        for r in self.references(question):
            said = {w.written for w in words(question[r.start : r.end], "nl")}
            names = {la: self.known.names_of(r.work or "", la) for la in LANGS}
            own = {la: {w.written for n in names[la] for w in words(n, "nl")} for la in LANGS}
            for la in LANGS:
                if said & (own[la] - own[other(la)]):
                    return la
        return None

    def references(self, text: str) -> list[Reference]:
        """References in a text, for links."""
        return find(text, self._names)

    def asked_for(self, question: str) -> list[Reference]:
        """The references of a question, each to the text that it means by an act."""
        return [
            replace(r, work=self.versions.meant(r.work, question, question[r.start : r.end]))
            if r.work
            else r
            for r in self.references(question)
        ]

    def named(
        self, question: str, found: Sequence[Reference], lang: Lang
    ) -> dict[str, tuple[int, int]]:
        """The indexed texts that a question names, and where it names each first."""
        named = [(r.work, (r.start, r.end)) for r in found if r.work is not None]
        left = blanked(question, [span for _, span in named])
        while titled := self.by_title(left, lang, goes_on=bool(named)):
            named.append(titled)
            left = blanked(left, [titled[1]])
        return {work: span for work, span in reversed(named) if work in self._indexed}

    def names_a_text(self, question: str, lang: Lang) -> bool:
        """Does a message that goes on from another name a text?"""
        return any(r.work for r in self.references(question)) or bool(
            self.by_title(question, lang, goes_on=True)
        )

    def is_named(self, work: str, question: str, lang: Lang) -> bool:
        """Does a question that stands alone name a text?"""
        titled = self.by_title(question, lang, goes_on=False)
        return any(r.work == work for r in self.references(question)) or (
            titled is not None and titled[0] == work
        )

    def other_among(self, message: str, lang: Lang) -> list[str]:
        """The indexed texts of a sort, where a message means the other one of that sort than was
        spoken of ("l’autre règlement"); none for any other message.
        """
        said = _THE_OTHER[lang].fullmatch(fold_in_place(message))
        return self._called(self._indexed, [said], lang) if said else []

    def of_the_sort(self, message: str, lang: Lang) -> list[str]:
        """The indexed texts of the sort by which alone a message names one, and says nothing more;
        none for any other message.
        """
        said = _OF_THE_SORT[lang].fullmatch(fold_in_place(message))
        return self._called(self._indexed, [said], lang) if said else []

    def unknown_text(self, question: str, lang: Lang) -> tuple[int, int] | None:
        """Where a message has a regulation or directive by words that lead to none ("et dans le
        règlement sur le bois ?").
        """
        for m in SMALL_NAME.finditer(fold_in_place(question)):
            said = words(m["compound"] or m["about"] or "", lang)
            if _MEANS_A_TEXT.search(m.group()) and any(not is_empty(w, lang) for w in said):
                return m.span()
        return None

    def said_stems(self, question: Question, work: str | None) -> frozenset[str]:
        """Stems of the words of a question that may be of the name of a text: of this one, or of
        any that it names in full.
        """
        lang = question.lang
        named = [question.text[r.start : r.end] for r in question.references if r.work]
        own = self.known.title_stems(work, lang) if work else frozenset[str]()
        return own | stems_of(named, lang)

    def meant(self, question: str, lang: Lang, works: Iterable[str]) -> list[str]:
        """Of texts that a question that names none could mean, those that it does: those of the
        sort that it says ("la directive"), else the only text or declaration, else all of them.

        They come in the order of the index. Of an act and its versions, it is the act.
        """
        among = set(works)
        found = [w for w in self._indexed if w in among]
        found = [w for w in found if not self.titles.is_beside_its_act(w)] or found
        if said := self._called(found, _THE_TEXT[lang].finditer(fold_in_place(question)), lang):
            return said
        return [self.known.only_text] if self.known.only_text in found else found

    def of_said_sort(self, question: str, lang: Lang, *, alone: bool = True) -> list[str]:
        """The indexed texts of the sort by which alone a question names one ("la directive"), or
        of which it asks something in whatever words.
        """
        text = fold_in_place(question)
        said = _THE_TEXT[lang].finditer(text)
        by_it = [m for m in said if not (alone and _DESCRIBED.match(text, m.end()))]
        return self._called(self._indexed, by_it, lang)

    def by_sort(self, question: str, lang: Lang) -> tuple[str, tuple[int, int]] | None:
        """The only indexed text of the sort by which a question names it, and where it does."""
        text = fold_in_place(question)
        for m in _THE_TEXT[lang].finditer(text):
            is_described = _DESCRIBED.match(text, m.end()) or _NAMED.match(question, m.end())
            is_more = is_described or self.titles.said_numbers(question, m, lang)[0]
            called = [] if is_more else self._called(self._indexed, [m], lang)
            if len(called) == 1 and not DECLARATION.fullmatch(m["sort"]):
                compound = _HYPHENATED.match(text, m.end())  # "loi-programme"
                return called[0], (m.start(), compound.end() if compound else m.end())
        return None

    @staticmethod
    def is_of_another_sort(text: str, start: int, lang: Lang) -> bool:
        """Does a folded text name something else than a declaration there ("point 2 du PV")?"""
        m = SORT_OF_TEXT[lang].match(text, start)
        return m is not None and not DECLARATION.fullmatch(m["sort"])

    def _called(
        self, works: Iterable[str], named: Iterable[re.Match[str]], lang: Lang
    ) -> list[str]:
        """Those of some texts that are of a sort that is named; only a declaration is one."""
        sorts = [m["sort"] for m in named]
        return [
            work
            for work in works
            if any(
                self.known.is_called_declaration(work)
                if DECLARATION.fullmatch(sort)
                else self.known.is_of_sort(work, sort, lang)
                for sort in sorts
            )
        ]

    def bare_numbers(self, question: str) -> list[tuple[int, int, list[str]]]:
        """Where a question has a bare "2016/680", in characters, and the works that it could mean,
        likeliest first.
        """
        return [
            (start, end, [self._names.meant(work_of(n)) for n in numbers])
            for start, end, numbers in bare_numbers(question)
        ]

    def by_number(self, question: str) -> str | None:
        """The work that a bare "2016/680" means: one that is indexed, else one of the catalogue."""
        works = [work for *_, found in self.bare_numbers(question) for work in found]
        meant = [self.versions.meant(w, question, question) for w in works]
        indexed = [w for w in meant if w in self._indexed]
        return next(iter(indexed + [w for w in works if self._catalogue.get(w)]), None)

    def by_name_numbers(self, question: str, lang: Lang) -> tuple[str, tuple[int, int]] | None:
        """The only indexed text that goes by the sort, and by the day or the number, by which a
        question names one ("arrêt n° 7/2033"), and where it does.
        """
        for m in SORT_OF_TEXT[lang].finditer(fold_in_place(question)):
            said, end = self.titles.said_numbers(question, m, lang)
            of_sort = self.titles.of_sort(m["sort"], lang) if said else []
            numbers = {work: self.titles.numbers_of(work) for work in of_sort}
            works = [w for w, n in numbers.items() if n.has_one_of(said) and not n.is_another(said)]
            if len(works) == 1:  # of several, words have to tell
                return works[0], (m.start(), end)
        return None

    def by_meeting(self, question: str, lang: Lang) -> tuple[str, tuple[int, int]] | None:
        """The only indexed text of a meeting that a question names by its day ("la réunion du 12
        mai"), and where it does.
        """
        each = meetings.named_at(question, lang)
        works = self.titles.words_by_work(lang) if each else ()
        sure = [w for w in works if all(self._is_minutes_of(w, m) for m in each)]
        if len(sure) != 1:
            return None
        return sure[0], (min(m.span[0] for m in each), max(m.span[1] for m in each))

    def of_other_days(self, meeting: Meeting, lang: Lang) -> list[str]:
        """The indexed texts of such a meeting, where a question names one by a day that none has;
        none where one has it.
        """
        called = [w for w in self.titles.words_by_work(lang) if self._is_called_so(w, meeting)]
        days = (day for w in self._indexed for day in self.titles.numbers_of(w).days)
        is_here = meeting.day in days or any(self._is_minutes_of(w, meeting) for w in called)
        return [] if is_here else called

    def _is_minutes_of(self, work: str, meeting: Meeting) -> bool:
        if not self._is_called_so(work, meeting):
            return False
        days = self.titles.numbers_of(work).days
        if not days:
            above = (p for la in LANGS for p in self._build.document(work, la)[:_ABOVE])
            days = frozenset(day for p in above if not p.headings for day in dates(p.text))
        return any(day.endswith(meeting.day) for day in days)

    def _is_called_so(self, work: str, meeting: Meeting) -> bool:
        return any(meeting.is_of(fold_in_place(title)) for title in self.known.titles(work))

    def by_title(
        self, question: str, lang: Lang, *, goes_on: bool
    ) -> tuple[str, tuple[int, int]] | None:
        """The indexed text that words of its title name, and where they stand.

        They follow what sort of text it is ("la directive publicité trompeuse"), or stand before it
        in one Dutch word ("reclamerichtlijn"); where a question goes on from another, also a word
        for one of any sort. Two words at least, or one that ends the question. Of several texts
        that as many words name, each in its place, it is the first.
        """
        best = self.titles.named(question, lang, goes_on=goes_on)
        if not best or len(set(best.values())) < len(best):
            return None
        work, span = min(best.items(), key=lambda found: found[1])
        return self.versions.meant(work, question), span

    def titled_alike(self, question: str, lang: Lang) -> Mapping[str, tuple[int, int]]:
        """The indexed texts that the same words of a question name by their titles, where these
        name more than one ("la déclaration du 5 mai 2023"), and where they stand.
        """
        best = self.titles.named(question, lang, goes_on=False)
        return best if len(best) > 1 and len(set(best.values())) == 1 else {}
