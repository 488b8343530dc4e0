"""What an e-mail or a saved page (MHTML) holds: its text as bytes of HTML or plain text.

Both are messages of MIME (RFC 2045): parts in a transfer encoding, each with its type. The root
is taken (HTML before plain text); what is attached is told. Lines that flow (RFC 3676) are put
together. An older message that is quoted and the signature below "-- " are left out and told; an
older message that nothing marks is told. What is nothing but a quotation is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from sources.dates import dates
from sources.errors import ReadError
from sources.formats.attributes import check_attributes, shown
from sources.formats.charset import decoded
from sources.formats.omissions import Omissions
from sources.structure.blocks import squeezed
from sources.structure.numbers import marker

_HEAD = re.compile(
    rb"\A(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n"
)
_SIGNS = re.compile(
    rb"^(?:MIME-Version:|Content-Type:\s*[\w-]+/|Message-ID:|Received:|Return-Path:)",
    re.IGNORECASE | re.MULTILINE,
)
_LINK = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_LOCKED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_FORMS = {"text/plain", "text/html"}
_OF_A_PAGE = {"text/css", "text/javascript"}
_CITED = (
    "*[self::blockquote and (@type='cite' or contains(@class, 'gmail_quote'))"
    " or contains(@class, 'gmail_attr') or contains(@class, 'moz-cite-prefix')]"
)
_SIGNED = "*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature')]"
_MARKED = re.compile(r"<blockquote|gmail_|moz-", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_OLDER = "an older message that is quoted"
_OWN = "the signature of the message"
# The head of a message as programs print it above one that they answer or send on.
_FIELD = re.compile(
    r"(?<!\w)(?:(?P<sender>From|De|Van)|(?P<sent>Sent|Date|Envoyé|Verzonden|Datum)"
    r"|(?P<about>Subject|Objet|Sujet|Onderwerp))\*? ?:"
)
_TIME = re.compile(r"\b\d{1,2}[:h]\d{2}\b")
_REPLY = re.compile(r"(?:\w{1,4} ?: ?)+")  # "RE:", "TR :" before a subject
_SIGNATURE = "-- "
_LONG = 300  # characters of the head of a quoted message
_STEP = "Open it, print it to PDF, and add that."


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of a message in UTF-8, its subject, and what a person should know of it."""

    data: bytes
    subject: str
    warnings: tuple[str, ...]


def is_mail(data: bytes) -> bool:
    """Whether these bytes begin with the head of a message."""
    head = _HEAD.match(data[:65_536])
    return head is not None and _SIGNS.search(head[0]) is not None


def opened(data: bytes, name: str) -> Letter:
    """The text of a message; ``ReadError`` where it has none, or is encrypted."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    if message.get_content_type() in _LOCKED:
        raise ReadError("an e-mail is encrypted", name, _STEP)
    try:
        body = message.get_body(("html", "plain"))
    except (LookupError, ValueError, AttributeError) as error:
        raise ReadError("an e-mail or MHTML file is damaged", f"{name}: {error}", _STEP) from error
    content = body.get_payload(decode=True) if body is not None else None
    if not isinstance(content, bytes) or body is None or not content.strip():
        raise ReadError("an e-mail or MHTML file holds no text", name, _STEP)
    text, warnings = decoded(content, name, body.get_content_charset() or "")
    omissions = Omissions()
    if body.get_content_type() == "text/html":
        text = _own_page(_styled(text, message, body), name, omissions)
    else:
        text = _own_lines(text, body, omissions)
    subject = str(message.get("Subject") or "")
    warnings += (*omissions.warnings(), *_older(text, subject))
    left = list(_left_out(message, body))
    if left:
        warnings += (f"parts of the message are left out: {len(left)} ({', '.join(left[:5])})",)
    return Letter(text.encode("utf-8", "replace"), subject, warnings)


def _own_lines(text: str, body: Message, omissions: Omissions) -> str:
    """The lines of a plain message without those that it quotes and its signature."""
    lines = text.splitlines()
    if _SIGNATURE in lines and any(map(str.strip, lines[: lines.index(_SIGNATURE)])):
        end = lines.index(_SIGNATURE)
        omissions.add(_OWN, " ".join(lines[end + 1 :]))
        lines = lines[:end]
    own: list[str] = []
    quoted: list[str] = []
    for line in lines:
        if line.startswith(">"):
            quoted += [] if quoted else _introduction(own)
            quoted.append(line.lstrip("> "))
        else:
            own.append(line)
    if any(map(str.strip, own)):
        omissions.add(_OLDER, " ".join(quoted))
    else:
        own = quoted
    if str(body.get_param("format")).lower() == "flowed":
        own = list(_flowed(own, parted=str(body.get_param("delsp")).lower() == "yes"))
    return "\n".join(own)


def _introduction(lines: list[str]) -> list[str]:
    """The last paragraph, taken out, where it says when the quoted message was written."""
    end = next((i for i in range(len(lines), 0, -1) if lines[i - 1].strip()), 0)
    start = next((i for i in range(end, 0, -1) if not lines[i - 1].strip()), 0)
    found = lines[start:end]
    if not _introduces(" ".join(found)):
        return []
    del lines[start:]
    return found


def _introduces(words: str) -> bool:
    """Whether words before a quoted message are its head: "Le 3 mars 2031, Jean a écrit :"."""
    words = squeezed(words)
    signed = words.endswith(":") or words.startswith("--")
    return signed and len(words) <= _LONG and _is_dated(words) and marker(words) is None


def _is_dated(words: str) -> bool:
    return bool(dates(words)) or _TIME.search(words) is not None


def _flowed(lines: list[str], *, parted: bool) -> Iterator[str]:
    """Lines as they were before a program wrapped them; ``parted``: words too, at a space more."""
    paragraph = ""
    for line in lines:
        flows = line.endswith(" ")
        paragraph += line.removeprefix(" ")  # that of a line which would look like another one
        if flows:
            paragraph = paragraph[:-1] if parted else paragraph
        else:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _own_page(text: str, name: str, omissions: Omissions) -> str:
    """A message in HTML without what it quotes and its signature."""
    if not _MARKED.search(text):
        return text
    import lxml.html
    from lxml import etree

    check_attributes(text, name)
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
        root: Any = lxml.html.document_fromstring(
            shown(text).encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError):  # the reader of pages will say so
        return text
    found = root.xpath(f"//{_CITED}[not(ancestor::{_CITED})]")
    signed = root.xpath(f"//{_SIGNED}[not(ancestor::{_SIGNED} or ancestor::{_CITED})]")
    if not (found or signed):
        return text
    signature = " ".join(part.text_content() for part in signed)
    for part in signed:
        part.drop_tree()
    words = [quote.text_content() for quote in found]
    for index, quote in enumerate(found):
        said = (e for e in quote.itersiblings(preceding=True) if e.text_content().strip())
        before = next(said, None)
        if before is not None and _introduces(before.text_content()):
            words[index] = f"{before.text_content()} {words[index]}"
            before.drop_tree()
        quote.drop_tree()
    if not root.text_content().strip():
        return text
    omissions.add(_OWN, signature)
    omissions.add(_OLDER, " ".join(words))
    return str(lxml.html.tostring(root, encoding="unicode"))


def _older(text: str, subject: str) -> Iterator[str]:
    """What tells that an older message stands below: its head, or the subject that is answered."""
    first = _REPLY.match(subject)
    asked = squeezed(subject[first.end() :]) if first else ""
    words = squeezed(unescape(_TAG.sub(" ", text)))
    head = re.search(rf"\w{{1,20}} ?: {_REPLY.pattern.removesuffix('+')}*{re.escape(asked)}", words)
    if found := head[0] if head and asked else _head(words):
        yield f"an older message below is read with it (“{found}”): take out what is not the text"


def _head(words: str) -> str:
    """The head of a message within some words: who wrote it, when, and about what."""
    fields = list(_FIELD.finditer(words))
    for three in zip(fields, fields[1:], fields[2:], strict=False):
        start, end = three[0].start(), three[-1].end()
        if len({field.lastgroup for field in three}) == 3 and end - start <= _LONG:
            return words[start:end]
    return ""


def _styled(text: str, message: EmailMessage, body: Message) -> str:
    """A page with the style sheets that came with it in the place of the links to them."""
    from lxml.etree import LxmlError  # loaded only for a page
    from lxml.html import fragment_fromstring

    base, sheets = str(body.get("Content-Location") or ""), dict[str, str]()
    for part in message.walk():
        sheet = part.get_payload(decode=True) if part.get_content_type() == "text/css" else None
        if isinstance(sheet, bytes):
            own = f"cid:{str(part.get('Content-ID') or '').strip('<> ')}"
            for name in (own, str(part.get("Content-Location") or own)):
                sheets[name] = sheet.decode("utf-8", "replace")

    def inlined(tag: re.Match[str]) -> str:
        check_attributes(tag[0], "")
        try:
            link = fragment_fromstring(tag[0])
            address = link.get("href") or ""
            found = sheets.get(address) or sheets.get(urljoin(base, address))
        except (LxmlError, ValueError):  # a link that is none
            return tag[0]
        if not found or (link.get("rel") or "").lower() != "stylesheet":
            return tag[0]
        media = escape(link.get("media") or "")
        return f'<style media="{media}">{found.replace("</", "<")}</style>'

    return _LINK.sub(inlined, text) if sheets else text


def _left_out(message: EmailMessage, body: Message) -> Iterator[str]:
    """Names of the parts with content of their own.

    Pictures and styles of a page are none, nor is another form of the same text.
    """
    several = [
        part
        for part in message.walk()
        if part.is_multipart() and any(one is body for one in part.walk())
    ]
    same = {
        id(form)
        for part in several
        if part.get_content_type() == "multipart/alternative"
        for form in part.iter_parts()
        if form.get_content_type() in _FORMS
    }
    page = {
        id(one)
        for part in several
        if part.get_content_type() == "multipart/related"
        for one in part.walk()
        if one.get_content_maintype() != "text" or one.get_content_type() in _OF_A_PAGE
    }
    for part in _parts(message):
        if part.get_content_maintype() == "multipart" or part is body or id(part) in same:
            continue
        if id(part) not in page or part.get_content_disposition() == "attachment":
            yield part.get_filename() or _subject(part) or part.get_content_type()


def _parts(message: Message) -> Iterator[Message]:
    """A message and its parts; another message within it is one part."""
    yield message
    if message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            yield from _parts(part) if isinstance(part, Message) else ()


def _subject(part: Message) -> str:
    """The subject of a message that is a part of another one; "" of other parts."""
    inner = part.get_payload() if part.get_content_type() == "message/rfc822" else []
    first = inner[0] if isinstance(inner, list) and inner else None
    return str(first.get("Subject") or "") if isinstance(first, Message) else ""
