"""What of the passages found is law in force, and what else a question asks for.

A version of the future, a repealed passage, a version of one region or community is no answer to a
question that does not ask for it, where there is anything else. A question asks by its words
("droit futur", "vanaf 1 januari 2036", "Région wallonne", "opgeheven"); then that version stands in
the place of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import render
from assistant.locale import say
from assistant.reviewed import patterns_by_sort
from index.tokens import stems
from sources.anchor import LANGS, WorkPortion
from sources.dates import date_in_words, dates
from sources.folding import fold_to_line
from sources.locator import portion, steps_of
from sources.standing import FUTURE, VERSIONS

if TYPE_CHECKING:
    from index.build import Build
    from index.search import Hit
    from sources.anchor import Lang
    from sources.model import Passage, Standing

_SHOWN = 3  # places that a notice names


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a question asks for beside law in force everywhere.

    Attributes:
        sorts: Steps of versions, and "repealed".
        day: The date from which on, where it names one (ISO 8601); "" for none.
        said: The words by which it asks for it.
    """

    sorts: frozenset[str]
    day: str = ""
    said: str = ""

    @classmethod
    def of(cls, text: str) -> _Wish:
        flat = fold_to_line(text)
        sorts = {
            sort: match.group()
            for written in patterns_by_sort("standing").values()
            for sort, pattern in written.items()
            if (match := pattern.search(flat))
        }
        days = dates(text) if FUTURE in sorts else []
        named = [date_in_words(lang, day) for day in days[:1] for lang in LANGS]
        said = " ".join((*sorts.values(), *named))
        return cls(frozenset(sorts), days[0] if days else "", said)

    def wants(self, standing: Standing | None) -> bool:
        """Is a passage of this standing asked for?"""
        if standing is None or (standing.region and standing.region not in self.sorts):
            return False
        if standing.state == "repealed":
            return "repealed" in self.sorts
        if standing.state == "future":
            begun = not (self.day and standing.since) or standing.since <= self.day
            return FUTURE in self.sorts and begun
        return True


class InForce:
    """Knows the versions of the passages of a build."""

    def __init__(self, build: Build) -> None:
        self._build = build

    def passages(self, found: Sequence[Passage], text: str) -> list[Passage]:
        """What of the passages at a place is meant; all of them where none is simply in force."""
        wish = _Wish.of(text)
        versions = [v for p in found for v in self._versions.get(_base(p), [])]
        beside = [p for p in versions if p.anchor.lang in {f.anchor.lang for f in found}]
        if wanted := [p for p in dict.fromkeys((*found, *beside)) if wish.wants(p.standing)]:
            asked = {_plain(p) for p in found}
            return [p for p in wanted if _plain(p) in asked] or wanted
        return [p for p in found if p.standing is None] or list(found)

    def said(self, text: str, lang: Lang) -> frozenset[str]:
        """Stems of the words by which a question asks for a version."""
        return stems(_Wish.of(text).said, lang)

    def hits(self, found: Sequence[Hit], text: str) -> list[Hit]:
        """What of a search may answer; all of it where nothing else is left."""
        if not self._has_standing:
            return list(found)
        wish = _Wish.of(text)
        wanted = {
            base
            for base, versions in self._versions.items()
            if any(wish.wants(v.standing) for v in versions)
        }
        kept = [
            hit
            for hit in found
            if wish.wants(hit.passage.standing)
            or (hit.passage.standing is None and _base(hit.passage) not in wanted)
        ]
        return kept or list(found)

    def left_out(self, found: Sequence[Hit], text: str) -> list[Passage]:
        """The passages of a search that :meth:`hits` leaves out."""
        kept = {hit.anchor for hit in self.hits(found, text)}
        return [hit.passage for hit in found if hit.anchor not in kept]

    def notices(self, cited: Sequence[Passage], lang: Lang) -> list[str]:
        """What a reader must know of what is cited, and where its other versions are."""
        standing: dict[Standing, list[Passage]] = defaultdict(list)
        for passage in cited:
            if passage.standing:
                standing[passage.standing].append(passage)
        out = [self._notice(found, passages, lang) for found, passages in standing.items()]
        known = {p.anchor.portion for p in cited}
        others = [
            v
            for p in cited
            for v in self._versions.get(_base(p), [])
            if v.anchor.lang == p.anchor.lang and v.anchor.portion not in known
        ]
        if named := self._named(others, lang):
            out.append(say(lang, "notice.versions", places=named))
        return out

    def unanswered(self, found: Sequence[Passage], lang: Lang) -> list[str]:
        """That passages which are no law in force speak of what was asked."""
        named = self._named(found, lang)
        return [say(lang, "notice.not_in_force", places=named)] if named else []

    def _notice(self, standing: Standing, passages: Sequence[Passage], lang: Lang) -> str:
        places = self._named(passages, lang)
        if standing.state == "in force":
            return say(lang, "notice.regional", places=places, region=standing.label[lang])
        dated = "_since" if standing.since else ""
        day = date_in_words(lang, standing.since) if standing.since else ""
        return say(lang, f"notice.{standing.state}{dated}", places=places, date=day)

    def _named(self, found: Iterable[Passage], lang: Lang) -> str:
        places = dict.fromkeys(render.locator(self._build, p, lang) for p in found)
        more = " …" if len(places) > _SHOWN else ""
        between = "\u00a0; " if lang == "fr" else "; "
        return between.join(list(places)[:_SHOWN]) + more

    @cached_property
    def _versions(self) -> dict[WorkPortion, list[Passage]]:
        """The versions of each article, of those that have any."""
        found: dict[WorkPortion, list[Passage]] = defaultdict(list)
        for passage in self._build.passages:
            if passage.standing and _is_version(passage):
                found[_base(passage)].append(passage)
        return dict(found)

    @cached_property
    def _has_standing(self) -> bool:
        """Is any passage not simply in force?"""
        return any(p.standing for p in self._build.passages)


def _is_version(passage: Passage) -> bool:
    return any(step.word in VERSIONS for step in steps_of(passage.anchor.portion))


def _plain(passage: Passage) -> WorkPortion:
    """The place of a passage, the same for all versions."""
    steps = steps_of(passage.anchor.portion)
    return passage.anchor.work, portion(tuple(s for s in steps if s.word not in VERSIONS))


def _base(passage: Passage) -> WorkPortion:
    """The article of which a passage is, or is a version; itself outside of articles."""
    steps = steps_of(passage.anchor.portion)
    ends = (at for at, step in enumerate(steps) if step.word == "art")
    end = next(ends, len(steps)) + 1
    return passage.anchor.work, portion(steps[:end])
