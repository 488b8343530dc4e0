"""What a text is about: how a question asks for it, and the passages that say it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import sorts
from assistant.part_labels import bare
from assistant.reviewed import patterns_by_sort
from sources.anchor import LANGS
from sources.folding import fold_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.finding import ScoredPassage
    from assistant.question import Question
    from sources.anchor import Lang
    from sources.model import Passage

_OF_ITSELF = re.compile(  # "Objet de la circulaire", "Doel van dit reglement"
    r" (?:d(?:u|e l[a']|e cet(?:te)?|e ce)|van d(?:e|eze|it)|van het) ?(?:present\w* )?"
    rf"(?:{sorts.any_of(LANGS)})$"
)


def asked_at(folded: str, lang: Lang) -> list[tuple[int, int]]:
    """Where a folded question asks what something is about.

    >>> asked_at("de quoi parle la loi ?", "fr")
    [(0, 13)]
    """
    asks = patterns_by_sort("subject_matter")[lang]["asks"]
    return [m.span() for m in asks.finditer(folded)]


def said_in(document: Sequence[Passage]) -> list[Passage]:
    """The articles on the subject matter and the scope of an act, by their headings; else the
    first passage of an article that begins by saying it; none where no article does. Of a text
    without articles any passages.
    """
    articles = [p for p in document if p.anchor.is_of_article] or document
    return [p for p in articles if _is_headed(p)] or [p for p in articles if _says(p)][:1]


def in_order(question: Question, found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """What was found, with what a text says that it is about behind what comes next in it and is
    enough, but where that is asked for.

    It has the words of most questions on the text, and answers few of them.
    """
    if len(found) < 2 or asked_at(question.folded, question.lang):
        return list(found)
    first, second, *others = found
    alike = first.hit.anchor.work == second.hit.anchor.work
    if not (alike and second.enough and _says(first.hit.passage)):
        return list(found)
    hit = replace(second.hit, score=first.hit.score)
    return [replace(second, hit=hit), first, *others]


def is_title(heading: str, lang: Lang) -> bool:
    """Is a heading that of the part on the subject matter or the scope?

    >>> is_title("1. Objet de la circulaire", "fr"), is_title("Artikel 2. Doelgroep", "nl")
    (True, False)
    """
    title = _OF_ITSELF.sub("", fold_in_place(bare(heading)))
    return patterns_by_sort("subject_matter")[lang]["heading"].fullmatch(title) is not None


def _is_headed(passage: Passage) -> bool:
    return bool(passage.headings) and is_title(passage.headings[-1], passage.anchor.lang)


def _says(passage: Passage) -> bool:
    pattern = patterns_by_sort("subject_matter")[passage.anchor.lang]["says"]
    return pattern.match(fold_in_place(passage.text)) is not None
