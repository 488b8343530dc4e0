"""What stands beside an act and says otherwise: its corrigenda and its consolidated texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import render
from assistant.locale import say
from index.resolve import resolve_pinpoint
from sources.anchor import Lang, WorkPortion
from sources.names import consolidated_texts, corrected
from sources.pinpoints import find

if TYPE_CHECKING:
    from index.build import Build
    from sources.model import Passage


class Corrections:
    """Knows the corrigenda and the consolidated texts of a build."""

    def __init__(self, build: Build) -> None:
        self._build = build

    def of(self, passage: Passage) -> list[Passage]:
        """The points of corrigenda that correct a passage, in its language where there are some."""
        found = self._points.get(passage.anchor.work_portion, [])
        own = [p for p in found if p.anchor.lang == passage.anchor.lang]
        return own or found

    def beside(self, cited: Sequence[Passage]) -> list[Passage]:
        """What is cited, each passage followed by what corrects it."""
        every = (p for passage in cited for p in (passage, *self.of(passage)))
        return list(dict.fromkeys(every))

    def notices(self, cited: Sequence[Passage], lang: Lang) -> list[str]:
        """That a reader has to take the corrigendum with what is cited, or the consolidated text in
        its place.
        """
        out = [
            say(
                lang,
                "notice.consolidated",
                act=self._build.entries[work, la].short[lang],
                text=self._build.entry_for(newest, lang).short[lang],
            )
            for work, la in dict.fromkeys(p.anchor.work_lang for p in cited)
            for newest in self._consolidated.get(work, [])[:1]
        ]
        for passage in cited:
            if points := self.of(passage):
                places = dict.fromkeys(render.locator(self._build, p, lang) for p in points)
                place = render.locator(self._build, passage, lang)
                out.append(say(lang, "notice.corrected", place=place, by=", ".join(places)))
        return out

    @cached_property
    def _consolidated(self) -> dict[str, list[str]]:
        """The consolidated texts of each act that has some, the newest first."""
        return consolidated_texts(e.work for e in self._build.manifest.documents)

    @cached_property
    def _points(self) -> dict[WorkPortion, list[Passage]]:
        """The points that correct a place, of those that are corrected."""
        found: dict[WorkPortion, list[Passage]] = defaultdict(list)
        for entry in self._build.manifest.documents:
            act = corrected(entry.work)
            if act is None or not any(e.work == act for e in self._build.manifest.documents):
                continue
            for point in self._build.document(entry.work, entry.lang):
                for portion in dict.fromkeys(self._corrects(act, point)):
                    found[act, portion].append(point)
        return dict(found)

    def _corrects(self, act: str, point: Passage) -> Iterator[str]:
        """The portions of an act that a point corrects: its first line names them."""
        head = point.text.split("\n", 1)[0]
        for pinpoint in find(head):
            resolved = resolve_pinpoint(self._build, act, pinpoint, point.anchor.lang)
            yield from (passage.anchor.portion for passage in resolved.passages)
