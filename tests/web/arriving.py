"""Brings cited texts in, in a process that can be killed, with the fake model.

``python -m tests.web.arriving TEXTS FOLDER CELLAR [WORD]``: a text with WORD in it is never
embedded; that it is begun is said in a line. At the end, what has arrived, as JSON.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from assistant.web.arrivals import Arrivals
from index.embedding import Encoded, Side
from sources import catalogue
from tests.index.fake import FakeEmbedder, settings_for


class HangingEmbedder(FakeEmbedder):
    """Never comes back from a text that has a word."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        if self._word and any(self._word in text for text in texts):
            print("hanging", flush=True)
            threading.Event().wait()
        return super().encode(texts, side)


def main(texts: str, folder: str, cellar: str, word: str = "") -> None:
    """See the module."""
    catalogue.TEXTS = Path(texts)
    settings = settings_for(Path(folder), cellar_url=cellar, fetch="cited")
    arrivals = Arrivals(settings, load=lambda: HangingEmbedder(word))
    thread = arrivals.start()
    assert thread is not None
    thread.join()
    print(json.dumps({"indexed": arrivals.state.indexed, "error": str(arrivals.state.error or "")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
