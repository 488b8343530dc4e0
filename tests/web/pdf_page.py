"""The page on a text that was added as PDF: ``python -m tests.web.pdf_page --port 7860``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from assistant import render
from assistant.answer import Answer, Outcome
from assistant.web.server import serve
from sources.library import Library
from sources.settings import Settings
from tests.sources.added_pdf import WORK, put
from tests.web.factory import QueueService, SmallBuild


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
        text = render.answer_text(self.build, cited, (), (), "fr")
        return Answer(question, "fr", text, cited, self.build.id)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    service: Any = PdfService(Settings.read().data)
    serve(service, host="127.0.0.1", port=parser.parse_args().port)
