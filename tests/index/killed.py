"""Builders that are killed: ``python -m tests.index.killed FOLDER SEED…``, one line of JSON each.

``--store ADDRESS`` after the seeds has the vectors on a server.

Every step runs in a child that is forked from this process, which itself only imports: so a
trial costs a build and not the imports, and no thread of Chroma is ever forked. A child dies by
a signal at a moment that its seed gives: after so many calls of Python functions, or when so
much of the time of a whole build has passed (then also in the middle of Chroma's own code).
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.build import Build
from index.registry import BuildRegistry
from index.verification import faults
from sources.settings import Settings
from tests.index.fake import Texts, harbour, hits, make, settings_for

MORE = [f"Le pilote numéro {n} monte à bord du navire {n}." for n in range(3)]


def child(work: Callable[[], object]) -> tuple[object, int]:
    """What ``work`` gives in a forked child, and the signal that ended it (0 for none)."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            result: object = work()
        except BaseException as error:  # noqa: BLE001 - told to the parent, the child ends here
            result = {"error": repr(error)}
        os.write(writing, json.dumps(result).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(pid, 0)
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return (json.loads(told) if told else None), ended


def second(settings: Settings) -> str:
    """The build that is interrupted."""
    return make(settings, harbour(more=MORE)).build


def measured(settings: Settings) -> tuple[int, float]:
    """Calls of Python functions in a whole build, and seconds that one takes."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    start = time.perf_counter()
    sys.setprofile(count)
    second(settings)
    sys.setprofile(None)
    return calls, time.perf_counter() - start


def die(settings: Settings, seed: int, calls: int, seconds: float) -> str:
    """Build, and end at the moment of the seed."""
    share = random.Random(seed).random()
    if seed % 2:
        signal.setitimer(signal.ITIMER_REAL, max(share * seconds, 0.001))  # nothing handles it
    else:
        left = int(share * calls)

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal left
            left -= event == "call"
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
    return second(settings)


def searched(settings: Settings) -> dict[str, object]:
    """Is the build in use whole, and does it answer?"""
    registry = BuildRegistry.of(settings)
    build = Build(registry.path(registry.current()), registry.server)
    given = hits(build, "Les quais du nord", "fr")
    wrong = faults(registry.path(build.id), registry.server, sample=None)
    return {"build": build.id, "best": str(given[0].anchor), "faults": wrong}


def after(settings: Settings) -> dict[str, object]:
    """What a reader finds after the builder died, and what the next builder makes."""
    found = searched(settings)
    second(settings)
    last = searched(settings)
    left = [p.name for p in BuildRegistry(settings.data).folder.iterdir() if p.suffix == ".tmp"]
    return {"found": found, "next": last, "left": left}


def main(folder: Path, seeds: list[int], store: str) -> None:
    """See the module."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    base = settings_for(folder / "base", store=store)
    if store:
        import_module("qdrant_client")  # once, and not in each child
    first, _ = child(lambda: make(base, Texts(harbour().texts)).build)
    whole = base.model_copy(update={"data": folder / "whole"})
    shutil.copytree(base.data, whole.data)
    told, _ = child(lambda: measured(whole))
    assert isinstance(told, list), told
    calls, seconds = told
    for seed in seeds:
        trial = base.model_copy(update={"data": folder / f"trial-{seed}"})
        shutil.copytree(base.data, trial.data)
        (trial.data / "builds" / "SERVER_GROUP").unlink(missing_ok=True)  # one to itself
        _, ended = child(lambda s=seed, t=trial: die(t, s, calls, seconds))  # type: ignore[misc]
        result, _ = child(lambda t=trial: after(t))  # type: ignore[misc]
        print(json.dumps({"seed": seed, "first": first, "signal": ended, "after": result}))
        shutil.rmtree(trial.data)


if __name__ == "__main__":
    given, _, store = " ".join(sys.argv[2:]).partition("--store ")
    main(Path(sys.argv[1]), [int(seed) for seed in given.split()], store)
