"""Facts about the build in use, computed once for each build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.markup import host
from index.superseded import anchors
from sources import catalogue
from sources.anchor import LANGS, Lang

if TYPE_CHECKING:
    from pathlib import Path

    from index.build import Build
    from sources.catalogue import Catalogue
    from sources.pictures import Pictures


@dataclass(frozen=True, slots=True)
class BuildContext:
    """Facts about a build that the page needs.

    Attributes:
        build: Its id.
        catalogue: The texts that are known.
        hosts: Where links may lead to.
        pictured: Texts (work, language) whose pages can be shown as pictures.
        reworded: Addresses at which something else was before. A build that comes adds to them
            before it is in use, so that they go with it.
    """

    build: str
    catalogue: Catalogue
    hosts: frozenset[str]
    pictured: frozenset[tuple[str, Lang]]
    reworded: frozenset[str]

    @classmethod
    def of(cls, build: Build, data: Path, pictures: Pictures) -> BuildContext:
        """The context of a build in its data folder."""
        found = catalogue.load(data / "catalogue.toml")
        urls = [u for s in found for la in LANGS if (u := s.url(la))]
        used = [(e.work, e.lang, e.fingerprint) for e in build.manifest.documents]
        hosts = frozenset(map(host, urls)) - {""}
        return cls(build.id, found, hosts, pictures.pictured(used), anchors(data))
