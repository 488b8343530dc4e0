"""French and Dutch side by side, as official gazettes print them: two texts, and never a mix."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sources.__main__ import main
from sources.anchor import LANGS, Lang
from sources.formats.file import read_file
from sources.library import Library
from sources.model import Document
from sources.structure.document import MIXED
from sources.twins import twin_differences
from tests.sources.formats.pdf_maker import Words, column, pdf
from tests.sources.structure.reading import by_portion

TEXT: dict[Lang, list[str]] = {
    "fr": [
        "Art. 1. La présente loi règle les boîtes à livres qui sont dans les rues des communes.",
        "Art. 2. § 1. Une boîte est ouverte à tous, le jour et la nuit, par tous les temps.",
        "§ 2. Elle contient au moins vingt livres, et la commune la contrôle deux fois par an.",
        "Art. 3. Le Roi fixe le modèle de la boîte, sur avis du conseil des lecteurs.",
    ],
    "nl": [
        "Art. 1. Deze wet regelt de boekenruilkasten die in de straten van een gemeente staan.",
        "Art. 2. § 1. Een kast is dag en nacht open voor iedereen, bij elk weer van het jaar.",
        "§ 2. Zij bevat ten minste twintig boeken, en het college van een gemeente controleert "
        "haar tweemaal per jaar met een van de lezers.",
        "Art. 3. De Koning bepaalt het model van de kast, op advies van een raad van lezers.",
    ],
}
BODY = {
    "fr": {
        "art_1": TEXT["fr"][0].removeprefix("Art. 1. "),
        "art_2.par_1": TEXT["fr"][1].removeprefix("Art. 2. § 1. "),
        "art_2.par_2": TEXT["fr"][2].removeprefix("§ 2. "),
        "art_3": TEXT["fr"][3].removeprefix("Art. 3. "),
    },
    "nl": {
        "art_1": TEXT["nl"][0].removeprefix("Art. 1. "),
        "art_2.par_1": TEXT["nl"][1].removeprefix("Art. 2. § 1. "),
        "art_2.par_2": TEXT["nl"][2].removeprefix("§ 2. "),
        "art_3": TEXT["nl"][3].removeprefix("Art. 3. "),
    },
}


def beside(left: list[str], right: list[str], y: float = 760, *, signs: int = 42) -> list[Words]:
    """Two columns, each with its paragraphs one below the other."""
    out: list[Words] = []
    for x, below in ((50, left), (325, right)):
        at = y
        for text in below:
            lines = column(text, x, at, signs=signs)
            out += lines
            at -= 12 * len(lines) + 8
    return out


def both(data: bytes) -> tuple[Document, Document]:
    fr, nl = (read_file(data, work="loi", lang=lang, searchable=None) for lang in LANGS)
    return fr, nl


@pytest.mark.parametrize("left", LANGS)
def test_a_page_with_a_language_in_each_column_makes_two_documents(left: Lang) -> None:
    right: Lang = "nl" if left == "fr" else "fr"
    fr, nl = both(pdf(beside(TEXT[left], TEXT[right])))
    assert (by_portion(fr), by_portion(nl)) == (BODY["fr"], BODY["nl"])
    assert fr.bilingual
    assert nl.bilingual
    assert twin_differences(fr, nl) == []


def test_the_sides_may_change_from_page_to_page_and_a_language_may_end_earlier() -> None:
    last = [Words(50, 760, "Gegeven te Brussel, 4 april 2031.")]
    pages = [
        beside(TEXT["fr"][:2], TEXT["nl"][:2]),
        beside(TEXT["nl"][2:], TEXT["fr"][2:]),
        last,
    ]
    fr, nl = both(pdf(*pages))
    assert by_portion(fr) == BODY["fr"]
    assert by_portion(nl) == BODY["nl"] | {"fnp.par_1": "Gegeven te Brussel, 4 april 2031."}


def test_a_heading_over_both_columns_goes_to_its_language_or_is_divided() -> None:
    heads = [
        Words(120, 800, "CHAPITRE 1. Des boîtes - HOOFDSTUK 1. De kasten", 12, bold=True),
        Words(220, 782, "[C - 2031/20417]"),
    ]
    fr, nl = both(pdf([*heads, *beside(TEXT["fr"], TEXT["nl"], 740)]))
    first = {p.anchor.portion: p.headings for p in (*fr.passages, *nl.passages)}
    assert first
    assert "HOOFDSTUK" not in " ".join(h for p in fr.passages for h in p.headings) + fr.title
    assert "CHAPITRE" not in " ".join(h for p in nl.passages for h in p.headings) + nl.title
    assert BODY["fr"].items() <= {k.split(".art")[0]: v for k, v in by_portion(fr).items()}.items()
    for document in (fr, nl):
        assert any("lines over both columns" in warning for warning in document.warnings)
        assert any("20417" in text for text in by_portion(document).values())


@pytest.mark.parametrize("gap", [12, 30])
def test_an_article_right_below_a_line_over_both_columns_stands_by_itself(gap: float) -> None:
    title = Words(240, 760, "LOI (2031) WET (2031)")
    fr, nl = both(pdf([title, *beside(TEXT["fr"], TEXT["nl"], 760 - gap)]))
    assert (by_portion(fr), by_portion(nl)) == (BODY["fr"], BODY["nl"])
    assert fr.title == nl.title == "LOI (2031) WET (2031)"


@pytest.mark.parametrize("number", ["Art. {}", "{}."])
def test_numbers_between_the_columns_are_told(number: str) -> None:
    page = [
        words
        for n, (fr, nl) in enumerate(zip(TEXT["fr"], TEXT["nl"], strict=True), 1)
        for words in (
            *column(fr.split(". ")[-1], 40, 800 - 80 * n, signs=34),
            Words(276, 800 - 80 * n, number.format(n)),
            *column(nl.split(". ")[-1], 340, 800 - 80 * n, signs=34),
        )
    ]
    for document in both(pdf(page)):
        assert any(
            warning.startswith("numbers that stand between the columns of two languages")
            for warning in document.warnings
        )


def test_prose_in_two_columns_of_one_language_stays_one_document() -> None:
    found = read_file(
        pdf(beside(TEXT["fr"][:2], TEXT["fr"][2:])), work="loi", lang="fr", searchable=None
    )
    assert not found.bilingual
    assert by_portion(found) == BODY["fr"]


def in_html(*, numbered: bool = False, over: str = "") -> bytes:
    rows = zip(range(1, 5), TEXT["fr"], TEXT["nl"], strict=True)
    number = "<td>{}</td>" if numbered else ""
    cells = "".join(
        f"<tr>{number.format(n)}<td><p>{fr}</p></td><td><p>{nl}</p></td></tr>" for n, fr, nl in rows
    )
    cells += f"<tr><td colspan='2'>{over}</td></tr>" if over else ""
    end = "<table><tr><td>Donné à Liège</td><td>Gegeven te Luik</td></tr></table>"
    shell = "<html><body><h1>Loi sur les boîtes</h1><table>{}</table>{}</body></html>"
    return shell.format(cells, "" if numbered else end).encode()


def in_docx(*, over: str = "") -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for fr, nl in zip(TEXT["fr"], TEXT["nl"], strict=True):
        for cell, text in zip(table.add_row().cells, (fr, nl), strict=True):
            cell.text = text
    if over:
        first, last = table.add_row().cells
        first.merge(last).text = over
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [in_html(), in_docx()], ids=["html", "docx"])
def test_a_table_with_a_language_in_each_column_makes_two_documents(data: bytes) -> None:
    fr, nl = both(data)
    assert BODY["fr"].items() <= {k: v.split("\n")[0] for k, v in by_portion(fr).items()}.items()
    assert BODY["nl"].items() <= {k: v.split("\n")[0] for k, v in by_portion(nl).items()}.items()
    assert not any("Gegeven" in text for text in by_portion(fr).values())
    assert not any("Donné" in text for text in by_portion(nl).values())


@pytest.mark.parametrize("make", [in_html, in_docx])
def test_a_line_over_both_columns_that_tells_no_language_is_told(
    make: Callable[..., bytes],
) -> None:
    for document in both(make(over="Tarif - Tarief : 12")):
        assert by_portion(document)["art_3"].endswith("\nTarif - Tarief : 12")
        assert (
            "lines over both columns that tell no language are read in both: 1 "
            "(“Tarif - Tarief : 12”)"
        ) in document.warnings
    assert all(not d.warnings for d in both(make(over="Het tarief is dat van een kast.")))


def test_a_column_of_numbers_goes_with_either_language() -> None:
    fr, nl = both(in_html(numbered=True))
    assert [p.text for p in fr.passages] == [f"{n} | {t}" for n, t in enumerate(TEXT["fr"], 1)]
    assert [p.text for p in nl.passages] == [f"{n} | {t}" for n, t in enumerate(TEXT["nl"], 1)]


def test_words_of_both_languages_in_one_passage_are_doubted() -> None:
    text = " ".join(word for pair in zip(TEXT["fr"], TEXT["nl"], strict=True) for word in pair)
    found = read_file(text.encode(), work="loi", lang="fr")
    assert MIXED in {doubt for passage in found.passages for doubt in passage.doubts}


def test_paragraphs_in_the_other_language_are_told() -> None:
    text = "\n\n".join([*TEXT["fr"], TEXT["nl"][0]])
    found = read_file(text.encode(), work="loi", lang="fr")
    assert any(w.startswith("paragraphs that look like nl: 1 (“Art. 1.") for w in found.warnings)


def test_adding_such_a_file_adds_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUCHESSE_DATA", str(tmp_path / "data"))
    file = tmp_path / "loi.pdf"
    file.write_bytes(pdf(beside(TEXT["fr"], TEXT["nl"])))
    named = ["--id", "loi", "--title-fr", "Loi", "--title-nl", "Wet", "--lang", "fr"]
    assert main(["add", str(file), *named]) == 0
    assert "the file holds the text in nl too: 4 passages" in capsys.readouterr().out
    library = Library(tmp_path / "data")
    read = {e.lang: by_portion(library.read(e)) for e in library.editions() if e.source.id == "loi"}
    assert read == BODY
    other = tmp_path / "wet.txt"
    other.write_text("\n\n".join(TEXT["nl"][:2]), "utf-8")
    assert main(["add", str(other), *named[:-1], "nl"]) == 0
    assert main(["add", str(file), *named]) == 0  # does not replace what was added by itself
    assert "add it with --lang nl" in capsys.readouterr().out
    kept = Library(tmp_path / "data").store.current("loi", "nl")
    assert kept is not None
    assert kept.media_type == "text/plain"


def only(telling: str, words: str) -> st.SearchStrategy[str]:
    """Sentences of invented words that one language has, with some that tell it."""
    found = st.lists(st.sampled_from([*words.split(), *telling.split()]), min_size=4, max_size=25)
    return found.map(lambda some: f"{telling} {' '.join(some)}.".capitalize())


_FR, _NL = ("le la les des dans", "quai gare train"), ("het een van voor dat", "kade trein deur")


@given(
    french=st.lists(only(*_FR), min_size=1, max_size=3),
    dutch=st.lists(only(*_NL), min_size=1, max_size=3),
    turned=st.booleans(),
    signs=st.integers(28, 40),
)
@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_no_passage_ever_has_words_of_both(
    french: list[str], dutch: list[str], *, turned: bool, signs: int
) -> None:
    sides = (dutch, french) if turned else (french, dutch)
    fr, nl = both(pdf(beside(*sides, signs=signs)))
    for document, own, given_ in ((fr, _FR, french), (nl, _NL, dutch)):
        said = " ".join(
            [*(h for p in document.passages for h in p.headings), *by_portion(document).values()]
        )
        words = said.lower().replace(".", " ").split()
        assert set(words) <= set(" ".join(own).split())
        assert len(words) >= len(" ".join(given_).split())


FERRIES = [
    ("Le bac est gratuit pour les voyageurs et les chiens.", "De pont is gratis voor het dorp."),
    ("Le quai est fermé dans la nuit.", "De kade is gesloten van tien uur tot zes uur."),
]


def word_table(rows: list[list[str]]) -> bytes:
    file = docx.Document()
    table = file.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def page_table(rows: list[list[str]]) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><table>{cells}</table></body></html>".encode()


@pytest.mark.parametrize("make", [word_table, page_table])
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("number", ["Art. {}", "{}°"])
def test_what_stands_beside_both_languages_comes_first_in_both(
    number: str, at: int, make: Callable[[list[list[str]]], bytes]
) -> None:
    rows = [[*row[:at], number.format(n), *row[at:]] for n, row in enumerate(FERRIES, 1)]
    for side, found in enumerate(both(make(rows))):
        if number.startswith("Art"):
            own = [(f"art_{n}", row[side]) for n, row in enumerate(FERRIES, 1)]
        else:
            own = [(f"tab_1.row_{n}", f"{n}° | {row[side]}") for n, row in enumerate(FERRIES, 1)]
        assert [(p.anchor.portion, p.text) for p in found.passages] == own
        assert found.warnings == ()


def test_whole_pages_in_one_language_and_in_the_other_make_two_documents() -> None:
    pages = [
        [w for n, text in enumerate(TEXT[lang][part]) for w in column(text, 60, 760 - 40 * n)]
        for part in (slice(0, 2), slice(2, 4))
        for lang in LANGS
    ]  # fmt: skip
    fr, nl = both(pdf(*pages))
    assert (by_portion(fr), by_portion(nl)) == (BODY["fr"], BODY["nl"])
    assert [p.page for p in fr.passages] == [1, 1, 3, 3]
    assert "pages of two languages, read as two texts (fr: 1, 3; nl: 2, 4)" in fr.warnings


def test_a_page_in_the_other_language_that_says_something_else_is_no_second_text() -> None:
    letter = [
        "Geachte, het college heeft uw brief van 18 mei gelezen en bezorgt u hierbij het dossier.",
        "Bel voor een afspraak met een van de lezers naar het nummer 081 77 66 55, bij voorkeur "
        "niet op zaterdag, of kom langs aan het loket van het gemeentehuis.",
    ]
    pages = [
        [words for n, text in enumerate(some) for words in column(text, 60, 760 - 40 * n)]
        for some in (TEXT["fr"], letter)
    ]
    fr, _ = both(pdf(*pages))
    assert not fr.bilingual
    assert fr.passages[-1].text.endswith("van het gemeentehuis.")
