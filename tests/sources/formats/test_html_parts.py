"""Parts of a page: what a click opens, headings by their role, cards beside each other."""

from __future__ import annotations

import pytest

from sources.formats.html.reader import read_html
from sources.model import Document
from sources.structure.document import document


def read(body: str, head: str = "") -> Document:
    page = f"<html lang='fr'><head><title>Le bac</title>{head}</head><body>{body}</body></html>"
    return document(read_html(page.encode()), work="x", lang="fr")


def under(found: Document) -> list[tuple[str, str]]:
    return [(p.headings[-1] if p.headings else "", p.text) for p in found.passages]


HIDING = "<style>.panel{display:none}</style>"


@pytest.mark.parametrize(
    ("control", "panel"),
    [
        ("<button aria-expanded='false' aria-controls='p1'>Qui paie ?</button>",
         "<div id='p1' class='panel'>"),
        ("<a href='#p1' aria-expanded='false' data-toggle='collapse'>Qui paie ?</a>",
         "<div id='p1' hidden>"),
        ("<span role='tab' aria-selected='false' aria-controls='p1'>Qui paie ?</span>",
         "<section id='p1' style='display:none'>"),
    ],
)  # fmt: skip
def test_what_a_click_on_a_question_shows_is_read_and_told(control: str, panel: str) -> None:
    tag = panel[1:].split(maxsplit=1)[0]
    found = read(f"<h1>Le bac</h1><h2>{control}</h2>{panel}<p>L’usager.</p></{tag}>", HIDING)
    assert under(found) == [("Qui paie ?", "L’usager.")]
    assert any("a click" in warning for warning in found.warnings)


def test_what_a_menu_opens_and_what_nothing_opens_stays_hidden() -> None:
    found = read(
        "<p>Le bac part.</p><button aria-expanded='false' aria-controls='m'>Menu</button>"
        "<div id='m' hidden><a href='/a'>Accueil</a> <a href='/b'>Tarifs</a></div>"
        "<div id='p' hidden><p>Un brouillon.</p></div>"
    )
    assert not any("Tarifs" in p.text or "brouillon" in p.text for p in found.passages)


def test_a_heading_by_its_role_is_one() -> None:
    found = read(
        "<div role='heading' aria-level='1'>Règles du quai</div>"
        "<div role='heading' aria-level='2'>Le matin</div><div>Le quai ouvre à six heures.</div>"
        "<p role='heading'>Le soir</p><div>Il ferme à dix heures.</div>"
    )
    assert found.title == "Règles du quai"
    assert under(found) == [
        ("Le matin", "Le quai ouvre à six heures."), ("Le soir", "Il ferme à dix heures."),
    ]  # fmt: skip


ROW = "<div style='display:flex'>{}</div>"
HEADS = ("La barge", "Le quai")
TEXTS = ("Il part à six heures.", "On y paie en espèces.")


@pytest.mark.parametrize(
    "page",
    [
        ROW.format("".join(f"<div><h3>{h}</h3></div>" for h in HEADS))
        + ROW.format("".join(f"<div><p>{t}</p></div>" for t in TEXTS)),
        "<table><tr>" + "".join(f"<td><h3>{h}</h3></td>" for h in HEADS) + "</tr><tr>"
        + "".join(f"<td>{t}</td>" for t in TEXTS) + "</tr></table>",
    ],
)  # fmt: skip
def test_cards_are_read_one_by_one(page: str) -> None:
    found = read(f"<h2>Services</h2>{page}<h2>Contact</h2><p>Téléphonez.</p>")
    assert under(found) == [*zip(HEADS, TEXTS, strict=True), ("Contact", "Téléphonez.")]


@pytest.mark.parametrize(
    "box",
    [
        "<details><summary>Qui paie ?</summary><p>L’usager.</p></details>",
        "<fieldset><legend><b>Qui paie ?</b></legend><p>L’usager.</p></fieldset>",
        "<div><h3><button data-toggle='collapse' data-target='#p1'>Qui paie ?</button></h3>"
        "<div id='p1'><p>L’usager.</p></div></div>",
        "<h3><a href='#p1' aria-expanded='true' aria-controls='p1'>Qui paie ?</a></h3>"
        "<div id='p1'><p>L’usager.</p></div>",
    ],
)
def test_a_question_heads_nothing_below_its_answer(box: str) -> None:
    found = read(
        f"<h1>Le bac</h1><h2>Tarif</h2><p>Il est fixe.</p>{box}<p>Le tarif est public.</p>"
    )
    assert [(p.headings, p.text) for p in found.passages] == [
        (("Tarif",), "Il est fixe."),
        (("Tarif", "Qui paie ?"), "L’usager."),
        (("Tarif",), "Le tarif est public."),
    ]


def test_questions_beside_each_other_and_within_each_other_keep_their_levels() -> None:
    found = read(
        "<h1>Le bac</h1><p>Voici.</p><details><summary><h3>Qui paie ?</h3></summary>L’usager."
        "</details><details><summary>Quand ?</summary><p>À bord.</p><details><summary>Et la nuit ?"
        "</summary><p>Au quai.</p></details></details>"
    )
    assert [p.headings for p in found.passages] == [
        (), ("Qui paie ?",), ("Quand ?",), ("Quand ?", "Et la nuit ?"),
    ]  # fmt: skip


def test_lines_below_the_articles_of_an_accordion_are_none_of_the_last_article() -> None:
    found = read(
        "<h1>Le bac</h1><h2 data-toggle='collapse' data-target='#c1'>Chapitre 1er. Tarif</h2>"
        "<div id='c1'><p>Article 1er. Le bac est payant.</p></div><p>Mots-clés : bac, quai</p>"
    )
    assert [(p.anchor.portion, p.headings) for p in found.passages] == [
        ("art_1", ("Chapitre 1er. Tarif", "Article 1er")), ("par_1", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("<div style='display:flex'>", "div"),
        ("<table role='presentation'><tr>", "td"),
        ("<div style='display:grid;grid-template-columns:1fr 1fr'>", "section"),
    ],
)
def test_headings_of_columns_head_nothing_below_them(row: str, cell: str) -> None:
    columns = "".join(
        f"<{cell}><p><b>{name}</b></p><p>{text}</p></{cell}>"
        for name, text in (("Quai Nord", "Le bac y part."), ("Quai Sud", "Il y arrive."))
    )
    end = "</tr></table>" if "table" in row else "</div>"
    found = read(f"<h1>Le bac</h1><p>Voici.</p>{row}{columns}{end}<p>Le bac est lent.</p>")
    assert under(found) == [
        ("", "Voici."), ("Quai Nord", "Le bac y part."), ("Quai Sud", "Il y arrive."),
        ("", "Le bac est lent."),
    ]  # fmt: skip


def test_a_heading_beside_a_date_heads_what_stands_below_both() -> None:
    found = read(
        "<h1>Le bac</h1><p>Voici.</p><div style='display:flex'><h2>Tarif</h2><span>12 mai</span>"
        "</div><p>Le bac est payant.</p>"
    )
    assert under(found)[-1] == ("Tarif", "Le bac est payant.")


@pytest.mark.parametrize(
    "tab",
    [
        "<li><a data-toggle='tab' href='#{0}'>{1}</a></li>",
        "<li role='presentation'><button role='tab' aria-controls='{0}'>{1}</button></li>",
    ],
)
def test_the_words_of_a_tab_head_its_panel(tab: str) -> None:
    tabs = "".join(tab.format(name, name.title()) for name in ("tarif", "horaire"))
    found = read(
        f"<h1>Le bac</h1><p>Voici.</p><ul role='tablist'>{tabs}</ul>"
        "<div id='tarif'><p>Deux euros.</p></div>"
        "<div id='horaire' class='panel'><h3>Horaire</h3><p>À midi.</p></div>"
        "<p>Le bac est lent.</p>",
        HIDING,
    )
    assert under(found) == [
        ("", "Voici."), ("Tarif", "Deux euros."), ("Horaire", "À midi."), ("", "Le bac est lent."),
    ]  # fmt: skip
    assert any("a click" in warning for warning in found.warnings)


def test_a_row_of_tabs_with_words_of_its_own_is_read() -> None:
    found = read(
        "<h1>Le bac</h1><p>Voici.</p><ul><li><a role='tab' href='#a'>Tarif</a></li>"
        "<li>Quai fermé</li></ul><div id='a'><p>Deux euros.</p></div>"
    )
    assert ("", "Quai fermé") in under(found)


def test_a_letterhead_beside_a_date_heads_nothing_below_the_table_of_both() -> None:
    found = read(
        "<table><tr><td><p><b>VILLE D’ATH</b></p><p>Province</p></td><td><p>Séance du 2 mai</p>"
        "<p>Extrait</p></td></tr></table><p>Présents : MM. Petit et Dubois.</p>"
    )
    assert under(found)[-1] == ("", "Présents : MM. Petit et Dubois.")


def test_the_cells_of_a_row_go_on_in_the_next_one() -> None:
    rows = (
        "<tr><td><p><b>Article 1er</b></p><p>§ 1. Le sel.</p></td><td><p><b>Avis</b></p><p>Bon.</p>"
        "</td></tr><tr><td><p>§ 2. Le riz.</p></td><td></td></tr>"
    )
    found = read(f"<h1>Le bac</h1><table role='presentation'>{rows}</table><p>Fin du tableau.</p>")
    assert under(found)[-2:] == [("Avis", "Le riz."), ("", "Fin du tableau.")]


def test_a_figure_and_what_it_counts_are_one_paragraph() -> None:
    cards = "".join(
        f"<div><div class='n'>{count}</div><p>{what}</p></div>"
        for count, what in (("120", "places"), ("14 %", "du budget"), ("1.", "Le quai"))
    )
    found = read(f"<h1>Le bac</h1><p>Voici.</p><div style='display:flex'>{cards}</div>")
    assert [text for _, text in under(found)][1:3] == ["120\nplaces", "14 %\ndu budget"]
    assert "1.\nLe quai" not in [text for _, text in under(found)]


def test_a_bold_line_heads_the_lines_below_it_in_a_text_of_one_paragraph() -> None:
    found = read(
        "<h1>Le bac</h1><p>Voici.</p><div><b>1. Tarif</b><br>Le bac est gratuit.<br><br>"
        "<strong>2. Horaire</strong><br>Il part à midi.<br>Il est lent.<br><br>Il est vert.</div>"
    )
    assert under(found) == [
        ("", "Voici."), ("1. Tarif", "Le bac est gratuit."),
        ("2. Horaire", "Il part à midi.\nIl est lent."), ("2. Horaire", "Il est vert."),
    ]  # fmt: skip


def test_a_bold_name_above_an_address_is_no_heading() -> None:
    found = read("<h1>Le bac</h1><p>Voici.</p><p><b>Le bac d’Ath</b><br>Quai 3<br>Ath</p>")
    assert under(found)[-1] == ("", "Le bac d’Ath\nQuai 3\nAth")


def test_the_number_of_an_item_that_begins_with_a_list_stands_before_its_first_item() -> None:
    found = read(
        "<h1>Le bac</h1><p>Réponses :</p><ol><li>Il part à l’aube.</li></ol>"
        "<ol start='2'><li><ol type='a'><li>Le cheval paie.</li><li>L’âne non.</li></ol></li></ol>"
    )
    assert {p.anchor.portion: p.text for p in found.passages} == {
        "par_1": "Réponses :",
        "pnt_1": "Il part à l’aube.",
        "pnt_2.pnt_a": "Le cheval paie.",
        "pnt_2.pnt_b": "L’âne non.",
    }


def test_all_that_a_term_means_stands_with_it_and_a_quotation_with_who_said_it() -> None:
    found = read(
        "<h1>Le bac</h1><dl><dt>Semaine</dt><dd>de 6 à 21 heures</dd><dd>en mai dès 5 heures</dd>"
        "<dt>Dimanche</dt><dd>de 8 à 20 heures</dd></dl>"
        "<blockquote><p>Enfin un bac !</p><footer>Anne Nef, du quai</footer></blockquote>"
        "<footer>Le bac, 2031</footer>"
    )
    assert [p.text for p in found.passages] == [
        "Semaine\nde 6 à 21 heures\nen mai dès 5 heures",
        "Dimanche\nde 8 à 20 heures",
        "Enfin un bac !",
        "Anne Nef, du quai",
    ]


def test_brackets_around_a_link_that_calls_a_note_go_with_it() -> None:
    found = read(
        "<h1>Le bac</h1><p>Le bac (<a href='#note1'>1</a>), à quai [<sup><a href='#note2'>2</a>"
        "</sup>], part.</p><p><a id='note1'>1</a> Ou la barque.</p><p><a id='note2'>2</a> Au "
        "bourg.</p>"
    )  # fmt: skip
    assert [(p.text, p.notes) for p in found.passages] == [
        ("Le bac, à quai, part.", ("Ou la barque.", "Au bourg."))
    ]


def test_the_title_of_an_annex_among_lines_of_one_paragraph_opens_it() -> None:
    found = read(
        "<h1>Arrêté relatif au bac</h1><p>Article 1er. Le bac part.<br>Art. 2. Il revient.<br><br>"
        "Annexe à l’arrêté du 3 mai 2031 relatif au bac<br>Les quais<br>1. Le quai haut<br>"
        "2. Le quai bas</p>"
    )
    assert [p.anchor.portion for p in found.passages] == [
        "art_1", "art_2", "anx_1.par_1", "anx_1.pnt_1", "anx_1.pnt_2",
    ]  # fmt: skip


def test_names_and_offices_in_cells_below_the_last_article_sign_it() -> None:
    found = read(
        "<h1>Arrêté</h1><h2>Article 1</h2><p>Le bac part.</p><h2>Article 2</h2><p>Il revient.</p>"
        "<p>Au nom du conseil,</p><table><tr><td>(s) A. Nef<br>directeur</td><td>(s) B. Quai<br>"
        "bourgmestre</td></tr></table>"
    )
    assert [(p.anchor.portion, p.text) for p in found.passages][1:] == [
        ("art_2", "Il revient."), ("fnp.par_1", "Au nom du conseil,"),
        ("fnp.par_2", "(s) A. Nef\ndirecteur"), ("fnp.par_3", "(s) B. Quai\nbourgmestre"),
    ]  # fmt: skip


def test_a_division_keeps_its_title_that_has_a_name_and_a_number_of_its_own() -> None:
    found = read(
        "<h1>Cahier</h1><h2>Partie A. Lot 1 : bacs</h2><h3>Article 1. Prix</h3><p>Trois sous.</p>"
        "<h2>Partie B. Lot 2 : quais</h2><h3>Article 2. Durée</h3><p>Deux ans.</p>"
    )
    assert [p.headings[0] for p in found.passages] == [
        "Partie A. Lot 1 : bacs",
        "Partie B. Lot 2 : quais",
    ]


def test_words_of_an_item_behind_a_list_within_it_stay_with_that_item() -> None:
    found = read(
        "<h1>Le bac</h1><ol><li>Il part :<ul><li>à l’aube,</li></ul>sauf crue.</li><li>On paie :"
        "<ol type='a'><li>le char,</li></ol><p>pas l’âne.</p></li></ol><p>Fin.</p>"
        "<h2>Article 1</h2><ul><li>bac :<ul><li>neuf</li></ul>ou vieux</li></ul>"
    )
    assert {p.anchor.portion: p.text for p in found.passages} == {
        "pnt_1": "Il part :\n– à l’aube,\nsauf crue.",
        "pnt_2": "On paie :",
        "pnt_2.pnt_a": "le char,",
        "pnt_2.par_2": "pas l’âne.",
        "par_1": "Fin.",
        "art_1": "– bac :\n◦ neuf\nou vieux",
    }


def test_no_space_is_left_where_the_call_of_a_note_stood_before_the_end_of_a_sentence() -> None:
    found = read("<p>Le bac part à six heures <sup>(1)</sup>.</p><hr><p>(1) En mai.</p>")
    assert [(p.text, p.notes) for p in found.passages] == [
        ("Le bac part à six heures.", ("En mai.",))
    ]
