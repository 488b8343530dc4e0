"""Starting the page where it cannot start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from sources.settings import Settings
from tests.web.conftest import ROOT

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
