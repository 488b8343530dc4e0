"""The page on a service that never answers: ``python -m tests.web.waiting --port 7860``."""

from __future__ import annotations

import threading
from typing import Any

from tests.web.factory import QueueService, open_page


class WaitingService(QueueService):
    """Every search lasts for ever."""

    def ask(self, *_: Any, **__: Any) -> Any:
        threading.Event().wait()


if __name__ == "__main__":
    open_page(lambda settings: WaitingService(settings.data))
