"""Raised and lowered signs: an exponent, an ordinal, or the call of a note.

A raised figure must not run into the number before it: ten to the sixth is not 106, and thirty
with a note is not 301. A reader passes what is raised to :func:`raised`; what may be the call of
a note is kept between two private signs until the whole document is known. Then
:func:`with_notes` looks for the notes: lines at the end, each with a number that is called. What
is called leaves the text and its note goes with the passage; every other figure stays raised.

Behind the number of an article that is cited, a raised figure may be part of that number
("l'article 12¹ du Code"): :func:`cited` tells which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from sources import pinpoints
from sources.locale import bilingual
from sources.numbering import LATIN
from sources.structure.blocks import Block, Role
from sources.structure.numbers import marker

CALL = "\ue000{}\ue001"
UNSURE = "\ue002"  # behind a call that may be part of a number
CALLS = re.compile(f"\ue000([^\ue001]*)\ue001{UNSURE}?")
AGAIN = "\u2060"  # behind the sign of a note that another one has
NUMBER_OR_CALL = bilingual("doubt.number_or_call")
SHARED_NOTES = bilingual("doubt.shared_notes")
# A call, with the brackets around it, and the space that would be left before the end of a
# sentence; the upper part of a fraction is none.
_CALLING = re.compile(
    "(?:(?P<open>\\s*[(\\[])|\\s+(?=\ue000[^\ue001]*\ue001[.,]))?\ue000(?P<sign>[^\ue001]*)\ue001(?P<unsure>\ue002)?"
    "(?![/⁄]\\s?[\\d₀-₉])(?(open)(?P<close>[)\\]])?)"
)
_HIGH = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_LOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINAL = re.compile(
    rf"(?:o|os|er|ers|re|res|ère|e|es|ème|èmes|nd|nde|de|ste|{LATIN}(?:\s(?:semel|{LATIN}))?)",
    re.IGNORECASE,
)
_MINUS = re.compile(r"^–(?=\d)")  # a dash in its place
_ROMAN = re.compile(r"[vx]*i{1,3}[vx]?")  # as Word counts the notes at the end of a text
_COUNTED = re.compile(r"(?:\d|\b[IVXLCDM]+)$")
_SHORT = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}$")  # of "Mᵐᵉ", "nᵒˢ", "Dʳ": so a word is written
_CALLED = re.compile(r"[(\[]?(\d{1,3}|[a-z]|[ivx]{2,5}|\*{1,3})[)\]]?")
_OVER = re.compile("[\ue001⁰¹²³⁴-⁹][/⁄]$")
_NUMBER = re.compile(r"\d\w{0,12}$")  # with a suffix: "12bis"
_SENTENCE = 200  # signs before a raised one that tell whether a number is cited
_NEAR = 64  # signs before a raised one that tell what it is
_LIST = re.compile(r"\s*[,;]\s*")  # between two calls at one place
# Before an exponent: the number ten, or a unit of length, area, time or mass.
_POWER = re.compile(r"(?:(?<!\d)10|(?<![^\W\d_])(?:[µmckdhdanM]{0,2}m|s|h|kg|Hz|a|n|x))$")
_NOTE = re.compile(
    "\\s*(?:[(\\[]?\ue000(?P<call>.*?)\ue001[)\\]]?|(?P<high>[⁰¹²³⁴-⁹]+)|[(\\[]?(?P<plain>\\d{1,3}|\\*{1,3})[)\\].]"
    "|(?P<stars>\\*{1,3})|(?P<roman>[ivx]{1,5})(?=\\s))\\s*(?P<words>\\S.*)",
    re.DOTALL,
)
_RAISED = re.compile("\\s*[(\\[]?\ue000")  # at the head of a note
FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def raised(before: str, words: str) -> str:
    """What stands before, with raised words behind it."""
    text, near = words.strip(), before[-_NEAR:]
    base = near.rstrip()
    text = "°" if text == "o" and base[-1:].isdecimal() else text
    if not any(sign.isalnum() or sign in "*+-−=°" for sign in text) and text.strip("()[] "):
        return before + words  # the place of a note that is known already
    if not text or ("*" in text and text.strip("*")):  # "*1" cannot run into a number
        return before + words
    ordinal = _ORDINAL.fullmatch(text) and (_COUNTED.search(base) or _SHORT.search(base))
    noted = _ROMAN.fullmatch(_bare(text)) is not None
    if ordinal or (text.isalpha() and _SHORT.search(near) and not noted):
        return before.rstrip() + text + _space(words)
    power = text != "1" and not noted and _POWER.search(base)  # nobody writes the first power
    bracketed = text[0] in "(["  # and nobody writes one in brackets
    if power and not bracketed:
        return before.rstrip() + high(text) + _space(words)
    calls = _LIST.split(text)
    if all(_CALLED.fullmatch(call) for call in calls):
        calls = calls if power else [*map(_bare, calls)]
        return before + "".join(map(CALL.format, calls)) + _space(words)
    return before + high(text) + _space(words)


def _space(words: str) -> str:
    return " " if words[-1:].isspace() else ""


def high(text: str) -> str:
    """The same signs, raised, where there are such; others behind a circumflex."""
    if text == "TM":
        return "™"
    shown = _MINUS.sub("−", text).translate(_HIGH)
    return f"^({text})" if any(c.isalpha() and c in shown for c in text) else shown


def lowered(before: str, words: str) -> str:
    """What stands before, with lowered words behind it: a figure after a figure stays apart.

    So does the lower part of a fraction whose upper part is raised.
    """
    apart = before[-1:].isdigit() or _OVER.search(before)
    return before + (words.translate(_LOW) if apart else words)


def shown(text: str) -> str:
    """The words with the calls that no note answers, as they are printed.

    >>> shown("Le délai est de 30" + CALL.format("1") + " jours.")
    'Le délai est de 30¹ jours.'
    """
    return CALLS.sub(lambda found: high(found[1]), text)


def calls(text: str) -> list[str]:
    """The signs that may call notes, without brackets."""
    return [_bare(call["sign"]) for call in _CALLING.finditer(text)]


def answered(text: str, notes: Mapping[str, str]) -> tuple[str, list[str]]:
    """The words without the calls that some notes answer, and these notes.

    Brackets around such a call go with it. One that may be part of a number stays, too.
    """

    def without(call: re.Match[str]) -> str:
        if _bare(call["sign"]) not in notes:
            return call[0]
        if call["unsure"]:
            return call[0].replace(CALL.format(call["sign"]), high(call["sign"]))
        return "" if call["close"] else call["open"] or ""

    found = [notes[call] for call in calls(text) if call in notes]
    return _CALLING.sub(without, text), found


def in_turn(texts: Iterable[str], sign: str, signs: Iterable[str]) -> list[str]:
    """The texts, whose calls with one sign have these signs in turn."""
    each = iter(signs)

    def own(call: re.Match[str]) -> str:
        if _bare(call["sign"]) != sign:
            return call[0]
        return call[0].replace(CALL.format(call["sign"]), CALL.format(next(each, sign)))

    return [_CALLING.sub(own, text) for text in texts]


def numbered(texts: Iterable[str]) -> Iterator[str]:
    """The texts, where a raised figure that makes another number of an article is none of a note.

    "Art. 3¹" is an article of its own where there is an "Art. 3" too; else the figure calls a note.
    """
    texts = list(texts)
    bare = [_article(CALLS.sub("", text)) for text in texts]
    own = [_article(shown(text)) for text in texts]
    plain = {number for number, found in zip(bare, own, strict=True) if number == found}
    for text, number, found in zip(texts, bare, own, strict=True):
        inserted = number != found and number in plain
        yield CALLS.sub(lambda call: high(call[1]), text, count=1) if inserted else text


def cited(texts: Sequence[str]) -> list[str]:
    """The texts of a page, where a figure that is part of a number that is cited calls no note.

    A note is called once: where the same figure stands behind other words too, it is part of the
    number. Where it does not, it may be both.
    """
    numbers = [_cited(*both) for both in zip(["", *texts], texts, strict=False)]
    elsewhere = Counter(
        call[1]
        for text, within in zip(texts, numbers, strict=True)
        for call in CALLS.finditer(text, 1 + len(text) - len(text.lstrip(" ([")))
        if call.start() not in within
    )

    def kept(text: str, within: set[int]) -> str:
        def shape(call: re.Match[str]) -> str:
            if call.start() not in within:
                return call[0]
            return high(call[1]) if elsewhere[call[1]] else CALL.format(call[1]) + UNSURE

        return CALLS.sub(shape, text)

    return [kept(*both) for both in zip(texts, numbers, strict=True)]


def _cited(above: str, text: str) -> set[int]:
    """Where the calls in a text are that would be part of a number if they were none.

    The number of the line itself is none that is cited; the words above may begin one.
    """
    head, found = bool(_article(shown(text))), set[int]()
    for call in CALLS.finditer(text):
        if not _NUMBER.search(text[max(0, call.start() - _NEAR) : call.start()]):
            continue
        own = shown(text[max(0, call.start() - _SENTENCE) : call.start()])
        before = f"{shown(above[-_SENTENCE:])} {own}"
        end, number = len(before), _ends_with(call[1])
        around = (p for p in pinpoints.find(before + high(call[1])) if p.start < end < p.end)
        inner = (p for p in around if not (head and p.start == end - len(own)))
        if any(number.search(f"{p.portion} {p.last}") for p in inner):
            found.add(call.start())
    return found


def _ends_with(figure: str) -> re.Pattern[str]:
    """The number of an article in a portion, where a raised figure ends it."""
    return re.compile(rf"\bart_[^_ ]*-{re.escape(figure)}(?![\w-])")


def _article(text: str) -> tuple[str, ...]:
    found = marker(text) if text.startswith(("Art", "ART")) else None
    return found.number if found and found.form == "article" else ()


def with_notes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their notes taken from the end, and without signs of their own."""
    blocks = [line for block in blocks for line in _lines(block)]
    texts = cited(list(numbered(block.text for block in blocks)))
    blocks = [replace(block, text=text) for block, text in zip(blocks, texts, strict=True)]
    return [block for part in _parts(blocks) for block in _with_notes_of_part(part)]


def _parts(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The parts of a text where notes below each begin again with the same sign; else all of it.

    Such notes are lines whose signs are all called in their part. Lines below a colon are a list.
    """
    signs = [_note_sign(block) for block in blocks]
    ends: list[int] = []
    called: set[str] = set()
    noted = Counter[str]()
    for may_be, run in groupby(range(len(blocks)), lambda at: bool(signs[at])):
        lines = [*run]
        own = {signs[at] for at in lines}
        listed = not lines[0] or blocks[lines[0] - 1].text.endswith(":")
        if may_be and own <= called and not listed:
            ends.append(lines[-1] + 1)
            noted.update(own)
            called = set()
        else:
            called.update(call for at in lines for call in calls(blocks[at].text))
    if max(noted.values(), default=0) < 2:
        ends = []
    for start, end in pairwise([0, *ends, len(blocks)]):
        yield blocks[start:end]


def _with_notes_of_part(blocks: Sequence[Block]) -> list[Block]:
    called = [call for block in blocks for call in calls(block.text)[_begins(block) :]]
    start = _first_note(blocks, called)
    lines = {*_raised_notes(blocks[:start], called), *range(start, len(blocks))}
    found: dict[str, list[str]] = {}
    for at in sorted(lines):
        note = _NOTE.fullmatch(blocks[at].text)
        assert note is not None  # that is what makes it a note
        found.setdefault(_sign(note), []).append(shown(note["words"]).strip())
    left = [block for at, block in enumerate(blocks) if at not in lines]
    return _answered(left, found)


def _lines(block: Block) -> list[Block]:
    """The notes of a paragraph that has one on each line; else the paragraph."""
    texts = [text for text in block.text.split("\n") if text.strip()]
    notes = len(texts) > 1 and block.role is Role.TEXT and all(map(_RAISED.match, texts))
    return [replace(block, text=text) for text in texts] if notes else [block]


def _raised_notes(blocks: Sequence[Block], called: list[str]) -> list[int]:
    """Where notes stand in the midst of a text: lines with a raised sign that is called once."""
    heads = [_note_sign(block) if _RAISED.match(block.text) else "" for block in blocks]
    own, times = Counter(heads), Counter(called)
    return [at for at, sign in enumerate(heads) if sign and own[sign] == times[sign] == 1]


def _begins(block: Block) -> int:
    return int(_RAISED.match(block.text) is not None)


def _first_note(blocks: Sequence[Block], called: list[str]) -> int:
    """Where the notes at the end begin; the number of blocks where there are none.

    A number that goes on counting from a numbered paragraph before it is no note.
    """
    start = len(blocks)
    while start > 0 and (sign := _note_sign(blocks[start - 1])) and sign in called:
        start -= 1
    if start == len(blocks):
        return start
    first = _note_sign(blocks[start])
    heads = {_note_sign(block) for block in blocks[:start]}
    goes_on = first.isdigit() and str(int(first) - 1) in heads
    return len(blocks) if goes_on or start == 0 else start


def _note_sign(block: Block) -> str:
    found = _NOTE.fullmatch(block.text) if block.role is Role.TEXT else None
    return _sign(found) if found else ""


def _sign(found: re.Match[str]) -> str:
    sign = next(filter(None, found.group("call", "high", "plain", "stars", "roman")))
    return _bare(str(sign).translate(FIGURES))


def _bare(call: str) -> str:
    return call.strip("()[]")


def _answered(blocks: Sequence[Block], found: Mapping[str, Sequence[str]]) -> list[Block]:
    """The blocks with the notes they call, which come by their signs.

    Where several notes have one sign, each call has its own in turn; all calls have all of them,
    and a doubt, where there are not as many.
    """
    texts = [block.text for block in blocks]
    notes: dict[str, str] = {}
    shared: set[str] = set()
    for sign, words in found.items():
        keys = [f"{sign}{AGAIN * n}" for n in range(len(words))]
        if sum(calls(text).count(sign) for text in texts) == len(words):
            texts = in_turn(texts, sign, keys)
            notes |= zip(keys, words, strict=True)
        else:
            notes[sign] = "\n".join(dict.fromkeys(words))
            shared |= {sign} if len(set(words)) > 1 else set()
    return [_with_notes_of(*both, notes, shared) for both in zip(blocks, texts, strict=True)]


def _with_notes_of(block: Block, text: str, notes: Mapping[str, str], shared: set[str]) -> Block:
    if "\ue000" not in text and UNSURE not in text:
        return block
    doubts = (*block.doubts, *([SHARED_NOTES] if shared.intersection(calls(text)) else []))
    text, found = answered(text, notes)
    text = shown(text)
    doubts = (*doubts, *([NUMBER_OR_CALL] if UNSURE in text else []))
    text = text.replace(UNSURE, "")
    return replace(block, text=text, notes=(*block.notes, *found), doubts=doubts)
