"""Identifiers of EU acts: recognised strictly, printed and read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.acquire import act_entry
from sources.anchor import LANGS, WORK, Lang
from sources.bilingual import Bilingual
from sources.model import Document
from sources.names import (
    celex_of,
    eurlex_link,
    eurlex_page,
    natural_names,
    parse,
    what_celex,
    work_of,
)

YEARS = st.integers(1951, 2099)
NUMBERS = st.integers(1, 9999)
DATES = st.dates(date(1951, 1, 1), date(2099, 12, 31)).map(lambda d: d.strftime("%Y%m%d"))


@st.composite
def celexes(draw: st.DrawFn) -> str:
    act = f"{draw(YEARS)}{draw(st.sampled_from('LRDHFAJ'))}{draw(NUMBERS):04d}"
    match draw(st.sampled_from(("act", "serial", "corrigendum", "consolidated", "case", "c"))):
        case "serial":
            return f"2{act}({draw(st.integers(1, 99)):02d})"
        case "corrigendum":
            return f"3{act}R({draw(st.integers(1, 99)):02d})"
        case "consolidated":
            return f"0{act}-{draw(DATES)}"
        case "case":
            return f"6{draw(YEARS)}CJ{draw(NUMBERS):04d}"
        case "c":
            return f"3{draw(YEARS)}H{draw(NUMBERS):05d}"
    return f"3{act}"


@given(celexes())
def test_a_number_is_read_back_from_everything_that_is_made_of_it(celex: str) -> None:
    assert celex_of(celex) == celex
    assert celex_of(celex.lower()) == celex
    assert celex_of(work_of(celex)) == celex
    for lang in LANGS:
        assert celex_of(eurlex_link(celex, lang)) == celex


@given(celexes())
def test_a_work_of_an_act_can_stand_in_an_anchor(celex: str) -> None:
    assert WORK.fullmatch(work_of(celex))


@given(st.text(max_size=60))
def test_whatever_is_recognised_is_a_valid_number(text: str) -> None:
    found = celex_of(text)
    assert found is None or parse(found)


@given(celexes(), st.text("0123456789ABL()-:/ .", min_size=1, max_size=4))
def test_signs_after_a_number_make_another_number_or_none(celex: str, more: str) -> None:
    found = celex_of(celex + more)
    assert found is None or found == (celex + more).strip()


@pytest.mark.parametrize(
    ("text", "celex"),
    [
        ("  32016L0680\n", "32016L0680"),
        ("CELEX:32016L0680", "32016L0680"),
        ("celex%3A22021A0430%2801%29", "22021A0430(01)"),
        ("http://data.europa.eu/eli/dir/2016/680/oj", "32016L0680"),
        ("https://data.europa.eu/eli/reg/2013/604/oj/fra", "32013R0604"),
        ("http://data.europa.eu/eli/reg_impl/2021/1079/oj", "32021R1079"),
        ("http://data.europa.eu/eli/reco/2022/915/oj", "32022H0915"),
        ("http://data.europa.eu/eli/dec_framw/2002/584/oj", "32002F0584"),
        ("http://data.europa.eu/eli/dir/2016/680/art_36/oj", "32016L0680"),
        ("http://data.europa.eu/eli/dir/2016/680/2016-05-04", "02016L0680-20160504"),
        ("https://eur-lex.europa.eu/eli/reco/2022/915/oj", "32022H0915"),
        ("https://eur-lex.europa.eu/eli/dir/2016/680/oj?locale=nl", "32016L0680"),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX%3A32016L0680", "32016L0680"),
        (
            "https://eur-lex.europa.eu/legal-content/FR/TXT/HTML/?uri=CELEX:32016L0680&from=NL#d1",
            "32016L0680",
        ),
        (
            "https://eur-lex.europa.eu/legal-content/FR/ALL/?uri=celex:22021A0430(01)",
            "22021A0430(01)",
        ),
        (
            "http://eur-lex.europa.eu/LexUriServ/LexUriServ.do?uri=CELEX:32009L0081:FR:HTML",
            "32009L0081",
        ),
        ("http://publications.europa.eu/resource/celex/32016L0680", "32016L0680"),
        ("02016L0680-20160504", "02016L0680-20160504"),
        ("32016R0679R(02)", "32016R0679R(02)"),
    ],
)
def test_these_are_names_of_an_act(text: str, celex: str) -> None:
    assert celex_of(text) == celex


@pytest.mark.parametrize(
    "text",
    [
        "",
        "val-duchesse-2023",
        "32016L680",
        "32016L0680.",
        "la directive 32016L0680",
        "32016L0680 32013R0604",
        "32016L0680-20160504",
        "02016L0680",
        "02016L0680-20161304",
        "12016L0680",
        "32116L0680",
        "32016ı0680",
        "CELEX:",
        "https://eur-lex.europa.eu/",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=OJ:L_202401351",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32016L0680&uri=CELEX:32013R0604",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=32016L0680",
        "https://eur-lex.europa.eu/search.html?uri=CELEX:32016L0680",
        "https://eur-lex.europa.eu.example/legal-content/FR/TXT/?uri=CELEX:32016L0680",
        "https://eur-lex.europa.eu@example.org/legal-content/FR/TXT/?uri=CELEX:32016L0680",
        "http://data.europa.eu/eli/dir/2016/680x/oj",
        "http://data.europa.eu/eli/law/2016/680/oj",
        "http://data.europa.eu/eli/dir/2016/0/oj",
        "http://data.europa.eu/eli/reg/2016/679/corrigendum/2018-05-23/oj",
        "http://[::1/eli/dir/2016/680/oj",
    ],
)
def test_these_are_not_names_of_an_act(text: str) -> None:
    assert celex_of(text) is None


@pytest.mark.parametrize("celex", ["", "celex:32016L0680", "32016l0680", "val-duchesse-2023"])
def test_functions_on_a_number_refuse_anything_else(celex: str) -> None:
    for function in (work_of, natural_names):
        with pytest.raises(ValueError, match="not a CELEX number"):
            function(celex)
    with pytest.raises(ValueError, match="not a CELEX number"):
        eurlex_link(celex, "fr")


@pytest.mark.parametrize(
    ("lang", "link"),
    [
        ("fr", "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:22021A0430%2801%29"),
        ("nl", "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:22021A0430%2801%29"),
    ],
)
def test_a_link_for_people_is_in_their_language(lang: Lang, link: str) -> None:
    assert eurlex_link("22021A0430(01)", lang) == link


@pytest.mark.parametrize(
    ("celex", "fr", "nl"),
    [
        ("32016L0680", "directive (UE) 2016/680", "Richtlijn (EU) 2016/680"),
        ("32013R0604", "règlement (UE) n° 604/2013", "Verordening (EU) nr. 604/2013"),
        ("32024R1351", "règlement (UE) 2024/1351", "Verordening (EU) 2024/1351"),
        ("32009L0081", "directive 2009/81/CE", "Richtlijn 2009/81/EG"),
        ("31995L0046", "directive 95/46/CE", "Richtlijn 95/46/EG"),
        ("31985L0337", "directive 85/337/CEE", "Richtlijn 85/337/EEG"),
        ("32014L0041", "directive 2014/41/UE", "Richtlijn 2014/41/EU"),
        ("31971R2821", "règlement (CEE) n° 2821/71", "Verordening (EEG) nr. 2821/71"),
        ("31998R2679", "règlement (CE) n° 2679/98", "Verordening (EG) nr. 2679/98"),
        ("31999R1260", "règlement (CE) n° 1260/1999", "Verordening (EG) nr. 1260/1999"),
        ("32010D0427", "décision 2010/427/UE", "Besluit 2010/427/EU"),
        ("32008D0615", "décision 2008/615", "Besluit 2008/615"),
        ("32015D1601", "décision (UE) 2015/1601", "Besluit (EU) 2015/1601"),
        ("32002F0584", "décision-cadre 2002/584/JAI", "Kaderbesluit 2002/584/JBZ"),
        ("32022H0915", "recommandation (UE) 2022/915", "Aanbeveling (EU) 2022/915"),
        ("32003H0361", "recommandation 2003/361/CE", "Aanbeveling 2003/361/EG"),
        ("32024H01238", "recommandation C/2024/1238", "Aanbeveling C/2024/1238"),
        (
            "02016L0680-20160501",
            "directive (UE) 2016/680 (version consolidée au 1er mai 2016)",
            "Richtlijn (EU) 2016/680 (geconsolideerde versie van 1 mei 2016)",
        ),
        (
            "32016R0679R(02)",
            "rectificatif au règlement (UE) 2016/679",
            "rectificatie van Verordening (EU) 2016/679",
        ),
    ],
)
def test_an_act_is_called_as_officials_call_it(celex: str, fr: str, nl: str) -> None:
    assert natural_names(celex) == Bilingual(fr, nl)


def test_the_date_of_an_act_decides_in_a_year_of_two_communities() -> None:
    before = natural_names("32009R1224", "2009-11-20")
    after = natural_names("32009R1286", "2009-12-22")
    assert before == Bilingual("règlement (CE) n° 1224/2009", "Verordening (EG) nr. 1224/2009")
    assert after == Bilingual("règlement (UE) n° 1286/2009", "Verordening (EU) nr. 1286/2009")
    assert natural_names("31993L0109", "1993-12-06") == Bilingual(
        "directive 93/109/CE", "Richtlijn 93/109/EG"
    )


def test_a_corrigendum_is_called_by_the_date_of_the_act_that_its_title_names() -> None:
    title = "Rectificatif au règlement (UE) no 1301/2009 du Conseil du 21 décembre 2009"
    entry = act_entry(None, "32009R1301R(01)", Document("celex:x", "fr", title, "", (), ()))
    assert (entry.date, entry.short.fr) == ("", "Rectificatif au règlement (UE) n° 1301/2009")


@pytest.mark.parametrize("celex", ["22021A0430(01)", "52016PC0270", "62019CJ0311", "32016L0000"])
def test_no_name_is_invented_where_the_number_does_not_tell_it(celex: str) -> None:
    assert natural_names(celex) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("32016R0679R(02)", "a corrigendum"),
        ("32016R0679", "an act or document of the EU"),
        ("12016M/TXT", "a treaty"),
        ("celex:12012E047", "a treaty"),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX%3A12016E%2FTXT", "a treaty"),
        ("72019L0790BEL_202201234", "a national measure"),
        ("note de 2016.pdf", ""),
    ],
)
def test_a_number_is_called_what_it_is_also_where_it_is_not_fetched(text: str, what: str) -> None:
    assert what_celex(text) == what


def test_the_page_of_a_treaty_is_named_for_a_person_to_open() -> None:
    page = "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016M%2FTXT"
    assert eurlex_page("celex:12016M/TXT") == eurlex_page(page) == page
