"""Opens the page: ``python app.py [--host 127.0.0.1] [--port 7860]``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sources.command import main_with, options

if TYPE_CHECKING:
    from sources.settings import Settings


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"{port} is no port: give one from 1 to 65535")
    return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__, parents=[options()])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=_port, default=7860, help="port to listen at")
    parser.add_argument(
        "--offline", action="store_true", help="fetch nothing, as with DUCHESSE_FETCH=never"
    )
    return parser


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.service import AnswerService
    from assistant.web.server import serve

    if arguments.offline:
        settings = settings.model_copy(update={"fetch": "never"})
    serve(AnswerService(settings), host=arguments.host, port=arguments.port)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the page; the exit code of the contract."""
    return main_with(_parser(), _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
