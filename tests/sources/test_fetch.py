"""Fetching from the official source, against a real server on this machine."""

from __future__ import annotations

import hashlib
import io
import ipaddress
import os
import ssl
import time
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchor import Lang
from sources.connection import GuardedTransport
from sources.download import DownloadLimits
from sources.errors import FetchError, NotPublishedError, ReadError, UsageError
from sources.fetch import Fetcher
from sources.hosts import Guard, is_public
from sources.parts import FORMEX, XHTML_PARTS, DocumentPart, joined, pack, repacked, unpack
from sources.session import RequestPolicy
from tests.sources.cellar import Answer, Busy, CellarServer

CELEX = "32031L0007"
TIDES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    '<p class="oj-ti-art">Article premier</p>'
    '<p class="oj-normal">Les horaires des marées sont affichés à l’entrée de chaque port.</p>'
    "</body></html>\n"
).encode()
GETIJDEN = TIDES.replace(b"Article premier", b"Artikel 1")
ANNEX = TIDES.replace(b"Article premier", b"ANNEXE I")
CHALLENGE = (
    b"<html><head><script>window.gokuProps = {};</script>"
    b'<script src="challenge.js"></script></head><body><div id="challenge-container"></div>'
    b"<noscript>JavaScript is disabled</noscript></body></html>"
)
NOW = datetime(2026, 11, 23, 9, 30, 15, 999, tzinfo=UTC)


class Naps(list[float]):
    """Records how long it was told to sleep, and does not."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetcher(server: CellarServer, **changes: Any) -> Fetcher:
    given: dict[str, Any] = {"hosts": frozenset(), "sleep": Naps(), "clock": lambda: NOW}
    return Fetcher(server.url, **{**given, **changes})


def french(answer: Answer) -> CellarServer:
    return CellarServer({(CELEX, "fr"): answer})


def formex(*members: tuple[str, bytes], day: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, (2031, 1, day, 0, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def failure(server: CellarServer, **changes: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher(server, **changes).fetch(CELEX, "fr")
    assert caught.value.what
    assert caught.value.value is not None
    assert caught.value.next_step.rstrip(".") != ""
    return caught.value


# What comes in


def test_a_text_is_fetched_with_where_and_when_it_came_from() -> None:
    with french(Answer(body=TIDES)) as server:
        got = fetcher(server).fetch(CELEX, "fr")
        assert got.url == f"{server.url}/resource/cellar/{CELEX}.fr/DOC_1"
    assert got.content == TIDES
    assert got.sha256 == hashlib.sha256(TIDES).hexdigest()
    assert (got.celex, got.lang) == (CELEX, "fr")
    assert got.media_type == "application/xhtml+xml"
    assert got.date == "2026-11-23T09:30:15Z"
    assert got.parts == (DocumentPart("text.xhtml", "application/xhtml+xml", TIDES, got.url),)


@pytest.mark.parametrize(("lang", "code", "body"), [("fr", "fra", TIDES), ("nl", "nld", GETIJDEN)])
def test_the_language_is_asked_for_and_no_other_is_given(
    lang: Lang, code: str, body: bytes
) -> None:
    answers = {(CELEX, "fr"): Answer(body=TIDES), (CELEX, "nl"): Answer(body=GETIJDEN)}
    with CellarServer(answers) as server:
        assert fetcher(server).fetch(CELEX, lang).content == body
    for asked in server.asked:
        assert asked.headers["accept-language"] == code
        assert asked.headers["accept"] == "application/xhtml+xml, text/html;q=0.9"
        assert asked.headers["user-agent"].startswith("Duchesse/")


def test_the_server_of_these_tests_gives_nothing_without_a_language() -> None:
    with french(Answer(body=TIDES)) as server:
        assert httpx.get(f"{server.url}/resource/celex/{CELEX}").status_code == 404


def test_parentheses_of_a_number_are_percent_encoded() -> None:
    with CellarServer({("22031A0430(01)", "fr"): Answer(body=TIDES)}) as server:
        fetcher(server).fetch("22031A0430(01)", "fr")
    assert server.paths()[0] == "/resource/celex/22031A0430%2801%29"


def test_a_packed_text_is_unpacked() -> None:
    with french(Answer(body=TIDES, fault="gzip")) as server:
        assert fetcher(server).fetch(CELEX, "fr").content == TIDES
    assert server.asked[0].headers["accept-encoding"] == "gzip"


def test_progress_is_told_up_to_the_last_byte() -> None:
    told: list[tuple[int, int | None]] = []
    with french(Answer(body=TIDES)) as server:
        fetcher(server).fetch(CELEX, "fr", lambda done, total: told.append((done, total)))
    assert told[-1] == (len(TIDES), len(TIDES))


def test_a_text_without_length_is_taken_where_it_has_its_end() -> None:
    with french(Answer(body=TIDES, fault="unmeasured")) as server:
        assert fetcher(server).fetch(CELEX, "fr").content == TIDES


def test_an_act_that_speaks_of_captchas_and_challenges_is_an_act() -> None:
    body = TIDES.replace(b"horaires", b"captcha, challenge-container, awsWaf")
    with french(Answer(body=body)) as server:
        assert fetcher(server).fetch(CELEX, "fr").content == body


def test_an_old_text_in_html_is_taken_as_it_is() -> None:
    body = b"<html><body><p>Article premier. Les ports sont ouverts.</p></body></html>"
    with french(Answer(body=body, media_type="text/html;charset=UNICODE-1-1-UTF-8")) as server:
        got = fetcher(server).fetch(CELEX, "fr")
    assert (got.content, got.media_type, got.parts[0].name) == (body, "text/html", "text.html")


@pytest.mark.corpus
def test_real_acts_come_through_byte_for_byte() -> None:
    corpus = Path(os.environ.get("DUCHESSE_CORPUS", Path(__file__).parents[3] / "shared/corpus"))
    acts = sorted((corpus / "eurlex").glob("*/fr.xhtml"))
    if not acts:
        pytest.skip(f"no acts under {corpus}")
    media = {True: "text/html", False: "application/xhtml+xml"}
    answers = {
        (path.parent.name, "fr"): Answer(
            body=path.read_bytes(),
            media_type=media[b"HTML 4" in path.read_bytes()[:200]],
            fault="unmeasured",
        )
        for path in acts
    }
    with CellarServer(answers) as server:
        for path in acts:
            got = fetcher(server).fetch(path.parent.name, "fr")
            assert got.content == path.read_bytes()


# Several parts


def test_an_act_in_two_parts_keeps_both_in_the_order_of_the_text() -> None:
    with french(Answer(parts=(TIDES, ANNEX))) as server:
        got = fetcher(server).fetch(CELEX, "fr")
        assert got.url == f"{server.url}/resource/celex/{CELEX}"
    assert [part.content for part in got.parts] == [TIDES, ANNEX]
    assert [part.url.rpartition("/")[2] for part in got.parts] == ["DOC_1", "DOC_2"]
    assert got.media_type == XHTML_PARTS
    assert [part.content for part in unpack(got.content, 10**6)] == [TIDES, ANNEX]


def test_a_list_with_one_part_is_that_part() -> None:
    with french(Answer(parts=(TIDES,))) as server:
        got = fetcher(server).fetch(CELEX, "fr")
    assert (got.content, got.media_type) == (TIDES, "application/xhtml+xml")


def test_two_parts_become_one_document_for_a_reader() -> None:
    with french(Answer(parts=(TIDES, ANNEX))) as server:
        parts = unpack(fetcher(server).fetch(CELEX, "fr").content, 10**6)
    text = joined({part.name: part.content.decode() for part in parts})
    assert text.count("<body>") == text.count("</html>") == 1
    assert text.startswith(TIDES.decode().partition("</body>")[0])
    assert text.index("Article premier") < text.index("ANNEXE I")


def test_a_list_page_with_status_200_is_not_taken_for_an_act() -> None:
    page = (
        b"<html><head><title>300 Multiple-Choice Response</title></head><body><ul>"
        b'<li title="item"><a href="/files/one">1</a></li></ul></body></html>'
    )
    answers = {(CELEX, "fr"): Answer(body=page)}
    with CellarServer(answers, {"/files/one": Answer(body=TIDES)}) as server:
        assert fetcher(server).fetch(CELEX, "fr").content == TIDES


def test_of_several_manifestations_the_first_is_taken() -> None:
    page = (
        b'<html><body><ul><li title="manifestation">a<ul>'
        b'<li title="item"><a href="/files/2">2</a><ul><li title="stream_order">2</li></ul></li>'
        b'<li title="item"><a href="/files/1">1</a><ul><li title="stream_order">1</li></ul></li>'
        b'</ul></li><li title="manifestation">b<ul>'
        b'<li title="item"><a href="/files/3">3</a></li></ul></li></ul></body></html>'
    )
    files = {f"/files/{n}": Answer(body=TIDES.replace(b"premier", b"%d" % n)) for n in (1, 2, 3)}
    with CellarServer({(CELEX, "fr"): Answer(body=page, status=300)}, files) as server:
        parts = fetcher(server).fetch(CELEX, "fr").parts
    assert [part.url.rpartition("/")[2] for part in parts] == ["1", "2"]


def test_parts_that_are_too_large_together_are_refused() -> None:
    with french(Answer(parts=(TIDES * 9, ANNEX * 9))) as server:
        error = failure(server, limits=DownloadLimits(max_bytes=len(TIDES) * 10))
    assert "together are too large" in error.what


def test_a_list_without_parts_is_refused() -> None:
    with french(Answer(body=b"<html><body>nothing</body></html>", status=300)) as server:
        assert "names none" in failure(server).what


# Formex


def test_formex_is_taken_where_there_is_no_xhtml() -> None:
    package = formex(("L_2031.xml", b"<ACT/>"), ("L_2031.doc.xml", b"<DOC/>"))
    with french(Answer(formex=package)) as server:
        got = fetcher(server).fetch(CELEX, "fr")
    assert got.media_type == FORMEX
    assert got.url.endswith("/zip")
    assert {p.name: p.content for p in unpack(got.content, 10**6)} == {
        "L_2031.xml": b"<ACT/>",
        "L_2031.doc.xml": b"<DOC/>",
    }
    assert "application/zip;mtype=fmx4" in [asked.headers["accept"] for asked in server.asked]


def test_formex_that_was_packed_anew_is_the_same_text() -> None:
    members = ("a.xml", b"<A/>"), ("b.xml", b"<B/>")
    monday, tuesday = formex(*members, day=1), formex(*reversed(members), day=2)
    assert monday != tuesday
    assert repacked(monday, 10**6) == repacked(tuesday, 10**6)


def test_formex_that_is_not_whole_is_refused() -> None:
    package = formex(("a.xml", b"<A>" + os.urandom(400) + b"</A>"))
    with french(Answer(formex=package[:-30])) as server:
        assert "cannot be used" in failure(server).what


def test_formex_that_swells_is_refused() -> None:
    with french(Answer(formex=formex(("a.xml", b" " * 200_000)))) as server:
        assert "cannot be used" in failure(server, limits=DownloadLimits(max_bytes=100_000)).what


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    size = (5_000_000).to_bytes(4, "little")
    package = formex(("a.xml", bytes(5_000_000))).replace(size, (10).to_bytes(4, "little"))
    tracemalloc.start()
    with pytest.raises(ReadError):
        unpack(package, 100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_members_of_a_zip_lose_their_folders() -> None:
    package = formex(("../../etc/a.xml", b"<A/>"))
    assert [part.name for part in unpack(package, 10**6)] == ["a.xml"]


def test_a_zip_with_two_members_of_one_name_is_refused() -> None:
    with pytest.raises(ReadError, match="two of one name"):
        unpack(formex(("x/a.xml", b"1"), ("y/a.xml", b"2")), 10**6)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4))
def test_parts_are_unpacked_as_they_were_packed(contents: list[bytes]) -> None:
    parts = tuple(
        DocumentPart(f"{n:03d}.xhtml", "application/xhtml+xml", c) for n, c in enumerate(contents)
    )
    assert pack(parts) == pack(parts)
    assert unpack(pack(parts), 10**6) == parts


# What does not exist


@pytest.mark.parametrize("absent", [404, 406])
@pytest.mark.parametrize("twin", [Answer(body=TIDES), Answer(formex=formex(("a.xml", b"<A/>")))])
def test_a_missing_language_is_told_from_an_unknown_act(absent: int, twin: Answer) -> None:
    only_french = {(CELEX, "fr"): twin, (CELEX, "nl"): Answer(absent=absent)}
    with CellarServer(only_french) as server, pytest.raises(NotPublishedError) as caught:
        fetcher(server).fetch(CELEX, "nl")
    assert "Dutch text not published" in str(caught.value)
    assert "French is" in str(caught.value)
    assert "legal-content/NL/TXT" in caught.value.next_step


def test_an_act_that_is_in_neither_language_is_not_called_unpublished() -> None:
    with CellarServer({}) as server:
        error = failure(server)
    assert not isinstance(error, NotPublishedError)
    assert error.value == CELEX
    assert "in French or in Dutch" in error.what
    assert "Check the number" in error.next_step


@pytest.mark.parametrize("celex", ["", "32031L007", "celex:32031L0007", "../../etc/passwd"])
def test_what_is_not_a_number_is_not_asked_for(celex: str) -> None:
    with CellarServer({}) as server:
        with pytest.raises(UsageError, match="not a CELEX number"):
            fetcher(server).fetch(celex, "fr")
        assert server.asked == []


# A server that is busy


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_later(status: int) -> None:
    naps = Naps()
    with french(Answer(body=TIDES, first=(Busy(status), Busy(status)))) as server:
        assert fetcher(server, sleep=naps).fetch(CELEX, "fr").content == TIDES
    assert naps == [1.0, 2.0]


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("86400", 60.0),
        ("Mon, 23 Nov 2026 09:30:45 GMT", 30.0),
        ("Mon, 23 Nov 2020 09:30:45 GMT", 0.0),
        ("soon", 1.0),
    ],
)
def test_the_server_says_when_within_reason(retry_after: str, wait: float) -> None:
    naps = Naps()
    with french(Answer(body=TIDES, first=(Busy(429, retry_after),))) as server:
        fetcher(server, sleep=naps, clock=lambda: NOW.replace(microsecond=0)).fetch(CELEX, "fr")
    assert naps == [wait]


def test_a_server_that_stays_busy_is_left_alone() -> None:
    naps = Naps()
    with french(Answer(body=TIDES, first=(Busy(),) * 9)) as server:
        error = failure(server, sleep=naps, policy=RequestPolicy(retries=3))
        assert len(server.asked) == 4
    assert naps == [1.0, 2.0, 4.0]
    assert "503, 4 time(s)" in error.what


def test_a_broken_answer_is_asked_for_again() -> None:
    naps = Naps()
    with french(Answer(body=TIDES, first=(Busy(200, fault="cut"),))) as server:
        assert fetcher(server, sleep=naps).fetch(CELEX, "fr").content == TIDES
    assert naps == [1.0]


def test_public_hosts_get_a_pause_between_requests() -> None:
    naps = Naps()
    refused = Fetcher(
        "https://cellar.example",
        sleep=naps,
        policy=RequestPolicy(pause=2.5),
        resolver=lambda host, port: ["10.0.0.1"],
    )
    for _ in range(3):
        with pytest.raises(FetchError, match="not public"):
            refused.fetch(CELEX, "fr")
    assert len(naps) == 2
    assert all(0 < nap <= 2.5 for nap in naps)


# What is not an act


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(body=b" ", status=202), "accepted the request"),
        (Answer(body=b"", status=200), "empty"),
        (Answer(body=b" \n"), "empty"),
        (Answer(body=CHALLENGE, media_type="text/html"), "against robots"),
        (
            Answer(body=b"<html><script>go()</script><p>One moment</p></html>"),
            "against robots",
        ),
        (Answer(body=b"{}", media_type="application/json"), "not a page of text"),
        (Answer(body=TIDES, media_type=""), "not a page of text"),
        (Answer(body=TIDES, status=401), "answered 401"),
        (Answer(body=TIDES[:-40], fault="unmeasured"), "breaks off before its end"),
    ],
)
def test_what_is_not_an_act_is_never_given_as_one(answer: Answer, what: str) -> None:
    with french(answer) as server:
        assert what in failure(server).what


@pytest.mark.parametrize("fault", ["cut", "cut-chunk", "gzip-cut"])
def test_a_part_of_a_text_is_never_given_as_the_text(fault: Any) -> None:
    naps = Naps()
    with french(Answer(body=TIDES, fault=fault)) as server:
        error = failure(server, sleep=naps, policy=RequestPolicy(retries=1))
    assert naps == [1.0]
    assert "Nothing was stored" in error.next_step


@pytest.mark.parametrize("fault", ["", "cut-chunk", "unmeasured", "gzip"])
def test_a_text_that_is_too_large_is_refused(fault: Any) -> None:
    with french(Answer(body=b"<html>" + b" " * 500_000 + b"</html>", fault=fault)) as server:
        assert "larger than" in failure(server, limits=DownloadLimits(max_bytes=100_000)).what


def test_a_text_of_just_the_largest_size_is_taken() -> None:
    with french(Answer(body=TIDES, fault="gzip")) as server:
        assert (
            fetcher(server, limits=DownloadLimits(max_bytes=len(TIDES))).fetch(CELEX, "fr").content
            == TIDES
        )


@pytest.mark.parametrize("fault", ["drip", "stall"])
def test_a_text_that_comes_too_slowly_is_given_up(fault: Any) -> None:
    with french(Answer(body=TIDES * 40, fault=fault)) as server:
        error = failure(server, limits=DownloadLimits(total_seconds=0.3))
    assert "too slow (0.3 s for the whole answer)" in error.what


def test_a_server_that_falls_silent_is_given_up() -> None:
    with french(Answer(body=TIDES, fault="stall")) as server:
        error = failure(server, limits=DownloadLimits(timeout=0.2))
    assert "0.2 s without an answer" in error.what


def test_no_server_is_said_plainly() -> None:
    with CellarServer({}) as server:
        address = server.url
    with pytest.raises(FetchError, match="no connection"):
        Fetcher(address, sleep=Naps()).fetch(CELEX, "fr")


# Where it may go


@pytest.mark.parametrize(
    "location",
    [
        "https://example.org/act",
        "https://publications.europa.eu.example.org/act",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/act",
        "http://127.0.0.1:1/act",
        "http://localhost/act",
        "http://[::1]/act",
        "https://publications.europa.eu:8443/act",
        "https://someone@publications.europa.eu/act",
        "file:///etc/passwd",
        "ftp://publications.europa.eu/act",
        "http://[::1/act",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:\\\\evil.example\\act",
        "https:/publications.europa.eu/act",
        "https://xn--a.example/act",
        "https://publications.europa.eu:99999/act",
        "https://a b/act",
    ],
)
def test_a_redirect_to_anywhere_else_is_not_followed(location: str) -> None:
    with french(Answer(body=TIDES, redirect=location)) as server:
        failure(server, hosts=frozenset({"publications.europa.eu"}), resolver=_only_here)


def _only_here(host: str, port: int) -> list[str]:
    return [host] if host == "127.0.0.1" else _nowhere(host, port)


def _nowhere(host: str, port: int) -> list[str]:
    raise AssertionError(f"looked up {host}")


def test_a_loop_of_redirects_ends() -> None:
    with french(Answer(redirect=f"/resource/celex/{CELEX}")) as server:
        error = failure(
            server, policy=RequestPolicy(redirects=4), resolver=lambda host, port: ["127.0.0.1"]
        )
        assert len(server.asked) == 5
    assert "more than 4 redirects" in error.what


def test_a_redirect_without_an_address_leads_nowhere() -> None:
    with CellarServer({}, {f"/resource/celex/{CELEX}": Answer(status=303)}) as server:
        assert "leads nowhere" in failure(server).what


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::1", "fe80::1%2"]
)
def test_an_allowed_name_at_an_address_that_is_not_public_is_refused(address: str) -> None:
    asked: list[str] = []

    def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "127.0.0.1" else ["93.184.215.14", address]

    with french(Answer(redirect="http://acts.example/1")) as server:
        error = failure(server, hosts=frozenset({"acts.example"}), resolver=lookup)
    assert asked == ["127.0.0.1", "acts.example"]
    assert (error.value, "not public" in error.what) == (address, True)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["147.67.34.45", "2a01:7080::1", "64:ff9b::9343:222d"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_http_becomes_https_for_a_public_host() -> None:
    guard = Guard.of("http://publications.europa.eu", frozenset({"acts.example"}))
    for given_, asked in [
        ("http://publications.europa.eu/a%28b%29?c", "https://publications.europa.eu/a%28b%29?c"),
        ("http://ACTS.example:80/", "https://acts.example/"),
        ("https://acts.example:443/x", "https://acts.example/x"),
    ]:
        assert str(guard.checked(httpx.URL(given_))) == asked


@pytest.mark.parametrize(
    "base",
    [
        "",
        "publications.europa.eu",
        "ftp://publications.europa.eu",
        "http://cellar.example:8080",
        "https://user:secret@cellar.example",
        "http://[::1",
    ],
)
def test_a_base_that_is_no_address_is_a_wrong_setting(base: str) -> None:
    with pytest.raises(UsageError) as caught:
        Fetcher(base)
    assert caught.value.value == base


class _Wire(httpcore.MockBackend):
    """Records what is connected to and which name TLS verifies."""

    def __init__(self) -> None:
        super().__init__([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"])
        self.seen: list[str] = []
        self.waits: list[float | None] = []

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **more: Any
    ) -> httpcore.NetworkStream:
        self.seen.append(host)
        self.waits.append(timeout)
        if host == "2a01:7080::1":
            raise httpcore.ConnectError("no route")
        stream = super().connect_tcp(host, port, timeout, *args, **more)
        names, waits, read = self.seen, self.waits, stream.read

        def timed_read(max_bytes: int, timeout: float | None = None) -> bytes:
            waits.append(timeout)
            return read(max_bytes, timeout)

        def start_tls(
            ssl_context: ssl.SSLContext, server_hostname: str | None = None, *_: Any
        ) -> httpcore.NetworkStream:
            names.append(f"TLS {server_hostname}")
            return stream

        stream.read = timed_read  # type: ignore[method-assign]
        stream.start_tls = start_tls  # type: ignore[method-assign,assignment]
        return stream


def test_the_socket_opens_to_the_address_that_was_checked_and_tls_keeps_the_name() -> None:
    lookups = [["2a01:7080::1", "147.67.34.45"], ["10.0.0.1"]]  # the second would be a rebinding
    guard = Guard.of("https://cellar.example", frozenset(), lambda host, port: lookups.pop(0))
    wire = _Wire()
    transport = GuardedTransport(guard, float("inf"), ssl.create_default_context(), wire)
    with httpx.Client(transport=transport) as client:
        assert client.get("https://cellar.example/act").text == "ok"
    assert wire.seen == ["2a01:7080::1", "147.67.34.45", "TLS cellar.example"]
    assert lookups == [["10.0.0.1"]]


def test_no_operation_may_outlast_the_time_for_the_whole_answer() -> None:
    guard = Guard.of("https://cellar.example", frozenset(), lambda host, port: ["147.67.34.45"])
    wire, tls = _Wire(), ssl.create_default_context()
    transport = GuardedTransport(guard, time.monotonic() + 5.0, tls, wire)
    with httpx.Client(transport=transport, timeout=45.0) as client:
        client.get("https://cellar.example/act")
    assert len(wire.waits) >= 2
    assert all(wait is not None and 0 < wait <= 5.0 for wait in wire.waits)


def test_a_shorter_time_without_an_answer_stays_shorter() -> None:
    guard = Guard.of("https://cellar.example", frozenset(), lambda host, port: ["147.67.34.45"])
    wire, tls = _Wire(), ssl.create_default_context()
    transport = GuardedTransport(guard, time.monotonic() + 1000.0, tls, wire)
    with httpx.Client(transport=transport, timeout=7.0) as client:
        client.get("https://cellar.example/act")
    assert set(wire.waits) == {7.0}


def test_nothing_is_connected_to_when_the_time_is_over() -> None:
    guard = Guard.of("https://cellar.example", frozenset(), lambda host, port: ["147.67.34.45"])
    wire = _Wire()
    transport = GuardedTransport(guard, time.monotonic(), ssl.create_default_context(), wire)
    with httpx.Client(transport=transport) as client, pytest.raises(httpcore.ConnectTimeout):
        client.get("https://cellar.example/act")
    assert wire.seen == []


def test_no_name_server_is_said_plainly() -> None:
    def lookup(host: str, port: int) -> list[str]:
        raise OSError("Temporary failure in name resolution")

    with pytest.raises(FetchError, match="cannot be resolved") as caught:
        Fetcher(resolver=lookup, sleep=Naps()).fetch(CELEX, "fr")
    assert caught.value.value == "publications.europa.eu"


# Any file


def test_a_file_is_downloaded_from_an_allowed_host() -> None:
    files = {
        "/note.pdf": Answer(redirect="/files/note.pdf"),
        "/files/note.pdf": Answer(body=b"%PDF-1.7 tides", media_type="application/pdf"),
    }
    with CellarServer({}, files) as server:
        got = fetcher(server).fetch_url(f"{server.url}/note.pdf")
        assert got.url == f"{server.url}/files/note.pdf"
    assert (got.content, got.media_type) == (b"%PDF-1.7 tides", "application/pdf")
    assert got.sha256 == hashlib.sha256(b"%PDF-1.7 tides").hexdigest()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/act.pdf",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32016L0680",
        "file:///etc/passwd",
    ],
)
def test_a_file_of_another_host_is_refused_with_the_way_out(url: str) -> None:
    with pytest.raises(FetchError, match="download the file and add it"):
        Fetcher(resolver=_nowhere).fetch_url(url)


@pytest.mark.parametrize("url", ["http://publications.europa.eu/note.pdf", "http://[::1/x"])
def test_a_file_is_downloaded_over_https_only(url: str) -> None:
    with pytest.raises(UsageError, match="https"):
        Fetcher(resolver=_nowhere).fetch_url(url)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404, body=b"no"),
        Answer(status=202),
        Answer(body=b""),
        Answer(body=CHALLENGE, media_type="text/html"),
    ],
)
def test_what_is_not_a_file_is_not_downloaded(answer: Answer) -> None:
    with CellarServer({}, {"/note": answer}) as server, pytest.raises(FetchError):
        fetcher(server).fetch_url(f"{server.url}/note")
