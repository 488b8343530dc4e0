"""The page on a service that never answers: ``python -m tests.web.waiting --port 7860``."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from assistant.web.server import serve
from sources.settings import Settings
from tests.web.factory import QueueService


class WaitingService(QueueService):
    """Every search lasts for ever."""

    def ask(self, *_: Any, **__: Any) -> Any:
        threading.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    service: Any = WaitingService(Settings.read().data)
    serve(service, host="127.0.0.1", port=parser.parse_args().port)
