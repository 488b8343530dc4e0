"""Loading Gradio, which takes most of the time until the page is open."""

from __future__ import annotations

import inspect
from typing import Any


def load() -> None:
    """Import Gradio, without the files for editors (.pyi) that it makes for its components.

    It makes them anew each time, which is half of its loading, and writes them among the installed
    packages, where two programs that start at once write the same file. A class that has no file
    gets none: while Gradio is loaded, its classes have no file.
    """
    file_of = inspect.getfile

    def getfile(thing: Any) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError(f"{thing.__name__} gets no file for editors")
        return file_of(thing)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        import gradio  # noqa: F401
    finally:
        inspect.getfile = file_of
