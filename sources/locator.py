"""Steps of a portion, and how a person cites them, in French and in Dutch.

>>> steps = (Step("art", "5bis", "5 bis"), Step("par", "2"))
>>> portion(steps), locator(steps).fr, locator(steps).nl
('art_5bis.par_2', 'art. 5 bis, § 2', 'art. 5 bis, lid 2')
>>> locator((Step("rct", "26"),)).nl, locator((Step("anx", "II"), Step("pnt", "4.1"))).fr
('overweging 26', 'annexe II, point 4.1')
>>> locator((Step("sec", "1.2"), Step("par", "3"))).fr
'section 1.2, 3e alinéa'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.anchor import LANGS, levels
from sources.bilingual import Bilingual
from sources.locale import count, section
from sources.standing import VERSIONS

_WORDS = section("place") | VERSIONS
_COUNTED = section("counted")

_STEP = re.compile(r"(?P<word>[a-z]{3})(?:_(?P<number>.+)|(?P<again>\(\d+\)))?")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a portion.

    Attributes:
        word: Its word, where there is one that of the European Legislation Identifier (ELI).
        number: Number in the portion; "" for none.
        printed: Number as printed, where a person cites it in another way than the portion.
    """

    word: str
    number: str = ""
    printed: str = ""

    def __str__(self) -> str:
        parted = "_" if self.number and not self.number.startswith("(") else ""
        return f"{self.word}{parted}{self.number}"

    def again(self, times: int) -> Step:
        """The same step, printed for the second time or more often."""
        sign = f"({times})"
        return Step(self.word, self.number + sign, self.printed and f"{self.printed} {sign}")


Steps = tuple[Step, ...]


def portion(steps: Steps) -> str:
    """The portion that these steps make, from the widest to the nearest."""
    return ".".join(map(str, steps))


def steps_of(portion: str) -> Steps:
    """The steps of a portion, as far as it says them: not how a number was printed.

    >>> [(step.word, step.number) for step in steps_of("anx_I.pnt_4.1.fnp(2)")]
    [('anx', 'I'), ('pnt', '4.1'), ('fnp', '(2)')]
    """
    found = map(_STEP.fullmatch, levels(portion))
    return tuple(
        Step(step["word"], step["number"] or step["again"] or "") for step in found if step
    )


def locator(steps: Steps) -> Bilingual:
    """How a person cites it, with numbers as printed ("art. 5 bis, § 2", "point 4.1").

    A step of an address that somebody typed, whose word is none, stands there as it is.
    """
    above = words_above([step.word for step in steps])
    cited = [_cited(step, word) for step, word in zip(steps, above, strict=True)]
    return Bilingual(", ".join(c.fr for c in cited), ", ".join(c.nl for c in cited))


def words_above(words: Sequence[str]) -> list[str]:
    """The word of the step that each of some steps stands in, "" for the first: a version of an
    article is the article.

    >>> words_above(["art", "wal", "fut", "par", "blt"])
    ['', 'art', 'art', 'art', 'par']
    """
    found = [""]
    for word in words[:-1]:
        found.append(found[-1] if word in VERSIONS else word)
    return found[: len(words)]


def _cited(step: Step, above: str) -> Bilingual:
    noun = None if (step.word, above) == ("par", "art") else _COUNTED.get(step.word)
    digits = step.number.partition("(")[0]
    if noun and digits.isdecimal():  # what was inserted ("2bis") is named, not counted
        cited, again = nth(int(digits), noun), step.number.removeprefix(digits)
        return Bilingual(f"{cited.fr} {again}".rstrip(), f"{cited.nl} {again}".rstrip())
    number = step.printed or step.number.replace("(", " (").lstrip()
    form = _WORDS.get(step.word) or Bilingual(str(step), str(step))
    if number.startswith("§ "):  # Belgian laws say "§" in both languages
        form, number = _WORDS["prg"], number.removeprefix("§ ")
    return Bilingual(*(form[lang].format(number=number).strip() for lang in LANGS))


def nth(number: int, noun: Bilingual) -> Bilingual:
    """``nth(6, tiret/streepje)`` gives "6e tiret" / "6e streepje".

    >>> nth(1, Bilingual("tiret", "streepje")).fr
    '1er tiret'
    """
    return Bilingual(*(count(lang, "ordinal.nth", number, noun=noun[lang]) for lang in LANGS))
