"""The page on a text that was added as PDF: ``python -m tests.web.pdf_page --port 7860``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant import render
from assistant.answer import Answer, Outcome
from sources.library import Library
from tests.sources.added_pdf import WORK, put
from tests.web.factory import QueueService, SmallBuild, open_page


class PdfService(QueueService):
    """Every question has the same answer: the third paragraph."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        put(data, "fr")
        library = Library(data)
        edition = next(e for e in library.editions() if e.source.id == WORK)
        self.build = SmallBuild(list(library.read(edition).passages), edition.fingerprint)

    def ask(self, question: str, *_: Any, **__: Any) -> Outcome:
        cited = (render.cite(self.build, self.build.passages[2].anchor, 1, "fr"),)
        made = Answer(question, "fr", "", cited, self.build.id)
        return render.worded(self.build, made)


if __name__ == "__main__":
    open_page(lambda settings: PdfService(settings.data))
