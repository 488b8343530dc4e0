"""From the printed lines of an act to its passages, their portions and their locators.

Every reader of acts gives :class:`Block` s, one for each printed line; the outline groups them
into :class:`Part` s (a recital, an article, an annex); here a part becomes passages:

====================  =====================================================================
``art_36.par_1``      a numbered paragraph, with its points as lines
``art_4.pnt_7``       a point of an article without numbered paragraphs; the words before the
                      list are its lead
``art_3``             the unnumbered text of an article
``rct_26``, ``cit_1`` recital, citation ("vu …", "gezien …"); ``pbl`` the words around them
``anx_I.prt_A.pnt_2`` a numbered point in part A of annex I; ``rub_3`` is the third heading
                      without a number
``pnt_2.1``           a point of an act without articles (a recommendation); ``enc`` its
                      unnumbered text
``fnp``               final formula, place, date and signatures
====================  =====================================================================

Portions come from printed numbers and from order, never from words, so they are the same in
both languages. A portion that is printed twice gets "(2)" the second time, with a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sources.anchor import Anchor, Lang
from sources.locator import of_act
from sources.model import Bilingual, Kind, Passage
from sources.readers.printed import number


class Role(StrEnum):
    """What a printed line is in its act."""

    TITLE = "title"  # of the act, of an annex
    DIVISION = "division"  # "CHAPITRE V"
    DIVISION_TITLE = "division title"
    GROUP = "group"  # a heading within an annex
    ARTICLE = "article"  # "Article 36"
    ARTICLE_TITLE = "article title"
    TEXT = "text"
    ROW = "row"  # of a table with data


@dataclass(frozen=True, slots=True)
class Block:
    """One printed line.

    Attributes:
        role: What it is.
        text: Its words, clean.
        label: Label of a point as printed ("a)", "—"); not part of ``text``.
        depth: 0 outside lists, 1 in a list, 2 in a list within it; -1 in a list of unknown
            depth (see :func:`sources.readers.nesting.nested`).
        paragraph: Sign of the numbered paragraph that begins here, as printed ("2 bis."); not
            part of ``text``.
        place: What the markup says it stands in: "pbl", "cit", "rct", "fnp", else "".
        quoted: Part of a text that the act inserts into another act.
        outer: Text of the article itself, after its numbered paragraphs.
        level: Level of a heading in an annex, from 1.
        notes: Footnotes called here.
        doubts: What is not certain about the reading of this line.
    """

    role: Role
    text: str
    label: str = ""
    depth: int = 0
    paragraph: str = ""
    place: str = ""
    quoted: bool = False
    outer: bool = False
    level: int = 1
    notes: tuple[str, ...] = ()
    doubts: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a portion: ELI word, number in the portion, number as printed."""

    word: str
    number: str = ""
    printed: str = ""

    def __str__(self) -> str:
        return f"{self.word}_{self.number}" if self.number else self.word


Steps = tuple[Step, ...]
_DOT = "\u2024"  # stands for a dot inside a number while the locator is made


def locator(steps: Steps) -> Bilingual:
    """How a person cites it, with numbers as printed ("art. 5 bis, § 2", "point 4.1")."""
    both = of_act(".".join(map(_shown, steps)))
    return Bilingual(both.fr.replace(_DOT, "."), both.nl.replace(_DOT, "."))


def _shown(step: Step) -> str:
    if not step.number:
        return step.word
    printed = (step.printed or step.number).replace(".", _DOT)
    # Belgian laws say "§" in both languages, where "lid" means another thing than in EU acts.
    return f"prg_{printed[2:]}" if printed.startswith("§ ") else f"{step.word}_{printed}"


@dataclass(slots=True)
class Part:
    """A recital, an article, an annex…: where it stands, and its lines.

    ``whole`` parts are one passage; others are divided by their numbers.
    """

    steps: Steps
    headings: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    whole: bool = False


@dataclass(slots=True)
class Unit:
    """A passage on its way."""

    steps: Steps
    headings: tuple[str, ...]
    lines: list[Block] = field(default_factory=list)
    lead: str = ""
    title: str = ""  # its heading, which becomes the text where nothing stands under it


PICTURE = Bilingual(
    "Une image de l’original n’est pas reproduite ici.",
    "Een afbeelding uit het origineel is hier niet weergegeven.",
)
_KINDS = {"par": Kind.PARAGRAPH, "pnt": Kind.POINT, "art": Kind.ARTICLE, "rct": Kind.RECITAL}


def rendered(lines: Iterable[Block]) -> str:
    """The quote: one line a block, a label before its words, on one line with them."""
    out: list[str] = []
    labels: list[str] = []
    for line in lines:
        labels += [sign for sign in (line.paragraph, line.label) if sign]
        if line.text:
            out.append(" ".join([*labels, line.text]))
            labels = []
    return "\n".join([*out, *([" ".join(labels)] if labels else [])])


def passages(units: list[Unit], work: str, lang: Lang) -> tuple[list[Passage], list[str]]:
    """Passages with unique portions, and warnings; a unit without words gives none."""
    out: list[Passage] = []
    warnings: list[str] = []
    seen: Counter[str] = Counter()
    for unit in units:
        text = rendered(unit.lines) or unit.title
        if not text:
            continue
        portion = ".".join(map(str, unit.steps))
        seen[portion] += 1
        steps = _again(unit.steps, seen[portion])
        if steps != unit.steps:
            warnings.append(f"{portion} occurs {seen[portion]} times, here as {steps[-1]}")
        out.append(_passage(unit, text, steps, work, lang))
    return out, warnings


def _again(steps: Steps, times: int) -> Steps:
    if times == 1:
        return steps
    last, sign = steps[-1], f"({times})"
    return (
        *steps[:-1],
        Step(last.word, last.number + sign, (last.printed or last.number) + sign),
    )


def _passage(unit: Unit, text: str, steps: Steps, work: str, lang: Lang) -> Passage:
    last = unit.steps[-1].word
    annex = unit.steps[0].word in {"anx", "app"} and last not in {"par", "pnt", "art"}
    return Passage(
        anchor=Anchor(work, lang, ".".join(map(str, steps))),
        kind=Kind.ANNEX if annex else _KINDS.get(last, Kind.SECTION),
        text=text,
        headings=unit.headings,
        locator=locator(steps),
        lead=unit.lead,
        doubts=tuple(dict.fromkeys(doubt for line in unit.lines for doubt in line.doubts)),
        notes=tuple(dict.fromkeys(note for line in unit.lines for note in line.notes)),
    )


def step_of(label: str, word: str = "pnt") -> Step | None:
    """Step for the label of a point or paragraph; None for a dash or the like."""
    bare = number(label)
    if not bare:
        return None
    shown = bare if bare.isdigit() else label.strip("«„“( .)°§")
    return Step(word, bare, f"§ {shown}" if "§" in label else shown)
