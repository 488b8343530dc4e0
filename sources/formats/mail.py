"""What an e-mail or a saved page (MHTML) holds: its text as bytes of HTML or plain text.

Both are messages of MIME (RFC 2045): parts in a transfer encoding, each with its type. The root
is taken (HTML before plain text); what is attached is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

from sources.errors import ReadError
from sources.formats.charset import decoded

_HEAD = re.compile(
    rb"\A(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n"
)
_SIGNS = re.compile(
    rb"^(?:MIME-Version:|Content-Type:\s*[\w-]+/|Message-ID:|Received:|Return-Path:)",
    re.IGNORECASE | re.MULTILINE,
)
_LOCKED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_FORMS = {"text/plain", "text/html"}
_OF_A_PAGE = {"text/css", "text/javascript"}
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
    left = list(_left_out(message, body))
    if left:
        warnings += (f"parts of the message are left out: {len(left)} ({', '.join(left[:5])})",)
    return Letter(text.encode("utf-8", "replace"), str(message.get("Subject") or ""), warnings)


def _left_out(message: EmailMessage, body: Message) -> Iterator[str]:
    """Names of the parts with content of their own.

    Pictures and styles of a page are none, nor is another form of the same text.
    """
    same = {
        id(form)
        for several in message.walk()
        if several.get_content_type() == "multipart/alternative"
        and body in (forms := list(several.walk()))
        for form in forms
        if form.get_content_type() in _FORMS
    }
    for part in message.walk():
        kind, name = part.get_content_type(), part.get_filename()
        attached = part.get_content_disposition() == "attachment"
        words = part.get_content_maintype() == "text" and kind not in _OF_A_PAGE
        if part.is_multipart() or part is body or id(part) in same:
            continue
        if attached or words:
            yield name or kind
