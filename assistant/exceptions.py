"""The exceptions to a rule, where a question asks for them, and the rule, where it does not.

Exceptions are often a paragraph of the article that lays down the rule, a section below it or the
article after it, and the search finds the rule: it has the words of the question. What states an
exception beside it goes first. The other way round, a paragraph that departs from the one before
repeats its words, and is found for questions about the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, get_args

from assistant import subject_matter
from assistant.empty_words import is_empty
from assistant.reviewed import patterns_by_sort
from index.tokens import words
from sources.folding import fold

if TYPE_CHECKING:
    from assistant.finding import ScoredPassage
    from assistant.question import Question
    from index.build import Build
    from index.query import Query
    from sources.model import Passage

_LOOKED = 3  # hits among which the rule is
_Beside = Literal["exceptions", "repetition"]  # what is asked for beside a rule: a reviewed file
BESIDE: tuple[_Beside, ...] = get_args(_Beside)


def in_order(
    question: Question,
    found: Sequence[ScoredPassage],
    around: Callable[[Passage], Sequence[ScoredPassage]],
) -> list[ScoredPassage]:
    """What was found, with an exception before its rule where it is asked for, else behind it.

    Args:
        question: As read.
        found: Best first.
        around: What may state an exception to a passage, best first.
    """
    asks = patterns_by_sort("exceptions")[question.lang]["asks"].search(question.folded)
    if not found or _states(found[0].hit.passage, "states" if asks else "departs") == bool(asks):
        return list(found)
    articles = (s for s in found[:_LOOKED] if s.hit.anchor.is_of_article)
    rule = next(articles, found[0])
    if asks:
        stating = (s for s in around(rule.hit.passage) if _states(s.hit.passage, "states"))
        return _with(next(stating, None), rule, found)
    others = (s for s in found[1:_LOOKED] if s.enough and _is_beside(s, rule))
    return _with(next(others, None), rule, found)


def asks_nothing_else(question: Question, of: _Beside) -> bool:
    """Does a question ask for exceptions, and to nothing that it says ("y a-t-il des exceptions ?",
    "voor wie geldt dat niet?"), or for what a repetition leads to ("et en cas de récidive ?")? They
    are those to, or is that of, what was answered before.
    """
    asks, lang = patterns_by_sort(of)[question.lang]["asks"], question.lang
    left, count = asks.subn(" ", question.folded)
    return bool(count) and all(is_empty(w, lang) for w in words(left, lang))


def asks_of_a_text(question: Query) -> bool:
    """Does a question, without the name of a text, ask to what that does not apply?"""
    scope, lang = patterns_by_sort("exceptions")[question.lang]["scope"], question.lang
    left, count = scope.subn(" ", question.folded)
    return bool(count) and all(is_empty(w, lang) for w in words(left, lang))


def of_a_text(document: Sequence[Passage]) -> list[Passage]:
    """What says to what a text does not apply, under the headings of its scope."""
    headed = (
        p
        for p in document
        if any(subject_matter.is_title(h, p.anchor.lang) for h in p.headings[-2:])
    )
    return [p for p in headed if _states(p, "excludes")]


def to_rules(
    rules: Sequence[Passage],
    found: Sequence[ScoredPassage],
    around: Callable[[Passage], Sequence[ScoredPassage]],
    of: _Beside,
) -> list[ScoredPassage]:
    """What was found, with the exceptions to some rules in front, which answer, or with what their
    repetition leads to.

    Args:
        rules: What was answered before.
        found: Best first.
        around: What may state an exception to a passage, best first.
        of: Which of the two.
    """
    each = (s for rule in rules[:_LOOKED] for s in around(rule))
    stating = {s.hit.anchor: s for s in each if _states(s.hit.passage, "states", of)}
    ordered = list(found)
    for s in reversed([replace(s, enough=True) for s in stating.values()]):
        ordered = _with(s, s, ordered or [s])
    return ordered


def around(passage: Passage, build: Build) -> list[Passage]:
    """What may state an exception to a passage: its article, or its section with those below it,
    and what comes next under the heading above, where that is an exception as a whole, or says to
    what the text does not apply.
    """
    document = build.document(*passage.anchor.work_lang)
    own = [p for p in document if _is_of_place(p, passage)]
    following = build.following(own[-1])
    above = passage.headings[:-1]
    if following and following[0].headings[: len(above)] == above:
        after = following[0]
        if _states_above(after) or _states(after, "departs") or _states(after, "limits"):
            own += takewhile(lambda p: _is_of_place(p, after), following)
    return own


def _is_of_place(one: Passage, other: Passage) -> bool:
    """Is a passage of the article, or in the section, of another?"""
    if other.anchor.is_of_article or not other.headings:
        return one.anchor.top == other.anchor.top
    return one.headings[: len(other.headings)] == other.headings


def _with(
    first: ScoredPassage | None, beside: ScoredPassage, found: Sequence[ScoredPassage]
) -> list[ScoredPassage]:
    """What was found, with one in front that is as likely as the one beside it."""
    if first is None:
        return list(found)
    hit = replace(first.hit, score=max(first.hit.score, found[0].hit.score))
    likely = max(first.probability, beside.probability)
    put = replace(first, hit=hit, probability=likely, enough=first.enough or beside.enough)
    return [put, *(s for s in found if s.hit.anchor != hit.anchor)]


def _is_beside(one: ScoredPassage, other: ScoredPassage) -> bool:
    """Are two paragraphs of one article, of which the first departs from no other?"""
    is_of_one = one.hit.anchor.article == other.hit.anchor.article
    return is_of_one and not _states(one.hit.passage, "departs")


def _states(passage: Passage, sort: str, of: _Beside = "exceptions") -> bool:
    """Does a passage state an exception, or begin as one, in any language that it is there in? It
    states one under such a heading too.
    """
    patterns = patterns_by_sort(of)
    said = any(patterns[lang][sort].search(fold(t)) for lang, t in passage.texts.items())
    return said or (sort == "states" and _states_above(passage, of))


def _states_above(passage: Passage, of: _Beside = "exceptions") -> bool:
    """Does the heading of a passage, or of its article, say that there are exceptions?"""
    states = patterns_by_sort(of)[passage.anchor.lang]["states"]
    return any(states.search(fold(heading)) for heading in passage.headings[-2:])
