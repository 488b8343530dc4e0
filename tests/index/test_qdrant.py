"""Vectors on a Qdrant server: addresses, what goes wrong with it, and what is said of that."""

from __future__ import annotations

import re
import ssl
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("qdrant_client", reason="qdrant-client is not installed")

import index.qdrant
from index.errors import AwayError, DamagedBuildError, IndexingError, StoreError
from index.qdrant import Address, QdrantServer, QdrantStore
from sources.errors import UsageError
from tests.index.fake import unit_vectors
from tests.index.qdrant_server import Fault, QdrantOnLoopback, qdrant_on_loopback
from tests.web.proxied import free_port

IDS = [f"ports-2031@fr#art_{n}~fr~0" for n in range(20)]
WORKS = ["ports-2031"] * 20
VECTORS = unit_vectors(20)
NAME = "duchesse-0a1b2c3d-e11a7e1e9ec6"


@pytest.fixture(autouse=True)
def _no_long_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried at once, and no write waits for a minute."""
    monkeypatch.setattr("index.qdrant._PAUSE", 0.001)
    monkeypatch.setattr("index.qdrant._WRITING", 1.0)
    monkeypatch.setattr("index.qdrant._TRIES", 3)


def server_at(qdrant: QdrantOnLoopback, key: str = "") -> QdrantServer:
    return QdrantServer(Address.of(qdrant.address), key, 1)


def filled(server: QdrantServer) -> QdrantStore:
    with server.create(NAME, 16) as store:
        store.add("fr", IDS, WORKS, VECTORS)
        store.finish()
    return store


# Addresses


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("qdrant://vectors", Address("http://vectors:6333")),
        ("qdrant://10.0.0.7:7000/", Address("http://10.0.0.7:7000")),
        ("qdrant://[::1]:6333", Address("http://[::1]:6333")),
        ("qdrant+https://v.example.be:443/q", Address("https://v.example.be:443/q")),
        (
            "qdrant+https://v.example.be?shards=6&replicas=2&quantized=1",
            Address("https://v.example.be:6333", 6, 2, quantized=True),
        ),
    ],
)
def test_an_address_says_where_the_server_is_and_how_collections_are_laid_out(
    address: str, expected: Address
) -> None:
    assert Address.of(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "http://vectors:6333",
        "qdrant://",
        "qdrant://:6333",
        "qdrant://vectors:port",
        "qdrant://vectors:99999",
        "qdrant://anne:secret@vectors",
        "qdrant://vectors?shards=0",
        "qdrant://vectors?shards=two",
        "qdrant://vectors?replicas=-1",
        "qdrant://vectors?quantized=yes",
        "qdrant://vectors?key=secret",
        "qdrant://vectors#part",
        "qdrant://[::1",
    ],
)
def test_what_is_no_address_is_refused_with_the_form_of_one(address: str) -> None:
    with pytest.raises(UsageError, match=r"qdrant://host:port.*DUCHESSE_STORE_KEY") as caught:
        Address.of(address)
    assert "anne:secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["qdrant://vectors.example.be", "qdrant://10.0.0.7"])
def test_a_key_is_not_sent_over_a_network_without_tls(address: str) -> None:
    with pytest.raises(UsageError, match=r"without TLS.*qdrant\+https"):
        QdrantServer(Address.of(address), "secret")
    QdrantServer(Address.of(address))


# The fault table: what happens to the server, how it is told, and what to do

REFUSES = Fault(500, "Service internal error: task 21 panicked")
DONE = Fault(500, does=True)
FAULTS = {
    "hangs": (Fault(hangs=1.5), AwayError, "does not answer in time.*DUCHESSE_STORE_SECONDS"),
    "fails": (REFUSES, AwayError, "cannot answer now.*500.*panicked.*Look at its log"),
    "is starting": (Fault(503, ""), AwayError, "cannot answer now.*503"),
    "is behind a proxy that lost it": (Fault(502, "<html>"), AwayError, "cannot answer now.*502"),
    "is asked too much": (Fault(429, "{}"), AwayError, "cannot answer now.*429"),
    "is full": (
        Fault(500, "Service internal error: No space left on device (os error 28)"),
        AwayError,
        "is full.*Make room",
    ),
    "wants a key": (Fault(401, "no key"), StoreError, "refuses the key.*DUCHESSE_STORE_KEY"),
    "wants another key": (Fault(403, "forbidden"), StoreError, "refuses the key.*_STORE_KEY"),
    "does not understand": (Fault(400, "Wrong"), StoreError, "refuses what is asked.*version"),
    "does not have it": (Fault(404, "Not found"), DamagedBuildError, "does not have the vectors"),
    "is another program": (Fault(200, "<html>hello</html>"), StoreError, "no Qdrant"),
    "answers with other things": (Fault(200, '{"result": 7}'), StoreError, "no Qdrant"),
    "is lost in the middle": (Fault(drops=True), AwayError, "cannot be reached"),
}


@pytest.mark.parametrize("how", FAULTS)
def test_what_goes_wrong_while_a_question_is_answered_is_said_with_what_to_do(
    qdrant: QdrantOnLoopback, how: str
) -> None:
    fault, kind, said = FAULTS[how]
    store = filled(server_at(qdrant))
    qdrant.fault = lambda method, path: fault if path.endswith("/query") else None
    with pytest.raises(IndexingError) as caught:
        store.nearest("fr", VECTORS[0], 5)
    assert type(caught.value) is kind
    assert re.search(said, str(caught.value))
    assert qdrant.address.removeprefix("qdrant") in str(caught.value)
    qdrant.fault = lambda *_: None
    assert store.nearest("fr", VECTORS[0], 1)[0][0] == IDS[0]


@pytest.mark.parametrize("how", FAULTS)
def test_what_goes_wrong_while_a_build_is_stored_is_said_with_what_to_do(
    qdrant: QdrantOnLoopback, how: str
) -> None:
    fault, kind, said = FAULTS[how]
    server = server_at(qdrant)
    qdrant.fault = lambda method, path: fault if (method, path[-7:]) == ("PUT", "/points") else None
    with pytest.raises(IndexingError) as caught:
        filled(server)
    assert type(caught.value) is kind
    assert re.search(said, str(caught.value))


def test_a_server_that_is_not_there_is_said_at_once() -> None:
    server = QdrantServer(Address.of(f"qdrant://127.0.0.1:{free_port()}"))
    with pytest.raises(AwayError, match=r"cannot be reached.*Start it, or correct DUCHESSE_STORE"):
        server.check()


@pytest.mark.parametrize("version", ["1.2.0", "0.11.7", "2.0.0", "", "unknown"])
def test_a_version_that_cannot_be_used_is_named(qdrant: QdrantOnLoopback, version: str) -> None:
    qdrant.version = version
    with pytest.raises(StoreError, match=rf"version of Qdrant.*{version}.*from 1\.12 on"):
        server_at(qdrant).check()


def test_a_server_at_another_path_is_no_lost_build(qdrant: QdrantOnLoopback) -> None:
    qdrant.fault = lambda method, path: Fault(404, "nothing here") if path == "/" else None
    with pytest.raises(StoreError, match=r"no Qdrant.*Correct DUCHESSE_STORE"):
        server_at(qdrant).check()


def test_a_key_is_shown_and_the_wrong_one_is_said(qdrant: QdrantOnLoopback) -> None:
    qdrant.key = "secret"
    filled(server_at(qdrant, "secret"))
    for key in ("", "other"):
        with pytest.raises(StoreError, match="refuses the key") as caught:
            server_at(qdrant, key).check()
        assert "secret" not in str(caught.value)


def test_a_question_is_asked_once_more_where_the_connection_was_lost(
    qdrant: QdrantOnLoopback,
) -> None:
    store = filled(server_at(qdrant))
    left = [Fault(drops=True)]
    qdrant.fault = lambda method, path: left.pop() if left else None
    assert store.nearest("fr", VECTORS[0], 1)[0][0] == IDS[0]
    assert not left


def test_a_question_does_not_wait_twice_for_a_server_that_hangs(qdrant: QdrantOnLoopback) -> None:
    store = filled(server_at(qdrant))
    qdrant.asked.clear()
    qdrant.fault = lambda *_: Fault(hangs=1.5)
    with pytest.raises(AwayError):
        store.nearest("fr", VECTORS[0], 1)
    assert len(qdrant.asked) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(503), REFUSES, Fault(429, "{}"), Fault(drops=True), Fault(hangs=1.3), DONE],
    ids=["is starting", "fails", "too much", "is lost", "hangs", "done and not said"],
)
def test_a_build_goes_on_where_the_server_comes_back(
    qdrant: QdrantOnLoopback, fault: Fault
) -> None:
    """Also where what was asked for has been done: everything may be written twice."""
    count = 0

    def every_third(method: str, path: str) -> Fault | None:
        nonlocal count
        count += 1
        return fault if count % 3 == 1 else None

    qdrant.fault = every_third
    store = filled(server_at(qdrant))
    qdrant.fault = lambda *_: None
    assert store.ids("fr") == set(IDS)


def test_one_that_is_away_is_opened_all_the_same_and_one_that_refuses_is_not(
    qdrant: QdrantOnLoopback, caplog: pytest.LogCaptureFixture
) -> None:
    """Texts can be read without vectors; a wrong key is to be said before the page opens."""
    server = server_at(qdrant)
    filled(server)
    qdrant.fault = lambda *_: REFUSES
    store = server.open(NAME)
    assert "cannot answer now" in caplog.text
    qdrant.fault = lambda *_: None
    assert store.nearest("fr", VECTORS[0], 1)[0][0] == IDS[0]
    qdrant.key = "secret"
    with pytest.raises(StoreError, match="refuses the key"):
        server.open(NAME)


# Filling a build


def test_what_a_killed_writer_stored_is_not_sent_again(qdrant: QdrantOnLoopback) -> None:
    server = server_at(qdrant)
    with server.create(NAME, 16) as store:
        store.add("fr", IDS[:12], WORKS[:12], VECTORS[:12])
    sent: list[str] = []
    with server.create(NAME, 16) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.qdrant, "_BATCH", 5)
        before = len(qdrant.asked)
        store.add("fr", IDS, WORKS, VECTORS)
        sent = [p for m, p in qdrant.asked[before:] if m == "PUT"]
        store.finish()
    assert len(sent) == 2, "of four parts, the first two are there"
    assert store.ids("fr") == set(IDS)


def test_a_collection_of_another_width_is_made_anew(qdrant: QdrantOnLoopback) -> None:
    server = server_at(qdrant)
    filled(server)
    vectors = unit_vectors(20, dimension=32)
    with server.create(NAME, 32) as store:
        store.add("fr", IDS, WORKS, vectors)
    assert store.nearest("fr", vectors[4], 1)[0][0] == IDS[4]


def test_all_languages_of_a_build_come_into_use_in_one_request(qdrant: QdrantOnLoopback) -> None:
    server = server_at(qdrant)
    for name in ("duchesse-0a-1", "duchesse-0a-2"):
        server.create(name, 16)
        before = len(qdrant.asked)
        server.use(name, "duchesse-0a")
        changes = [p for m, p in qdrant.asked[before:] if m != "GET"]
        assert changes == ["/collections/aliases"]
        assert qdrant.aliases == {
            "duchesse-0a-fr": f"{name}-fr",
            "duchesse-0a-nl": f"{name}-nl",
        }


def test_builds_of_others_are_left_alone(qdrant: QdrantOnLoopback) -> None:
    server = server_at(qdrant)
    for name in ("duchesse-0a-1", "duchesse-0a-2", "duchesse-0b-1", "another"):
        server.create(name, 16)
    server.keep("duchesse-0a", ["duchesse-0a-2"])
    assert {c.rpartition("-")[0] for c in qdrant.collections} == {
        "duchesse-0a-2",
        "duchesse-0b-1",
        "another",
    }


# Graphs

BUSY = {"status": "yellow", "optimizer_status": "ok"}


@pytest.fixture
def _with_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a handful of vectors is searched through a graph, and looked at without a pause."""
    monkeypatch.setattr("index.qdrant._PLAIN", 0)
    monkeypatch.setattr("index.qdrant._LOOK", 0.001)


@pytest.mark.usefixtures("_with_graphs")
def test_a_build_waits_until_its_graphs_are_made(qdrant: QdrantOnLoopback) -> None:
    store = server_at(qdrant).create(NAME, 16)
    store.add("fr", IDS, WORKS, VECTORS)
    qdrant.states = [BUSY | {"indexed_vectors_count": n} for n in range(5)]
    store.finish()
    assert qdrant.states == []


@pytest.mark.usefixtures("_with_graphs")
def test_graphs_that_cannot_be_made_are_said(
    qdrant: QdrantOnLoopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = server_at(qdrant).create(NAME, 16)
    store.add("fr", IDS, WORKS, VECTORS)
    qdrant.states = [{"status": "red", "optimizer_status": {"error": "out of memory"}}]
    with pytest.raises(StoreError, match=r"cannot index.*out of memory.*build again"):
        store.finish()
    monkeypatch.setattr("index.qdrant._PATIENCE", -1.0)
    qdrant.states = [BUSY] * 9
    with pytest.raises(AwayError, match=r"does not finish indexing.*not sent again"):
        store.finish()


# TLS


def test_a_server_is_asked_over_tls_and_only_with_a_certificate_that_is_trusted(
    qdrant: QdrantOnLoopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = tmp_path / "tls.pem", tmp_path / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", key, "-out", certificate, "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with qdrant_on_loopback(tls=context) as secured:
        secured.key = "secret"
        address = Address.of(f"qdrant+https://localhost:{secured.port}")
        with pytest.raises(AwayError, match=r"cannot be reached.*certificate"):
            QdrantServer(address, "secret", 5).check()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        server = QdrantServer(address, "secret", 5)
        assert filled(server).nearest("fr", VECTORS[3], 1)[0][0] == IDS[3]
