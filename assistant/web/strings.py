"""The texts of the page, in French and in Dutch."""

from __future__ import annotations

from pathlib import Path

from sources.strings import Strings

STRINGS = Strings(Path(__file__).with_name("locale"))
say = STRINGS.say
count = STRINGS.count
