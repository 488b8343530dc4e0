"""Running one of our own modules on a file in a child process.

On Linux one process is kept ready that has loaded the modules and forks
(:mod:`sources.formats.sandbox.forkserver`); a child of it begins within milliseconds. Elsewhere
each child is a Python of its own, which takes half a second more. In both the child has no
environment but where the code lies, no file open but its own three, and the limits that it sets
itself; the clock runs here.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Literal, NamedTuple

from sources.formats.sandbox.limits import Limits

Module = Literal["sources.formats.sandbox.child", "sources.formats.sandbox.picture"]
Streams = list[IO[bytes]]  # standard input, output and error
_ROOT = Path(__file__).resolve().parents[3]
_TELL = 300  # bytes of what a child said last that an error shows
_SECONDS = 5  # for a process that forks to kill its child and end


def _forks() -> bool:
    """Whether this system has what a process that forks needs, as Linux has from 5.3 on."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


FORKS = _forks()


class Ended(NamedTuple):
    """How a child ended.

    Attributes:
        code: Its exit code; below 0 the signal that ended it.
        output: What it wrote.
        log: The end of what it complained about.
    """

    code: int
    output: bytes
    log: str


def run(module: Module, header: str, data: bytes, limits: Limits) -> Ended:
    """Run a module in a child.

    Args:
        module: Reads a line with the header and then the data, and sets its own limits.
        header: One line of JSON.
        data: The file.
        limits: Those on the clock and on the output count here.
    """
    with ExitStack() as stack:
        files: Streams = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        asked, output, log = files
        asked.write(header.encode("utf-8") + b"\n" + data)
        asked.seek(0)
        try:
            code = (_forked if FORKS else _started)(module, files, limits.seconds)
        except TimeoutError:
            code = -signal.SIGXCPU
        output.seek(0)
        log.seek(0)
        words = log.read()[-_TELL:].decode("utf-8", "replace").strip()
        return Ended(code, output.read(limits.output_bytes + 1), words)


def _command(module: str) -> list[str]:
    return [sys.executable, "-P", "-s", "-m", module]


def _environment() -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(_ROOT),
        "OPENBLAS_NUM_THREADS": "1",  # who forks has one thread; and each takes of the memory
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }


def _started(module: Module, files: Streams, seconds: float) -> int:
    """The exit code of a Python of its own; ``TimeoutError`` where it took too long."""
    asked, output, log = files
    try:
        return subprocess.run(  # noqa: S603 - one of our own modules
            _command(module),
            stdin=asked,
            stdout=output,
            stderr=log,
            env=_environment(),
            cwd=tempfile.gettempdir(),
            timeout=seconds,
            check=False,
            start_new_session=True,
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error


class _ForkServer:
    """A process that forks, and our end of the socket to it; it ends where that is closed."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - one of our own modules
                _command("sources.formats.sandbox.forkserver"),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env=_environment(),
                cwd=tempfile.gettempdir(),
                start_new_session=True,
            )

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def run(self, module: Module, files: Streams, seconds: float) -> int:
        """The exit code of a child; ``TimeoutError`` where it took too long."""
        self._socket.settimeout(seconds)
        with suppress(ConnectionError):  # it has ended
            socket.send_fds(self._socket, [module.encode()], [file.fileno() for file in files])
            if told := self._socket.recv(100):
                return int(told)
        code: int = self._process.wait(_SECONDS)
        self._log.seek(0)
        files[-1].write(self._log.read())
        return code

    def close(self, seconds: float = 0.0) -> None:
        """End it, within these seconds, which it needs to kill a child that may still run."""
        self._socket.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self._process.kill()
        self._process.wait()
        self._log.close()


_kept: list[_ForkServer] = []


def _forked(module: Module, files: Streams, seconds: float) -> int:
    """The exit code of a forked child; ``TimeoutError`` where it took too long.

    One process that forks is kept between readings; several at the same time have one each.
    """
    try:
        server = _kept.pop()
    except IndexError:
        server = _ForkServer()
    if not server.running:
        server.close()
        server = _ForkServer()
    try:
        code = server.run(module, files, seconds)
    except BaseException:
        server.close(_SECONDS)
        raise
    if _kept or not server.running:
        server.close()
    else:
        _kept.append(server)
    return code


@atexit.register
def end() -> None:
    """End what is kept ready."""
    while _kept:
        _kept.pop().close()


if FORKS:
    os.register_at_fork(after_in_child=_kept.clear)  # it is the other process's
