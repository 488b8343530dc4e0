"""A question: everything that is read in a message, computed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from assistant import added, message, subject_matter
from assistant.known_texts import DECLARATION
from assistant.locale import say
from assistant.part_labels import COUNTED, NUMBER
from index.query import Query
from index.tokens import stems, words
from sources.folding import blanked, fold, fold_in_place
from sources.pasted import typed
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    from assistant.added import Added
    from assistant.answer import Reason
    from assistant.mention import Mention, Named
    from assistant.mentions import Mentions
    from assistant.unrecognised import SaidText
    from sources.anchor import Lang
    from sources.references import Reference


_COMPOUND = re.compile(r"[^\W\d_]+$")  # "Uitvoerings" in "Uitvoeringsverordening (EU) …"
_NUMBERS = re.compile(  # "et le 8 ?", "en 8 en 9?", after an article was named
    r"^(?:(?:et|en|mais|maar)\s+)?(?:l['’]|le |les |la |het |de )?"
    r"(?P<numbers>\d+[a-z]?(?:(?:\s*,\s*|\s+(?:et|en)\s+)(?:le |het )?\d+[a-z]?)*)\s*\??$",
    re.IGNORECASE,
)
_PART = re.compile(  # of an act
    r"(?<!\w)(?:livre|chapitre|titre|section|boek|hoofdstuk|titel|afdeling)\s+(?:[ivxlc]+|\d+)(?!\w)",
    re.IGNORECASE,
)
_ONLY_A_PART = re.compile(  # "et le point 2.2 ?", "en maatregel 3?"
    r"(?:l['’]\s*|(?:le|la|het|de)\s+)?(?P<word>[^\W\d_]{3,})"
    rf"{COUNTED}(?!\d{{4}}|[a-z]\W*$){NUMBER}\W*"
)
_LED: dict[Lang, re.Pattern[str]] = {  # by a preposition, as a name stands in a sentence
    "fr": re.compile(r"(?:d['’]après|d[eu]|dans|selon|pour|sur)\b|d['’]", re.IGNORECASE),
    "nl": re.compile(r"(?:in|van|volgens|onder|uit|bij|krachtens|voor|over)\b", re.IGNORECASE),
}
_BESIDE: dict[Lang, re.Pattern[str]] = {  # "et l'article suivant ?", "en het vorige lid?"
    "fr": re.compile(
        r"(?:que dit )?l[e'] ?(?P<what>article|paragraphe) (?P<by>suivant|precedent)\W*"
    ),
    "nl": re.compile(
        r"(?:wat zegt )?(?:het |de )?(?P<by>volgende|vorige) (?P<what>artikel|lid|paragraaf)\W*"
    ),
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED_THINGS = re.compile(
    r"(?<![\w/.,-])(?P<number>\d+(?:[.,]\d+)?)(?![\w/-]|[.,]\d)(?:\s(?P<unit>[^\W\d_]+|%))?"
)
_MORE_LEADS: dict[Lang, str] = {
    "fr": "apres|avant|depuis|des|d'ici",
    "nl": "sinds|tegen|voor",
}
_ONLY_A_NUMBER: dict[Lang, re.Pattern[str]] = {  # "pour 2040 ?", "na 3 jaar?"
    lang: re.compile(rf"(?:{'|'.join(message.LEADS[lang])}|{more}) {_COUNTED_THINGS.pattern}\W*")
    for lang, more in _MORE_LEADS.items()
}
_OF_A_YEAR: dict[Lang, re.Pattern[str]] = {  # "et celle de 2021 ?", "non, 2021", of a declaration
    "fr": re.compile(
        rf"(?:(?P<that>(?:dans |sur |selon )?celle de )|de )?(?P<year>{_YEAR.pattern})\W*"
    ),
    "nl": re.compile(
        rf"(?:(?P<that>(?:in |over |volgens )?d(?:ie|eze) van )|van )?(?P<year>{_YEAR.pattern})\W*"
    ),
}
_STEPS = {"article": "art", "artikel": "art"}
_ARTICLE = re.compile(  # that goes with a name
    r"(?<!\w)(?:(?:dans|selon|in|van|volgens|onder|uit|bij|krachtens)\s+|d['’]après\s+)?"
    r"(?:(?:la|le|les|du|des|de|het|au)\s+|l['’]\s*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question(Query):
    """What a person asks, and everything that is read in it. No later step reads the message again.

    Attributes:
        answer_lang: Language to answer in.
        recognised: Does it seem to be in French or Dutch?
        no_question: Why the message asks nothing of the texts; None where it does.
        references: The texts and places that it names, as they stand in it.
        mention: The text, and the place in it, that it is about; None where it names none.
        whole: The indexed works that it may ask about as a whole ("what is it about?"); all of
            them where it asks how they differ.
        absent: The declaration of a year of which none is here, as it names it; "" for none.
        theme: Stems of its words that are neither the name of a text nor empty.
        wants_all: Does it ask for everything, in so many words?
        is_whether: Does it ask whether a text speaks of something?
        subject: What it asks about, where it asks nothing more of it ("what do the texts say of
            prisons?").
        parts: The questions in it, each a text; one where it asks one thing.
        things: What it names side by side, and may ask apart without being several questions.
        is_keywords: Is it a few words and no sentence?
        has_content: Is there a word that says what it is about?
        leans: Does it go on from the question before it: by its words, perhaps (it is too short to
            be sure), or not?
        previous: The question before it, read in the same way; None where there is none.
        added: The thing that it adds to that and nothing more ("and for a minor?"), if it does.
        is_completed: Was the message completed: it named another text and nothing more ("and the
            directive?"), so that this is the question before it, asked of that text; or a part of
            the text that was spoken of ("and chapter 8?")?
        inside: What is searched in the text that it names: itself without that name, which tells
            nothing there; None where it names none, or says no more.
        said: The text that it names by a name that leads to none that is here; None where it names
            one that is recognised, or none.
        texts: The indexed texts of which it asks the same, where it names more than one and no
            place in any.
        of_each: What it asks of each of them: itself without their names.
    """

    answer_lang: Lang
    recognised: bool
    no_question: Reason | None
    references: tuple[Reference, ...]
    mention: Mention | None
    whole: tuple[str, ...]
    absent: str
    theme: frozenset[str]
    wants_all: bool
    is_whether: bool
    subject: str | None
    parts: tuple[str, ...]
    things: tuple[str, ...]
    is_keywords: bool
    has_content: bool
    leans: Literal["yes", "perhaps", "no"]
    previous: Question | None
    added: Added | None
    is_completed: bool
    inside: Query | None
    said: SaidText | None = None
    texts: tuple[str, ...] = ()
    of_each: Query | None = None

    @property
    def works(self) -> tuple[str, ...]:
        """The indexed work that it names, where it names one: only that is searched.

        A place by itself, which several have, names none.
        """
        named = self.mention
        if named is None or not (named.indexed and named.work):
            return ()
        is_one = bool(named.name) or len({p.work for p in named.places}) < 2
        return (named.work,) if is_one else ()

    def about_text(self, title: str) -> str:
        """The question, asked of a text that it does not name, or names by another name, or of
        one of several.
        """
        if self.of_each is not None:
            return _asked_of(self.of_each.text, title, self.lang)
        if self.said is None:
            return _asked_of(self.text, title, self.lang)
        spans = [self.said.span]
        spans = spans if self.said.has_place else _name_spans(self.text, spans)
        left = typed(blanked(self.text, spans))
        return _asked_of(left, title, self.lang) if left.strip(" ?.!") else title

    @property
    def goes_on_from_a_text(self) -> bool:
        """Does a question before it name an indexed text?"""
        before = self.previous
        return before is not None and (bool(before.works) or before.goes_on_from_a_text)

    @property
    def is_worth_searching(self) -> bool:
        """Is there something to search: a word of content, a text, or the question before it?"""
        follows = self.previous is not None and any(c.isalpha() for c in self.text)
        return bool(self.mention) or self.has_content or follows


def read(
    text: str,
    lang: Lang,
    mentions: Mentions,
    *,
    answer_lang: Lang | None = None,
    recognised: bool = True,
    before: Sequence[str] = (),
    answering: Callable[[str], str | None] = lambda _: None,
) -> Question:
    """Read a message.

    Args:
        text: As typed, or as pasted.
        lang: Its language.
        mentions: Finds the texts that it names.
        answer_lang: Language to answer in; that of the message by default.
        recognised: Does it seem to be in one of the two languages?
        before: Earlier questions of the conversation, oldest first; a place without a text is in
            the one that they spoke of last, for all else the last one counts.
        answering: The work that answers a question that names none, if any.
    """
    text = typed(text)
    if message.begins_anew(text, lang):
        before = ()
    previous = (
        read(before[-1], lang, mentions, before=before[:-1], answering=answering)
        if before
        else None
    )
    named = mentions.read(text, lang, before, answering)
    goes_on = previous if named.said is None else None
    whole = (
        _of_another_year(text, lang, mentions, goes_on)
        or _of_another_number(text, lang, goes_on)
        or _of_the_other(text, lang, mentions, goes_on, answering)
        or _completed(text, lang, mentions, named.mention, goes_on)
        or _of_its_texts(text, lang, mentions, named, goes_on)
        or _of_its_text(text, lang, mentions, named, goes_on, answering)
        if goes_on
        else ""
    )
    if whole:
        asked = read(
            whole,
            lang,
            mentions,
            answer_lang=answer_lang,
            recognised=recognised,
            before=before[:-1],
            answering=answering,
        )
        return replace(asked, is_completed=True)
    is_whether = message.asks_whether_spoken_of(text)
    inside = _inside(text, lang, named.mention)
    subject = message.subject(text, lang) or (
        message.subject(inside.text, lang) if inside else None
    )
    if inside and not message.is_short(inside.text, lang):
        leans: Literal["yes", "perhaps", "no"] = "no"  # it says what, and of which text
    elif message.leans_on_before(text, lang):
        leans = "yes"
    else:
        leans = "perhaps" if message.is_short(text, lang) else "no"
    return Question(
        **Query.fields_of(text, lang),
        answer_lang=answer_lang or lang,
        recognised=recognised,
        no_question=_no_question(text),
        references=named.references,
        mention=named.mention,
        absent=named.absent,
        theme=named.theme,
        wants_all=message.asks_for_all(text),
        is_whether=is_whether,
        subject=subject or (text if is_whether else None),
        parts=tuple(message.parts(text, lang)),
        things=tuple(message.things(text, lang)),
        is_keywords=message.is_keywords(text, lang),
        has_content=message.has_content(text, lang),
        leans=leans,
        previous=previous,
        added=added.read(text, lang, previous) if previous and not named.mention else None,
        is_completed=False,
        inside=inside,
        said=named.said,
        **{"whole": named.whole, **_of_each(text, lang, mentions, named)},
    )


def _inside(text: str, lang: Lang, mention: Mention | None) -> Query | None:
    if mention is None or not mention.indexed or not mention.name:
        return None
    left = blanked(text, _name_spans(text, mention.name))
    return Query.of(left, lang) if message.has_content(left, lang) else None


def _of_each(text: str, lang: Lang, mentions: Mentions, named: Named) -> dict[str, Any]:
    """What a message asks of several texts, by the names of the fields."""
    if named.mention is None or named.mention.places:
        return {}
    spans = mentions.texts.named(text, named.references, lang)
    if len(spans) < 2:
        return {}
    texts = tuple(sorted(spans, key=lambda work: spans[work]))
    names = _name_spans(text, sorted(spans.values()))
    joints = [(a, b) for (_, a), (b, _) in pairwise(names) if message.only_joins(text[a:b], lang)]
    left = typed(blanked(text, [*names, *joints]))
    about = subject_matter.asked_at(fold_in_place(left), lang)
    asked = message.without_comparison(blanked(left, about), lang)
    if message.has_content(asked, lang):
        return {"texts": texts, "of_each": Query.of(asked, lang)}
    is_whole = about or message.is_comparison(left, lang)
    return {"texts": texts, "whole": texts} if is_whole else {}


def _name_spans(text: str, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a message has the names of texts, with what leads to them."""
    spans = []
    for start, end in names:
        word = _COMPOUND.search(text, 0, start)
        begin = word.start() if word else start
        article = _ARTICLE.search(text, 0, begin)
        begin = article.start() if article else begin
        spans.append((begin, end))
    return spans


def _named_at(
    text: str, lang: Lang, mentions: Mentions, mention: Mention | None
) -> Sequence[tuple[int, int]]:
    """Where a message names a text, be it by a name that leads to none."""
    if mention:
        return mention.name
    unknown = mentions.texts.unknown_text(text, lang)
    return [unknown] if unknown else []


def _completed(
    text: str, lang: Lang, mentions: Mentions, mention: Mention | None, previous: Question
) -> str:
    """The question before a message that names another text and nothing more, asked of that text,
    be it by a name that leads to none; "" for any other message.
    """
    if (mention and mention.places) or not previous.has_content:
        return ""
    names = _named_at(text, lang, mentions, mention)
    left = message.without_joint(blanked(text, _name_spans(text, names)), lang)
    title = mentions.known.title_stems(mention.work, lang) if mention else frozenset[str]()
    own = title - stems(" ".join(text[start:end] for start, end in names), lang)  # again, it asks
    said = " ".join(w.written for w in words(left, lang) if w.stem not in own)
    is_same = message.has_content(said, lang)
    if not names or (is_same and not _asks_same(left, lang, own, previous)):
        return ""
    named = message.without_joint(text, lang).rstrip(" ?.!")
    if mention and (is_same or not mentions.texts.is_named(mention.work, text, lang)):
        named = f"({mentions.known.short(mention.work, lang)})"
    return _with_name(named, lang, mentions, mention, previous)


def _with_name(
    named: str, lang: Lang, mentions: Mentions, mention: Mention | None, previous: Question
) -> str:
    """A question, asked of another text by its name in place of that which it names."""
    asked = previous.text.rstrip(" ?.!")
    joins = len(previous.texts) > 1 and mention is not None and mention.indexed
    start, end = (len(asked),) * 2 if joins else _replaced(asked, lang, mentions, previous)
    before, was, after = asked[:start].rstrip(), asked[start:end].lstrip(), asked[end:].lstrip()
    if before.endswith("(") and after.startswith(")"):
        before, was, after = before[:-1].rstrip(), "", after[1:]
    if not _LED[lang].match(named) and (not was or _LED[lang].match(was)):
        named = f"({named.strip('() ')})"
    joined = " ".join(filter(None, (before, named, after))).replace(" ,", ",")
    return say(lang, "asked.question", words=joined)


def _of_the_other(
    text: str,
    lang: Lang,
    mentions: Mentions,
    previous: Question,
    answering: Callable[[str], str | None],
) -> str:
    """The question before a message that means the other text of a sort ("non, l’autre décret"), or
    the only one of another sort ("et dans le décret ?"), asked of that one; "" for any other
    message, and where there is no other, or more than one.
    """
    texts, alone = mentions.texts, message.without_joint(text, lang)
    of_sort = texts.other_among(alone, lang)
    of_the_sort = texts.of_the_sort(alone, lang)
    is_said = of_sort or of_the_sort
    spoken_of = _spoken_of(previous) or (answering(previous.text),) if is_said else ()
    others = [work for work in is_said if work not in spoken_of]
    if len(others) != 1 or len(others) == len(of_sort) or not previous.has_content:
        return ""
    title = mentions.known.short(others[0], lang)
    return _with_name(f"({title})", lang, mentions, None, previous)


def _of_another_year(text: str, lang: Lang, mentions: Mentions, previous: Question) -> str:
    """The question before a message that names the year of another declaration, asked of that one;
    "" for any other message.
    """
    asked = _OF_A_YEAR[lang].fullmatch(fold(message.without_joint(text, lang)))
    years = _YEAR.findall(previous.text)
    is_spoken_of = any(map(mentions.known.is_declaration, _spoken_of(previous))) or (
        years and DECLARATION.search(previous.folded)
    )
    if asked is None or not is_spoken_of or not (asked["that"] or years):
        return ""
    if len(years) == 1:
        return _YEAR.sub(asked["year"], previous.text)
    return _asked_of(previous.text, say(lang, "asked.declaration", year=asked["year"]), lang)


def _of_another_number(text: str, lang: Lang, previous: Question) -> str:
    """The question before a message that gives another year, or another number of the same unit
    ("et pour 2040 ?", "en na 3 jaar?"), asked of that one; "" for any other message.
    """
    asked = _ONLY_A_NUMBER[lang].fullmatch(fold_in_place(message.without_joint(text, lang)))
    named = [(r.start, r.end) for r in previous.references]
    left = blanked(previous.text, named)
    said = [m for m in _COUNTED_THINGS.finditer(left) if asked and _is_of_a_sort(asked, m)]
    if asked is None or len(said) != 1 or message.without_joint(text, lang) == text:
        return ""
    start, end = said[0].span("number")
    return f"{previous.text[:start]}{asked['number']}{previous.text[end:]}"


def _is_of_a_sort(one: re.Match[str], other: re.Match[str]) -> bool:
    """Are two numbers years, or numbers of the same unit?"""
    numbers = one["number"], other["number"]
    if one["unit"]:
        return one["unit"] == fold(other["unit"] or "")
    return all(map(_YEAR.fullmatch, numbers))


def _asks_same(text: str, lang: Lang, own: frozenset[str], previous: Question) -> bool:
    """Does a message ask whether something is the same, of what the question before it asked?

    ``own`` are stems of the name of the text that it asks of.
    """
    left = message.without_same(text, lang)
    asked = own.union(w.stem for w in previous.words)
    return left is not None and all(w.stem in asked for w in words(left, lang))


def _replaced(asked: str, lang: Lang, mentions: Mentions, previous: Question) -> tuple[int, int]:
    """Where a question has the name of its text, but for the place in it, or the names of several;
    else its end.
    """
    if len(previous.texts) > 1 and (spans := [(r.start, r.end) for r in previous.references]):
        together = min(start for start, _ in spans), max(end for _, end in spans)
        return _name_spans(asked, [together])[0]
    mention = previous.mention
    ends = [p.pinpoint.end for p in mention.places] if mention else []
    names = [
        (max([start, *(e for e in ends if start < e < end)]), end)
        for start, end in _named_at(asked, lang, mentions, mention)
    ]
    return next(iter(_name_spans(asked, names)), (len(asked), len(asked)))


def _of_its_texts(
    text: str, lang: Lang, mentions: Mentions, named: Named, previous: Question
) -> str:
    """A message that goes on from a question about several texts, and names none, asked of each of
    them; "" for any other.
    """
    is_named = any(r.work for r in named.references) or (named.mention and named.mention.name)
    asked = message.without_joint(text, lang).rstrip(" ?.!")
    goes_on = message.leans_on_before(text, lang) and message.has_content(asked, lang)
    if len(previous.texts) < 2 or is_named or not goes_on:
        return ""
    titles = [mentions.known.short(work, lang) for work in previous.texts]
    if not any(r.portion for r in named.references):
        return _asked_of(asked, ", ".join(titles), lang)
    return say(lang, "asked.question", words=", ".join(f"{asked} ({title})" for title in titles))


def _of_its_text(
    text: str,
    lang: Lang,
    mentions: Mentions,
    named: Named,
    previous: Question,
    answering: Callable[[str], str | None],
) -> str:
    """A message that names a part of an act, with the act that was spoken of; "" for any other."""
    spoken, mention = _spoken_of(previous), named.mention
    is_named = bool(mention and mention.name) or any(r.work for r in named.references)
    if previous.said:  # "en artikel 3?", of a text that is not here
        is_place = find_pinpoints(text, inner=True) and not is_named
        place = message.without_joint(text, lang)
        return f"{previous.said.written}, {place}" if is_place else ""
    before = previous.mention
    if before and not before.indexed:
        work: str | None = before.work  # a text that is not here
    else:
        work = spoken[0] if spoken else answering(previous.text)
    is_unknown = before is not None and before.unknown
    is_there = mention is not None and mention.work == work
    if work is None or is_unknown or is_there or mentions.known.is_declaration(work):
        return ""
    title = mentions.known.short(work, lang)
    numbers = _NUMBERS.match(text)
    if numbers and previous.mention and (previous.mention.portion or "").startswith("art_"):
        key = "asked.article" if numbers["numbers"].isalnum() else "asked.articles"
        return say(lang, key, numbers=numbers["numbers"], text=title)
    if beside := _beside(text, lang, mentions, previous):
        return _asked_of(beside, title, lang)
    only = _ONLY_A_PART.fullmatch(fold(message.without_joint(text, lang)))
    is_part = _PART.search(text) or (only and words(only["word"], lang))
    if is_part and not is_named:
        return _asked_of(message.without_joint(text, lang), title, lang)
    return ""


def _asked_of(asked: str, text: str, lang: Lang) -> str:
    """A question, asked of a text by its name."""
    return say(lang, "asked.of_text", words=asked.rstrip(" ?.!"), text=text)


def _spoken_of(question: Question | None) -> tuple[str, ...]:
    """The work that a question names, or the last one before it that names one; none if none."""
    while question is not None and not question.works:
        question = question.previous
    return question.works if question else ()


def _beside(text: str, lang: Lang, mentions: Mentions, previous: Question) -> str | None:
    """The article or the paragraph beside the one that was spoken of, where a message names it."""
    asked = _BESIDE[lang].fullmatch(fold(message.without_joint(text, lang)))
    spoken = previous.mention
    if asked is None or spoken is None or spoken.portion is None:
        return None
    by = 1 if asked["by"] in ("suivant", "volgende") else -1
    return mentions.beside(spoken.work, spoken.portion, _STEPS.get(asked["what"], "par"), by, lang)


def _no_question(text: str) -> Reason | None:
    """Why a message asks nothing of the texts, if it does not."""
    if not any(c.isalnum() for c in text):
        return "empty"
    if message.is_courtesy(text):
        return "courtesy"
    if message.asks_for_help(text):
        return "help"
    if message.is_order(text):
        return "instruction"
    return "opinion" if message.asks_opinion(text) else None
