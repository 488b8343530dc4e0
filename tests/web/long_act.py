"""The page on an invented act of 600 passages: ``python -m tests.web.long_act --port 7860``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from assistant import render
from assistant.answer import Answer, Outcome
from sources.anchor import Anchor
from sources.bilingual import Bilingual
from sources.model import Kind, Passage, Working
from tests.web.factory import QueueService, SmallBuild, open_page

CANALS = "celex:32034R0100"
_TEXT = (
    "Sans préjudice de l’article {other}, paragraphe 1, les gestionnaires du canal n° {n} veillent "
    "à ce que les écluses, les ponts mobiles et les chemins de halage soient entretenus avant le "
    "1er avril de chaque année et communiquent le relevé des travaux aux autorités riveraines, "
    "qui le publient et le transmettent aux bateliers qui en font la demande."
)
_WORKING = (
    "Onverminderd artikel {other}, lid 1, zorgen de beheerders van kanaal nr. {n} ervoor dat de "
    "sluizen, de beweegbare bruggen en de jaagpaden elk jaar vóór 1 april worden onderhouden."
)


@cache
def canals() -> tuple[Passage, ...]:
    """200 articles of three paragraphs, under twenty chapters."""
    return tuple(
        Passage(
            anchor=Anchor(CANALS, "fr", f"art_{article}.par_{paragraph}"),
            kind=Kind.ARTICLE,
            text=_TEXT.format(n=article, other=article % 200 + 1),
            headings=(f"Chapitre {(article - 1) // 10 + 1}", f"Article {article} — Canal"),
            locator=Bilingual(f"art. {article}, § {paragraph}", f"art. {article}, lid {paragraph}"),
            working=Working(
                "nl",
                _WORKING.format(n=article, other=article % 200 + 1),
                (f"Hoofdstuk {(article - 1) // 10 + 1}", f"Artikel {article} — Kanaal"),
            ),
        )
        for article in range(1, 201)
        for paragraph in range(1, 4)
    )


class LongActService(QueueService):
    """Every question has the same answer: three articles, far from each other."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.build = SmallBuild(list(canals()))

    def ask(self, question: str, *_: Any, **__: Any) -> Outcome:
        anchors = [Anchor(CANALS, "fr", f"art_{n}.par_1") for n in (5, 90, 199)]
        cited = tuple(render.cite(self.build, a, n, "fr") for n, a in enumerate(anchors, 1))
        made = Answer(question, "fr", "", cited, self.build.id)
        return render.worded(self.build, made)


if __name__ == "__main__":
    open_page(lambda settings: LongActService(settings.data))
