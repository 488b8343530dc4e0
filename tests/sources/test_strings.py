from __future__ import annotations

from pathlib import Path

import pytest

from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.strings import Strings

FRENCH = '[cargo]\nlist = "{count} caisses"\nlist_one = "Une caisse"\nnone = "Rien"\n'
DUTCH = '[cargo]\nlist = "{count} kisten"\nlist_one = "Eén kist"\nnone = "Niets"\n'


def strings(folder: Path, french: str = FRENCH, dutch: str = DUTCH) -> Strings:
    (folder / "fr.toml").write_text(french, "utf-8")
    (folder / "nl.toml").write_text(dutch, "utf-8")
    return Strings(folder)


def test_a_text_is_found_by_its_section_and_key_and_filled_in(tmp_path: Path) -> None:
    assert strings(tmp_path).say("nl", "cargo.list", count=3) == "3 kisten"
    assert strings(tmp_path).say("fr", "cargo.none") == "Rien"


def test_one_thing_has_a_text_of_its_own(tmp_path: Path) -> None:
    assert strings(tmp_path).count("fr", "cargo.list", 1) == "Une caisse"
    assert strings(tmp_path).count("fr", "cargo.list", 0) == "0 caisses"


def test_a_text_and_a_section_are_given_in_both_languages(tmp_path: Path) -> None:
    cargo = strings(tmp_path).section("cargo")
    assert list(cargo) == ["list", "list_one", "none"]
    assert cargo["none"] == strings(tmp_path).bilingual("cargo.none") == Bilingual("Rien", "Niets")


def test_values_are_not_read_as_templates(tmp_path: Path) -> None:
    assert strings(tmp_path).say("fr", "cargo.list", count="{0} {count}") == "{0} {count} caisses"


def test_a_key_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        strings(tmp_path).say("fr", "cargo.colour")
    with pytest.raises(KeyError):
        strings(tmp_path).bilingual("cargo.colour")
    with pytest.raises(KeyError):
        strings(tmp_path).section("carg")


def test_keys_of_one_language_and_other_placeholders_are_all_named(tmp_path: Path) -> None:
    dutch = DUTCH.replace("{count}", "{number}").replace("none", "nothing")
    with pytest.raises(ReadError) as caught:
        strings(tmp_path, dutch=dutch).say("fr", "cargo.none")
    for fault in ("cargo.none is", "cargo.nothing is", "cargo.list has other placeholders"):
        assert fault in str(caught.value)


@pytest.mark.parametrize("dutch", ['[cargo]\nlist = "{count"', "[cargo]\nlist = 3", "[cargo"])
def test_a_file_that_is_no_list_of_texts_is_named(tmp_path: Path, dutch: str) -> None:
    with pytest.raises(ReadError, match=r"not a list of texts: .*nl\.toml"):
        strings(tmp_path, dutch=dutch).say("fr", "cargo.none")
