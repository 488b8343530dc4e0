from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import pytest

from sources.errors import ReadError
from sources.formats import file as file_reader
from sources.formats.file import read_file
from sources.formats.sandbox import process
from sources.formats.sandbox.child import main
from sources.formats.sandbox.limits import Limits
from sources.formats.sandbox.messages import Header
from sources.formats.sandbox.parent import read_untrusted
from sources.model import Document
from tests.sources.formats.pdf_maker import Words, bomb, column, content, pdf, raw_pdf

TEXT = "Note du 5 mai 2023\n\nArticle 1er\n\n1. Un texte – « essai ».\n2. Un autre.\n".encode()
ACT = b"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class="eli-subdivision" id="art_1"><p class="oj-ti-art">Article premier</p>
<p class="oj-normal">Les parties se consultent.</p></div></body></html>"""


FORKED = pytest.mark.skipif(not process.FORKS, reason="no process is kept ready on this system")
SYSTEM = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks into /proc")


@pytest.fixture(params=[pytest.param(True, marks=FORKED), False], ids=["forked", "started"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways in which a child begins, with none kept ready from before."""
    process.end()
    monkeypatch.setattr(process, "FORKS", request.param)


def read(data: bytes, limits: Limits | None = None, name: str = "note") -> Document:
    return read_untrusted(
        data, reader="file", work="note", lang="fr", name=name, limits=limits or Limits()
    )


@pytest.mark.usefixtures("either")
def test_what_comes_back_is_the_document_that_the_reader_gives() -> None:
    packed = BytesIO()
    document = docx.Document()
    document.add_paragraph("Les deux pays coopèrent.")
    document.add_paragraph("Ils informent.")
    document.save(packed)
    page = pdf([*column("Un texte de la page. " * 9, 60, 700), Words(60, 600, "Fin.")])
    for data in (TEXT, page, packed.getvalue(), b"<html><p>Un texte.</p><p>Fin.</p>"):
        assert read(data) == read_file(data, work="note", lang="fr", name="note")


@pytest.mark.usefixtures("either")
def test_an_error_of_the_reader_comes_back_with_its_next_step() -> None:
    with pytest.raises(ReadError) as raised:
        read(b"\x89PNG\r\n\x1a\n")
    assert raised.value.what == "a picture (PNG) cannot be read"
    assert raised.value.value == "note"
    assert "OCRmyPDF" in raised.value.next_step


@pytest.mark.usefixtures("either")
def test_elements_deep_within_each_other_are_read_or_refused_in_plain_words() -> None:
    def page(depth: int) -> bytes:
        return b"<html>" + b"<div>" * depth + b"<p>Le quai ferme.</p>" + b"</div>" * depth

    assert [p.text for p in read(page(190)).passages] == ["Le quai ferme."]
    for depth in (210, 3000):
        with pytest.raises(ReadError, match=r"nested too deeply|beyond what can be read"):
            read(page(depth))


@pytest.fixture(scope="module")
def long() -> bytes:
    """A file whose reading takes minutes."""
    page = content([Words(60 + n % 90, 800 - n // 90, "mot") for n in range(30_000)])
    return raw_pdf([zlib.compress(page)] * 240, packed=True)


@pytest.mark.usefixtures("either")
def test_reading_that_takes_too_long_is_stopped(long: bytes) -> None:
    with pytest.raises(ReadError, match=r"longer than 2 seconds: long\.pdf"):
        read(long, Limits(seconds=2), "long.pdf")
    assert running(os.getpid()) == []


@pytest.mark.usefixtures("either")
def test_reading_that_needs_too_much_memory_is_stopped() -> None:
    page = b"<html>" + b"<p>mot" * 2_000_000
    with pytest.raises(ReadError, match="memory"):
        read(page, Limits(memory_bytes=256 * 2**20))


def test_a_bomb_is_refused_in_the_child() -> None:
    with pytest.raises(ReadError, match="unpacks to more than it may"):
        read(bomb(64 * 2**20))


@pytest.mark.usefixtures("either")
def test_a_document_larger_than_its_limit_is_refused() -> None:
    with pytest.raises(ReadError, match="more text than one source may"):
        read(TEXT, Limits(output_bytes=500))


@pytest.mark.usefixtures("either")
def test_a_process_that_cannot_start_is_an_error_with_a_next_step() -> None:
    with pytest.raises(ReadError) as raised:
        read(TEXT, Limits(memory_bytes=1))
    assert raised.value.next_step


def test_too_large_a_file_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_args: object, **_kwargs: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr("sources.formats.sandbox.parent.run", none)
    with pytest.raises(ReadError, match="larger than 32 MiB"):
        read(b" " * (file_reader.MAX_BYTES + 1))


def told(path: Path) -> bytes:
    """What the system tells of a process or a thread; nothing of one that has ended meanwhile."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def running(pid: int) -> list[int]:
    """The processes that a process started and that read files, and theirs, the nearest first."""
    begun = [
        int(child)
        for listed in Path(f"/proc/{pid}/task").glob("*/children")
        for child in told(listed).split()
        if b"sources.formats.sandbox" in told(Path(f"/proc/{int(child)}/cmdline"))
    ]
    return begun + [below for child in begun for below in running(child)]


def soon(condition: Callable[[], Any]) -> Any:
    """What a condition gives as soon as that is something."""
    until = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


def alive(pid: int) -> bool:
    """Does a process run? One that only waits to be asked how it ended does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def reads(pid: int) -> int | None:
    """The process that reads a file for another one, as soon as it has set its limits."""
    *_, child = (0, *running(pid))
    limited = child and b"Max open files            64 " in told(Path(f"/proc/{child}/limits"))
    return child if limited else None


def files_of(pid: int) -> set[str]:
    """The names of the files that a process has open."""
    names = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since
            names.add(str(entry.readlink()))
    return names


def three_temporary(names: set[str]) -> bool:
    return len(names) == 3 and all(name.endswith(" (deleted)") for name in names)


@SYSTEM
@pytest.mark.usefixtures("either")
def test_the_child_has_no_setting_no_open_file_and_its_limits(
    monkeypatch: pytest.MonkeyPatch, long: bytes
) -> None:
    monkeypatch.setenv("DUCHESSE_LLM_KEY", "secret")
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, long)
        pid = soon(lambda: reads(os.getpid()))
        child = Path(f"/proc/{pid}")
        settings = (child / "environ").read_bytes().strip(b"\0").split(b"\0")
        # What it was given stays open; what it reads meanwhile (modules, fonts) is so for a moment.
        assert soon(lambda: three_temporary(files_of(pid)))
        session, limits = os.getsid(pid), (child / "limits").read_text()
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ReadError, match="SIGKILL"):
            reading.result()
    assert {entry.partition(b"=")[0] for entry in settings} == {
        b"PATH", b"PYTHONPATH", b"OPENBLAS_NUM_THREADS", b"PYTHONDONTWRITEBYTECODE", b"PYTHONUTF8",
    }  # fmt: skip
    assert session == pid
    for name, most in (("address space", 2**31), ("cpu time", 120), ("open files", 64)):
        assert f"Max {name}".ljust(26) + f"{most} " in limits


@FORKED
def test_nothing_of_a_file_is_left_for_the_next() -> None:
    process.end()
    read(b"Un mot rare : hippopotamus-7431.\n\nLa fin du texte.")
    (server,) = running(os.getpid())
    kept = bytearray()
    with Path(f"/proc/{server}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{server}/maps").read_text().splitlines():
            where, rights, *_, name = line.split(maxsplit=5)
            if rights.startswith("rw") and not name.startswith("[v"):
                start, end = (int(side, 16) for side in where.split("-"))
                memory.seek(start)
                kept += memory.read(end - start)
    assert b"sources.formats.sandbox.forkserver" in kept
    assert b"hippopotamus" not in kept


@FORKED
def test_the_process_that_forks_has_one_thread() -> None:
    read(pdf(column("Un texte de la page. " * 9, 60, 700)))
    read(pdf(column("Un texte de la page. " * 9, 60, 700)))  # it has loaded all by now
    (server,) = running(os.getpid())
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1


@FORKED
def test_one_process_is_kept_of_those_that_several_readings_had() -> None:
    with ThreadPoolExecutor(3) as pool:
        texts = [f"Le texte {n}.\n\nLa fin du texte {n}." for n in range(6)]
        found = pool.map(read, [text.encode() for text in texts])
        assert [d.passages[-1].text for d in found] == [t.split("\n\n")[-1] for t in texts]
    assert len(running(os.getpid())) == 1
    process.end()
    assert running(os.getpid()) == []


@FORKED
@pytest.mark.parametrize("place", [0, 1], ids=["the one that forks", "the one that reads"])
def test_a_process_that_is_killed_is_an_error_and_the_next_file_is_read(
    long: bytes, place: int
) -> None:
    process.end()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, long)
        soon(lambda: reads(os.getpid()))
        both = running(os.getpid())
        assert len(both) == 2
        os.kill(both[place], signal.SIGKILL)
        with pytest.raises(ReadError, match="SIGKILL"):
            reading.result()
    soon(lambda: not any(map(alive, both[place:])))
    assert read(TEXT).passages


@FORKED
def test_one_that_was_killed_while_it_waited_is_started_again() -> None:
    read(TEXT)
    (server,) = running(os.getpid())
    os.kill(server, signal.SIGKILL)
    soon(lambda: not alive(server))
    assert read(TEXT).passages
    assert running(os.getpid()) != [server]


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Ctrl-C interrupts, also where the tests were started in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@FORKED
@pytest.mark.usefixtures("_interruptible")
def test_ctrl_c_ends_reading(long: bytes) -> None:
    def interrupt() -> None:
        try:
            soon(lambda: reads(os.getpid()))
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(interrupt)
        with pytest.raises(KeyboardInterrupt):
            read(long)
        sent.result()
    assert running(os.getpid()) == []


@FORKED
def test_reading_ends_with_who_asked_for_it(long: bytes, tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(long)
    script = (
        "import sys; from pathlib import Path; from sources.formats.sandbox.parent import *\n"
        "read_untrusted(Path(sys.argv[1]).read_bytes(), reader='file', work='note', lang='fr')"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "long.pdf")]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3]) as asking:
        soon(lambda: reads(asking.pid))
        both = running(asking.pid)
        assert len(both) == 2
        asking.kill()
    soon(lambda: not any(map(alive, both)))


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
    ended = process.Ended(code, answer, "")
    monkeypatch.setattr("sources.formats.sandbox.parent.run", lambda *_: ended)


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
