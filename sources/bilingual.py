"""One meaning in French and in Dutch."""

from __future__ import annotations

from dataclasses import dataclass

from sources.anchor import Lang


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One meaning in the two languages: ``text["fr"]``, ``text["nl"]``."""

    fr: str
    nl: str

    def __getitem__(self, lang: Lang) -> str:
        return self.fr if lang == "fr" else self.nl
