"""What people read of passages and texts: doubts, places and names, in French and in Dutch."""

from __future__ import annotations

from pathlib import Path

from sources.strings import Strings

STRINGS = Strings(Path(__file__).parent)
say = STRINGS.say
count = STRINGS.count
bilingual = STRINGS.bilingual
section = STRINGS.section
