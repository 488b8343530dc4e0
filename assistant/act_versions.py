"""Which of the indexed texts a question means by an act that it names."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from assistant.literal import moments
from sources.anchor import LANGS
from sources.folding import fold_in_place
from sources.names import (
    celex_of,
    consolidated,
    consolidated_texts,
    corrected,
    corrigenda,
    day_of,
)

if TYPE_CHECKING:
    from sources.catalogue import Catalogue

_CONSOLIDATED = re.compile(
    r"(?:dans (?:sa|la|une) )?(?:version )?consolidee?s?\b(?: (?:au|du|le|de la|de l'|de)\b)?"
    r"|(?:in (?:de|zijn|haar) )?geconsolideerde?\b(?: (?:versie|tekst))?(?: (?:van|op)\b)?"
)
_CORRIGENDUM = re.compile(  # of an act that is named behind it
    r"\b(?:rectificatif|corrigendum|rectificatie|verbetering)\b"
    r"(?: (?:au|du|a la|de la|a l'|de l'|de|bij|van|op|in|tot)\b)?(?: (?:de|het)\b)?"
)
_SLASHED = re.compile(r"[0-9]+/[0-9]+")


class ActVersions:
    """The indexed texts of each act: it may be here as consolidated text.

    Args:
        catalogue: What texts are called.
        indexed: The works of a build.
    """

    def __init__(self, catalogue: Catalogue, indexed: Collection[str]) -> None:
        self._catalogue, self._indexed = catalogue, indexed
        self._consolidated = consolidated_texts(indexed)
        self._corrigenda = corrigenda(indexed)

    def is_repeated(self, work: str) -> bool:
        """Is a work a consolidated text whose act is indexed too, under the same title?"""
        return consolidated(work) in self._indexed

    def meant(self, work: str, question: str, name: str = "") -> str:
        """The text that a question means by an act.

        It is its newest corrigendum, where the question asks for one that is here; else the act
        whose title has the number as it is written ("2012/243/UE" and "n° 243/2012/UE" are two), or
        the consolidated text, where the question asks for that or where there is no other.

        Args:
            work: The act, by its number.
            question: The whole question.
            name: The name of the act as the question writes it.
        """
        if written := _SLASHED.search(name):
            alike = [work, *sorted(w for w in self._indexed if w.startswith(f"{work}("))]
            work = next((w for w in alike if self._is_titled(w, written[0])), work)
        if work in self._corrigenda and _CORRIGENDUM.search(fold_in_place(question)):
            return self._corrigenda[work][0]
        versions = self._consolidated.get(work, [])
        if not versions or (
            work in self._indexed and not _CONSOLIDATED.search(fold_in_place(question))
        ):
            return work
        days = {"-".join(f"{part:02}" for part in key[:3]) for *_, key in moments(question)}
        return next((w for w in versions if day_of(w) in days), versions[0])

    def asked_for(self, work: str, question: str) -> list[tuple[int, int]]:
        """Where a question says that it asks for the corrigendum that a work is, or for the
        consolidated text of an act, be that here or not.
        """
        folded = fold_in_place(question)
        if corrected(work):
            return [m.span() for m in _CORRIGENDUM.finditer(folded)]
        spans = [m.span() for m in _CONSOLIDATED.finditer(folded)]
        if consolidated(work) is None:
            return spans if self._is_act(work) else []
        day = day_of(work)
        dated = (m for m in moments(question) if day.startswith(str(m[2][0])))
        return spans + [(start, end) for start, end, _ in dated if spans]

    def lacks_consolidated(self, work: str, question: str) -> bool:
        """Does a question ask for the consolidated text of an act of which only another is here?"""
        is_here = work in self._indexed and self._is_act(work)
        is_other = consolidated(work) is None and corrected(work) is None
        return is_here and is_other and bool(_CONSOLIDATED.search(fold_in_place(question)))

    def _is_act(self, work: str) -> bool:
        """Is a work an act of the EU, be it here under an id of one's own?"""
        source = self._catalogue.get(work)
        return celex_of(work) is not None or bool(source and source.act)

    def _is_titled(self, work: str, number: str) -> bool:
        source = self._catalogue.get(work)
        pattern = re.compile(rf"(?<![\w/]){number}(?![0-9])")
        return source is not None and any(pattern.search(source.title[la]) for la in LANGS)
