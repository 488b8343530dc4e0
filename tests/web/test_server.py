"""Starting the page, also where it cannot start, and stopping it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import httpx
import pytest

from index.builder import build
from index.embedding import Embedder
from index.registry import BuildRegistry
from sources.library import Library
from sources.settings import Settings
from tests.sources.added_pdf import put
from tests.web.conftest import ROOT, running, running_process
from tests.web.program import Program

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"])
def test_an_address_that_is_taken_or_not_of_this_machine_is_wrong_use(
    built: Settings, host: str
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "app.py", "--host", host, "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DUCHESSE_DATA": str(built.data)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert f"{host}:{port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stop", "code"),
    [
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGINT, 130, id="SIGINT"),
    ],
)
def test_a_page_that_is_stopped_ends_soon_and_leaves_nothing_behind(
    own: Settings, tmp_path: Path, stop: signal.Signals, code: int
) -> None:
    """Its build cannot be written here, so it reads a copy; a reader has the page open."""
    folder = BuildRegistry(own.data).path(BuildRegistry(own.data).current())
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    log = tmp_path / "errors.txt"
    (folder / "chroma" / "chroma.sqlite3").chmod(0o400)
    with running_process(
        ["-m", "tests.web.unopenable_store"],
        log,
        DUCHESSE_DATA=str(own.data),
        TMPDIR=str(temporary),
    ) as (process, address):
        assert len(list(temporary.glob("duchesse-copy-*"))) == 1
        program = Program(address)
        assert program.call("ask", "Quel rôle est prévu pour le CCPD ?", None)["citations"]
        open_page = urllib.request.urlopen(f"{address}gradio_api/heartbeat/run1")
        process.send_signal(stop)
        assert process.wait(60) == code
        open_page.close()
    assert list(temporary.glob("duchesse-copy-*")) == []
    assert "Traceback" not in log.read_text()


@pytest.mark.slow
def test_a_swap_of_builds_writes_nothing_of_a_library_in_the_log(
    own: Settings, embedder: Embedder, tmp_path: Path
) -> None:
    log = tmp_path / "errors.txt"
    with running(["app.py"], log, DUCHESSE_DATA=str(own.data)) as address:
        program = Program(address)
        before = program.call("ask", "Quel rôle est prévu pour le CCPD ?", None)["build"]
        put(own.data, "fr")
        build(BuildRegistry(own.data), Library.of(own), lambda: embedder, own, lambda *_: None)
        after = program.call("ask", "Quel rôle est prévu pour le CCPD ?", None)["build"]
    assert before != after
    assert log.read_text() == ""


def test_from_the_first_moment_the_page_says_that_it_starts(
    built: Settings, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"DUCHESSE_DATA": str(built.data)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            assert "starting" in process.stdout.readline()
            address = f"http://127.0.0.1:{port}"
            with httpx.Client(
                base_url=address, transport=httpx.HTTPTransport(retries=20)
            ) as client:
                notice, health = client.get("/"), client.get("/health")
                assert (notice.status_code, health.json()) == (503, {"status": "starting"})
                assert "Bezig met opstarten" in notice.text
                assert address in process.stdout.readline()
                assert client.get("/health").json() == {"status": "ready"}
                assert client.get("/").status_code == 200
        finally:
            process.kill()


def test_an_index_that_cannot_be_read_ends_the_start_with_the_next_step(own: Settings) -> None:
    registry = BuildRegistry(own.data)
    (registry.path(registry.current()) / "passages.jsonl").write_text("{", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = subprocess.run(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"DUCHESSE_DATA": str(own.data)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 1
    assert "passages of a build cannot be read" in done.stderr
    assert "index build" in done.stderr
    assert "Traceback" not in done.stderr
