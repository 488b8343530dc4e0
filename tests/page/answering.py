"""The page on a small text with one answer: ``python -m tests.page.answering --port 7860``."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.answer import Outcome
from assistant.page.serve import serve
from sources.settings import Settings
from tests.page.factory import QueueDesk, answer


class AnsweringDesk(QueueDesk):
    """Every question has the same answer."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.data)
        self.settings = settings

    def ask(self, question: str, *_: Any, **__: Any) -> Outcome:
        return answer(self.build, "1.1", question=question)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    desk: Any = AnsweringDesk(Settings.read())
    serve(desk, host="127.0.0.1", port=parser.parse_args().port)
