"""Words that a PDF gives in the place of those that it draws (``ActualText``).

They are meant for signs whose font has no meaning, for ligatures, and for hyphens at the end of a
line. Where they are other words than those that are drawn, the drawn ones are read.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium
from pypdf.generic import create_string_object

from sources.folding import letters_alone
from sources.formats.omissions import Omissions
from sources.formats.pdf.paths import objects

_OTHER = "words of the file that are not those drawn"
_KEY = b"ActualText"
_LONGEST = 10_000  # bytes


def as_drawn(page: Any, once_more: Callable[[], Any], omissions: Omissions) -> None:
    """Take away the words of a page that are not those drawn; ``once_more`` opens it again."""
    given = [(drawn, _given(drawn)) for drawn in _texts(page)]
    if not any(words for _, words in given):
        return
    again = once_more()
    twins = _texts(again)
    for twin in twins:
        _take(twin)
    text = again.get_textpage()
    pairs = zip(given, twins, strict=True)
    for words, some in groupby(pairs, key=lambda pair: pair[0][1]):
        if not (said := _letters(words)):
            continue
        group = list(some)
        shown = "".join(_shown(twin, text) for _, twin in group)
        if _letters(shown) not in {"", said}:
            omissions.add(_OTHER, words)
            for (drawn, _), _ in group:
                _take(drawn)


def _texts(page: Any) -> list[Any]:
    kind = pdfium.FPDF_PAGEOBJ_TEXT
    return [drawn for drawn in objects(page) if pdfium.FPDFPageObj_GetType(drawn) == kind]


def _marks(drawn: Any) -> list[Any]:
    count = pdfium.FPDFPageObj_CountMarks(drawn)
    return [pdfium.FPDFPageObj_GetMark(drawn, index) for index in range(count)]


def _given(drawn: Any) -> str:
    """The words in the place of those that an object draws, "" for none."""
    length, data = ctypes.c_ulong(), (ctypes.c_ubyte * _LONGEST)()
    for mark in _marks(drawn):
        if pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, data, _LONGEST, length):
            return str(create_string_object(bytes(data)[: min(length.value, _LONGEST)]))
    return ""


def _take(drawn: Any) -> None:
    for mark in _marks(drawn):
        pdfium.FPDFPageObjMark_RemoveParam(drawn, mark, _KEY)


def _shown(drawn: Any, text: Any) -> str:
    """The words that an object draws, "" where a font gives no meaning."""
    words = (ctypes.c_ushort * (_LONGEST // 2))()
    length = pdfium.FPDFTextObj_GetText(drawn, text, words, _LONGEST)
    found = bytes(words)[: max(min(length, _LONGEST) - 2, 0)].decode("utf-16-le", "replace")
    return found if found.isprintable() else ""


def _letters(words: str) -> str:
    """Letters and figures alone, without accents, ligatures as letters."""
    return letters_alone(unicodedata.normalize("NFKD", words))
