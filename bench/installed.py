"""``python -m bench.installed``: the largest packages that running needs, and how long they import.

Looked at are the packages that the project asks for and those that these ask for; none of an extra.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

_PROJECT, _LARGEST = "duchesse", 18
_ALSO = ("sentence-transformers", "openai", "mcp")  # smaller, and a question of their own
_IMPORTED = {"llama-index-core": "llama_index.core", "pillow": "PIL.Image"}  # below a bare name
_ASKERS_SHOWN = 3


def measure() -> dict[str, Any]:
    """How many packages, their bytes, and some of them with what asks for each, largest first.

    The seconds of an import are those of ``python -X importtime`` in a process of its own, with
    all that the package imports; None where it cannot be imported.
    """
    askers = _needed()
    sizes = {name: _size(name) for name in askers}
    ordered = sorted(sizes, key=sizes.__getitem__, reverse=True)
    shown = [n for place, n in enumerate(ordered) if place < _LARGEST or n in _ALSO]
    return {
        "packages": len(sizes),
        "bytes": sum(sizes.values()),
        "shown": [
            {
                "name": name,
                "bytes": sizes[name],
                "seconds": _import_seconds(_IMPORTED.get(name) or _module(name)),
                "asked_for_by": sorted(askers[name]),
            }
            for name in shown
        ],
    }


def _needed() -> dict[str, set[str]]:
    """The packages that the project needs, each with those that ask for it."""
    found: dict[str, set[str]] = {}
    waiting = [_PROJECT]
    while waiting:
        asker = waiting.pop()
        for line in distribution(asker).requires or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                name = _canonical(wanted.name)
                waiting += [] if name in found else [name]
                found.setdefault(name, set()).add(asker)
    return found


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _size(name: str) -> int:
    """Bytes of the files of a package, those that Python compiled included."""
    paths = (Path(str(file.locate())) for file in distribution(name).files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def _module(name: str) -> str:
    """The module that a package is imported as."""
    own = sorted(
        module
        for module, packages in packages_distributions().items()
        if name in map(_canonical, packages) and not module.startswith("_")
    )
    return next((m for m in own if _canonical(m) == name), own[0] if own else name)


def _import_seconds(module: str) -> float | None:
    command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (line.split("|") for line in done.stderr.splitlines() if line.count("|") == 2)
    whole = {name.strip(): cumulative for _, cumulative, name in lines}
    return None if done.returncode else int(whole[module]) / 1e6


def table(measured: dict[str, Any]) -> list[tuple[str, ...]]:
    """Rows: package, megabytes, seconds of import, what asks for it."""
    return [
        (
            package["name"],
            f"{package['bytes'] / 1e6:.0f}",
            "–" if package["seconds"] is None else f"{package['seconds']:.2f}",
            _first(package["asked_for_by"]),
        )
        for package in measured["shown"]
    ]


def _first(names: list[str]) -> str:
    more = len(names) - _ASKERS_SHOWN
    shown = ", ".join(names[:_ASKERS_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def main() -> int:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    measured, shown = measure(), Table("package", "MB", "import, s", "asked for by")
    for row in table(measured):
        shown.add_row(*row)
    console = Console(highlight=False)
    console.print(shown)
    console.print(f"{measured['packages']} packages, {measured['bytes'] / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
