"""From bytes to text: one way for plain text, pages, messages and acts.

A byte order mark decides; then UTF-16 where every other byte is empty; then UTF-8, whatever the
file declares (Belgian pages say ISO-8859-1, acts from before 2004 say UNICODE-1-1-UTF-8); then what
the file declares; then ISO-8859-15 where "½" would stand within a word; then the character set of
French and Dutch offices, old Macs or DOS in which most letters are those of the two languages. A
few stray bytes do not make a file of UTF-8 another one: its letters that are lost become U+FFFD,
and a warning counts them. Text that was encoded twice ("sÃ©curitÃ©") is refused.

Of an act, which an official source can give again, nothing is guessed and no letter is missing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from statistics import fmean

from sources.errors import ReadError
from sources.files import encoding_of
from sources.structure.signs import accented, twice

_DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([A-Za-z0-9._\-]+)", re.IGNORECASE)
_MANY = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_OFFICES = ("cp1252", "mac_roman", "cp850")
_LATIN_9 = "iso-8859-15"  # has "œ", "Œ" and "€" where its forerunner has "½", "¼" and "¤"
_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS (CP850)",
    _LATIN_9: "ISO-8859-15",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
# Browsers read ISO-8859-1 as its superset, and servers count on it.
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"}
_FRACTION = re.compile(  # where none stands ("c½ur"), or a sign after an amount ("5 ¤")
    r"[^\W\d_][¼½]|(?<!\d)[¼½][^\W\d_]|\d\s?¤(?!\s?\d)"
)
_CONTROLS = re.compile(rb"[\x80-\x9f]")  # the letters of the other character sets
_SURE = 0.5  # share of the signs beyond ASCII that must stand where they may
_BEYOND = re.compile(r"[^\x00-\x7f]")
_AGAIN = "Fetch or download it again."
_OPENING, _CLOSING, _BETWEEN = "«“‘", "»”", "–—…€°§•"  # the last between words, not letters


def declared_charset(data: bytes, media_type: str = "") -> str:
    """The character set that a page declares, or its server; "" where neither does."""
    found = _DECLARED.search(media_type.encode("ascii", "ignore")) or _DECLARED.search(data[:4096])
    return found[1].decode("ascii").lower() if found else ""


def decoded(
    data: bytes, name: str = "", declared: str = "", *, strict: bool = False
) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes, and what a person should know of its letters.

    ``ReadError`` where they are not text, or were encoded twice; with ``strict`` also where they
    are not in the character set that is declared (UTF-8 where none is), or letters were lost.
    """
    shown = name or f"{len(data)} bytes that begin with {data[:8]!r}"
    declared = declared.lower()
    for encoding in _encodings(data, declared, strict=strict):
        stray = encoding == "utf-8" and _has_stray_bytes(data)
        try:
            text = data.decode(encoding, "replace" if stray else "strict")
        except (LookupError, UnicodeDecodeError):
            continue
        strange = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:100_000])
        if strange * 100 > len(text[:100_000]):
            break
        _refuse_twice(text, shown)
        if strict:
            _refuse_lost(text)
        usual = encoding == _OFFICES[0] and declared in _LATIN
        guessed = "" if usual or encoding == declared else encoding
        return text, tuple(_warnings(text, guessed, stray=stray))
    else:
        if strict:
            what = "the file is not in the character set it declares"
            raise ReadError(what, declared or "utf-8", _AGAIN)
    raise ReadError(
        "a file holds binary data, not text",
        shown,
        "Give a PDF, DOCX, HTML or plain text file.",
    )


def _has_stray_bytes(data: bytes) -> bool:
    """Whether this is UTF-8 with some stray bytes: those are fewer than its letters are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        whole = _MANY.findall(data)
        stray = sum(len(part) for part in _HIGH.findall(_MANY.sub(b"", data)))
        return len(whole) >= stray > 0
    return False


def _encodings(data: bytes, declared: str, *, strict: bool) -> Iterator[str]:
    marked = encoding_of(data)
    if marked != "utf-8-sig" or data.startswith(codecs.BOM_UTF8):
        yield marked
        return
    if strict:
        yield "utf-8"
        yield _OFFICES[0] if declared in _LATIN else declared or "utf-8"
        return
    sample = data[:4000]
    if len(data) % 2 == 0 and sample:
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if sample[start::2].count(0) > len(sample) // 4:
                yield encoding
    yield "utf-8"
    if declared and declared not in _LATIN and not declared.startswith(("utf-16", "utf-32")):
        yield declared
    if not declared and _is_latin_9(data):
        yield _LATIN_9
    yield from sorted(_OFFICES, key=lambda encoding: -_likely(data, encoding))


def _is_latin_9(data: bytes) -> bool:
    """Whether the usual character set gives letters, and fractions where a letter must stand."""
    others = data.replace(b"\xa4", b"")  # "¤", which no text has; on old Macs "§"
    if _CONTROLS.search(data) or _likely(others, _OFFICES[0]) < 1.0:
        return False
    found = _FRACTION.search(data.decode(_OFFICES[0]))
    return found is not None or (b"\xa4" in data and _HIGH.search(others) is not None)


def _likely(data: bytes, encoding: str) -> float:
    """How likely a character set is: 1 for the usual one where it may be, else by its letters."""
    try:
        text = data[:100_000].decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    places = (found.start() for found in _BEYOND.finditer(text))
    fits = [_fits(text[at - 1 : at], text[at], text[at + 1 : at + 2]) for at in places]
    share = fmean(fits) if fits else 1.0
    return 1.0 if encoding == _OFFICES[0] and share >= _SURE else share * 0.99


def _fits(before: str, sign: str, after: str) -> bool:
    """Whether a sign beyond ASCII may stand between these two, in a French or Dutch text."""
    if not accented(sign):
        return False
    if sign.isupper():
        return not before.islower() and not (before.isupper() and after.islower())
    if sign in _OPENING:
        return not before.isalnum()
    if sign in _CLOSING:
        return not after.isalnum()
    return sign not in _BETWEEN or not (before.isalpha() and after.isalpha())


def _refuse_twice(text: str, shown: str) -> None:
    """Text is refused where letters that were encoded twice are as many as those that are right."""
    found = twice(text)
    right = sum(map(accented, text)) - sum(sum(map(accented, part)) for part in found)
    if found and len(found) >= right:
        raise ReadError(
            "the letters with accents are broken (encoded twice)",
            f"{shown}: “{found[0]}”, {len(found)} times",
            "Take the file from where it came first: its letters were lost on the way.",
        )


def _refuse_lost(text: str) -> None:
    """Text is refused where a letter was lost, or cut off with the end of the file."""
    if text.endswith("\ufffd"):
        raise ReadError("the file is cut off", text[-40:], _AGAIN)
    if lost := text.count("\ufffd"):
        raise ReadError("letters were lost before the file came here", f"{lost} of them", _AGAIN)


def _warnings(text: str, guessed: str, *, stray: bool) -> Iterator[str]:
    if stray:
        lost = text.count("\ufffd")
        yield f"bytes that are not UTF-8, shown as �: {lost}. Compare them with the original"
    elif guessed in _NAMES:
        yield f"the file does not say that it is in {_NAMES[guessed]}: its letters tell it"
