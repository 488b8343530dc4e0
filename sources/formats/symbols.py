"""Signs of the fonts that Word uses for symbols, as Unicode.

In these fonts a code says which picture is drawn, not which letter it is: 0xB3 of Symbol is "≥".
Only signs that mean something in a text are listed; any other one is ``LOST``.
"""

from __future__ import annotations

import re

LOST = "\ufffd"
# Adobe's encoding of Symbol, from 0x20 on; a space stands for pieces of brackets and the like.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    " αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼                                 "
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑           〉∫⌠ ⌡          "
)
_WINGDINGS = {
    0x20: " ", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x3F: "✍", 0x41: "✌", 0x46: "☞",
    0x4A: "☺", 0x4C: "☹", 0x54: "❄", 0x58: "✠", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐",
    0x71: "☐", 0x72: "☐", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "☒",
    0x80: "⓪", **{0x81 + i: chr(ord("①") + i) for i in range(10)},
    0x8B: "⓿", **{0x8C + i: chr(ord("❶") + i) for i in range(10)},
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD5: "⌫", 0xD6: "⌦", 0xD8: "➢",
    0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑",
    0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔", 0xFB: "✘", 0xFC: "✔",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x20: " ", 0x4F: "✘", 0x50: "✔", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⮽",
    0x97: "●", 0x98: "○", 0xA2: "■", 0xA3: "☐",
}  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {0x20 + i: sign for i, sign in enumerate(_SYMBOL) if sign != " " or not i},
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {0x20: " ", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x84: "⇔"},
    "webdings": {0x20: " ", 0x61: "✔", 0x63: "☐", 0x67: "■", 0x72: "✘", 0x6E: "●"},
}
_PRIVATE = 0xF000
_CODES = re.compile("[\uf000-\uf0ff]")
_BULLETS = "\uf0a7\uf0b7\uf0d8"


def sign(code: int, font: str) -> str:
    """The sign of a code in a font; ``LOST`` where its meaning is not known."""
    table = _FONTS.get(font.strip().lower())
    if table is None:
        private = 0xE000 <= code <= 0xF8FF or code > 0x10FFFF or code < 0x20
        return LOST if private else chr(code)
    return table.get(code - _PRIVATE if code >= _PRIVATE else code, LOST)


def is_symbolic(font: str) -> bool:
    """Whether a font shows signs where others show letters."""
    return font.strip().lower() in _FONTS


def signs(words: str, font: str) -> str:
    """Words that are set in a font: as they are, or the signs that a symbol font shows.

    Codes of a symbol font without that font are bullets, or lost.
    """
    if is_symbolic(font):
        return "".join(c if c.isspace() else sign(_code(c), font) for c in words)
    return _CODES.sub(lambda found: "•" if found[0] in _BULLETS else LOST, words)


def _code(letter: str) -> int:
    """The code of a sign in its font; pages have the letter that Windows has in its place."""
    found = letter.encode("cp1252", "ignore")
    return found[0] if found else ord(letter)
