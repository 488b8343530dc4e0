"""What all tests share: the real weights, one real build, one real assistant.

The expanded weights (235 MB) and the vectors of the declaration are kept between sessions in
``DUCHESSE_TEST_DATA`` (default ``var/test`` below the repository); everything else is made
anew in temporary folders.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from sources.settings import OF_TESTS

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.service import AnswerService
    from index.embedding import Embedder
    from sources.settings import Settings
    from tests.index.qdrant_server import QdrantOnLoopback

ROOT = Path(__file__).parents[1]
DECLARATION = ROOT / "sources" / "texts" / "val-duchesse-2023"
WEB = ROOT / "tests" / "web"
WITHOUT = "the folder of the declaration has been taken away"

# Before anything imports the hub library, which reads this once; and settings of the person
# who runs the tests must not reach the program under test.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
for _name in [n for n in os.environ if n.startswith("DUCHESSE_") and n not in OF_TESTS]:
    del os.environ[_name]
os.environ["DUCHESSE_FETCH"] = "never"  # no test reaches the internet, nor a page that it starts

hypothesis_settings.register_profile("project", deadline=None)
hypothesis_settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the declaration's own tests where its folder has been taken away.

    The files of the page go first: they last longest, and one of them that began last would run
    alone, beside processes that have nothing left to do.
    """
    items.sort(key=lambda item: WEB not in item.path.parents)
    if not DECLARATION.is_dir():
        for item in items:
            if item.get_closest_marker("declaration"):
                item.add_marker(pytest.mark.skip(reason=WITHOUT))


@pytest.fixture(scope="session")
def data() -> Path:
    """A data folder that holds the expanded weights, kept between sessions."""
    from index import weights

    folder = Path(os.environ.get("DUCHESSE_TEST_DATA", ROOT / "var" / "test")).absolute()
    weights.expand(folder / "models")
    return folder


def sharing(data: Path, folder: Path) -> Path:
    """A new data folder with the weights and the vectors of another one."""
    for shared in ("models", "cache"):
        (data / shared).mkdir(exist_ok=True)
        (folder / shared).symlink_to((data / shared).resolve())
    return folder


@pytest.fixture(scope="session")
def embedder(data: Path) -> Embedder:
    """The packaged model, loaded once."""
    from index import embedding
    from sources.settings import Settings

    return embedding.load(Settings(data=data))


@pytest.fixture(scope="session")
def built(data: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder where the declaration was built with the packaged model.

    Tests read it; one that writes takes :func:`own`. They are tests of the declaration: where its
    folder has been taken away, they are skipped.
    """
    if not DECLARATION.is_dir():
        pytest.skip(WITHOUT)
    from index.builder import build
    from index.registry import BuildRegistry
    from sources.library import Library
    from sources.settings import Settings

    settings = Settings(data=sharing(data, tmp_path_factory.mktemp("built")))
    build(
        BuildRegistry(settings.data),
        Library.of(settings),
        lambda: embedder,
        settings,
        lambda *_: None,
    )
    return settings


@pytest.fixture
def own(built: Settings, tmp_path: Path) -> Settings:
    """Settings of a copy of :func:`built` that a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(built.data, folder, symlinks=True)
    return built.model_copy(update={"data": folder})


def work_in(settings: Settings, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands work in a data folder, with the model that is loaded already."""
    from index import embedding

    monkeypatch.setenv("DUCHESSE_DATA", str(settings.data))
    monkeypatch.setattr(embedding, "load", lambda settings: embedder)


@pytest.fixture
def qdrant() -> Iterator[QdrantOnLoopback]:
    """A Qdrant server on loopback, which can be told to behave badly."""
    pytest.importorskip("qdrant_client", reason="qdrant-client is not installed")
    from tests.index.qdrant_server import qdrant_on_loopback

    with qdrant_on_loopback() as running:
        yield running


@pytest.fixture(scope="session")
def service(built: Settings, embedder: Embedder) -> AnswerService:
    """The real service on the real build."""
    from assistant.service import AnswerService

    return AnswerService(built, embedder)


@pytest.fixture(scope="session")
def assistant(service: AnswerService) -> Assistant:
    """The real assistant on the real build."""
    return service.assistant()
