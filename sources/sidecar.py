"""Files that a person writes beside a text: working translations and lists of questions.

Each names the versions of the text that it was written for. With any other version it is not
used: what was right of one text may be wrong of the next.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sources.anchor import Lang

Version = Annotated[str, Field(pattern=r"^[0-9a-f]{12,64}$")]


class Sidecar(BaseModel):
    """What all of them have.

    Attributes:
        lang: The language it is in.
        versions: SHA-256 of each version of the text that it was written for, or how that begins
            (12 signs or more). None for a file that ships: the catalogue puts it beside its text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Lang
    versions: tuple[Version, ...] = ()

    def written_for(self, version: str) -> bool:
        """Was it written for the text with this SHA-256?"""
        return version.startswith(self.versions)
