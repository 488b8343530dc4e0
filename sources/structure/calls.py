"""Signs that call a note in typed text, and stand before it: "(1)", "[1]", "(*)", "**", "†"."""

from __future__ import annotations

import re

# "[^1]" is one of Markdown; a star before a figure multiplies.
_SIGN = r"\(\d{1,3}\)|\[\d{1,3}\]|\[\^[^\]\s]+\]|\([*†‡]{1,3}\)|[*†‡]{1,3}(?![\w*)]|\s\d)"
CALL = re.compile(rf"[^\s(\[*] ?({_SIGN})")
CALL_AT_END = re.compile(rf"\s?(?:{_SIGN}|[⁰¹²³⁴-⁹]+)$")
OF_NOTE = re.compile(rf"({_SIGN}):?(?=\s)")
