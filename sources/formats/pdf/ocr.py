"""Optical character recognition of a scanned PDF, by the program OCRmyPDF where it is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sources.errors import ReadError

_PACKAGES = "ocrmypdf tesseract-ocr-fra tesseract-ocr-nld"
_MISSING = 3  # exit code of OCRmyPDF: a program or a language that it needs is not there
_LONGEST = 900  # seconds
_WORDS = 500  # characters of its last words that an error shows


def searchable(data: bytes) -> bytes:
    """The same PDF with its text, recognised as French and Dutch.

    ``ReadError`` where OCRmyPDF is not installed, fails, or takes a quarter of an hour.
    """
    program = shutil.which("ocrmypdf")
    if program is None:
        raise ReadError(
            "a PDF has no text (a scan?), and OCRmyPDF is not installed",
            f"{len(data)} bytes",
            f"Install the Debian packages {_PACKAGES} and add the file again.",
        )
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(data)
        options = ["--language", "fra+nld", "--output-type", "pdf", "--force-ocr", "--quiet"]
        _run([program, *options, str(source), str(target)], folder)
        return target.read_bytes()


def _run(command: list[str], folder: str) -> None:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder}
    try:
        done = subprocess.run(  # noqa: S603 - fixed options, and files of our own
            command, env=environment, cwd=folder, capture_output=True, timeout=_LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            "recognising the text of a scanned PDF took too long",
            f"{_LONGEST} seconds",
            "Add the file in parts.",
        ) from error
    except OSError as error:
        raise ReadError(
            "OCRmyPDF cannot be started",
            error,
            f"Install the Debian packages {_PACKAGES} again.",
        ) from error
    if done.returncode:
        step = "Check the scan, or give a PDF with text."
        if done.returncode == _MISSING:
            step = f"Install the Debian packages {_PACKAGES} and add the file again."
        words = done.stderr.decode("utf-8", "replace").strip()[-_WORDS:]
        raise ReadError("OCRmyPDF failed", words or f"exit code {done.returncode}", step)
