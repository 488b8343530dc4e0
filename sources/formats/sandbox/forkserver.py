"""The process that is kept ready: it has loaded the readers, and forks a child for each file.

``python -m sources.formats.sandbox.forkserver`` has a socket for its standard input. A request is
the name of a module, with the three files that its child has for standard input, output and
error; the answer is the exit code. Nothing of a file comes into this process: only the child
opens what it is given, and what a child does with its memory ends with it. This process has one
thread, without which a fork would not be safe. Where the other end of the socket is closed, for
whatever reason, the child that runs is killed, and this process ends.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import signal
import socket
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import BinaryIO, TextIO

from sources.formats.sandbox import child, picture
from sources.formats.sandbox.streams import on_streams

Main = Callable[[BinaryIO, TextIO], None]
_MAINS: dict[bytes, Main] = {main.__module__.encode(): main for main in (child.main, picture.main)}
_LATE = (  # what the modules load for one format only
    "sources.formats.act",
    "sources.formats.docx.reader",
    "sources.formats.eurlex.formex",
    "sources.formats.html.reader",
    "sources.formats.markdown",
    "sources.formats.pdf.reader",
    "sources.formats.plain",
    "pypdfium2",
    "PIL.Image",
)
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def serve(control: socket.socket) -> None:
    """Fork a child for each request, one after another, until the other end is closed."""
    loaded = False
    while True:
        name, files, *_ = socket.recv_fds(control, 100, 3)
        if not name:
            return
        pid = os.fork()
        if not pid:
            _become(_MAINS[name], files)
        for file in files:
            os.close(file)
        if (code := _ended(pid, control)) is None:
            return
        control.sendall(b"%d" % code)
        if not loaded:  # not before: most commands read one file, and wait for it
            for module in _LATE:
                import_module(module)
            gc.collect()
            gc.freeze()  # or each child would copy all this to look through it
            loaded = True


def _become(main: Main, files: Sequence[int]) -> None:
    """In the child: run ``main`` on the given files, with nothing else open, and end."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        os.setsid()
        for stream, file in enumerate(files):
            os.dup2(file, stream)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        on_streams(main)
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may go on here as the process that forks
        traceback.print_exc()
    finally:
        os._exit(code)


def _ended(pid: int, control: socket.socket) -> int | None:
    """The exit code of a child; None where the other end was closed and the child killed."""
    child = os.pidfd_open(pid)
    try:
        ready, _, _ = select.select([child, control.fileno()], [], [])
    finally:
        os.close(child)
    if closed := control.fileno() in ready:
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return None if closed else code


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # who ignores it learns of no end
    serve(socket.socket(fileno=0))
    os._exit(0)  # there is nothing to tidy
