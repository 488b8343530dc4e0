from __future__ import annotations

import pytest

from sources import dates
from sources.anchor import Lang


@pytest.mark.parametrize(
    ("lang", "written", "shown"),
    [
        ("fr", "2023-05-05", "5 mai 2023"),
        ("nl", "2023-05-05", "5 mei 2023"),
        ("fr", "2023-08-01", "1er août 2023"),
        ("nl", "2023-08-01", "1 augustus 2023"),
        ("nl", "2023-02", "februari 2023"),
        ("fr", "2023", "2023"),
    ],
)
def test_dates_are_written_out(lang: Lang, written: str, shown: str) -> None:
    assert dates.date_in_words(lang, written) == shown


def test_dates_are_read_only_where_there_is_one() -> None:
    assert dates.only_date("Verklaring van 1 augustus 2021") == "2021-08-01"
    assert dates.only_date("Accord signé le 18.03.2013") == "2013-03-18"
    assert dates.only_date("Version 2023-02-30") == ""
    assert dates.only_date("Note 2023") == ""


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("DIRECTIVE du 27 avril 2016 modifiant l’acte du 3 mai 2011", "2016-04-27"),
        ("van 8 februari 2020", "2020-02-08"),
        ("8 JANVIER 2020. - Loi", "2020-01-08"),
        ("du 1er\u00a0DÉCEMBRE 2021", "2021-12-01"),
        ("DU 1ER AOUT 1995 ET DU 3 FEVRIER 1996", "1995-08-01"),
        ("no 2821/71", ""),
    ],
)
def test_the_first_date_of_a_title_is_read_in_both_languages(text: str, iso: str) -> None:
    assert next(iter(dates.dates(text)), "") == iso
