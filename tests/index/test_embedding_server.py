"""Embedding by a server: the same vectors as here, from the same model or not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import embedding
from index.builder import build
from index.embedding import SentenceEmbedder
from index.embedding_server import ServedEmbedder
from index.errors import ModelError
from index.registry import BuildRegistry
from index.verification import faults
from sources.settings import Settings
from tests.index.fake import FakeEmbedder, harbour, quiet, settings_for
from tests.web.proxied import free_port

TEXTS = ["Les quais du nord.", "De blauwe kranen heffen de containers.", "Œ", "x" * 3000, ""]
Rows = NDArray[np.float32]


@dataclass
class EmbeddingServer:
    """A server on loopback that has a model.

    Attributes:
        rows: Vectors of all tokens of a text.
        fails: Statuses of the next answers, before it answers well.
        says: What it answers instead of vectors.
        asked: Texts of each request.
        open: Connections that are open.
    """

    rows: Callable[[str], Rows]
    fails: list[int] = field(default_factory=list)
    says: bytes = b""
    key: str = ""
    asked: list[Sequence[str]] = field(default_factory=list)
    open: int = 0
    url: str = ""


@pytest.fixture(scope="module")
def embedder(data: Path) -> SentenceEmbedder:
    """The model of a build."""
    return embedding.reference(Settings(data=data))


@pytest.fixture
def server(embedder: SentenceEmbedder) -> Iterator[EmbeddingServer]:
    """One with the packaged model."""

    def rows(text: str) -> Rows:
        found = embedder._model.encode([text], output_value="token_embeddings")
        return np.asarray(found[0], np.float32)

    state = EmbeddingServer(rows)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # a connection is kept until its client closes it

        def setup(self) -> None:
            state.open += 1
            super().setup()

        def finish(self) -> None:
            super().finish()
            state.open -= 1

        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, content = 200, state.says
            if state.fails:
                status, content = state.fails.pop(0), b'{"error": "overloaded"}'
            elif state.key and self.headers.get("authorization") != f"Bearer {state.key}":
                status, content = 401, b"no"
            elif self.path != "/embed_all":
                status = 404
            elif not content:
                state.asked.append(sent["inputs"])
                content = json.dumps([state.rows(t).tolist() for t in sent["inputs"]]).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        state.url = f"http://127.0.0.1:{running.server_address[1]}"
        thread = threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield state
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedding_server._TRIES", 2)


def test_vectors_of_texts_and_tokens_are_those_of_this_machine(
    embedder: SentenceEmbedder, server: EmbeddingServer
) -> None:
    served = ServedEmbedder(embedder, server.url)
    assert served.id == embedder.id
    for side in ("passage", "query"):
        for here, there in zip(
            embedder.encode(TEXTS, side), served.encode(TEXTS, side), strict=True
        ):
            assert here.tokens.shape == there.tokens.shape
            assert np.allclose(here.text, there.text, atol=1e-3)
            assert np.allclose(here.tokens, there.tokens, atol=1e-2)
            assert there.text.dtype == there.tokens.dtype == np.float32


def test_many_texts_go_in_parts(embedder: SentenceEmbedder, server: EmbeddingServer) -> None:
    served = ServedEmbedder(embedder, server.url)
    server.asked.clear()
    assert len(served.encode(["Un phare."] * 40, "passage")) == 40
    assert [len(part) for part in server.asked] == [16, 16, 8]


WRONG: dict[str, Callable[[Rows], Rows]] = {
    "other weights": lambda rows: np.roll(rows, 1, axis=1),
    "a little other weights": lambda rows: (
        rows + np.random.default_rng(1).normal(size=rows.shape).astype(np.float32) * 0.06
    ),
    "no start sign": lambda rows: rows[1:],
    "one vector a text": lambda rows: rows[:1],
    "another dimension": lambda rows: rows[:, :100],
    "no numbers": lambda rows: rows * np.float32("nan"),
}


@pytest.mark.parametrize("how", WRONG)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_server_with_another_model_is_refused_before_it_embeds(
    embedder: SentenceEmbedder, server: EmbeddingServer, how: str
) -> None:
    right = server.rows
    server.rows = lambda text: WRONG[how](right(text))
    with pytest.raises(ModelError, match=r"server for embedding.*DUCHESSE_EMBED_URL"):
        ServedEmbedder(embedder, server.url)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (b"<html>", "something else than vectors"),
        (b"{}", "other vectors"),
        (b"[[1], 2]", "vectors"),
    ],
)
def test_what_is_no_answer_is_said(
    embedder: SentenceEmbedder, server: EmbeddingServer, says: bytes, expected: str
) -> None:
    server.says = says
    with pytest.raises(ModelError, match=expected):
        ServedEmbedder(embedder, server.url)


def test_it_is_asked_again_where_it_may_go_right_and_not_where_it_refuses(
    embedder: SentenceEmbedder, server: EmbeddingServer
) -> None:
    served = ServedEmbedder(embedder, server.url)
    server.fails = [503]
    assert len(served.encode(["Un phare."], "passage")) == 1
    server.fails = [413, 413]
    with pytest.raises(ModelError, match=r"refuses.*413 .*overloaded"):
        served.encode(["Un phare."], "passage")
    assert server.fails == [413]


def test_a_key_is_shown(embedder: SentenceEmbedder, server: EmbeddingServer) -> None:
    server.key = "secret"
    ServedEmbedder(embedder, server.url, "secret")
    with pytest.raises(ModelError, match=r"refuses.*401"):
        ServedEmbedder(embedder, server.url)


def test_a_proxy_of_the_environment_sees_nothing(
    embedder: SentenceEmbedder, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    served = ServedEmbedder(embedder, server.url, "geheim")
    assert len(served.encode(["De sluis is dicht."], "passage")) == 1


def test_connections_are_closed_when_nothing_more_is_asked(
    embedder: SentenceEmbedder, server: EmbeddingServer
) -> None:
    served = ServedEmbedder(embedder, server.url)
    served.encode(["Een vuurtoren."] * 20, "passage")
    until = time.monotonic() + 5
    while server.open and time.monotonic() < until:
        time.sleep(0.01)
    assert server.open == 0


def test_one_that_is_not_there_is_said(embedder: SentenceEmbedder) -> None:
    with pytest.raises(ModelError, match="cannot be reached"):
        ServedEmbedder(embedder, f"http://127.0.0.1:{free_port()}")


def test_a_build_is_the_same_and_goes_on_where_the_server_went_away(
    server: EmbeddingServer, tmp_path: Path
) -> None:
    """With the fake model, which knows neither prefix nor signs: a row stands for each sign."""
    fake = FakeEmbedder()

    def rows(text: str) -> Rows:
        for prefix in (fake.id.query_prefix, fake.id.passage_prefix):
            text = text.removeprefix(prefix)
        tokens = fake._encode(text).tokens
        return np.vstack([tokens[:1] * 0, tokens, tokens[:1] * 0])

    server.rows = rows
    texts = harbour(more=[f"Le pilote {n} monte à bord." for n in range(40)])
    local = settings_for(tmp_path / "local")
    here = build(BuildRegistry(local.data), texts, FakeEmbedder, local, quiet)
    settings = settings_for(tmp_path / "served")
    registry = BuildRegistry(settings.data)

    def load() -> ServedEmbedder:
        return ServedEmbedder(FakeEmbedder(), server.url)

    def lost(stage: str, done: int, total: int) -> None:
        if stage == "embed tokens" and done:
            server.fails = [500] * 9

    with pytest.raises(ModelError, match="refuses"):
        build(registry, texts, load, settings, lost)
    server.fails = []
    before = sum(map(len, server.asked))
    server.asked.clear()
    there = build(registry, texts, load, settings, quiet)
    assert there.build == here.build
    assert faults(registry.path(there.build), sample=None) == []
    assert sum(map(len, server.asked)) < before
