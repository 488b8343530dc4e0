"""Facts about the build in use, computed once for each build."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
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

_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class BuildContext:
    """Facts about a build that the page needs.

    Attributes:
        build: Its id.
        catalogue: The texts that are known.
        hosts: Where links may lead to.
        pictured: Texts (work, language) whose pages can be shown as pictures.
        works: The texts that it holds.
        reworded: Addresses at which something else was before. A build that comes adds to them
            before it is in use, so that they go with it.
    """

    build: str
    catalogue: Catalogue
    hosts: frozenset[str]
    pictured: frozenset[tuple[str, Lang]]
    works: frozenset[str]
    reworded: frozenset[str]

    def examples(self, lang: Lang) -> tuple[str, ...]:
        """Example questions about the texts of the build."""
        found = (q for s in self.catalogue if s.id in self.works for q in s.examples[lang])
        return tuple(islice(found, _EXAMPLES))

    @classmethod
    def of(cls, build: Build, data: Path, pictures: Pictures) -> BuildContext:
        """The context of a build in its data folder."""
        found = catalogue.load(data / "catalogue.toml")
        urls = [u for s in found for la in LANGS if (u := s.url(la))]
        used = [(e.work, e.lang, e.fingerprint) for e in build.manifest.documents]
        hosts = frozenset(map(host, urls)) - {""}
        works = frozenset(e.work for e in build.manifest.documents)
        return cls(build.id, found, hosts, pictures.pictured(used), works, anchors(data))
