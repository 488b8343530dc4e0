"""The catalogue: every entry is sound, every fault is told at once, local entries round-trip."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import catalogue
from sources.anchor import LANGS, Anchor
from sources.catalogue import Aliases, BilingualEntry, Catalogue, Links, Source
from sources.citing import names_of
from sources.errors import CatalogueError, UsageError
from sources.names import celex_of
from sources.references import find

SHIPPED = catalogue.load()

ENTRY = """
[[source]]
id = "ports-2031"
kind = "document"
date = "2031-01-01"
title.fr = "Accord des ports"
title.nl = "Akkoord over de havens"
short.fr = "Accord des ports"
short.nl = "Havenakkoord"
licence = "Domaine public"
"""


def source(work: str = "ports-2031", **more: object) -> Source:
    return Source.model_validate(
        {
            "id": work,
            "kind": "document",
            "title": {"fr": "Accord des ports", "nl": "Akkoord over de havens"},
            "short": {"fr": "Accord des ports", "nl": "Havenakkoord"},
            "licence": "Domaine public",
            **more,
        }
    )


@pytest.fixture
def local(tmp_path: Path) -> Path:
    return tmp_path / "data" / "catalogue.toml"


@pytest.fixture
def write(local: Path) -> Callable[[str], Path]:
    def _write(text: str) -> Path:
        local.parent.mkdir(exist_ok=True)
        local.write_text(text, "utf-8")
        return local

    return _write


# What ships


@pytest.mark.parametrize("entry", list(SHIPPED), ids=lambda s: s.id)
def test_every_shipped_entry_is_sound(entry: Source) -> None:
    for lang in LANGS:
        Anchor(entry.id, lang, "1")  # its name can stand in an address
        assert entry.names(lang)
        assert len(set(entry.names(lang))) == len(entry.names(lang))
        assert all(n == " ".join(n.split()) for n in entry.names(lang))
        url = entry.url(lang)
        assert url is None or url.startswith("https://")
    if entry.celex:
        assert entry.id == f"celex:{entry.celex}"
        assert celex_of(entry.celex) == entry.celex
        assert entry.url("fr") != entry.url("nl")
    for file in entry.file:
        assert hashlib.sha256((catalogue.TEXTS / file.path).read_bytes()).hexdigest() == file.sha256
        assert file.provenance


@pytest.mark.parametrize("entry", list(SHIPPED), ids=lambda s: s.id)
def test_every_shipped_text_is_in_two_languages_with_their_own_words(entry: Source) -> None:
    assert entry.title.fr != entry.title.nl
    assert entry.short.fr != entry.short.nl
    assert not isinstance(entry.licence, str), "a Dutch note tells it too"
    for text in (entry.title.fr, entry.title.nl, entry.short.fr, entry.short.nl):
        assert "'" not in text, "apostrophes are typographic"
        assert text == text.strip()


@pytest.mark.declaration
def test_the_texts_that_the_declaration_cites_are_known() -> None:
    cited = {s.id for s in SHIPPED if "val-duchesse-2023" in s.cited_by}
    assert cited >= {
        "tournai-ii",
        "arrangement-1964",
        "celex:32022H0915",
        "celex:32013R0604",
        "celex:22021A0430(01)",
        "celex:32024R1351",
        "val-duchesse-2016",
        "val-duchesse-2018",
        "val-duchesse-2021",
    }


@pytest.mark.declaration
def test_the_declaration_stands_first_and_is_the_only_text_that_ships() -> None:
    assert next(iter(SHIPPED)).id == "val-duchesse-2023"
    assert [s.id for s in SHIPPED if s.file] == ["val-duchesse-2023"]


# Finding


@pytest.mark.declaration
@pytest.mark.parametrize(
    "name",
    [
        "celex:32022H0915",
        "32022H0915",
        "32022h0915",
        "http://data.europa.eu/eli/reco/2022/915/oj",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32022H0915",
    ],
)
def test_an_act_is_found_by_its_id_number_or_address(name: str) -> None:
    assert SHIPPED.find(name).id == "celex:32022H0915"


@pytest.mark.parametrize("name", ["", "val-duchesse-1999", "32099R9999", "https://example.org"])
def test_what_is_not_in_the_catalogue_is_wrong_use_with_the_next_step(name: str) -> None:
    assert SHIPPED.get(name) is None
    with pytest.raises(UsageError, match="sources list") as caught:
        SHIPPED.find(name)
    assert caught.value.exit_code == 2


# Faults


def test_every_fault_of_every_entry_is_told_at_once(write: Callable[[str], Path]) -> None:
    path = write(
        ENTRY
        + ENTRY.replace('kind = "document"', 'kind = "poem"').replace("ports-2031", "quais")
        + ENTRY.replace('"2031-01-01"', '"1er janvier"').replace("ports-2031", "a b")
        + ENTRY.replace("ports-2031", "phares")
        + 'cited_by = ["nowhere"]\n'
        + ENTRY
        + "[other]\nx = 1\n"
    )
    with pytest.raises(CatalogueError) as caught:
        catalogue.load(path)
    message = str(caught.value)
    for part in (
        "has 6 fault(s)",
        "quais: kind",
        "a b: id",
        "a b: date",
        "phares: cited by an unknown source: nowhere",
        "ports-2031: more than one entry has this id",
        "unknown table: other",
    ):
        assert part in message, message


@pytest.mark.declaration
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("ports-2031", "ports 2031"), "not the name of a work"),
        (("ports-2031", "-ports"), "not the name of a work"),
        (("ports-2031", "ports@fr"), "not the name of a work"),
        (("ports-2031", ""), "not the name of a work"),
        (('licence = "Domaine public"', ""), "licence"),
        (('title.nl = "Akkoord over de havens"', ""), "title.nl"),
        (('short.fr = "Accord des ports"', 'short.fr = ""'), "short.fr"),
        (('date = "2031-01-01"', "date = 2031-01-01"), "date"),
        (('date = "2031-01-01"', 'numac = "12"'), "numac"),
        (('date = "2031-01-01"', 'celex = "32016L0680"'), "must be a CELEX number"),
        (('date = "2031-01-01"', 'colour = "red"'), "colour"),
        (('date = "2031-01-01"', 'eli = "ports"'), "eli"),
        (("ports-2031", "val-duchesse-2023"), "is in the shipped catalogue already"),
    ],
)
def test_a_wrong_entry_is_told_by_its_field(
    write: Callable[[str], Path], change: tuple[str, str], told: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.load(write(ENTRY.replace(*change)))
    assert told in str(caught.value)


def test_the_address_of_another_act_is_a_fault(write: Callable[[str], Path]) -> None:
    entry = ENTRY.replace("ports-2031", "celex:32031L0007") + 'celex = "32031L0007"\n'
    assert catalogue.load(write(entry + 'eli = "http://data.europa.eu/eli/dir/2031/7/oj"\n'))
    with pytest.raises(CatalogueError, match="address of another act"):
        catalogue.load(write(entry + 'eli = "http://data.europa.eu/eli/dir/2031/8/oj"\n'))


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "nowhere.txt"])
def test_a_file_outside_the_shipped_data_is_a_fault(
    write: Callable[[str], Path], path: str
) -> None:
    file = (
        f'[[source.file]]\nlang = "fr"\nlayout = "val-duchesse-2023/layout.toml"\npath = "{path}"\n'
        f'sha256 = "{"0" * 64}"\nprovenance = "essai"\n'
    )
    with pytest.raises(CatalogueError, match=r"below sources/texts|no such file"):
        catalogue.load(write(ENTRY + file))


def test_two_files_of_one_language_are_a_fault(write: Callable[[str], Path]) -> None:
    file = (
        '[[source.file]]\nlang = "fr"\nlayout = "val-duchesse-2023/layout.toml"\n'
        f'path = "val-duchesse-2023/fr.ocr.txt"\nsha256 = "{"0" * 64}"\nprovenance = "essai"\n'
    )
    with pytest.raises(CatalogueError, match="two files of one language"):
        catalogue.load(write(ENTRY + file + file))


@pytest.mark.parametrize(
    "text", ["[[source", "source = 3\n", "source = [3]\n", "[source]\nid = 'x'\n"]
)
def test_a_file_that_is_no_list_of_sources_is_a_fault(
    write: Callable[[str], Path], text: str
) -> None:
    with pytest.raises(CatalogueError, match=r"catalogue\.toml"):
        catalogue.load(write(text))


def test_a_file_that_is_not_text_is_a_fault(local: Path) -> None:
    local.parent.mkdir()
    local.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogueError, match=r"catalogue\.toml"):
        catalogue.load(local)


# Local entries

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
)
PAIRS = st.builds(BilingualEntry, fr=TEXTS, nl=TEXTS)
SOURCES = st.builds(
    Source,
    id=st.from_regex(r"[a-z][a-z0-9\-]{0,12}", fullmatch=True),
    kind=st.sampled_from(["declaration", "agreement", "document"]),
    date=st.sampled_from(["", "2031", "2031-05", "2031-05-01"]),
    title=PAIRS,
    short=PAIRS,
    aliases=st.builds(Aliases, fr=st.lists(TEXTS).map(tuple), nl=st.lists(TEXTS).map(tuple)),
    celex=st.none(),
    eli=st.none(),
    numac=st.none() | st.from_regex(r"[0-9]{10}", fullmatch=True),
    nor=st.none() | TEXTS,
    link=st.none()
    | st.just(
        Links.model_validate({"fr": "https://example.org/fr", "nl": "https://example.org/nl"})
    ),
    licence=TEXTS | PAIRS,
    cited_by=st.just(()) | st.just(("val-duchesse-2023",)),
    file=st.just(()),
)


@pytest.mark.declaration
@settings(max_examples=25)  # each writes and synchronises files
@given(st.lists(SOURCES, min_size=1, max_size=4, unique_by=lambda s: s.id))
def test_local_entries_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Source]
) -> None:
    path = tmp_path_factory.mktemp("local") / "catalogue.toml"
    for entry in entries:
        catalogue.add(path, entry)
    found = catalogue.load(path)
    assert [s for s in found if s.id not in {t.id for t in SHIPPED}] == entries
    for entry in entries:
        assert catalogue.remove(path, entry.id)
    assert len(catalogue.load(path)) == len(SHIPPED)


def test_an_entry_of_the_same_id_replaces_the_one_before_at_its_place(local: Path) -> None:
    for work in ("one", "two"):
        catalogue.add(local, source(work))
    catalogue.add(local, source("one", date="2032"))
    found = catalogue.load(local)
    assert found.find("one").date == "2032"
    assert [s.id for s in found][-2:] == ["one", "two"]


def test_removing_what_is_not_there_says_so_and_changes_nothing(local: Path) -> None:
    catalogue.add(local, source())
    before = local.read_bytes()
    assert not catalogue.remove(local, "elsewhere")
    assert not catalogue.remove(local, "val-duchesse-2023")
    assert local.read_bytes() == before


@pytest.mark.declaration
@pytest.mark.parametrize(
    "entry",
    [
        source("val-duchesse-2023"),
        source("ports-2031", celex="32016L0680"),
        source("ports-2031", cited_by=["nowhere"]),
    ],
    ids=["shipped already", "number of another id", "cited by nobody"],
)
def test_an_entry_that_would_spoil_the_catalogue_is_refused_and_not_written(
    local: Path, entry: Source
) -> None:
    catalogue.add(local, source("quais"))
    before = local.read_bytes()
    with pytest.raises(CatalogueError):
        catalogue.add(local, entry)
    assert local.read_bytes() == before
    assert catalogue.load(local).get("quais")


def test_what_an_entry_that_is_removed_cites_is_cited_by_the_others_alone(local: Path) -> None:
    act = {"kind": "eu-act", "fetch": "cited"}
    of_both = {**act, "celex": "32031R0604", "cited_by": ["quais", "grues"]}
    of_one = {**act, "celex": "32031R0605", "cited_by": ["quais"]}
    catalogue.add(local, source("quais"), source("grues"))
    catalogue.add(local, *(source(f"celex:{a['celex']}", **a) for a in (of_both, of_one)))
    assert catalogue.remove(local, "quais")
    found = {s.celex: (s.cited_by, s.fetch) for s in catalogue.load(local) if s.celex}
    assert found["32031R0604"] == (("grues",), "cited")
    assert found["32031R0605"] == ((), None)


def test_a_damaged_local_file_is_never_written_over(write: Callable[[str], Path]) -> None:
    path = write("[[source]]\nid = 'x'\n# kept by hand\n")
    for change in (lambda: catalogue.add(path, source()), lambda: catalogue.remove(path, "x")):
        with pytest.raises(CatalogueError, match="Correct"):
            change()
    assert "kept by hand" in path.read_text("utf-8")


def test_writers_at_the_same_time_lose_no_entry(local: Path) -> None:
    works = [f"port-{n}" for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda w: catalogue.add(local, source(w)), works))
    assert {s.id for s in catalogue.load(local)} >= set(works)


def test_ids_of_the_local_catalogue_are_those_added(local: Path) -> None:
    assert catalogue.ids(local) == frozenset()
    catalogue.add(local, source())
    assert catalogue.ids(local) == {"ports-2031"}


def test_an_act_goes_by_its_number_too() -> None:
    entry = source("celex:32031L0007", celex="32031L0007", kind="eu-act")
    assert any("2031/7" in n for n in entry.names("fr"))
    assert any("2031/7" in n for n in entry.names("nl"))
    assert Catalogue([entry]).get("32031L0007") == entry


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (source(), "Havenakkoord: Akkoord over de havens"),
        (source(short={"fr": "Accord", "nl": "Akkoord"}), "Akkoord over de havens"),
        (
            source(
                "celex:32031L0017",
                celex="32031L0017",
                kind="eu-act",
                title={
                    "fr": "Directive (UE) 2031/17",
                    "nl": "RICHTLIJN (EU) 2031/17 VAN HET EUROPEES PARLEMENT EN DE RAAD van 3 mei"
                    " 2031 inzake het bergen van schepen (Voor de EER relevante tekst)",
                },
                short={"fr": "Directive (UE) 2031/17", "nl": "Richtlijn (EU) 2031/17"},
                aliases={"nl": ["bergingsrichtlijn"]},
            ),
            "Richtlijn (EU) 2031/17 (bergingsrichtlijn) inzake het bergen van schepen",
        ),
    ],
)
def test_a_passage_stands_under_what_its_text_is_called(entry: Source, expected: str) -> None:
    assert entry.called.nl == expected
    assert entry.called.fr in {"Accord des ports", "Directive (UE) 2031/17"}
    long = entry.model_copy(update={"title": BilingualEntry(fr="mot " * 90, nl="woord " * 90)})
    assert len(long.called.nl) <= 120


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Règlement (UE) 2031/17 relatif au droit applicable aux bateaux («Boom II»)", ["Boom II"]),
        ("Verordening (EU) 2031/17 … („Boom II”) (Voor de EER relevante tekst)", ["Boom II"]),
        ("Règlement (UE) 2031/17 … (Boom II)", ["Boom II"]),
        ("Règlement … (règlement sur les bateaux)", ["règlement sur les bateaux"]),
        ("Verordening … (digitalebotenverordening)", ["digitalebotenverordening"]),
        ("Directive 2031/17/UE sur les bateaux (refonte)", []),
        ("Directive 2031/17/UE … (Texte présentant de l’intérêt pour l’EEE)", []),
        ("Directive (UE) 2031/17 modifiant le règlement («Boom I») sur les bateaux", []),
    ],
)
def test_an_act_goes_by_the_name_that_its_title_gives_it(title: str, names: list[str]) -> None:
    entry = source(
        "celex:32031R0017",
        celex="32031R0017",
        kind="eu-act",
        title={"fr": title, "nl": title},
        short={"fr": "Règlement (UE) 2031/17", "nl": "Verordening (EU) 2031/17"},
    )
    assert [n for n in entry.names("fr") if "2031" not in n] == names


def test_the_names_of_well_known_acts_are_of_acts_and_no_ordinary_words() -> None:
    listed = catalogue.common_names()
    assert len(listed) > 150
    for number, names in listed.items():
        assert celex_of(number) == number
        for lang in LANGS:
            assert names[lang], number
            assert len(set(names[lang])) == len(names[lang]), number
            # One word in small letters would be found anywhere; compounds say what they are.
            alone = [n for n in names[lang] if n.islower() and n.isalpha()]
            assert all(
                n.endswith(("verordening", "richtlijn", "wet", "code", "wob")) for n in alone
            )


def test_a_name_of_two_acts_is_of_the_one_that_is_indexed() -> None:
    old, new = "celex:32010L0031", "celex:32024L1275"

    def meant(indexed: set[str]) -> str | None:
        names = names_of(Catalogue([]), indexed)
        (found,) = find("Que prévoit la directive PEB ?", names)
        return found.work

    assert (meant(set()), meant({old}), meant({new})) == (new, old, new)


def test_an_act_keeps_its_common_names_under_an_entry_that_has_none() -> None:
    entry = source("celex:32016R0679", celex="32016R0679", kind="eu-act")
    assert "RGPD" in entry.names("fr")
    assert "AVG" in entry.names("nl")
