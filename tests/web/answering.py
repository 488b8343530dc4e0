"""The page on a small text with one answer: ``python -m tests.web.answering --port 7860``.

The answer cites three passages; the last has an official Dutch version. A question with
"Combien" is refused, one with "partie" answered in part, one with "phrases" in written sentences.
"""

from __future__ import annotations

from typing import Any

from assistant.answer import Outcome, WrittenSentence
from sources import catalogue
from sources.catalogue import Source
from sources.settings import Settings
from tests.web.factory import (
    WORK,
    QueueService,
    SmallBuild,
    answer,
    open_page,
    passage,
    passages,
    refusal,
)

TWIN = "De ezels krijgen te eten."
ENTRY = {
    "id": WORK,
    "kind": "agreement",
    "title": {"fr": "Accord des moulins", "nl": "Molenakkoord"},
    "short": {"fr": "Accord des moulins", "nl": "Molenakkoord"},
    "licence": "-",
    "examples": {
        "fr": ["Quand ouvre l’écluse ?", "Que reçoivent les ânes ?"],
        "nl": ["Wanneer opent de sluis?", "Wat krijgen de ezels?"],
    },
}


class AnsweringService(QueueService):
    """Every question has the same answer, or the same refusal."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.data)
        self.settings = settings
        catalogue.add(settings.data / "catalogue.toml", Source.model_validate(ENTRY))
        twin = passage("2.1", TWIN, ("Deel A", "2. Ezels"), lang="nl")
        self.build = SmallBuild([*passages(), twin])

    def ask(self, question: str, *_: Any, **__: Any) -> Outcome:
        if "Combien" in question:
            return refusal(self.build, "1.2", question=question)
        if "phrases" in question:
            said = (
                WrittenSentence("L’écluse ouvre à six heures.", (1,)),
                WrittenSentence("La farine est pesée, les ânes sont nourris.", (2, 3)),
            )
            given: dict[str, Any] = {"writer": "un-modèle", "written": said}
            return answer(self.build, "1.1", "1.2", "2.1", question=question, **given)
        if "partie" in question:
            return answer(self.build, "1.1", question=question, missing=("le reste",))
        return answer(self.build, "1.1", "1.2", "2.1", question=question)


if __name__ == "__main__":
    open_page(AnsweringService)
