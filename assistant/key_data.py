"""What a text names, as lists: dates, periods, amounts, areas, lengths and what else is measured,
countries, bodies, acronyms, other texts. And what it is made of, where that is counted: chapters,
articles, points.

Found by form in any text, in either language. Nothing is computed: each item is words that stand in
the passages that it points to. A list of one document is made when it is first asked for, in some
tens of milliseconds for an act, and kept; nothing of it is stored with a build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from assistant.answer import KeySentence
from assistant.empty_words import is_empty
from assistant.enumerations import CAPITAL
from assistant.key_sentence import sentence_marking
from assistant.literal import expanded_acronyms, moments
from assistant.measures import Measure, measures
from assistant.quantities import WHICH_DAYS, quantities, quantity
from assistant.reviewed import table
from index.tokens import stem, words
from sources.anchor import LANGS, Lang, parent, word_at
from sources.countries import countries
from sources.dates import UNITS, day_spans
from sources.folding import blanked, fold, fold_to_line
from sources.numerals import placed

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from assistant.outline import Outline
    from assistant.question import Question
    from index.build import Build
    from index.glossary import Glossary
    from sources.model import Passage

SORTS = ("dates", "periods", "amounts", "countries", "bodies", "acronyms", "texts")
#: The parts of a text that a question counts, by the name that a heading gives them, or by their
#: step in a portion.
_BY_HEADING = {"titles": "titre", "chapters": "chapitre", "sections": "section"}
_BY_TOP = {"articles": "art", "recitals": "rct", "annexes": "anx"}
_BY_LAST = {"paragraphs": "par", "points": "pnt"}
_ANY = "parts"  # the parts of a text that has nothing finer
PARTS = frozenset({_ANY, *_BY_HEADING, *_BY_TOP, *_BY_LAST})
# What has units. What an act lays down of these, its articles do; its preamble has those of others.
_MEASURED = {"dates", "deadlines", "periods", "amounts", *measures()}
_QUANTITIES = "quantities"  # of any measure, in a unit that is said
_LIMITS = "deadlines"  # those of the dates that a text says something is due by
_YEARLY = 10_000  # of a day that a text gives no year: such days are listed last
_EACH_YEAR = re.compile(r"(?:,? (?:de )?chaque année|,? van (?:elk|ieder) jaar)?", re.IGNORECASE)
_AND_DATE = re.compile(  # "le 12 mai et le 3 juin 2031": the year is said once
    r"\s*(?:,|et|ou|au|en|of|tot(?: en met)?|[-–])\s*(?:le |op )?", re.IGNORECASE
)
_BY = re.compile(  # in front of a date that something is due by; "pour", "voor" a day, not a year
    r"\b(?:(?P<loose>pour|voor)|(?P<until>jusqu[’'](?:au|à|en)|tot(?: en met)?)|avant|vóór|tegen"
    r"|au plus tard(?: avant| jusqu[’']au)?|d[’']ici(?: à| au)?|uiterlijk(?: voor| tegen)?"
    r"|ten laatste|niet later dan)(?: (?:le|la|en|à|op|in|de|het))? ?$",
    re.IGNORECASE,
)
_AT_THE_LATEST = re.compile(r" (?:au plus tard|ten laatste)\b", re.IGNORECASE)
_FEW = {"un": "1", "une": "1", "een": "1", "één": "1", "deux": "2", "twee": "2"}
_FEW_WORDS = re.compile(rf"\b(?:{'|'.join(_FEW)})\b", re.IGNORECASE)
_TIME = re.compile(  # what follows a number of it
    rf"[ \u00a0](?:{UNITS})\b{WHICH_DAYS}",
    re.IGNORECASE,
)
# What makes a number an amount that is listed, as it is written there; "free", which answers what
# something costs too (`measures.is_money`), is none.
_MONEY = re.compile(
    r"[ \u00a0\u202f]?(?:(?:millions?|milliards?|miljoen|miljard) (?:d[’']|de )?)?"
    rf"(?:{'|'.join(table('measures')['money']['units'])})(?!\w)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:€|\bEUR)[ \u00a0]?\d+(?:[ \u00a0.,]\d+)*")
# A sea or a coast has the name of a country and is none.
_WATERS = re.compile(
    r"\b(?:golfe|mer|océan|détroit|canal|côte|baie|golf|zee|oceaan|straat|zeestraat|kanaal|kust|baai)"
    r" (?:d[eu]s? |d[’']|van )$",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\b(?:combien|nombre|hoeveel|aantal)\b")
_PLURAL = re.compile(r"(?:s|x|en)$")
_ASIDE = re.compile(  # what explains a word and adds nothing: not what is asked about, "sur « … »"
    r"(?<!\bsur )(?<!\bd[eu] )(?<!\bdans )(?<!\bpour )(?<!\bover )(?<!\bvan )(?<!\bvoor )(?<!\bin )"
    r"[(«“\"][^()«»“”\"]*[)»”\"]"
)
_NUMBER_OF_ACT = re.compile(r"\)\s*(?:n[°or]\.?\s*)?\d")
_BY_ONE_WORD = re.compile(  # a word with a capital that nothing goes on from
    r"(?<![\w-])[A-Z]\w+(?![\w-])"
    r"(?! (?:d[eu]s?|van|voor)\b| d[’']| \w+(?:ale?|éen(?:ne)?|i[fv]e?)\b)"
)
_SMALL = r"(?:(?:d[eu]s?|la|les|pour|van|voor|der|de)\s|[dl][’'])"


class DatumSpan(NamedTuple):
    """Where a text names something.

    Attributes:
        start, end: In the text, in characters.
        key: What is named, the same however it is written; lists are sorted by it.
    """

    start: int
    end: int
    key: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class KeyDatum:
    """One thing that a text names.

    Attributes:
        label: Its words, as they first stand in the text.
        portions: Of the passages that name it, in reading order.
    """

    label: str
    portions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A list that is asked for.

    Attributes:
        work: Of which text.
        sort: One of ``SORTS`` or ``PARTS``, or the name of a measure.
        kinds: Words of which each thing has to have one, folded, or their beginnings; empty for
            any.
        within: The portions that are asked about; None for all of the text.
        unit: In which each has to be given, a pattern; None for any.
    """

    work: str
    sort: str
    kinds: tuple[str, ...] = ()
    within: frozenset[str] | None = None
    unit: re.Pattern[str] | None = None


class KeyData:
    """The lists of the documents of a build."""

    def __init__(
        self, build: Build, mentions: Mentions, outline: Outline, glossary: Glossary
    ) -> None:
        self._build, self._mentions, self._outline = build, mentions, outline
        bodies = {la: _bodies(la, glossary.bodies(la)) for la in LANGS}
        called = {
            la: {fold(n): fold(first) for n, first in glossary.bodies(la).items()} for la in LANGS
        }
        self._finders: dict[str, Callable[[str, Lang], Iterator[DatumSpan]]] = {
            "dates": lambda text, _: iter(_dates(text)),
            _LIMITS: lambda text, _: _limits(text),
            "periods": lambda text, lang: _quantities(_TIME, text, lang),
            "amounts": lambda text, lang: chain(
                _quantities(_MONEY, text, lang), _by_words(_MONEY_BEFORE, text)
            ),
            "countries": _countries,
            "bodies": lambda text, lang: chain(
                _by_names(bodies[lang], called[lang], text), _explained_bodies(text, lang)
            ),
            "acronyms": lambda text, _: _acronyms(text),
            "texts": lambda text, _: self._texts(text),
            **{name: partial(_given_in, measure) for name, measure in measures().items()},
        }
        self._made: dict[tuple[str, Lang, str], tuple[KeyDatum, ...]] = {}

    def asked(self, question: Question) -> list[ListQuestion]:
        """The list that a question asks for: of the text that it names, or of each that it may
        mean; none where it asks for none.
        """
        lists = _lists()[question.lang]
        is_counted = _COUNTS.search(question.folded)
        of = lists.of | (lists.parts if is_counted else {})
        nouns = frozenset().union(*of.values())
        plurals = _plurals(question, nouns)
        if not plurals:
            return []
        found = []
        for work, written in self._left(question, nouns | plurals.keys()):
            left = frozenset(plurals.get(w, w) for w in written)
            if in_unit := _in_unit(question, work, left, of):
                found.append(in_unit)
                continue
            counted = left & lists.kinds.keys() - nouns  # "en euros"
            sorts = [sort for sort, named in of.items() if left & nouns and left - counted <= named]
            if not sorts or _QUANTITIES in sorts or (counted and sorts[0] not in _MEASURED):
                continue
            said = counted or left
            kinds = [k for noun in sorted(said) for k in lists.kinds.get(noun, ())]
            is_kind = said <= lists.kinds.keys() and sorts[0] != "dates"
            sort = sorts[0]
            if sort == "dates" and self._are_limits(question, work, left):
                sort = _LIMITS
            found.append(ListQuestion(work, sort, tuple(kinds) if is_kind else ()))
        return found

    def _are_limits(self, question: Question, work: str, left: frozenset[str]) -> bool:
        """Does a question ask for dates by which things are due, and has the text any?"""
        limits = _lists()[question.lang].limits
        said = {w.written for w in question.words}
        is_asked = left <= limits or said & (limits - left)
        return bool(is_asked and self.of(work, question.answer_lang, _LIMITS))

    def others(self, asked: ListQuestion, lang: Lang) -> int:
        """How many dates a text names beside those that are listed as limits."""
        if asked.sort != _LIMITS:
            return 0
        return len(self.of(asked.work, lang, "dates")) - len(self.of(asked.work, lang, _LIMITS))

    def asks_for_another_sort(self, question: Question) -> bool:
        """Does a question ask what a text names of a sort that no list is made of ("towns")?"""
        lists = _lists()[question.lang]
        said = set(re.findall(r"[^\W_]+", question.folded))
        if not (said & lists.asks and said & lists.named):
            return False
        known = frozenset().union(*lists.of.values())
        texts = self._left(question, known)
        left = texts[0][1] if len(texts) == 1 else frozenset()
        return len(left) == 1 and not left & known and all(map(_PLURAL.search, left))

    def _left(self, question: Question, nouns: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
        """The texts of which a list may be asked for, each with the words that say of what;
        ``nouns`` are those that do.
        """
        lists = _lists()[question.lang]
        said = set(re.findall(r"[^\W_]+", question.folded))
        goes_on = question.previous is not None and question.leans != "no"
        if (question.mention and not question.works) or (goes_on and not said & lists.asks):
            return []
        works = question.works or self._mentions.texts.meant(
            question.text, question.lang, self._mentions.known.indexed
        )
        nouns |= lists.kinds.keys()
        beside = frozenset(re.findall(r"[^\W_]+", " ".join(_ASIDE.findall(question.folded))))
        content = [
            w
            for w in words(blanked(question.text, question.names_of_texts), question.lang)
            if w.written not in beside
            and not w.written.isdigit()
            and (w.written in nouns or not is_empty(w, question.lang))
        ]
        found = []
        for work in works:
            names = self._mentions.texts.said_stems(question, work)
            left = {w.written for w in content if w.written in nouns or w.stem not in names}
            found.append((work, frozenset(left) - lists.beside))
        return found

    def answer(self, asked: ListQuestion, lang: Lang) -> tuple[KeyDatum, ...]:
        """What a list holds that was asked for, for a reader of ``lang``."""
        data = self.of(asked.work, lang, asked.sort)
        if asked.within is not None:
            there = (replace(d, portions=_only(d.portions, asked.within)) for d in data)
            data = tuple(d for d in there if d.portions)
        if asked.sort in _BY_LAST and len({parent(d.portions[0]) for d in data}) > 1:
            return ()  # of several lists, or of one within another
        if asked.unit:
            given = ((d, quantity(d.label)) for d in data)
            return tuple(d for d, number in given if number and asked.unit.fullmatch(number.unit))
        if not asked.kinds:
            return data
        of_kind = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, asked.kinds))})")
        return tuple(d for d in data if of_kind.search(fold(d.label)))

    def of(self, work: str, lang: Lang, sort: str) -> tuple[KeyDatum, ...]:
        """What a text names of a sort, for a reader of ``lang``: dates in their order, all else
        in that of the text.
        """
        key = (work, lang, sort)
        if key not in self._made:
            make = self._parts if sort in PARTS else self._make
            self._made[key] = make(work, lang, sort)
        return self._made[key]

    def sentence(self, passage: Passage, lang: Lang, sort: str) -> KeySentence | None:
        """What a passage says where it names things of a sort, with those marked; its first
        sentence, where it is itself what is counted.
        """
        spoken = passage.spoken(lang)
        if sort in PARTS:
            start, end = next(iter(self._build.sentences(passage.texts[spoken], spoken)), (0, None))
            return KeySentence(passage.texts[spoken][start:end], spoken, start)
        places = [(p.start, p.end) for p in self._spans(passage, spoken, sort)]
        return sentence_marking(passage.texts[spoken], spoken, places, self._build.sentences)

    def _spans(self, passage: Passage, spoken: Lang, sort: str) -> list[DatumSpan]:
        text = passage.texts[spoken]
        found = list(self._finders[sort](text, spoken))
        if sort == "bodies" and passage.anchor.work.startswith("celex:"):
            found += _institutions(text, spoken)
        return found

    def _make(self, work: str, lang: Lang, sort: str) -> tuple[KeyDatum, ...]:
        labels: dict[tuple[str | int, ...], str] = {}
        portions: dict[tuple[str | int, ...], list[str]] = {}
        document = self._build.document_for(work, lang)
        is_act = sort in _MEASURED and any(p.anchor.is_of_article for p in document)
        for passage in document:
            if not passage.is_in_force or (is_act and _is_preamble(passage)):
                continue
            spoken = passage.spoken(lang)
            text = passage.texts[spoken]
            for start, end, key in self._spans(passage, spoken, sort):
                labels.setdefault(key, self._label(text[start:end], key, sort, lang))
                portions.setdefault(key, []).append(passage.anchor.portion)
        portions.pop((work,), None)  # a text that names itself
        keys = sorted(portions) if sort in ("dates", _LIMITS) else list(portions)
        return tuple(KeyDatum(labels[k], tuple(dict.fromkeys(portions[k]))) for k in keys)

    def _parts(self, work: str, lang: Lang, sort: str) -> tuple[KeyDatum, ...]:
        """The parts of a text, each with its first portion or, of points, its own."""
        document = self._build.document_for(work, lang)
        if sort == _ANY or sort in _BY_HEADING:
            sections = self._outline.of_unit(work, _BY_HEADING.get(sort))
            there = frozenset(p.anchor.portion for p in document)  # a part may be of one language
            firsts = ((s, _only(s.portions, there)[:1]) for s in sections)
            return tuple(KeyDatum(s.headings.get(lang, s.path[-1]), at) for s, at in firsts if at)
        parts: dict[str, KeyDatum] = {}
        for passage in document:
            if not passage.is_in_force:
                continue
            portion, top = passage.anchor.portion, passage.anchor.top
            label = passage.locator[lang]
            if word_at(portion, -1) == _BY_LAST.get(sort):
                parts[portion] = KeyDatum(label, (portion,))
            elif word_at(portion, 0) == _BY_TOP.get(sort):
                parts.setdefault(top, KeyDatum(label.partition(",")[0], (portion,)))
        return tuple(parts.values())

    def _label(self, written: str, key: tuple[str | int, ...], sort: str, lang: Lang) -> str:
        match sort:
            case "texts":
                return self._mentions.known.short(str(key[0]), lang)
            case "acronyms":
                return f"{key[0]} ({written})"
        return " ".join(written.split())

    def _texts(self, text: str) -> Iterator[DatumSpan]:
        for r in self._mentions.texts.references(text):
            if r.work is not None:
                yield DatumSpan(r.start, r.end, (r.work,))


def _plurals(question: Question, nouns: frozenset[str]) -> dict[str, str]:
    """Which words of a question are some nouns, be it in the singular behind "each" ("chaque
    montant", "elk bedrag"), and these.
    """
    said = {w.written: w.written for w in question.words if w.written in nouns}
    if _lists()[question.lang].each.isdisjoint(re.findall(r"[^\W_]+", question.folded)):
        return said
    by_stem = {stem(noun, question.lang): noun for noun in sorted(nouns)}
    for w in question.words:
        ends = (f"{w.written}{end}" for end in ("en", "s"))  # "bedragen" has another stem
        if plural := by_stem.get(w.stem) or next((e for e in ends if e in nouns), None):
            said.setdefault(w.written, plural)
    return said


def _in_unit(
    question: Question, work: str, left: frozenset[str], of: Mapping[str, frozenset[str]]
) -> ListQuestion | None:
    """The list of the quantities of a measure in the unit that a question says ("en hectares")."""
    for name, measure in measures().items():
        for unit in measure.units:
            said = re.search(rf"\b(?:en|in) ({unit.pattern})(?!\w)", question.folded)
            nouns = left - {w.written for w in words(said[1], question.lang)} if said else None
            if nouns and any(nouns <= of.get(sort, frozenset()) for sort in (name, _QUANTITIES)):
                return ListQuestion(work, name, unit=unit)
    return None


@cache
def nouns_of_texts(lang: Lang) -> frozenset[str]:
    """The nouns by which a question asks for the texts that a text names, or for its own parts."""
    lists = _lists()[lang]
    return frozenset().union(lists.of["texts"], *lists.parts.values())


def _is_preamble(passage: Passage) -> bool:
    return word_at(passage.anchor.portion, 0) in {"cit", "rct", "pbl"}


def _only(portions: Iterable[str], within: frozenset[str]) -> tuple[str, ...]:
    return tuple(p for p in portions if p in within)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Words of questions for lists, in a language."""

    asks: frozenset[str]
    named: frozenset[str]
    beside: frozenset[str]
    of: dict[str, frozenset[str]]
    parts: dict[str, frozenset[str]]
    kinds: dict[str, list[str]]
    limits: frozenset[str]
    each: frozenset[str]


@cache
def _lists() -> dict[Lang, _Lists]:
    raw = table("lists")
    return {
        la: _Lists(
            frozenset(raw[la]["asks"]),
            frozenset(raw[la]["named"]),
            frozenset(w for key in ("beside", "asks", "named", "each") for w in raw[la][key]),
            _sets(raw[la]["of"]),
            _sets(raw[la]["parts"]),
            raw[la]["kinds"],
            frozenset(raw[la]["limits"]),
            frozenset(raw[la]["each"]),
        )
        for la in LANGS
    }


def _sets(by_sort: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {sort: frozenset(names) for sort, names in by_sort.items()}


def _dates(text: str) -> list[DatumSpan]:
    """Days, months and years that a text names, and days of every year."""
    found = {a: DatumSpan(a, b, key) for a, b, key in moments(text)}
    for start, end, day in reversed(day_spans(text)):
        joint = _AND_DATE.match(text, end)
        following = found.get(joint.end()) if joint else None
        year = following.key[0] if following else _YEARLY
        said = _EACH_YEAR.match(text, end) if year == _YEARLY else None
        month, number = map(int, day.split("-"))
        found[start] = DatumSpan(start, said.end() if said else end, (year, month, number, False))
    return [found[start] for start in sorted(found)]


def _limits(text: str) -> Iterator[DatumSpan]:
    """The dates by which something is due, with the words that say so; the end of a period that
    begins with a date is none.
    """
    before = 0
    for start, end, key in _dates(text):
        by, behind = _BY.search(text, before, start), _AT_THE_LATEST.match(text, end)
        is_period = by and by["until"] and before and not text[before : by.start()].strip(" ,")
        is_loose = by and by["loose"] and not key[2]
        if (by and not is_period and not is_loose) or behind:
            first = by.start() if by else start
            yield DatumSpan(first, behind.end() if behind else end, key)
        before = end


def _by_words(pattern: re.Pattern[str], text: str) -> Iterator[DatumSpan]:
    """What a pattern finds; the same words are the same thing."""
    for m in pattern.finditer(text):
        yield DatumSpan(*m.span(), (fold_to_line(m.group()),))


def _quantities(unit: re.Pattern[str], text: str, lang: Lang) -> Iterator[DatumSpan]:
    """Numbers, in digits or in words, with what follows that they are numbers of."""
    if not unit.search(text):  # numbers in words take time to find
        return
    few = [(*m.span(), _FEW[m.group().lower()]) for m in _FEW_WORDS.finditer(text)]
    for start, end, number in sorted([*placed(text, lang), *few]):
        if of := unit.match(text, end):
            yield DatumSpan(start, of.end(), (number, fold(of.group().strip())))


def _given_in(measure: Measure, text: str, _: Lang) -> Iterator[DatumSpan]:
    """Numbers in a unit of a measure, each with its bound and what it is for each."""
    for q in quantities(text):
        if measure.has(q.unit):
            yield DatumSpan(q.start, q.end, (" ".join(q.written.split()),))


def _by_names(
    pattern: re.Pattern[str], called: Mapping[str, str], text: str
) -> Iterator[DatumSpan]:
    """The same, where names may be those of one thing; in "(EU) 2031/9" none is named."""
    for start, end, (name,) in _by_words(pattern, text):
        if text[start - 1 : start] != "(" or not _NUMBER_OF_ACT.match(text, end):
            yield DatumSpan(start, end, (called.get(str(name), name),))


def _institutions(text: str, lang: Lang) -> Iterator[DatumSpan]:
    """Those that acts of the Union call by one word: "la Commission", "de Raad"."""
    short = table("bodies")["short"][lang]
    for m in _BY_ONE_WORD.finditer(text):
        if m.group() in short:
            yield DatumSpan(*m.span(), (fold(short[m.group()]),))


def _explained_bodies(text: str, lang: Lang) -> Iterator[DatumSpan]:
    """Bodies in small letters with their acronym: "centre de coopération policière (CCP)"."""
    heads = {fold(head) for head in _heads(lang)}
    for _, start, end in expanded_acronyms(text):
        named = fold(text[start:end])
        if named.partition(" ")[0] in heads:
            yield DatumSpan(start, end, (" ".join(named.split()),))


def _acronyms(text: str) -> Iterator[DatumSpan]:
    for acronym, start, end in expanded_acronyms(text):
        yield DatumSpan(start, end, (acronym,))


def _countries(text: str, lang: Lang) -> Iterator[DatumSpan]:
    pattern, codes = countries(lang)
    for m in pattern.finditer(text):
        if not _WATERS.search(text[: m.start()]):
            yield DatumSpan(*m.span(), (codes[m.group()],))


def _heads(lang: Lang) -> list[str]:
    heads: list[str] = table("bodies")["heads"][lang]
    return heads


def _bodies(lang: Lang, known: Iterable[str]) -> re.Pattern[str]:
    """The names of bodies: those of the glossary, and what begins as such a name does."""
    heads = _heads(lang)
    rest = rf"(?:(?:(?<=-) en |[ -])(?:{_SMALL}{{0,3}})?{CAPITAL}|[ ](?:générale?|d[’']\w+)(?=[ ]))"
    names = "|".join(map(_as_written, sorted(known, key=len, reverse=True)))
    named = rf"(?:{'|'.join(heads)})(?:[a-zà-ÿ-]{{0,12}})?{rest}+"
    return re.compile(rf"(?<![\w-])(?:{names}|{named})(?![\w-])")


def _as_written(name: str) -> str:
    """A name with either apostrophe, and with a capital or not where it has none."""
    first = f"[{name[0]}{name[0].upper()}]"
    return first + re.escape(name[1:]).replace("’", "[’']")
