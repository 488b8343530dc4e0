"""The page on texts whose database cannot be opened in place: ``-m tests.web.unopenable_store``.

Root may write what is read-only, so the first try to open it fails here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app import main
from index import chroma

_CONNECT = chroma._connect


def _only_copies(folder: Path) -> Any:
    if "duchesse-copy-" not in str(folder):
        raise OSError("read-only")
    return _CONNECT(folder)


if __name__ == "__main__":
    with patch("index.chroma._connect", _only_copies):
        raise SystemExit(main(sys.argv[1:]))
