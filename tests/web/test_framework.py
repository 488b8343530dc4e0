"""Loading Gradio: what it is spared."""

from __future__ import annotations

import subprocess
import sys

from tests.web.conftest import ROOT

_LOADED = """
import inspect, sys
from assistant.web import framework

opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
file_of = inspect.getfile
framework.load()
import gradio
assert opened
print([path for path in opened if path.endswith(".pyi")])
print(inspect.getfile is file_of)
"""


def test_no_file_for_editors_is_made_and_nothing_stays_changed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[]", "True"]
