from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest

from sources.errors import ReadError
from sources.formats import file as file_reader
from sources.formats.file import read_file
from sources.formats.sandbox.child import Header, main
from sources.formats.sandbox.limits import Limits
from sources.formats.sandbox.parent import read_untrusted
from sources.model import Document
from tests.sources.formats.pdf_maker import Words, bomb, column, content, pdf, raw_pdf

TEXT = "Note du 5 mai 2023\n\nArticle 1er\n\n1. Un texte – « essai ».\n2. Un autre.\n".encode()
ACT = b"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class="eli-subdivision" id="art_1"><p class="oj-ti-art">Article premier</p>
<p class="oj-normal">Les parties se consultent.</p></div></body></html>"""


def read(data: bytes, limits: Limits | None = None, name: str = "note") -> Document:
    return read_untrusted(
        data, reader="file", work="note", lang="fr", name=name, limits=limits or Limits()
    )


def test_what_comes_back_is_the_document_that_the_reader_gives() -> None:
    packed = BytesIO()
    document = docx.Document()
    document.add_paragraph("Les deux pays coopèrent.")
    document.add_paragraph("Ils informent.")
    document.save(packed)
    page = pdf([*column("Un texte de la page. " * 9, 60, 700), Words(60, 600, "Fin.")])
    for data in (TEXT, page, packed.getvalue(), b"<html><p>Un texte.</p><p>Fin.</p>"):
        assert read(data) == read_file(data, work="note", lang="fr", name="note")


def test_an_error_of_the_reader_comes_back_with_its_next_step() -> None:
    with pytest.raises(ReadError) as raised:
        read(b"\x89PNG\r\n\x1a\n")
    assert raised.value.what == "a picture (PNG) cannot be read"
    assert raised.value.value == "note"
    assert "OCRmyPDF" in raised.value.next_step


def test_reading_that_takes_too_long_is_stopped() -> None:
    page = content([Words(60 + n % 90, 800 - n // 90, "mot") for n in range(30_000)])
    with pytest.raises(ReadError, match=r"longer than 2 seconds: long\.pdf"):
        read(raw_pdf([zlib.compress(page)] * 60, packed=True), Limits(seconds=2), "long.pdf")


def test_reading_that_needs_too_much_memory_is_stopped() -> None:
    page = b"<html>" + b"<p>mot" * 2_000_000
    with pytest.raises(ReadError, match="memory"):
        read(page, Limits(memory_bytes=256 * 2**20))


def test_a_bomb_is_refused_in_the_child() -> None:
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read(bomb(64 * 2**20))


def test_a_document_larger_than_its_limit_is_refused() -> None:
    with pytest.raises(ReadError, match="more text than one source may"):
        read(TEXT, Limits(output_bytes=500))


def test_a_process_that_cannot_start_is_an_error_with_a_next_step() -> None:
    with pytest.raises(ReadError) as raised:
        read(TEXT, Limits(memory_bytes=1))
    assert raised.value.next_step


def test_too_large_a_file_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_args: object, **_kwargs: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(subprocess, "run", none)
    with pytest.raises(ReadError, match="larger than 32 MiB"):
        read(b" " * (file_reader.MAX_BYTES + 1))


def test_the_child_knows_no_setting_of_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    run = subprocess.run

    def watched(*args: object, **kwargs: object) -> object:
        seen.update(kwargs["env"])  # type: ignore[call-overload]
        return run(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("DUCHESSE_LLM_KEY", "secret")
    monkeypatch.setattr(subprocess, "run", watched)
    read(TEXT)
    assert set(seen) == {"PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"}


def test_the_child_loads_nothing_that_reading_does_not_need() -> None:
    script = (
        "import sys; import sources.formats.sandbox.child\n"
        "print([m for m in ('torch', 'gradio', 'chromadb', 'docx', 'pypdf', 'lxml', 'llama_index') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.strip() == b"[]"


def test_words_that_a_library_prints_do_not_spoil_the_answer() -> None:
    header = Header(reader="file", work="note", lang="fr", media_type="", name="", limits=Limits())
    done = subprocess.run(
        [sys.executable, "-c",
         "import os, runpy, atexit; atexit.register(print, 'noise'); "
         "runpy.run_module('sources.formats.sandbox.child', run_name='__main__', alter_sys=True)"],
        input=header.model_dump_json().encode() + b"\n" + TEXT,
        capture_output=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert json.loads(done.stdout)["document"]["title"] == "Note du 5 mai 2023"
    assert b"noise" in done.stderr


def answered(monkeypatch: pytest.MonkeyPatch, answer: bytes, code: int = 0) -> None:
    """The child answers this, whatever it is asked."""

    def run(command: list[str], **kwargs: object) -> subprocess.CompletedProcess[bytes]:
        os.write(kwargs["stdout"].fileno(), answer)  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (b"not json", 0, "no valid document"),
        (b'{"document": {"work": "note"}}', 0, "no valid document"),
        (b'{"document": null}', 0, "another document"),
        (b"", 0, "exit code 0"),
        (b'{"document": null}', 1, "exit code 1"),
        (b"", -9, "SIGKILL"),
        (b"", -11, "SIGSEGV"),
    ],
)
def test_an_answer_that_is_no_document_is_an_error(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, code: int, message: str
) -> None:
    answered(monkeypatch, answer, code)
    with pytest.raises(ReadError, match=message) as raised:
        read(TEXT)
    assert raised.value.next_step


def test_a_document_of_another_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    header = Header(reader="file", work="other", lang="fr", media_type="", name="", limits=Limits())
    answer = StringIO()
    monkeypatch.setattr("sources.formats.sandbox.child.limit", lambda _: None)
    main(BytesIO(header.model_dump_json().encode() + b"\n" + TEXT), answer)
    answered(monkeypatch, answer.getvalue().encode())
    with pytest.raises(ReadError, match="another document than asked for"):
        read(TEXT)


def test_a_scan_is_recognised_once_outside_the_child() -> None:
    asked: list[int] = []

    def recognise(data: bytes) -> bytes:
        asked.append(len(data))
        return pdf(column("Texte reconnu.", 60, 700) + column("Fin.", 60, 650))

    blank = pdf([])
    found = read_untrusted(
        blank, reader="file", work="note", lang="fr", name="scan.pdf", searchable=recognise
    )
    assert "Fin." in [p.text for p in found.passages]
    assert asked == [len(blank)]
    with pytest.raises(ReadError, match="no text"):
        read_untrusted(
            blank, reader="file", work="note", lang="fr", name="scan.pdf", searchable=bytes
        )


def test_acts_are_read_by_their_reader() -> None:
    found = read_untrusted(
        ACT, reader="act", work="celex:32099L0001", lang="fr", media_type="application/xhtml+xml"
    )
    assert found.passages[0].anchor.portion == "art_1"
    assert found == read_untrusted(ACT, reader="file", work="celex:32099L0001", lang="fr")
