"""How far work is, on standard error."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from tqdm import tqdm

from sources.progress import Bar


def test_a_bar_that_is_interrupted_while_it_is_made_ends_in_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: Any) -> int:
        raise KeyboardInterrupt

    unraisable: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", unraisable.append)
    monkeypatch.setattr(tqdm, "_get_free_pos", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Bar("32031R0604 fr")(1, 2)
    gc.collect()
    assert unraisable == []
    assert capsys.readouterr().err == ""
