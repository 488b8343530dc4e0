"""Nothing in silence: what nobody sees, or what cannot be read, is read right or told."""

from __future__ import annotations

import pytest

from sources.errors import ReadError
from sources.formats.file import read_file
from tests.sources.formats.anywhere import anywhere
from tests.sources.formats.mutations import Mutation, mutations


def faults(mutation: Mutation) -> list[str]:
    """What a reader is shown otherwise than it is, without a word."""
    try:
        found = read_file(mutation.data, work="plan", lang="fr", searchable=None)
    except ReadError:
        return []
    told = bool(found.warnings) or any(p.doubts for p in found.passages)
    said = (" ".join((*p.headings, p.locator.fr, p.text)) for p in found.passages)
    text = "\n".join((found.title, *said))
    lost = [f"lost: {words}" for words in mutation.shows if words not in text]
    added = [f"there: {words}" for words in mutation.hides if words in text]
    return [] if told else lost + added


@pytest.mark.parametrize(
    "mutation", [*mutations(), *anywhere()], ids=lambda mutation: mutation.name
)
def test_nothing_is_read_otherwise_than_it_is_seen_without_a_word(mutation: Mutation) -> None:
    assert faults(mutation) == []
