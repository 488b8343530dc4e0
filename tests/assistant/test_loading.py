"""What a program loads to keep is not looked through for garbage."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from assistant.loading import kept


class Own:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.collect()


def test_what_is_loaded_stays_and_what_comes_later_is_collected() -> None:
    with kept():
        assert not gc.isenabled()
        early = weakref.ref(Own())
    late = weakref.ref(Own())
    gc.collect()
    assert early() is not None
    assert late() is None
    assert gc.isenabled()


def test_nothing_is_kept_of_what_could_not_be_loaded() -> None:
    with pytest.raises(OSError, match="no such index"), kept():
        raise OSError("no such index")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
