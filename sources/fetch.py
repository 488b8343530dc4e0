"""Texts of EU acts from the official source, Cellar of the Publications Office.

One resource an act, ``{base}/resource/celex/{CELEX}``; the headers say in which language and
format. The answer leads on (303) to the text, lists several parts (300), or says that there is
none in that language and format (404, 406). XHTML is asked for first, then Formex.

An act that comes in several parts is kept as one file (:mod:`sources.parts`): all parts as
received, in the order of the text. :func:`sources.parts.joined` makes one document of them for
a reader, so that annexes that come as separate parts are read and cited too.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

import httpx

from sources import answers
from sources.anchor import Lang, other
from sources.download import Client, DownloadLimits, Progress, Reply
from sources.errors import FetchError, NotPublishedError, ReadError, UsageError
from sources.hosts import Guard, Resolver, resolve
from sources.names import eurlex_link, parse
from sources.parts import FORMEX, XHTML_PARTS, DocumentPart, pack, repacked
from sources.session import REDIRECTS, HttpSession, RequestPolicy

BASE = "https://publications.europa.eu"
HOSTS = frozenset({"publications.europa.eu"})

_XHTML = "application/xhtml+xml, text/html;q=0.9"
_CODES: dict[Lang, str] = {"fr": "fra", "nl": "nld"}
_NAMES: dict[Lang, str] = {"fr": "French", "nl": "Dutch"}
_ABSENT = frozenset({404, 406, 410})
_MAX_PARTS = 200
_LATER = "Nothing was stored. Try again later."


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file as received.

    Attributes:
        url: Where it came from in the end, after redirects.
        media_type: Without parameters, but for the ``mtype`` of a ZIP.
        date: Moment of fetching (UTC, ISO 8601, whole seconds).
        sha256: Of ``content``, in hexadecimal.
        content: The bytes.
    """

    url: str
    media_type: str
    date: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fetched(Downloaded):
    """One language version of an act.

    Attributes:
        celex: CELEX number of the act.
        lang: Language of the text.
        parts: Every part as received. Where there are several, ``content`` is a ZIP of them all
            and ``media_type`` is ``XHTML_PARTS``.
    """

    celex: str
    lang: Lang
    parts: tuple[DocumentPart, ...]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(eq=False)
class Fetcher:
    """Fetches acts from the official source and, by address, files from hosts that are allowed.

    ``UsageError`` where the base address is not one. Nothing is asked for until ``fetch``.

    Attributes:
        base_url: Address of the official source; its host is always allowed.
        hosts: Further hosts that may be fetched from and redirected to.
        limits: Size and time of one answer; the size is that of all parts of an act together too.
        policy: How servers are treated.
        sleep: Waits so many seconds.
        clock: The present moment, in UTC.
        resolver: From host and port to network addresses.
    """

    base_url: str = BASE
    hosts: frozenset[str] = HOSTS
    _: KW_ONLY
    limits: DownloadLimits = field(default_factory=DownloadLimits)
    policy: RequestPolicy = field(default_factory=RequestPolicy)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = _now
    resolver: Resolver = resolve
    _session: HttpSession = field(init=False, repr=False)

    def __post_init__(self) -> None:
        client = Client(Guard.of(self.base_url, self.hosts, self.resolver), self.limits)
        self._session = HttpSession(client, self.policy, self.sleep, self.clock)

    def fetch(self, celex: str, lang: Lang, progress: Progress | None = None) -> Fetched:
        """The text of an act in one language.

        Args:
            celex: Bare CELEX number.
            lang: Language asked for; never another one in its place.
            progress: Called with bytes received of a part and, where known, its size.

        Raises:
            NotPublishedError: The act has a text in the other language only.
            FetchError: No text in either language, or the source did not give it.
            UsageError: ``celex`` is not a CELEX number.
        """
        url = self._resource(celex)
        for accept in (_XHTML, FORMEX):
            headers = {"Accept": accept, "Accept-Language": _CODES[lang]}
            reply = self._session.follow(url, headers, progress)
            if reply.status in _ABSENT:
                continue
            if accept == FORMEX:
                return self._act(celex, lang, reply, (self._formex(reply),), FORMEX)
            parts = self._pages(reply, headers, progress)
            media_type = parts[0].media_type if len(parts) == 1 else XHTML_PARTS
            return self._act(celex, lang, reply, parts, media_type)
        raise self._absence(celex, lang, url)

    def fetch_url(self, url: str) -> Downloaded:
        """Any file from a host that is allowed, over https.

        Raises:
            UsageError: ``url`` is not an https address.
            FetchError: The host is not allowed, or did not give the file.
        """
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise UsageError(f"not an address ({error})", url, "Give an https address.") from error
        if self._session.client.guard.checked(address).scheme != address.scheme:
            raise UsageError(
                "only https addresses are fetched", url, "Use https, or add the file itself."
            )
        reply = self._session.follow(address, {"Accept": "*/*"})
        answers.check_status(reply)
        if reply.media_type in answers.PAGES:
            answers.check_page(reply)
        return Downloaded(
            str(reply.url), reply.media_type, self._date(), _sha256(reply.content), reply.content
        )

    def _resource(self, celex: str) -> httpx.URL:
        try:
            parse(celex)
        except ValueError as error:
            raise UsageError(
                "not a CELEX number", celex, "Give one like 32016L0680 or 22021A0430(01)."
            ) from error
        base = self._session.client.guard.base
        return httpx.URL(f"{str(base).rstrip('/')}/resource/celex/{quote(celex, safe='')}")

    def _pages(
        self, reply: Reply, headers: dict[str, str], progress: Progress | None
    ) -> tuple[DocumentPart, ...]:
        """The text as one page, or as several where the answer lists them."""
        if not answers.is_list(reply):
            return (_page(reply, ""),)
        addresses = answers.parts_of(reply)
        if len(addresses) > _MAX_PARTS:
            raise FetchError(f"more than {_MAX_PARTS} parts", reply.url, "Add the files by hand.")
        pages: list[DocumentPart] = []
        for number, address in enumerate(addresses, 1):
            pages.append(_page(self._session.follow(address, headers, progress), f"{number:03d}"))
            if sum(len(page.content) for page in pages) > self.limits.max_bytes:
                raise FetchError("the parts together are too large", reply.url, _LATER)
        return tuple(pages)

    def _formex(self, reply: Reply) -> DocumentPart:
        answers.check_status(reply)
        try:
            content = repacked(reply.content, self.limits.max_bytes)
        except ReadError as error:
            raise FetchError(
                f"the Formex file cannot be used ({error.value})", reply.url, _LATER
            ) from error
        return DocumentPart("formex.zip", FORMEX, content, str(reply.url))

    def _act(
        self, celex: str, lang: Lang, reply: Reply, parts: tuple[DocumentPart, ...], media_type: str
    ) -> Fetched:
        content = parts[0].content if len(parts) == 1 else pack(parts)
        url = parts[0].url if len(parts) == 1 else str(reply.url)
        return Fetched(url, media_type, self._date(), _sha256(content), content, celex, lang, parts)

    def _absence(self, celex: str, lang: Lang, url: httpx.URL) -> FetchError:
        """The error for a missing text; it depends on whether the other language has one."""
        twin = other(lang)
        for accept in (_XHTML, FORMEX):
            headers = {"Accept": accept, "Accept-Language": _CODES[twin]}
            reply = self._session.ask(url, headers, bodies=frozenset())
            if reply.status in REDIRECTS | {200, 300}:
                return NotPublishedError(
                    f"{_NAMES[lang]} text not published as XHTML or Formex; {_NAMES[twin]} is",
                    celex,
                    f"Fetch the {_NAMES[twin]} text, or add a file from {eurlex_link(celex, lang)}",
                )
        return FetchError(
            "the official source has no text of this act, in French or in Dutch",
            celex,
            f"Check the number; if {eurlex_link(celex, lang)} shows a PDF, download and add it.",
        )

    def _date(self) -> str:
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _page(reply: Reply, name: str) -> DocumentPart:
    answers.check_status(reply)
    answers.check_page(reply)
    extension = "xhtml" if reply.media_type == "application/xhtml+xml" else "html"
    return DocumentPart(
        f"{name or 'text'}.{extension}", reply.media_type, reply.content, str(reply.url)
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
