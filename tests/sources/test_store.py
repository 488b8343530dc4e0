"""Originals on disk: nothing lost, nothing half-written, nothing read that was altered."""

from __future__ import annotations

import os
import shutil
import signal
import string
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from sources import locks
from sources.anchor import WORK
from sources.errors import SourceError, TakenError
from sources.parts import FORMEX, XHTML_PARTS
from sources.records import Provenance, slug_of, work_of_slug
from sources.store import Store
from tests.sources.cellar import Answer, CellarServer

ROOT = Path(__file__).parents[2]
WORK_ = "celex:32031L0007"
FIRST, SECOND = b"<p>Les ports sont ouverts.</p>", b"<p>Les ports sont ouverts le jour.</p>"
WORKS = st.text(string.ascii_letters + string.digits + ":().-_", min_size=1, max_size=80).filter(
    lambda text: WORK.fullmatch(text) is not None
)


def came(day: int = 1, media_type: str = "application/xhtml+xml") -> Provenance:
    return Provenance(media_type, f"2031-01-{day:02d}T10:00:00Z", "fetched", "https://cellar/1")


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store(tmp_path / "originals")


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


# Versions


def test_what_is_put_is_read_back_with_where_it_came_from(kept: Store) -> None:
    stored = kept.put(WORK_, "fr", FIRST, came())
    assert stored.change == "first"
    assert kept.current(WORK_, "fr") == stored.record
    assert kept.read(stored.record) == FIRST
    assert stored.record.size == len(FIRST)
    assert stored.record.file == f"{stored.record.sha256[:16]}.xhtml"
    assert stored.record.url == "https://cellar/1"
    assert (stored.record.origin, stored.record.date) == ("fetched", "2031-01-01T10:00:00Z")


def test_nothing_is_known_of_what_was_never_put(kept: Store) -> None:
    assert kept.current(WORK_, "fr") is None
    assert kept.versions(WORK_, "fr") == ()
    assert kept.works() == []


def test_the_same_bytes_change_nothing_on_disk(kept: Store, tmp_path: Path) -> None:
    first = kept.put(WORK_, "fr", FIRST, came(1))
    before = state(tmp_path)
    again = kept.put(WORK_, "fr", FIRST, came(2))
    assert again.change == "none"
    assert again.record == first.record
    assert state(tmp_path) == before


def test_other_bytes_make_a_new_version_and_keep_the_old(kept: Store) -> None:
    old = kept.put(WORK_, "fr", FIRST, came(1)).record
    new = kept.put(WORK_, "fr", SECOND, came(2)).record
    assert kept.current(WORK_, "fr") == new
    assert kept.versions(WORK_, "fr") == (old, new)
    assert [kept.read(record) for record in (old, new)] == [FIRST, SECOND]


def test_bytes_of_an_older_version_put_it_in_use_again(kept: Store) -> None:
    old = kept.put(WORK_, "fr", FIRST, came(1)).record
    kept.put(WORK_, "fr", SECOND, came(2))
    back = kept.put(WORK_, "fr", FIRST, came(3))
    assert back.change == "earlier"
    assert back.record == old == kept.current(WORK_, "fr")
    assert len(kept.versions(WORK_, "fr")) == 2


def test_languages_and_works_are_apart(kept: Store) -> None:
    kept.put(WORK_, "nl", FIRST, came())
    kept.put("val-duchesse-2023", "fr", FIRST, came())
    kept.put(WORK_, "fr", SECOND, came())
    assert kept.works() == [(WORK_, "fr"), (WORK_, "nl"), ("val-duchesse-2023", "fr")]
    nl = kept.current(WORK_, "nl")
    assert nl is not None
    assert kept.read(nl) == FIRST


@pytest.mark.parametrize(
    ("media_type", "extension"),
    [
        ("text/html", "html"),
        ("application/pdf", "pdf"),
        (FORMEX, "fmx4.zip"),
        (XHTML_PARTS, "xhtml.zip"),
        ("application/x-something", "bin"),
    ],
)
def test_the_file_is_named_after_what_it_is(kept: Store, media_type: str, extension: str) -> None:
    record = kept.put(WORK_, "fr", FIRST, came(media_type=media_type)).record
    assert record.file.partition(".")[2] == extension
    assert kept.read(record) == FIRST


# Damage


def test_a_file_that_was_altered_is_not_read(kept: Store, tmp_path: Path) -> None:
    record = kept.put(WORK_, "fr", FIRST, came()).record
    (path,) = tmp_path.rglob(record.file)
    path.write_bytes(FIRST.replace(b"ouverts", b"couverts"))
    with pytest.raises(SourceError, match="SHA-256 differs") as caught:
        kept.read(record)
    assert caught.value.value == path
    assert f"Fetch or add {WORK_} again" in caught.value.next_step


def test_a_file_that_is_missing_is_said_to_be(kept: Store, tmp_path: Path) -> None:
    record = kept.put(WORK_, "fr", FIRST, came()).record
    next(tmp_path.rglob(record.file)).unlink()
    with pytest.raises(SourceError, match="cannot be read"):
        kept.read(record)


@pytest.mark.parametrize("damaged", ["current.json", "{}.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"{}", b'{"sha256": "../../x"}'])
def test_a_damaged_record_is_said_to_be(
    kept: Store, tmp_path: Path, damaged: str, content: bytes
) -> None:
    record = kept.put(WORK_, "fr", FIRST, came()).record
    (path,) = tmp_path.rglob(damaged.format(record.sha256[:16]))
    path.write_bytes(content)
    with pytest.raises(SourceError, match="missing or damaged") as caught:
        kept.current(WORK_, "fr")
    assert caught.value.value == path


def test_a_record_of_another_work_is_not_taken_for_this_one(kept: Store, tmp_path: Path) -> None:
    mine = kept.put(WORK_, "fr", FIRST, came()).record
    other = kept.put("celex:32031R0001", "fr", FIRST, came(2)).record
    paths = {
        slug_of(r.work): tmp_path / "originals" / slug_of(r.work) / "fr" for r in (mine, other)
    }
    name = f"{mine.sha256[:16]}.json"
    shutil.copy(paths[slug_of(other.work)] / name, paths[slug_of(WORK_)] / name)
    with pytest.raises(SourceError, match="damaged"):
        kept.current(WORK_, "fr")


@pytest.mark.parametrize("damaged", ["current.json", "{}.json", "{}.xhtml"])
def test_putting_the_bytes_again_repairs_the_damage(
    kept: Store, tmp_path: Path, damaged: str
) -> None:
    record = kept.put(WORK_, "fr", FIRST, came()).record
    (path,) = tmp_path.rglob(damaged.format(record.sha256[:16]))
    path.write_bytes(b"?")
    assert kept.put(WORK_, "fr", FIRST, came()).change != "none"
    assert kept.current(WORK_, "fr") == record
    assert kept.read(record) == FIRST


# Removal


def test_what_is_removed_is_moved_aside_whole(kept: Store) -> None:
    record = kept.put(WORK_, "fr", FIRST, came()).record
    kept.put(WORK_, "nl", SECOND, came())
    aside = kept.remove(WORK_)
    assert aside.parent.name == "removed"
    assert (aside / "fr" / record.file).read_bytes() == FIRST
    assert kept.current(WORK_, "fr") is None
    assert kept.works() == []


def test_removing_twice_keeps_both(kept: Store) -> None:
    places = []
    for content in (FIRST, SECOND):
        kept.put(WORK_, "fr", content, came())
        places.append(kept.remove(WORK_))
    assert len({*places}) == 2
    assert [len([*place.rglob("*.xhtml")]) for place in places] == [1, 1]


@pytest.mark.parametrize(
    ("removed", "other"),
    [
        ("quais.bis", "quais"),
        ("quais", "quais.bis"),
        ("quais.1", "quais"),
        ("quais.1.2", "quais.1"),
    ],
)
def test_a_work_is_removed_and_no_other_whose_name_begins_so(
    kept: Store, removed: str, other: str
) -> None:
    assert not kept.has_removed(removed)
    kept.put(removed, "nl", FIRST, came())
    kept.remove(removed)
    assert kept.has_removed(removed)
    assert not kept.has_removed(other)


def test_removing_what_is_not_there_is_an_error(kept: Store) -> None:
    with pytest.raises(SourceError, match="nothing is stored"):
        kept.remove(WORK_)


@pytest.mark.parametrize("work", ["removed", "Removed", "REMOVED"])
def test_a_work_called_removed_is_a_work_like_another(kept: Store, work: str) -> None:
    kept.put(work, "fr", FIRST, came())
    assert kept.works() == [(work, "fr")]
    kept.remove(work)
    assert kept.works() == []


# Folders


@given(WORKS)
def test_the_folder_of_a_work_tells_the_work(work: str) -> None:
    slug = slug_of(work)
    assert work_of_slug(slug) == work
    assert slug == slug.lower() != "removed"
    assert set(slug) <= set(string.ascii_lowercase + string.digits + "._-")
    assert not slug.startswith(".")
    assert len(slug) <= 255


@pytest.mark.parametrize("slug", ["removed", "_72", "a__", "a_3", "celex:1", "_61", "", "a" * 300])
def test_a_folder_that_no_work_has_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="not the folder"):
        work_of_slug(slug)


@pytest.mark.parametrize("work", ["", "../x", "a/b", ".hidden", "a" * 81, "é", "a\n"])
def test_what_is_not_the_name_of_a_work_has_no_folder(kept: Store, work: str) -> None:
    with pytest.raises(SourceError, match="not the name of a work"):
        kept.put(work, "fr", FIRST, came())


def test_folders_of_someone_else_are_not_works(kept: Store, tmp_path: Path) -> None:
    kept.put(WORK_, "fr", FIRST, came())
    for name in ("Notes/fr", "celex_3a32031_l0008/de"):
        folder = tmp_path / "originals" / name
        folder.mkdir(parents=True)
        (folder / "current.json").write_text("{}")
    assert kept.works() == [(WORK_, "fr")]


# Many at once, and none that ends well


def test_writers_take_turns_and_readers_see_whole_versions(kept: Store) -> None:
    texts = [f"<p>Marée {n}.</p>".encode() * 2000 for n in range(12)]
    kept.put(WORK_, "fr", texts[0], came())

    def write(text: bytes) -> None:
        kept.put(WORK_, "fr", text, came())

    def read(_: int) -> bytes:
        record = kept.current(WORK_, "fr")
        assert record is not None
        return kept.read(record)

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, text) for text in texts]
        seen = list(pool.map(read, range(60)))
        for done in writing:
            done.result()
    assert set(seen) <= set(texts)
    assert {kept.read(record) for record in kept.versions(WORK_, "fr")} == set(texts)


def test_a_writer_that_waits_too_long_says_so(
    kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "WAIT", 0.0)
    (tmp_path / "originals").mkdir()
    with (
        FileLock(tmp_path / "originals" / ".lock"),
        pytest.raises(TakenError, match="another command"),
    ):
        kept.put(WORK_, "fr", FIRST, came())


PUT_AND_DIE = """
import os, pathlib, signal, sys
from sources.records import Provenance
from sources.store import Store

left = int(sys.argv[2])

def counted(function):
    def step(*args, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **more)
    return step

for name in ("open", "fdopen", "fsync", "replace", "mkdir", "close", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
came = Provenance("application/xhtml+xml", "2031-01-02T10:00:00Z", "fetched")
Store(pathlib.Path(sys.argv[1])).put(sys.argv[3], "fr", sys.argv[4].encode(), came)
"""

PUT_FOREVER = """
import itertools, pathlib, sys
from sources.records import Provenance
from sources.store import Store

store = Store(pathlib.Path(sys.argv[1]))
came = Provenance("application/xhtml+xml", "2031-01-02T10:00:00Z", "fetched")
for number in itertools.count():
    store.put(sys.argv[2], "fr", (f"<p>{number}</p>" * 20000).encode(), came)
    print(number, flush=True)
"""

FETCH_AND_PUT = """
import pathlib, sys
from sources.fetch import Fetcher
from sources.records import Provenance
from sources.store import Store

got = Fetcher(sys.argv[2], frozenset()).fetch(sys.argv[3], "fr")
came = Provenance(got.media_type, got.date, "fetched", got.url)
Store(pathlib.Path(sys.argv[1])).put(f"celex:{got.celex}", got.lang, got.content, came)
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def verified(kept: Store) -> Iterator[bytes]:
    """The bytes of everything in use, each checked against its record."""
    for work, lang in kept.works():
        record = kept.current(work, lang)
        assert record is not None
        for version in kept.versions(work, lang):
            kept.read(version)
        yield kept.read(record)


@pytest.mark.slow
def test_a_writer_killed_at_any_step_leaves_the_old_version_or_the_new(tmp_path: Path) -> None:
    before = tmp_path / "before"
    Store(before).put(WORK_, "fr", FIRST, came())
    seen: list[bytes] = []
    for step in range(1, 100):
        root = tmp_path / str(step)
        shutil.copytree(before, root)
        with start(PUT_AND_DIE, str(root), str(step), WORK_, SECOND.decode()) as writer:
            writer.communicate()
        kept = Store(root)
        seen += verified(kept)
        if writer.returncode == 0:
            break
        assert writer.returncode == -signal.SIGKILL
        kept.put(WORK_, "fr", SECOND, came(2))
        assert list(verified(kept)) == [SECOND]
        assert len(kept.versions(WORK_, "fr")) == 2
        assert not list(root.rglob("*.tmp"))
    else:
        pytest.fail("the writer never came to its end")
    assert len(seen) > 10
    assert set(seen) == {FIRST, SECOND}
    assert seen == sorted(seen, key=[FIRST, SECOND].index)  # once new, it stays new


@pytest.mark.parametrize("puts", [1, 4, 9])
def test_a_writer_killed_in_full_run_leaves_whole_versions(tmp_path: Path, puts: int) -> None:
    with start(PUT_FOREVER, str(tmp_path), WORK_) as writer:
        assert writer.stdout is not None
        for _ in range(puts):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    (text,) = verified(Store(tmp_path))
    number = int(text.partition(b"<p>")[2].partition(b"</p>")[0])
    assert number >= puts - 1
    assert text == f"<p>{number}</p>".encode() * 20000


@pytest.mark.parametrize("known", [False, True])
def test_a_fetch_killed_in_the_middle_of_a_body_stores_nothing_of_it(
    tmp_path: Path, known: bool
) -> None:
    kept = Store(tmp_path)
    if known:
        kept.put(WORK_, "fr", FIRST, came())
    answer = Answer(body=SECOND * 5000, fault="stall")
    with CellarServer({("32031L0007", "fr"): answer}) as server:
        with start(FETCH_AND_PUT, str(tmp_path), server.url, "32031L0007") as fetching:
            assert server.half_sent.wait(60)
            fetching.send_signal(signal.SIGKILL)
            fetching.communicate()
        assert fetching.returncode == -signal.SIGKILL
    assert list(verified(kept)) == ([FIRST] if known else [])
