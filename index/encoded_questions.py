"""The vectors of questions, kept for whoever asks for them again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.embedding import Embedder, Encoded

_REMEMBERED = 64  # questions: one is searched several times, and with the parts of it


class EncodedQuestions:
    """Encodes questions, each once for as long as it is remembered. Safe for several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, Encoded] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, text: str) -> Encoded:
        """The vectors of a question."""
        return self.together([text])[0]

    def together(self, texts: Sequence[str]) -> list[Encoded]:
        """The vectors of several questions.

        Those that are not known yet go through the model at once: two short texts take it hardly
        longer than one.
        """
        with self._lock:
            found = {t: self._kept[t] for t in texts if t in self._kept}
        missing = [t for t in dict.fromkeys(texts) if t not in found]
        if missing:
            found |= zip(missing, self._embedder.encode(missing, "query"), strict=True)
        with self._lock:
            for text, encoded in found.items():
                self._kept[text] = encoded
                self._kept.move_to_end(text)
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return [found[t] for t in texts]
