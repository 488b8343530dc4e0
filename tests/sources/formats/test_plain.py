from __future__ import annotations

import pytest

from sources.errors import ReadError
from sources.formats.charset import decoded
from sources.formats.file import read_file
from sources.formats.hyphens import Words
from sources.formats.omissions import LAID_OUT
from sources.formats.plain import read_text
from tests.sources.structure.reading import by_portion, read


def test_a_line_break_with_room_left_parts_paragraphs_and_a_full_line_does_not() -> None:
    text = (
        "Les deux pays échangent les informations qui servent à la prévention.\n"
        "Ils le font chaque jour.\n"
        "Le comité en est informé par écrit, au plus tard à la fin de chaque\n"
        "trimestre.\n"
    )
    assert [t[:9] for t in by_portion(read("Note\n\n" + text)).values()] == [
        "Les deux ",
        "Le comité",
    ]


def test_a_blank_line_in_the_middle_of_a_sentence_parts_nothing() -> None:
    text = (
        "Note\n\nLes deux pays veillent à la\n\nbonne fin de ce plan.\n\nIls en rendent compte.\n"
    )
    assert list(by_portion(read(text)).values()) == [
        "Les deux pays veillent à la bonne fin de ce plan.",
        "Ils en rendent compte.",
    ]


def test_numbers_that_count_all_lines_are_left_out_and_told() -> None:
    lines = [
        "Les clés de la cave sont rendues au",
        "concierge.",
        "",
        "Article 2. Durée",
        "",
        "Un an.",
    ]
    text = "\n".join(f"{number:>3}  {line}" for number, line in enumerate(lines, 1))
    found = read_text(f"Note\n\n{text}\n".encode())
    assert [block.text for block in found.blocks] == [
        "Note", "Les clés de la cave sont rendues au concierge.", "Article 2. Durée", "Un an.",
    ]  # fmt: skip
    assert found.warnings[0].startswith("left out, numbers of lines: 6 places")


def test_the_items_of_a_list_keep_their_numbers() -> None:
    text = "\n".join(f"{n}  les clés de la grande cave du musée ;" for n in range(1, 8))
    found = read_text(text.encode())
    assert not found.warnings
    assert "7  les clés" in found.blocks[-1].text


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x7fELF\x02\x01\x01" + b"\0\x01" * 300])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary data"):
        decoded(data, "fichier")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["la préven-", "tion"], "la prévention"),
        (["le Royaume-", "Uni"], "le Royaume-Uni"),
        (["la non-", "discrimination"], "la non-discrimination"),
        (["le vice-", "président"], "le vice-président"),
        (["la période 2014-", "2020"], "la période 2014-2020"),
        (["de EU-", "lidstaten"], "de EU-lidstaten"),
        (["land-", "en tuinbouw"], "land- en tuinbouw"),
        (["celui-", "ci"], "celui-ci"),
        (["la pré\u00ad", "vention"], "la prévention"),
        (["un mot -", "une incise"], "un mot - une incise"),
        (["GOUVERNE-", "MENT"], "GOUVERNEMENT"),
        (["porte-", "parole"], "porteparole"),
    ],
)
def test_words_parted_at_a_line_end_are_joined_by_rule(lines: list[str], joined: str) -> None:
    assert Words(lines).join(lines) == joined


def test_the_rest_of_the_document_decides_where_a_hyphen_stays() -> None:
    known = Words(
        ["le porte-parole et la sousnommée", "un porte-", "parole et une sous-", "nommée"]
    )
    assert known.join(["un porte-", "parole et une sous-", "nommée"]) == (
        "un porte-parole et une sousnommée"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman", "cp850", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        "Le péage du pont à bascule est réduit; het beëindigen van de tolgelden.\n",
        "De ‘gouden’ sluis is – ’s winters – dicht; één veer vaart.\n",
    ],
)
def test_the_letters_of_the_two_languages_tell_the_character_set(text: str, encoding: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding)
    assert decoded(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    ("encoding", "declared", "told"),
    [
        ("utf-8", "", ""),
        ("cp1252", "", "Windows-1252"),
        ("cp1252", "windows-1252", ""),
        ("cp1252", "iso-8859-1", ""),
        ("mac_roman", "", "Mac Roman"),
        ("mac_roman", "iso-8859-1", "Mac Roman"),
        ("utf-16-le", "", "UTF-16"),
        ("utf-16", "", ""),
    ],
)
def test_a_character_set_that_is_guessed_is_told(encoding: str, declared: str, told: str) -> None:
    text = "Le péage est réduit à l’entrée, dès l’été. De sluizen zijn ’s avonds dicht.\n" * 3
    found, warnings = decoded(text.encode(encoding), declared=declared)
    assert found == text
    assert [told in warning for warning in warnings] == ([True] if told else [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le chœur paie 12 € par répétition.", "iso-8859-15"),
        ("Œuvre d’été".replace("’", "'"), "iso-8859-15"),
        ("De huur bedraagt 12 € per dag.", "iso-8859-15"),
        ("België betaalt € 12 per zaal.", "iso-8859-15"),
        ("De zaal is ½ dag of 1½uur vrij, in één keer.", "cp1252"),
        ("Artikel 3 § 2. De huur. § 3. De zaal.", "mac_roman"),
    ],
)
def test_letters_where_a_fraction_cannot_stand_tell_the_latin_set(text: str, encoding: str) -> None:
    found, _ = decoded(text.encode(encoding))
    assert found == text


def test_what_declares_its_character_set_is_read_by_it() -> None:
    assert decoded(b"c\xbdur, 12 \xa4", declared="iso-8859-1")[0] == "c½ur, 12 ¤"


def test_a_stray_byte_in_utf_8_is_one_letter_lost_and_told() -> None:
    data = "Le péage est fixé à l’entrée.\n\nIl est perçu ".encode() + b"d\xe8s demain.\n"
    text, warnings = decoded(data, "péage.txt")
    assert text.endswith("Il est perçu d\ufffds demain.\n")
    assert warnings == ("bytes that are not UTF-8, shown as �: 1. Compare them with the original",)
    passage = read(text).passages[-1]
    assert "n’a pas pu être lu" in passage.doubts[0].fr
    assert "kon niet worden gelezen" in passage.doubts[0].nl


def test_text_that_was_encoded_twice_is_refused_and_a_little_of_it_is_told() -> None:
    broken = "Le péage est fixé.".encode().decode("cp1252")
    for text in (broken, f"{broken}\n\nIl est dû.\n"):
        with pytest.raises(ReadError, match=r"encoded twice.*“Ã©”.*came first"):
            decoded(text.encode(), "péage.txt")
    mixed = "Le péage est réduit à l’entrée.\n\n" + broken + "\n\nIl est perçu dès le début.\n"
    found = read(mixed)
    assert [len(passage.doubts) for passage in found.passages][-2:] == [1, 0]
    assert any("encoded twice" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le sel est ~~gris~~ blanc.", True),
        ("Le sel. <!-- à revoir -->", True),
        ("**Art. 2.** Le sel est blanc.", True),
        ("Le sel ~ 3 kg, le riz ~~ 4 kg -- ou plus.\n\n-----\n\n|---\n* un ** deux", False),
    ],
)
def test_signs_of_markdown_that_change_what_is_said_are_told(text: str, *, told: bool) -> None:
    found = read_text(f"Note\n\n{text}\n".encode())
    assert any("Markdown" in warning for warning in found.warnings) is told


def paged(*pages: tuple[str, str, str]) -> str:
    return "\f".join("\n".join(page) for page in pages)


def test_lines_that_run_on_the_pages_are_left_out_and_told() -> None:
    text = paged(
        (
            "Code des halles      1",
            "Art. 1er. Le crieur qui ouvre la halle sonne les clo-",
            "3.4.2032",
        ),
        ("Code des halles      2", "ches du quai.", "3.4.2032"),
        ("Code des halles      3", "Art. 2. La halle ferme.", "3.4.2032\n"),
    )
    found = read(text + "\f")
    assert by_portion(found) == {
        "art_1": "Le crieur qui ouvre la halle sonne les cloches du quai.",
        "art_2": "La halle ferme.",
    }
    assert found.warnings[0].startswith("left out, running headers, footers and page numbers: 6")


@pytest.mark.parametrize(
    "heads",
    [
        ("Article 1er", "Article 2", "Article 3"),  # they count with the pages, but are parts
        ("Plan 7", "Plan 9", "Plan 4"),
    ],
)
def test_first_lines_of_pages_that_say_something_of_their_own_stay(heads: tuple[str, ...]) -> None:
    halls = ("au nord", "au sud", "à l’est")
    text = paged(
        *((head, f"La halle est {at}.", "") for head, at in zip(heads, halls, strict=True))
    )
    assert read_text(text.encode()).warnings == ()


def test_a_list_of_contents_is_left_out_and_told() -> None:
    text = (
        "Code des halles\n\nArtikel 1. Doel ........ 2\nArtikel 2. Huur en waarborg van de hal\n"
        "en van de kelder ....... 3\nArtikel 3. Slot ………… 4\n\nArtikel 1. Doel\n\nDe hal is "
        "openbaar.\n\nArtikel 3. Slot\n\nDe hal sluit.\n"
    )
    found = read(text, lang="nl")
    assert {"art_1": "De hal is openbaar.", "art_3": "De hal sluit."}.items() <= (
        by_portion(found).items()
    )
    assert found.warnings[0].startswith("left out, table of contents: 3 places")


def test_amounts_behind_leaders_are_text() -> None:
    text = "Art. 4. Le prix par jour :\n\nHalle du nord ....... 12\nHalle du sud ........ 14\n"
    found = read(text)
    assert "Halle du sud ........ 14" in found.passages[-1].text
    assert found.warnings == ()


TABLES = {
    "white space": (
        "Hal          Dag      Nacht\nNoord                 4,50\nZuid       2,25      5,00"
    ),
    "a line below": (
        "Hal          Dag      Nacht\n---        ------   ------\nNoord                 4,50\n"
        "Zuid       2,25      5,00"
    ),
    "bars": (
        "+-------+------+-------+\n| Hal   | Dag  | Nacht |\n+=======+======+=======+\n"
        "| Noord |      | 4,50  |\n| Zuid  | 2,25 | 5,00  |\n+-------+------+-------+"
    ),
    "lines of DOS": "│ Hal │ Dag │ Nacht │\n├─────┼─────┼───────┤\n│ Noord │ │ 4,50 │\n"
    "│ Zuid │ 2,25 │ 5,00 │",
    "Markdown": "| Hal | Dag | Nacht |\n|---|--:|:--|\n| Noord | | 4,50 |\n| Zuid | 2,25 | 5,00 |",
}


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize("page", [False, True])
def test_the_rows_of_a_typed_table_keep_their_empty_cells(form: str, *, page: bool) -> None:
    around = "Artikel 7. De huur bedraagt :{}Art. 8. De huur hangt uit."
    table = f"<pre>{TABLES[form]}</pre><p>" if page else f"\n\n{TABLES[form]}\n"
    text = around.format(table)
    found = read_file((f"<body><p>{text}" if page else text).encode(), work="plan", lang="nl")
    assert by_portion(found) == {
        "art_7": "De huur bedraagt :\nHal | Dag | Nacht\nNoord | | 4,50\nZuid | 2,25 | 5,00",
        "art_8": "De huur hangt uit.",
    }
    assert found.warnings == ()


@pytest.mark.parametrize(
    "rows",
    [
        "Hal\tDag\tNacht\nNoord\t\t4,50\nZuid\t2,25\t\n",
        "Hal\tDag\tNacht\nNoord\t\t4,50\nZuid\t2,25\n",
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_tabs_keep_the_place_of_an_empty_cell(rows: str, *, wide: bool) -> None:
    rows = rows.replace("Noord", "Noorderhalle") if wide else rows
    found = read(f"Tarief\n\nArtikel 7. De huur bedraagt :\n\n{rows}\nArt. 8. Einde.\n", "nl")
    first = "Noorderhalle" if wide else "Noord"
    table = f"Hal | Dag | Nacht\n{first} | | 4,50\nZuid | 2,25 |"
    assert by_portion(found)["art_7"] == f"De huur bedraagt :\n{table}"
    told = (
        "rows of tables by tabs that have an empty place: 1 (“Noorderhalle 4,50”): "
        "check under which heading their words stand"
    )
    assert found.warnings == ((told,) if wide else ())


@pytest.mark.parametrize(
    "text",
    [
        "Le crieur agit selon le\n§ 4. Il est majeur.",
        "Le crieur est payé par le\n§ 1er de l'annexe, en mai.",
        "Le crieur, selon le\n2° de l'article 5, est payé.",
        "Le crieur est payé au plus tard le\n1. mars.",
        "De roeper is\n18. Hij is beëdigd.",
    ],
)
def test_a_sentence_that_is_broken_before_a_number_goes_on(text: str) -> None:
    around = "Code\n\nArticle 1. La halle ouvre tôt le matin pour tous les crieurs.\n"
    found = by_portion(read(f"{around}\nArticle 2. {text}\n\nArticle 3. La halle ferme.\n"))
    assert found["art_2"] == text.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sont admis\n1° les crieurs\n2° les porteurs", 2),
        ("§ 1. Le crieur sonne\n§ 2bis. Il dort\n§ 3. Fin", 2),
    ],
)
def test_numbers_that_go_on_begin_paragraphs_without_the_end_of_a_sentence(
    text: str, count: int
) -> None:
    head = "Article 1. La halle ouvre tôt le matin pour tous les crieurs de la ville.\n\n"
    head += "Article 2. " if text.startswith("§") else ""
    found = [block.text for block in read_text(f"Code\n\n{head}{text}\n".encode()).blocks]
    assert found[-count:] == text.split("\n")[-count:]


@pytest.mark.parametrize(
    ("text", "portions"),
    [
        ("1°    le sel;\n2°    le riz;\n3°    le bois.", ["pnt_1", "pnt_2", "pnt_3"]),
        (
            "Art. 1.    Le sel.\nArt. 2.    Le riz.\nArt. 3.    Le bois.",
            ["art_1", "art_2", "art_3"],
        ),
        ("Le   sel est\ngris et   le\nriz   est blanc.", ["par_1"]),
    ],
)
def test_numbers_and_wide_spaces_make_no_table(text: str, portions: list[str]) -> None:
    found = read(f"Note\n\n{text}\n")
    assert list(by_portion(found)) == portions
    assert found.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Art. 1. La halle ouvre tôt.       Art. 2. La halle ferme.\n"
        "Le crieur sonne.                  Le crieur dort.\n",
        "La halle est ouverte aux crieurs      Les bacs sont amarrés au quai\n"
        "de la ville tous les jours de la      de la ville toutes les nuits de\n"
        "semaine.                              la semaine.\n",
    ],
)
def test_a_text_in_columns_is_told(text: str) -> None:
    warnings = read(f"Code\n\n{text}").warnings
    assert any("in columns, which are read across" in warning for warning in warnings)


@pytest.mark.parametrize("line", ["", "+------+-----+\n"])
@pytest.mark.parametrize("above", ["", "\n"])
def test_a_table_between_bars_is_one_table_below_whatever_it_stands(above: str, line: str) -> None:
    rows = ["| Étang | Prix |", "| Nord  | 4 € |", "| Sud   | 3 € |"]
    table = line + f"\n{line}".join(rows) + f"\n{line}"
    found = read(f"Note\n\nLe droit est dû :\n{above}{table}\n{table}")
    assert by_portion(found) == {
        "par_1": "Le droit est dû :",
        **{
            f"tab_{number}.row_{at}": row
            for number in (1, 2)
            for at, row in enumerate(["Étang | Prix", "Nord | 4 €", "Sud | 3 €"], 1)
        },
    }
    leads = [p.lead for p in found.passages[1:4]]
    assert leads == ["", "Étang | Prix", "Étang | Prix"]


def test_a_table_wider_than_the_text_parts_no_sentence_of_it() -> None:
    text = (
        "Le droit est dû par le maître du bateau dans\n"
        "les trente jours. Il est payé au bureau de\n"
        "Namur."
    )
    table = "| Étang du nord de la ville de Namur | Prix d'un jour | 4 € |\n" * 3
    assert by_portion(read(f"Note\n\n{text}\n\n{table}"))["par_1"] == " ".join(text.split())


_PAGES = (
    (
        ["Verklaring over de Leie", "", "De partijen baggeren de rivier vóór"],
        ["31 december 2031 over de hele lengte."],
    ),
    (
        ["2. De kosten worden gedragen door", "het gewest en door"],
        ["de gemeenten, elk voor de helft."],
    ),
)
_FILLED = [f"{number}) het vak {number} van de rivier;" for number in range(1, 7)]


def _copied(*running: tuple[list[str], list[str]]) -> str:
    """A text of three pages, with the lines that run at the foot and the head of each."""
    lines: list[str] = []
    for (above, below), (foot, head) in zip(_PAGES, running, strict=True):
        lines += [*above, *foot, *head, *below, "De vakken zijn:", *_FILLED]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            _copied((["1"], ["Verklaring Leie – ontwerp"]), (["2"], ["Verklaring Leie – ontwerp"])),
            4,
        ),
        (_copied((["Blz. 1/3"], ["Ontwerp"]), (["Blz. 2/3"], ["Ontwerp"])), 4),
        (_copied((["– 7 –"], ["ONTWERP", "12.3.2031"]), (["– 8 –"], ["ONTWERP", "12.3.2031"])), 6),
    ],
)
def test_lines_that_run_on_the_pages_of_a_copied_text_are_left_out_and_told(
    text: str, left: int
) -> None:
    found = read(text, "nl")
    texts = list(by_portion(found).values())
    assert any("de rivier vóór 31 december 2031 over de hele lengte." in t for t in texts)
    assert any("het gewest en door de gemeenten, elk voor de helft." in t for t in texts)
    assert found.warnings[0].startswith(
        f"left out, running headers, footers and page numbers: {left}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"Fiche n° {n}\nObjectif\nLe quai {n} est pavé.\n" + "Bon.\n" * 6 for n in (1, 2)),
        "".join(f"Mesure {n}\nObjectif\nLe quai est pavé.\n" + "Bon.\n" * 6 for n in (1, 2)),
        "Quais\n1\noui\n2\noui\n3\nnon\nLes quais sont pavés.\n",
    ],
)  # fmt: skip
def test_lines_of_a_text_that_count_up_stay(text: str) -> None:
    found = read(text)
    assert not any("running" in warning for warning in found.warnings)


def test_a_number_alone_on_a_line_within_a_sentence_leaves_a_doubt() -> None:
    found = read("Note\n\nLe péage est dû dans un délai de\n12\njours après le passage du bac.\n")
    (passage,) = found.passages
    assert "Un numéro de page peut être mêlé au texte" in passage.doubts[0].fr


@pytest.mark.parametrize(
    "lines", [["Artikel 1", "Artikel 2", "Artikel 3"], ["Art. 1.", "Art. 2.", "Art. 3."]]
)
def test_a_short_line_right_below_the_number_of_an_article_is_its_title(lines: list[str]) -> None:
    words = "Dit reglement is van toepassing op alle pontons langs de Schelde in de\nstad."
    text = "".join(f"{line}\nOnderwerp {at}\n{words}\n" for at, line in enumerate(lines))
    found = read(f"Reglement\n\n{text}", "nl")
    assert by_portion(found) == {
        f"art_{n}": "Dit reglement is van toepassing op alle pontons langs de Schelde in de stad."
        for n in (1, 2, 3)
    }
    assert found.passages[1].headings[0].endswith(" – Onderwerp 1")


def test_a_text_without_a_sentence_that_goes_on_has_a_paragraph_on_each_line() -> None:
    lines = [
        "Charte des haltes nautiques", "Les haltes accueillent les bateaux, de mars à mai.",
        "Accueil", "Le capitaine du port tient un registre.", "Le séjour est limité à deux nuits.",
        "Prix", "La nuit coûte dix euros.", "Fait à Namur, le 4 mai 2031.",
    ]  # fmt: skip
    found = read("\n".join(lines))
    assert [found.title, *(p.text for p in found.passages)] == lines


def test_a_title_in_capitals_and_a_dateline_end_where_the_words_below_begin() -> None:
    found = read(
        "ACCORD ENTRE LES COMMUNES RIVERAINES\nDE LA LESSE\nHouyet, le 4 mai 2031\n"
        "Les communes, réunies à Houyet, entendent protéger la rivière et ses\n"
        "berges.\n"
    )
    assert found.title == "ACCORD ENTRE LES COMMUNES RIVERAINES DE LA LESSE"
    assert list(by_portion(found).values()) == [
        "Houyet, le 4 mai 2031",
        "Les communes, réunies à Houyet, entendent protéger la rivière et ses berges.",
    ]


@pytest.mark.parametrize("sign", ["•", "\uf0b7"])
def test_the_sign_of_an_item_that_stands_alone_goes_to_the_words_below_it(sign: str) -> None:
    found = read(f"Tarief\n\nDe prijs omvat:\n{sign}\n\nhet anker;\n{sign}\n\nde boei.\n", "nl")
    assert by_portion(found) == {
        "par_1": "De prijs omvat:", "blt_1": "het anker;", "blt_2": "de boei.",
    }  # fmt: skip
    assert found.passages[1].lead == "De prijs omvat:"
    apart = read(f"Tarief\n\nDe prijs omvat:\n{sign}\n{sign}\n\nhet anker;\nde boei.\n", "nl")
    assert "signs of items that stand apart from their words: 1" in apart.warnings


def test_a_line_whose_sign_ends_the_sentence_above_is_its_note_outside_articles_too() -> None:
    found = read(
        "Note\n\n1. QUAIS\n\nLe comité siège à Huy. (1)\n\n(1) Salle du port.\n\nIl est public.\n"
    )
    assert by_portion(found) == {
        "sec_1.par_1": "Le comité siège à Huy. (1)",
        "sec_1.par_2": "Il est public.",
    }
    assert found.passages[0].notes == ("(1) Salle du port.",)


@pytest.mark.parametrize("above", ["Le comité applique le point (1) :", "Le comité siège à Huy."])
def test_a_numbered_line_that_no_sentence_above_calls_is_a_point(above: str) -> None:
    found = read(f"Note\n\n{above}\n\n(1) Il est public.\n\n(2) Il est gratuit.\n")
    assert "pnt_1" in by_portion(found)


def test_short_lines_are_no_sentence_that_was_wrapped() -> None:
    text = (
        "Note sur le four\n\nVille de Spa\nService des eaux\n\n"
        "Openingsuren\nmaandag: 9 tot 12 uur\ndinsdag: gesloten\n\n"
        "Le four du parc est fermé pendant tout le mois de mai, et le puits aussi.\n"
    )
    assert list(by_portion(read(text)).values())[:2] == [
        "Ville de Spa\nService des eaux",
        "Openingsuren\nmaandag: 9 tot 12 uur\ndinsdag: gesloten",
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_cells_that_were_copied_one_below_the_other_are_told(between: str) -> None:
    cells = ("Bois", "Prix au stère", "Hêtre", "70 euros", "Chêne", "80 euros")
    text = f"Note sur le bois\n\nLe bois est coupé.\n\n{between.join(cells)}\n\nIl est sec.\n"
    found = read(text)
    told = "short lines one below the other, which may be the cells of a table: 6 (“Bois”)"
    assert told in found.warnings
    assert "\n".join(by_portion(found).values()) == "\n".join(
        ["Le bois est coupé.", *cells, "Il est sec."]
    )


def test_lines_with_labels_are_no_cells() -> None:
    text = "Avis\n\nLe four est libre.\n\n" + "\n".join(
        f"Four {sign} : {sign}" for sign in "abcdef"
    )
    assert not read(f"{text}\n").warnings


def test_the_lines_of_a_letterhead_are_no_cells() -> None:
    lines = ("Ville de Spa", "Service des eaux", "Rue Haute 1", "4900 Spa", "Madame Noël", "Spa")
    assert not read("\n\n".join([*lines, "Le puits est fermé.", ""])).warnings


def test_values_that_a_program_parts_are_the_cells_of_rows() -> None:
    for sign in (";", ","):
        rows = (("Quai", "Heure", "Prix"), ("Nord", "", "5"), ("Sud", f'"a{sign}b"', "6"))
        found = read("Note\n\n" + "\n".join(map(sign.join, rows)) + "\n")
        texts = ["Quai | Heure | Prix", "Nord | | 5", f"Sud | a{sign}b | 6"]
        assert list(by_portion(found).values()) == texts


def test_a_value_between_quotation_marks_is_one_cell() -> None:
    text = (
        "Heures du quai 2031;;\n;;\nJour;Matin;Remarque\nlundi;fermé;\n"
        'mardi;"6 h; puis 9 h";"sur\nrendez-vous"\njeudi;"7 h";\n'
    )
    found = read(text)
    assert [(p.text, p.lead) for p in found.passages][2:] == [
        ("lundi | fermé |", "Jour | Matin | Remarque"),
        ("mardi | 6 h; puis 9 h | sur rendez-vous", "Jour | Matin | Remarque"),
        ("jeudi | 7 h |", "Jour | Matin | Remarque"),
    ]
    assert {p.headings for p in found.passages[1:]} == {("Heures du quai 2031",)}


def test_a_list_whose_items_end_with_a_sign_has_no_cells() -> None:
    text = "Sont admis :\nles ânes ;\nles mulets;\nles bœufs;\nles chevaux;les poneys\n"
    assert "|" not in "".join(by_portion(read(text)).values())


def test_lines_with_a_label_or_a_name_are_no_words_of_the_line_before() -> None:
    text = (
        "Plan du four\n\nAxe 1 – Le bois et la pierre du grand four\nAction 1.1 – Couper le bois\n"
        "Budget : 30 euros\nÉchéance : 2031\n3 MAI 2031. - Avis du four\n"
    )
    _, _, axis, action, budget, end, act = text.splitlines()
    assert list(by_portion(read(text)).values()) == [axis, f"{action}\n{budget}\n{end}", act]


def test_lines_that_spaces_lay_out_stay_lines_with_a_doubt() -> None:
    lines = ("Sac       Prix   Avis", "grand sac de sel 5 €", "petit     2 €    -")
    found = read("Note\n\n" + "\n".join(lines) + "\n\nLe sel est sec.\n").passages
    assert found[0].text == "Sac Prix Avis\ngrand sac de sel 5 €\npetit 2 € -"
    assert LAID_OUT in found[0].doubts


def test_who_speaks_begins_a_paragraph_below_a_full_line() -> None:
    lines = (
        "Mme Noël : Le four est clos pendant tout le mois de mai de cette année.",
        "M. Petit : Non.",
    )
    assert list(by_portion(read("Avis\n\n" + "\n".join(lines) + "\n")).values()) == [*lines]


def test_the_longest_item_of_a_short_text_is_no_full_line() -> None:
    text = (
        "Papieren\n\n1. de kaart van een van de ouders\n2. de brief van beide\n\nDe kaart is er.\n"
    )
    assert by_portion(read(text, "nl"))["pnt_1"] == "de kaart van een van de ouders"


def test_a_wrapped_sentence_with_a_colon_stays_whole() -> None:
    text = (
        "Note\n\nLe conseil a nommé pour la durée de la saison les gardiens du four et\n"
        "Anne Petit : elle veille au bois et au sel pendant tout le mois de\nmai.\n"
    )
    assert len(read(text).passages) == 1


@pytest.mark.parametrize("line", ["-" * 38, "-----------   ------   --------", "=" * 30])
def test_a_line_below_the_heads_of_typed_columns_makes_no_heading_of_them(line: str) -> None:
    rows = [
        "Sel          Quai     Cave",
        line,
        "Sel gris      4,00    6,00",
        "Fleur        12,00   18,00",
    ]
    text = "Tarif du sel\n\nLes prix sont ceux-ci :\n\n{}\n\nLe sel est pesé au quai.\n"
    found = read(text.format("\n".join(rows)))
    assert by_portion(found) == {
        "par_1": "Les prix sont ceux-ci :",
        "tab_1.row_1": "Sel | Quai | Cave",
        "tab_1.row_2": "Sel gris | 4,00 | 6,00",
        "tab_1.row_3": "Fleur | 12,00 | 18,00",
        "par_2": "Le sel est pesé au quai.",
    }
    assert found.passages[2].lead == "Sel | Quai | Cave"


def test_a_line_above_the_total_of_typed_columns_ends_no_table() -> None:
    found = read(
        "Compte\n\nQuai Nord    4,00    6,00\nQuai Sud     1,00    2,00\n"
        "--------------------------\nTotal        5,00    8,00\n\nLe compte est clos.\n"
    )
    assert list(by_portion(found)) == ["tab_1.row_1", "tab_1.row_2", "tab_1.row_3", "par_1"]


def test_a_line_between_two_tables_of_other_columns_leaves_each_its_own() -> None:
    found = read(
        "Compte\n\nQuai      4,00\nNord      6,00\nSud       2,00\n------------\n"
        "Le sac de sel   3   euros\nLa caisse       5   euros\nLe fût de sel   9   euros\n"
    )
    assert by_portion(found)["tab_1.row_3"] == "Sud | 2,00"
    assert "Le fût de sel | 9 | euros" in by_portion(found).values()


def test_lines_with_dots_that_lead_to_a_value_stay_lines() -> None:
    found = read(
        "RÈGLEMENT DE LA HALLE DE SEL\n\nArt. 1 - Tarif (en euros)\nsel gris ......... 80,00\n"
        "fleur de sel.......65\nriz . . . . . . . libre\nLes enfants ne paient rien.\n\n"
        "Art. 2 - Garantie\nElle est rendue le jour même.\nElle est due.\n"
    )
    assert by_portion(found)["art_1"].split("\n")[-4:] == [
        "sel gris ......... 80,00", "fleur de sel.......65", "riz . . . . . . . libre",
        "Les enfants ne paient rien.",
    ]  # fmt: skip


def test_colons_below_each_other_belong_to_the_labels_before_them() -> None:
    found = read(
        "Note\n\nDate      : 6 juin 2031\nService   : Quai\nObjet     : le sel\n\nIl est gris.\n"
    )
    assert (found.title, found.date) == ("le sel", "2031-06-06")
    assert by_portion(found)["tab_1.row_2"] == "Service : | Quai"
    assert found.passages[2].lead == ""


def test_numbers_that_a_tab_ends_head_sections_where_they_count_on() -> None:
    found = read(
        "Note sur le sel\n\n1\tContexte\n\nLe sel est gris.\n\n2\tProposition\n\nIl est vendu.\n"
    )
    assert list(by_portion(found)) == ["sec_1.par_1", "sec_2.par_1"]
    assert [p.headings for p in found.passages] == [("1. Contexte",), ("2. Proposition",)]
    other = read("Note sur le sel\n\n7\tContexte\n\nLe sel est gris.\n\n9\tProposition\n\nSec.\n")
    assert "7 Contexte" in by_portion(other).values()


def test_a_line_in_capitals_right_above_a_text_heads_it_wherever_it_stands() -> None:
    found = read(
        "Le sel du quai\n\nLe sel est pesé au quai, dans les sacs que le maître du port a\n"
        "fermés la veille.\n\nLES HORAIRES\nLe quai est ouvert de l’aube à la nuit, sauf le jour\n"
        "de la foire.\n"
    )
    assert [(p.headings, p.text[:8]) for p in found.passages] == [
        ((), "Le sel e"), (("LES HORAIRES",), "Le quai "),
    ]  # fmt: skip


def test_boxes_to_tick_begin_lines_of_their_own() -> None:
    found = read(
        "Le sel du quai\n\nCe qui est permis au quai de la ville haute et basse ?\n"
        "[x] sel gris\n[ ] riz\n"
    )
    assert list(by_portion(found).values())[1:] == ["[x] sel gris", "[ ] riz"]


def test_round_signs_of_inner_items_that_word_types_as_letters_begin_a_line() -> None:
    found = read(
        "Note\n\nArticle 1. Il faut :\n\t•\tun bac ;\n\t•\tpour un char :\n"
        "\t\to\tdeux sous,\n\t\to\tun guet.\nArticle 2. Fin.\n"
    )
    assert by_portion(found)["art_1"] == (
        "Il faut :\n• un bac ;\n• pour un char :\n◦ deux sous,\n◦ un guet."
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("La note est corrigée : lire « 12 agents » au lieu de", "« 21 agents »."),
        ("De nota wordt verbeterd: lees het aantal van", "12 in plaats daarvan."),
    ],
)
def test_a_line_that_ends_with_an_article_or_a_preposition_goes_on(lines: tuple[str, str]) -> None:
    found = read("Verslag\n\n{}\n{}\n\nFin.\n".format(*lines))
    assert by_portion(found)["par_1"] == " ".join(lines)


def test_a_line_in_the_first_column_alone_heads_rows_of_typed_columns() -> None:
    found = read(
        "Tarif\n\nSorte               Habitant     Autre\nSable               2 sous       3 sous\n"
        "Bois sec\n  par char          1 sou        2 sous\n"
        "  par bac           4 sous       5 sous\n"
    )
    assert [(p.anchor.portion, p.text) for p in found.passages][2:] == [
        ("tab_1.row_3", "Bois sec | |"),
        ("tab_1.row_4", "par char | 1 sou | 2 sous"),
        ("tab_1.row_5", "par bac | 4 sous | 5 sous"),
    ]
    assert found.passages[-1].headings == ("Bois sec",)


@pytest.mark.parametrize("line", ["Les sacs portent le signe visé à l'annexe", "Il part vers"])
def test_a_first_number_behind_words_that_await_one_begins_no_list_anew(line: str) -> None:
    found = read(
        "Le marché au sel ouvre à six heures et ferme le soir, quand les bancs\nsont rangés.\n\n"
        f"1. Le sel est pesé à la halle.\n2. {line}\n1. Ils sont rangés la nuit.\n"
        "3. Le sel est gris.\n"
    )
    awaits = line.endswith("annexe")
    assert ("pnt_1(2)" in by_portion(found)) is not awaits
    assert (by_portion(found)["pnt_2"] == f"{line} 1. Ils sont rangés la nuit.") is awaits


def test_a_cell_over_two_columns_does_not_join_those_of_other_rows() -> None:
    rows = [
        "Lot 1      Sel gris         125 sous", "Lot 2      Sel fin           18 sous",
        "Lot 3      Sel de mer, en sacs et en tonneaux    9 sous",
    ]  # fmt: skip
    found = read("Prix\n\n" + "\n".join(rows) + "\n")
    assert list(by_portion(found).values()) == [
        "Lot 1 | Sel gris | 125 sous", "Lot 2 | Sel fin | 18 sous",
        "Lot 3 | Sel de mer, en sacs et en tonneaux | 9 sous",
    ]  # fmt: skip
    assert not any(p.doubts for p in found.passages)


def test_rows_whose_cells_a_longer_one_joins_have_a_doubt() -> None:
    rows = [
        "Lot 1      Sel gris         125 sous", "Lot 2      Sel fin           18 sous",
        "Lot 3      Sel de mer, en sacs et en tonneaux", "Lot 4                         9 sous",
    ]  # fmt: skip
    found = read("Prix\n\n" + "\n".join(rows) + "\n")
    assert [LAID_OUT in p.doubts for p in found.passages] == [True, True, False, False]
