"""The library: which texts there are, when they have changed, and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources import catalogue
from sources.anchor import Lang
from sources.catalogue import Source
from sources.errors import ChangedError, SourceError
from sources.library import Edition, Library
from sources.records import Provenance
from sources.settings import Settings

DECLARATION = "val-duchesse-2023"
TEXT = "# Accord des ports\n\n1. Les quais sont ouverts.\n\n2. Les grues sont peintes.\n"


def put(library: Library, work: str, lang: Lang, text: str) -> None:
    library.store.put(
        work,
        lang,
        text.encode("utf-8"),
        Provenance("text/markdown", "2031-01-01T00:00:00Z", "added", ""),
    )


def edition(library: Library, work: str, lang: Lang) -> Edition:
    return next(e for e in library.editions() if (e.source.id, e.lang) == (work, lang))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def ports(tmp_path: Path) -> Library:
    """A library with an added text in French."""
    catalogue.add(
        tmp_path / "catalogue.toml",
        Source.model_validate(
            {
                "id": "ports-2031",
                "kind": "document",
                "date": "2031-01-01",
                "title": {"fr": "Accord des ports", "nl": "Akkoord over de havens"},
                "short": {"fr": "Accord des ports", "nl": "Havenakkoord"},
                "licence": "Domaine public",
            }
        ),
    )
    found = Library(tmp_path)
    put(found, "ports-2031", "fr", TEXT)
    return found


@pytest.mark.declaration
def test_without_a_store_there_is_the_declaration_alone(library: Library) -> None:
    (only,) = library.editions()
    assert (only.source.id, only.lang, only.origin) == (DECLARATION, "fr", "shipped")


def test_the_library_of_settings_lies_in_their_data_folder(tmp_path: Path) -> None:
    library = Library.of(Settings(data=tmp_path))
    assert library.local == tmp_path / "catalogue.toml"
    assert len(library.editions()) == 1


def test_making_a_library_writes_nothing(tmp_path: Path) -> None:
    Library(tmp_path / "data").editions()
    assert list(tmp_path.iterdir()) == []


def test_a_fingerprint_is_the_same_as_long_as_nothing_changes(library: Library) -> None:
    assert library.editions() == Library(library.local.parent).editions()


@pytest.mark.declaration
def test_the_declaration_is_read_with_its_title_date_doubts_and_translation(
    library: Library,
) -> None:
    document = library.read(library.editions()[0])
    entry = library.catalogue.find(DECLARATION)
    assert (document.title, document.date, document.lang) == (entry.title.fr, "2023-05-05", "fr")
    assert sum(bool(p.doubts) for p in document.passages) == 8
    assert all(p.working for p in document.passages)


def test_a_stored_text_is_an_edition_and_is_read(ports: Library) -> None:
    found = edition(ports, "ports-2031", "fr")
    assert found.origin == "stored"
    document = ports.read(found)
    assert (document.work, document.lang, document.date) == ("ports-2031", "fr", "2031-01-01")
    assert [p.anchor.work for p in document.passages] == ["ports-2031"] * len(document.passages)
    assert "Les quais sont ouverts." in "\n".join(p.text for p in document.passages)


@pytest.mark.declaration
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("repairs.toml", 'kind = "letter"'),
        ("doubts.toml", "# What"),
        ("nl.working.toml", "# Working"),
    ],
)
def test_a_change_of_any_file_behind_the_declaration_is_another_fingerprint(
    tmp_path: Path, shipped: Path, file: str, text: str
) -> None:
    before = Library(tmp_path / "data").editions()[0].fingerprint
    changed = shipped / DECLARATION / file
    assert text in changed.read_text("utf-8")
    changed.write_text(changed.read_text("utf-8") + "\n# reviewed\n", "utf-8")
    assert Library(tmp_path / "data").editions()[0].fingerprint != before


def test_a_new_version_of_a_stored_text_changes_its_fingerprint_alone(ports: Library) -> None:
    before = {e.source.id: e.fingerprint for e in ports.editions()}
    put(ports, "ports-2031", "fr", TEXT + "\n3. Les phares sont neufs.\n")
    after = {e.source.id: e.fingerprint for e in ports.editions()}
    assert {w for w in after if after[w] != before[w]} == {"ports-2031"}


def test_other_names_of_a_text_change_its_fingerprint(ports: Library) -> None:
    before = edition(ports, "ports-2031", "fr")
    named = before.source.model_copy(update={"aliases": catalogue.Aliases(fr=("les ports",))})
    catalogue.add(ports.local, named)
    after = edition(Library(ports.local.parent), "ports-2031", "fr")
    assert after.fingerprint != before.fingerprint


@pytest.mark.declaration
def test_a_text_that_was_removed_is_no_edition_and_cannot_be_read(ports: Library) -> None:
    gone = edition(ports, "ports-2031", "fr")
    ports.store.remove("ports-2031")
    assert [e.source.id for e in ports.editions()] == [DECLARATION]
    with pytest.raises(SourceError, match="no longer in the store"):
        ports.read(gone)


@pytest.mark.declaration
def test_a_stored_text_without_an_entry_in_the_catalogue_is_no_edition(library: Library) -> None:
    put(library, "unknown-work", "fr", TEXT)
    assert [e.source.id for e in library.editions()] == [DECLARATION]


def test_a_working_translation_of_a_stored_text_is_attached(ports: Library) -> None:
    before = edition(ports, "ports-2031", "fr")
    portion = ports.read(before).passages[0].anchor.portion
    folder = ports.local.parent / "working"
    folder.mkdir()
    (folder / "ports-2031.nl.toml").write_text(
        f'lang = "nl"\nversions = ["{before.version}"]\n[passages]\n"{portion}" = "De kaaien."\n',
        "utf-8",
    )
    after = edition(ports, "ports-2031", "fr")
    assert after.fingerprint != before.fingerprint
    view = ports.read(after).passages[0].working
    assert view is not None
    assert view.text == "De kaaien."


@pytest.mark.declaration
def test_an_official_version_wins_over_the_working_translation(library: Library) -> None:
    before = edition(library, DECLARATION, "fr")
    put(library, DECLARATION, "nl", "# Verklaring\n\n1. De havens zijn open.\n")
    french, dutch = library.editions()
    assert (french.lang, dutch.lang) == ("fr", "nl")
    assert all(p.working is None for p in library.read(french).passages)
    assert french.fingerprint != before.fingerprint  # its passages are not what they were


@pytest.mark.declaration
def test_an_official_version_is_read_under_the_same_work(library: Library) -> None:
    put(library, DECLARATION, "nl", "# Verklaring\n\n1. De havens zijn open.\n")
    document = library.read(edition(library, DECLARATION, "nl"))
    assert (document.work, document.lang) == (DECLARATION, "nl")


@pytest.mark.declaration
@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("doubts.toml", "[[doubt]]\nportion = '9.9'\nfr = 'a'\nnl = 'b'\n", r"not there: 9\.9"),
        ("doubts.toml", "[[doubt]]\nportion = '2.6'\n", "not a list of doubts"),
        ("doubts.toml", "", "not a list of doubts"),
        ("doubts.toml", "[[doubt]]\nfr = '\0'\n", "not a list of doubts.*line 2 is not in UTF-8"),
        ("repairs.toml", "[[repair", "not a list of repairs"),
        (
            "repairs.toml",
            "[[repair]]\nkind='letter'\nreceived='2023'\nreviewed='2024'\nlines=[1]\n",
            "do more than their kind allows",
        ),
        ("nl.working.toml", "lang = 'nl'\n[passages]\n'9.9' = 'a'\n", r"does not have: 9\.9"),
    ],
)
def test_a_spoiled_file_behind_the_declaration_is_an_error_that_says_so(
    tmp_path: Path, shipped: Path, file: str, text: str, told: str
) -> None:
    (shipped / DECLARATION / file).write_text(text, "utf-8")
    library = Library(tmp_path / "data")
    with pytest.raises(SourceError, match=told):
        library.read(library.editions()[0])


def test_a_text_that_changed_since_is_not_read_under_the_fingerprint_of_another(
    ports: Library,
) -> None:
    before = edition(ports, "ports-2031", "fr")
    put(ports, "ports-2031", "fr", TEXT.replace("peintes", "vendues"))
    with pytest.raises(ChangedError, match="changed while it was read: ports-2031@fr"):
        ports.read(before)
    after = edition(ports, "ports-2031", "fr")
    assert "vendues" in ports.read(after).passages[1].text
    put(ports, "ports-2031", "nl", "# Akkoord\n\n1. De kaaien zijn open.\n")  # and its twin
    assert ports.read(after).passages
    ports.store.remove("ports-2031")
    with pytest.raises(ChangedError, match="no longer in the store"):
        ports.read(after)
