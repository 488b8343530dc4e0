"""Cold starts: a question on the command line, and the page until it has answered."""

from __future__ import annotations

import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

IMPORTS = "import chromadb, llama_index.core"
_QUESTION = "Quel rôle est prévu pour les douanes ?"
_AGAIN, _LIMIT = 0.02, 300.0  # seconds between two looks at the page, and until it must be there


def command_line(data: Path, runs: int) -> dict[str, dict[str, float]]:
    """A question on the command line and the two libraries beneath it, turn about.

    Seconds by the clock and of processor time: the median of each, and of their ratios.
    """
    ask, imports = ["-m", "assistant", "ask", _QUESTION], ["-c", IMPORTS]
    pairs = [(_spent(ask, data), _spent(imports, data)) for _ in range(runs)]
    return {
        of: {
            "ask": statistics.median(a[of] for a, _ in pairs),
            "imports": statistics.median(b[of] for _, b in pairs),
            "ratio": statistics.median(a[of] / b[of] for a, b in pairs),
        }
        for of in ("clock", "processor")
    }


def _spent(command: Sequence[str], data: Path) -> dict[str, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, *command], env=_environment(data), stdout=subprocess.DEVNULL, check=True
    )
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return {"clock": clock, "processor": processor}


def _environment(data: Path, **more: str) -> dict[str, str]:
    """That of a program as a reader runs it: what Python compiled the first time is kept."""
    own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return own | {"DUCHESSE_DATA": str(data)} | more


def page(data: Path, fetch: str) -> dict[str, Any]:
    """Seconds until the page says that it starts, until it is there, and until it has answered.

    Args:
        data: A data folder with a build.
        fetch: As ``DUCHESSE_FETCH``: the texts that are cited are fetched behind the page or not.
    """
    port = _free_port()
    start = time.perf_counter()
    found: dict[str, Any] = {"fetch": fetch}
    with _running(data, fetch, port):
        address = f"http://127.0.0.1:{port}"
        while "ready" not in found:
            status = _status(f"{address}/health")
            if status:
                name = "ready" if status == 200 else "starting"
                found.setdefault(name, time.perf_counter() - start)
            if time.perf_counter() - start > _LIMIT:
                raise TimeoutError(f"the page is not there after {_LIMIT:.0f} seconds")
            time.sleep(_AGAIN)
        found["outcome"] = _asked(address)
        found["answered"] = time.perf_counter() - start
    return found


@contextmanager
def _running(data: Path, fetch: str, port: int) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        env=_environment(data, DUCHESSE_FETCH=fetch),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # it is stopped while it loads what a second question needs
    ) as process:
        try:
            yield
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _status(address: str) -> int:
    """The status that an address answers with; 0 where nothing listens there."""
    try:
        with urllib.request.urlopen(address) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _asked(address: str) -> str:
    """The outcome of a question to the page, as a program asks it (docs/api.md)."""
    call = f"{address}/gradio_api/call/ask"
    body = json.dumps({"data": [_QUESTION, None]}).encode()
    request = urllib.request.Request(call, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        event = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{call}/{event}") as reply:
        lines = reply.read().decode().splitlines()
    outcome: str = json.loads(next(li for li in lines if li.startswith("data: "))[6:])[0]["outcome"]
    return outcome
