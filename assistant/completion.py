"""A message that leans on the question before it, written out as a question of its own: the one
before it asked of another text, of another year, of another number; a part of the text that was
spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant import message
from assistant.known_texts import DECLARATION
from assistant.locale import say
from assistant.part_labels import COUNTED, NUMBER
from index.tokens import stems, words
from sources.anchor import LANGS, word_at
from sources.folding import blanked, fold, fold_in_place
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    from assistant.mention import Mention, Named
    from assistant.mentions import Mentions
    from assistant.question import Question
    from sources.anchor import Lang

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
_ONLY_A_NUMBER: dict[Lang, re.Pattern[str]] = {  # "pour 2040 ?", "d'ici 2040", "na 3 jaar?"
    lang: re.compile(rf"(?:{'|'.join(message.LEADS[lang])}|d'ici) {_COUNTED_THINGS.pattern}\W*")
    for lang in LANGS
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


def completed(
    text: str,
    lang: Lang,
    mentions: Mentions,
    named: Named,
    previous: Question,
    answering: Callable[[str], str | None],
) -> str:
    """The question that a message is, where it cannot be read without the one before it; "" for any
    other.

    Args:
        text: The message.
        lang: Its language.
        mentions: Finds the texts that are named.
        named: What it names.
        previous: The question before it.
        answering: The work that answers a question that names none, if any.
    """
    return (
        _of_another_year(text, lang, mentions, previous)
        or _of_another_number(text, lang, previous)
        or _of_the_other(text, lang, mentions, previous, answering)
        or _of_another_text(text, lang, mentions, named.mention, previous)
        or _of_its_texts(text, lang, mentions, named, previous)
        or _of_its_text(text, lang, mentions, named, previous, answering)
    )


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
    return asked_of(previous.text, say(lang, "asked.declaration", year=asked["year"]), lang)


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


def _of_another_text(
    text: str, lang: Lang, mentions: Mentions, mention: Mention | None, previous: Question
) -> str:
    """The question before a message that names another text and nothing more, asked of that text,
    be it by a name that leads to none; "" for any other message.
    """
    if (mention and mention.places) or not previous.has_content:
        return ""
    names = _named_at(text, lang, mentions, mention)
    left = message.without_joint(blanked(text, name_spans(text, names)), lang)
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


def _named_at(
    text: str, lang: Lang, mentions: Mentions, mention: Mention | None
) -> Sequence[tuple[int, int]]:
    """Where a message names a text, be it by a name that leads to none."""
    if mention:
        return mention.name
    unknown = mentions.texts.unknown_text(text, lang)
    return [unknown] if unknown else []


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
        return name_spans(asked, [together])[0]
    mention = previous.mention
    ends = [p.pinpoint.end for p in mention.places] if mention else []
    names = [
        (max([start, *(e for e in ends if start < e < end)]), end)
        for start, end in _named_at(asked, lang, mentions, mention)
    ]
    return next(iter(name_spans(asked, names)), (len(asked), len(asked)))


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
        return asked_of(asked, ", ".join(titles), lang)
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
    if previous.unrecognised:  # "en artikel 3?", of a text that is not here
        is_place = find_pinpoints(text, inner=True) and not is_named
        place = message.without_joint(text, lang)
        return f"{previous.unrecognised.written}, {place}" if is_place else ""
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
    if numbers and before and word_at(before.portion or "", 0) == "art":
        key = "asked.article" if numbers["numbers"].isalnum() else "asked.articles"
        return say(lang, key, numbers=numbers["numbers"], text=title)
    if beside := _beside(text, lang, mentions, previous):
        return asked_of(beside, title, lang)
    only = _ONLY_A_PART.fullmatch(fold(message.without_joint(text, lang)))
    is_part = _PART.search(text) or (only and words(only["word"], lang))
    if is_part and not is_named:
        return asked_of(message.without_joint(text, lang), title, lang)
    return ""


def _beside(text: str, lang: Lang, mentions: Mentions, previous: Question) -> str | None:
    """The article or the paragraph beside the one that was spoken of, where a message names it."""
    asked = _BESIDE[lang].fullmatch(fold(message.without_joint(text, lang)))
    spoken = previous.mention
    if asked is None or spoken is None or spoken.portion is None:
        return None
    by = 1 if asked["by"] in ("suivant", "volgende") else -1
    return mentions.beside(spoken.work, spoken.portion, _STEPS.get(asked["what"], "par"), by, lang)


def _spoken_of(question: Question | None) -> tuple[str, ...]:
    """The work that a question names, or the last one before it that names one; none if none."""
    while question is not None and not question.works:
        question = question.previous
    return question.works if question else ()


def asked_of(asked: str, text: str, lang: Lang) -> str:
    """A question, asked of a text by its name."""
    return say(lang, "asked.of_text", words=asked.rstrip(" ?.!"), text=text)


def name_spans(text: str, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a message has the names of texts, with what leads to them."""
    spans = []
    for start, end in names:
        word = _COMPOUND.search(text, 0, start)
        begin = word.start() if word else start
        article = _ARTICLE.search(text, 0, begin)
        begin = article.start() if article else begin
        spans.append((begin, end))
    return spans
