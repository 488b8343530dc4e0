"""The page on a desk that never answers: ``python -m tests.web.waiting --port 7860``."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from assistant.web.serve import serve
from sources.settings import Settings
from tests.web.factory import QueueDesk


class WaitingDesk(QueueDesk):
    """Every search lasts for ever."""

    def ask(self, *_: Any, **__: Any) -> Any:
        threading.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    desk: Any = WaitingDesk(Settings.read().data)
    serve(desk, host="127.0.0.1", port=parser.parse_args().port)
