"""Messages about the answer before them: in the other language, shorter, whole, "are you sure?".

Such a message asks no question of its own. The question before it is decided again, and what is
cited, or how, is changed. Where a message asks a question and says how to answer it ("Antwoord in
het Frans: …"), it is read as the question and such a message after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, cast

from assistant.decision import LOOKED, SHOWN, WHOLE, Decision, DecisionInput
from assistant.empty_words import is_empty
from assistant.locale import say
from assistant.message import asks, is_courtesy, without_courtesy
from assistant.reviewed import table
from assistant.sorts import SORT_OF_TEXT
from assistant.word_match import begins
from index.query import Query
from index.tokens import Word, stems, words
from sources.anchor import LANGS, Lang
from sources.folding import fold, fold_in_place, fold_to_line
from sources.pinpoints import find as find_pinpoints

if TYPE_CHECKING:
    from assistant.finding import ScoredPassage
    from sources.model import Passage

Sort = Literal[
    "dutch",
    "french",
    "section",
    "next",
    "elsewhere",
    "passage",
    "shorter",
    "sure",
    "other",
    "instead",
    "without",
]
_LANGUAGES: dict[str, Lang] = {"dutch": "nl", "french": "fr"}
_CLAUSE = re.compile(r"[?!.;:]+\s*|,\s+")
_OF_PASSAGE = re.compile(r"[.;:,]\s+|\n")  # between its clauses
_AND = re.compile(r"\s*,\s*|\s+(?:et|ou|ni|en|of|noch)\s+")
_LONGEST = 12  # words of a message about an answer, without what it names
_SAID_OF = ("without", "instead", "meant", "not_this")
_MANNERS = ("dutch", "french", "shorter", "passage")  # what may be wanted of an answer beforehand
_WITH_QUESTION = (  # how to answer, in front of a question, after it, and in brackets
    re.compile(r"(?P<how>[^?!.;:,]+)[!.;:,] (?P<question>.+)"),
    re.compile(r"(?P<question>.+[?!.;]) (?P<how>[^?!.;:]+)[?!.;]*"),
    re.compile(r"(?P<question>.+?) ?\((?P<how>[^()]+)\)(?P<end>[ ?!.]*)"),
)


@dataclass(frozen=True, slots=True)
class Move:
    """What a message wants of the answer before it.

    Attributes:
        sort: The answer in a language, with the whole section or passage, with what comes next,
            shorter, looked at again, with other passages, those of something else or of another
            text, or without some.
        of: What the other passages should be about, or what should be left out; "" where the
            message does not say.
        lang: Language of the message.
    """

    sort: Sort
    of: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class _Words:
    """The reviewed words of a language."""

    sorts: dict[str, re.Pattern[str]]
    said_of: dict[str, re.Pattern[str]]
    this_question: re.Pattern[str]
    beside: frozenset[str]


@cache
def _words() -> dict[Lang, _Words]:
    raw = table("moves")
    return {
        la: _Words(
            {
                sort: re.compile(rf"(?<!\w)(?:{'|'.join(fragments)})(?![\w'])")
                for sort, fragments in raw[la].items()
                if sort not in (*_SAID_OF, "this_question", "beside")
            },
            {sort: re.compile(raw[la][sort]) for sort in _SAID_OF},
            re.compile(rf"\b(?:{raw[la]['this_question']})\b"),
            frozenset(raw[la]["beside"]),
        )
        for la in LANGS
    }


def move(message: str) -> Move | None:
    """What a message wants of the answer before it; None where it asks something of its own.

    >>> move("Et en néerlandais svp ?").sort, move("Nee, het andere centrum")
    ('dutch', Move(sort='other', of='centrum', lang='nl'))
    >>> move("Que dit la version en néerlandais ?") is None
    True
    """
    text = fold_to_line(message).rstrip(" .?!")
    for lang in LANGS:
        if found := _read(text, lang):
            return found
    first, *others = _CLAUSE.split(text, maxsplit=1)
    is_short = len(text.split()) <= _LONGEST
    return move(first) if others and is_short and not message.rstrip().endswith("?") else None


def _read(text: str, lang: Lang) -> Move | None:
    said = _words()[lang]
    if (m := said.said_of["instead"].match(text)) and not _is_beside(m["x"], said):
        return Move("other" if m["other"] else "instead", m["x"], lang)
    if (m := said.said_of["without"].search(text)) and _is_beside(text[: m.start()], said):
        return Move("without", m["x"], lang)
    for sort, pattern in said.sorts.items():
        rest, count = pattern.subn(" ", text)
        if count and _is_beside(rest, said):
            return Move(cast("Sort", sort), "", lang)
    return None


def _is_beside(text: str, said: _Words) -> bool:
    """Does a text say nothing of its own?"""
    return all(word in said.beside for word in re.findall(r"[^\W_]+", text))


def with_question(message: str) -> tuple[str, Move] | None:
    """The question of a message that says how to answer it as well, and how; None for any other.

    >>> question, how = with_question("Antwoord in het Frans: welke havens worden genoemd?")
    >>> question, how.sort
    ('welke havens worden genoemd?', 'french')
    >>> with_question("Plus court, juste l'essentiel") is None
    True
    """
    text = " ".join(message.split())
    for m in filter(None, (pattern.fullmatch(text) for pattern in _WITH_QUESTION)):
        question = m["question"] + m.groupdict().get("end", "")
        after_colon = text.startswith(":", m.end("how"))
        if (how := _manner(m["how"])) and _asks_something(question, after_colon=after_colon):
            return question, how
    return None


def _manner(clause: str) -> Move | None:
    """How a clause wants an answer, where it says nothing else."""
    text = fold(clause)
    for lang in LANGS:
        found = _read(_words()[lang].this_question.sub(" ", text), lang)
        if found and found.sort in _MANNERS:
            return found
    return None


def _asks_something(text: str, *, after_colon: bool) -> bool:
    """Does what stands beside a manner of answering ask something of its own?"""
    if move(text) or is_courtesy(text):
        return False
    return after_colon or text.rstrip().endswith("?") or any(asks(text, la) for la in LANGS)


def meant(message: str) -> str:
    """What a correction says that was meant; the message itself where it is none.

    >>> meant("Non, je voulais dire le centre de Givet")
    'le centre de Givet'
    >>> meant("niet artikel 5, artikel 7"), meant("pas les vélos, les bateaux")
    ('artikel 7', 'et les bateaux')

    A thing is asked for as a follow-up asks for one: it goes on from the question before it.
    """
    text = fold_in_place(message)
    for lang in LANGS:
        said_of = _words()[lang].said_of
        if m := said_of["meant"].match(text):
            return message[m.start("x") :]
        if m := said_of["not_this"].match(text):
            asked = message[m.start("x") :]
            return asked if find_pinpoints(asked) else say(lang, "asked.also", words=asked)
    return message


def unfold(
    message: str,
    history: Sequence[str],
    names_a_text: Callable[[str], bool] = lambda _: False,
) -> tuple[str, list[str], list[Move]]:
    """The question that a message is about, the questions before that, and the moves since.

    A message that asks something of its own is that question, with no moves but for how it says
    that it is to be answered; so is one that names another text ("no, the one on asylum").
    So is one that names a place ("no, article 6").

    Messages before it that asked nothing of their own are left out, and so are thanks.
    """
    questions, moves = _followed([*history, message], names_a_text)
    asked = [meant(text) if at else text for at, (_, text) in enumerate(questions)]
    return asked[-1], asked[:-1], moves


def asked_at(message: str, history: Sequence[str]) -> int:
    """Where the question stands in the history that a message is about; its length for none."""
    return _followed([*history, message], lambda _: False)[0][-1][0]


def _followed(
    said: Sequence[str], names_a_text: Callable[[str], bool]
) -> tuple[list[tuple[int, str]], list[Move]]:
    """The messages that ask something, as place and question, and what is wanted since the last."""
    questions: list[tuple[int, str]] = []
    moves: list[Move] = []
    for n, text in enumerate(map(without_courtesy, said)):
        if n < len(said) - 1 and is_courtesy(text):
            continue
        if both := with_question(text):
            questions.append((n, both[0]))
            moves = [both[1]]
        elif (
            questions
            and (found := move(text))
            and not (found.sort == "instead" and find_pinpoints(text))
            and not (found.sort in ("instead", "other") and names_a_text(text))
        ):
            moves.append(found)
        else:
            questions.append((n, text))
            moves = []
    return questions, moves


def language(moves: Sequence[Move]) -> Lang | None:
    """The language that the last of them asks for, if any.

    It is asked for what was answered: what is wanted instead since then is a question again, in the
    language in which it is put.
    """
    since = takewhile(lambda m: m.sort not in ("other", "instead"), reversed(moves))
    return next((_LANGUAGES[m.sort] for m in since if m.sort in _LANGUAGES), None)


def changed(case: DecisionInput, decision: Decision, moves: Sequence[Move]) -> Decision:
    """What is done with the question after the moves.

    Of those that change what is cited the last counts, with what came before it of the same sort:
    "without" is said of the answer, not of what was looked at since.
    """
    seen = list(decision.cite)
    for one in _last_of_a_sort([m for m in moves if m.sort in _CONTENT]):
        before = replace(decision, cite=seen) if one.sort == "other" else decision
        if decision.cite:
            decision = replace(_CONTENT[one.sort](case, before, one), is_retrieved=False)
            seen += decision.cite
    since = [m for m in moves if m.sort in _CONTENT or m.sort == "shorter"]
    if since and since[-1].sort == "shorter" and decision.cite:
        is_list = len(decision.cite) > SHOWN
        cite = decision.cite[:SHOWN]
        if is_list:
            case.remarks.append("notice.shortened")
        decision = replace(
            decision,
            cite=cite,
            is_brief=True,
            occurrences=(),
            column=None,
            sides=(),
            is_retrieved=False,
        )
    return decision


def _last_of_a_sort(moves: Sequence[Move]) -> list[Move]:
    """The last moves that are of one sort."""
    return list(takewhile(lambda m: m.sort == moves[-1].sort, reversed(moves)))[::-1]


def _section(case: DecisionInput, decision: Decision, _: Move) -> Decision:
    """All that stands under the heading of the first passage."""
    first = decision.cite[0]
    document = case.build.document(*first.anchor.work_lang)
    together = [p for p in document if p.headings == first.headings][:WHOLE]
    return replace(decision, cite=together, occurrences=(), column=None, sides=(), is_place=True)


def _next(case: DecisionInput, decision: Decision, _: Move) -> Decision:
    """What comes next in the text: the passage behind the last one; behind an article, the next."""
    following = case.build.following(decision.cite[-1])
    if not following:
        return Decision(refuse="no_other")
    is_whole = following[0].anchor.is_of_article
    behind = takewhile(lambda p: p.anchor.top == following[0].anchor.top, following)
    cite = list(behind)[:WHOLE] if is_whole else following[:1]
    return replace(decision, cite=cite, occurrences=(), column=None, sides=(), is_place=True)


def _other(case: DecisionInput, decision: Decision, wanted: Move) -> Decision:
    """Passages that were not cited and may answer as well, or those that speak of what is named;
    the nearest, where there are none.
    """
    cited = {p.anchor for p in decision.cite}
    left = [s for s in case.found[:LOOKED] if s.hit.anchor not in cited]
    fit = [s for s in left if s.enough]
    if of_sort := _texts_of(case, wanted):
        fit = [s for s in _in_others(case, decision, of_sort) if s.enough]
    elif wanted.of:
        query = Query.of(wanted.of, wanted.lang)
        found = [*case.found, *case.selector.find(query, case.question.works)]
        if wanted.sort == "other":
            found = [s for s in found if s.hit.anchor not in cited]
        fit = [s for s in found if _speaks(case, s.hit.passage, wanted)]
    passages = list({s.hit.anchor: s.hit.passage for s in fit}.values())[:SHOWN]
    if not passages:
        return Decision(refuse="no_other", nearest=left)
    sure = max(s.probability for s in fit)
    return replace(decision, cite=passages, confidence=sure, occurrences=(), column=None, sides=())


def _texts_of(case: DecisionInput, wanted: Move) -> list[str]:
    """The texts of a sort of which another text is wanted; none where something else is."""
    is_sort = wanted.sort == "other" and SORT_OF_TEXT[wanted.lang].fullmatch(wanted.of)
    return case.mentions.texts.titles.of_sort(wanted.of, wanted.lang) if is_sort else []


def _elsewhere(case: DecisionInput, decision: Decision, _: Move) -> Decision:
    """What answers the question in the texts of which nothing was cited."""
    found = _in_others(case, decision, case.mentions.known.indexed)
    fit = [s for s in found if s.enough][:SHOWN]
    if not fit:
        return Decision(refuse="no_other", nearest=found)
    cite, sure = [s.hit.passage for s in fit], fit[0].probability
    return replace(decision, cite=cite, confidence=sure, occurrences=(), column=None, sides=())


def _in_others(
    case: DecisionInput, decision: Decision, works: Collection[str]
) -> list[ScoredPassage]:
    """What is found in those of some texts of which nothing was cited. A place may be in each of
    them, and none is said: nothing answers it.
    """
    cited = {p.anchor.work for p in decision.cite}
    others = tuple(work for work in works if work not in cited)
    if not others or case.names_a_place:
        return []
    asked = case.question.inside or case.question
    return case.selector.find(asked, others)


def _without(case: DecisionInput, decision: Decision, wanted: Move) -> Decision:
    """What was cited, without the passages that speak of something; where all do, those that say
    in other clauses what was asked ("a green flag …, a red flag …").
    """
    left_out = _left_out(decision.cite, wanted)
    kept = [p for p in decision.cite if p not in left_out]
    kept = kept or [p for p in decision.cite if _says_more(p, case.question.theme, wanted)]
    if not kept:
        near = case.found[:LOOKED]
        touched = _left_out([s.hit.passage for s in near], wanted)
        return Decision(
            refuse="no_other", nearest=[s for s in near if s.hit.passage not in touched]
        )
    return replace(decision, cite=kept, occurrences=(), column=None, sides=())


def _speaks(case: DecisionInput, passage: Passage, wanted: Move) -> bool:
    return case.matcher.has_words(passage, wanted.of, wanted.lang)


def _left_out(passages: Sequence[Passage], wanted: Move) -> list[Passage]:
    """Those of some passages that have all words of a thing that is excepted; where none has, those
    that have one that not all passages have ("l'indemnité vélo" among indemnities).
    """
    lang = wanted.lang
    found: list[Passage] = []
    for thing in _things(wanted):
        having = {
            w: [p for p in passages if _is_in(w, p.texts.get(lang, p.text), lang)] for w in thing
        }
        whole = [p for p in passages if all(p in having[w] for w in thing)]
        telling = (p for of in having.values() if len(of) < len(passages) for p in of)
        found += whole or telling
    return found


def _things(wanted: Move) -> list[list[Word]]:
    """The content words of each thing that is excepted."""
    each = (words(part, wanted.lang) for part in _AND.split(wanted.of))
    content = ([w for w in part if not is_empty(w, wanted.lang)] for part in each)
    return list(filter(None, content))


def _says_more(passage: Passage, theme: frozenset[str], wanted: Move) -> bool:
    """Has a passage a clause with a word of what was asked, and none of what is excepted?"""
    excepted = [w for thing in _things(wanted) for w in thing if w.stem not in theme]
    text = passage.texts.get(wanted.lang, "")
    return bool(excepted) and any(
        theme & stems(clause, wanted.lang)
        and not any(_is_in(w, clause, wanted.lang) for w in excepted)
        for clause in _OF_PASSAGE.split(text)
    )


def _is_in(word: Word, text: str, lang: Lang) -> bool:
    """Has a text a word, or a longer one that begins as it does?"""
    return any(h.stem == word.stem or begins(word.stem, h.written) for h in words(text, lang))


def _passage(_: DecisionInput, decision: Decision, __: Move) -> Decision:
    """The first passage alone, whole."""
    return replace(decision, cite=decision.cite[:1], occurrences=(), column=None, sides=())


_CONTENT: dict[str, Callable[[DecisionInput, Decision, Move], Decision]] = {
    "section": _section,
    "next": _next,
    "elsewhere": _elsewhere,
    "passage": _passage,
    "other": _other,
    "instead": _other,
    "without": _without,
}
