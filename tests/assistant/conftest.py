"""What tests of answers share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.answering import Assistant
from index.embedding import Embedder
from tests.assistant.ordinary import Texts, added
from tests.conftest import sharing


@pytest.fixture(scope="module")
def assistant_over(
    data: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Texts], Assistant]]:
    """Gives an assistant over some documents, added to a data folder of the module's own."""
    with ExitStack() as stack:

        def over(texts: Texts) -> Assistant:
            folder = sharing(data, tmp_path_factory.mktemp("added"))
            return stack.enter_context(added(folder, embedder, texts))

        yield over
