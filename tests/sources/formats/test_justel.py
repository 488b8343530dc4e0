"""Laws of Belgium as the pages of Justel print them: what a person sees there is what is kept."""

from __future__ import annotations

import pytest

from sources.anchor import Lang
from sources.formats.file import read_file
from sources.formats.omissions import FORMULA, LAID_OUT, LINES, NESTED, PICTURE
from sources.model import Document, Standing
from tests.sources.structure.reading import by_portion

WORK = "be:2031099997"


def law(*lines: str, lang: Lang = "fr", below: str = "") -> Document:
    """A law of these lines, and what stands below them on its page."""
    body = f"<div><h2 id='text'></h2>{'<BR>&nbsp;&nbsp;'.join(lines)}</div>{below}"
    page = f"<html><title>Justel</title><body>{body}</body></html>"
    return read_file(page.encode(), work=WORK, lang=lang, name="loi.html")


def art(number: str, words: str) -> str:
    return f"<A NAME='Art.{number}'></A>Art. {number}. {words}"


def headed(number: int, words: str) -> str:
    return f"<A NAME='LNK{number:04}'></A>{words}"


def test_what_stands_behind_the_number_of_a_paragraph_belongs_to_it() -> None:
    found = law(
        art("4", "§ 1er. Le gué est balisé."), "[<SUP>1</SUP> § 1er/1. Le gué d'hiver est clos.]"
        "<SUP>1</SUP>", "§ 1erbis. Le gué privé l'est aussi.",
        "§ 1er ter. La passerelle est libre.",
        "§ 2.- Le passeur est juré.",
    )  # fmt: skip
    assert {p.locator.fr: p.text for p in found.passages} == {
        "art. 4, § 1": "Le gué est balisé.",
        "art. 4, § 1er/1": "Le gué d'hiver est clos.",
        "art. 4, § 1erbis": "Le gué privé l'est aussi.",
        "art. 4, § 1er ter": "La passerelle est libre.",
        "art. 4, § 2": "Le passeur est juré.",
    }
    assert found.warnings == ()


def test_the_named_link_of_a_heading_makes_one_of_any_words() -> None:
    found = law(
        headed(1, "HOOFDSTUK I. - De duinen"), headed(2, "Afdeling 1. - Het helmgras"),
        art("1", "Het helmgras is beschermd."), headed(3, "§ 2. Het konijn"),
        headed(4, "A. De jager"), art("2", "De jager is beëdigd."),
        headed(5, "[<SUP>1</SUP> Slotbepalingen]<SUP>1</SUP>."), art("3", "Het decreet geldt."),
        lang="nl",
    )  # fmt: skip
    above = ("HOOFDSTUK I. - De duinen", "Afdeling 1. - Het helmgras")
    assert by_portion(found) == {
        "art_1": "Het helmgras is beschermd.",
        "art_2": "De jager is beëdigd.",
        "art_3": "Het decreet geldt.",
    }
    assert [p.headings for p in found.passages] == [
        (*above, "Art. 1"),
        (*above, "§ 2. Het konijn", "A. De jager", "Art. 2"),
        (*above, "Slotbepalingen", "Art. 3"),
    ]


def test_an_ordinal_of_a_division_may_be_roman() -> None:
    found = law("Section Ire. - Du sel", art("1", "Le sel est pesé."))
    assert [p.headings for p in found.passages] == [("Section Ire. - Du sel", "Art. 1")]


@pytest.mark.parametrize(
    ("head", "locator"),
    [
        ("12<SUP>3</SUP>.", "art. 12³"),
        ("12<SUP>3bis</SUP>.", "art. 12³ᵇⁱˢ"),
        ("12,", "art. 12"),
        ("12 -", "art. 12"),
        ("12 et 13.", "art. 12-13"),
        ("12 tot en met 15.", "art. 12-15"),
    ],
)
def test_the_number_of_an_article_is_read_to_its_end(head: str, locator: str) -> None:
    found = law(f"<A NAME='Art.12'></A>Art. {head} Le sel est pesé.")
    assert [(p.locator.fr, p.text) for p in found.passages] == [(locator, "Le sel est pesé.")]
    assert found.warnings == ()


def test_annexes_keep_what_was_inserted_in_their_numbers() -> None:
    found = law(
        art("1", "Le sel est pesé."), art("N1", "Poids."), art("N1/1", "Balances."),
        art("N2bis", "Sacs."), art("1N3", "Le sac est gris."),
    )  # fmt: skip
    assert {p.locator.nl: p.text for p in found.passages} == {
        "art. 1": "Le sel est pesé.",
        "bijlage 1": "Poids.",
        "bijlage 1/1": "Balances.",
        "bijlage 2bis": "Sacs.",
        "bijlage 3, art. 1N3": "Le sac est gris.",
    }


@pytest.mark.parametrize(
    "words",
    [
        "(Abrogé) &lt;L 2034-01-02/03, art. 5, 002; En vigueur : 01-02-2034&gt;",
        "&lt;Abrogé par L 2034-01-02/03, art. 5, 002; En vigueur : 01-02-2034&gt;",
        "(opgeheven) &lt;W 2034-01-02/03, art. 5, 002; Inwerkingtreding : 01-02-2034&gt;",
    ],
)
def test_law_that_is_repealed_in_the_older_way_says_so(words: str) -> None:
    (passage,) = law(art("6", words)).passages
    assert passage.standing == Standing("repealed", "2034-02-01")


def test_law_that_was_changed_in_the_older_way_is_in_force() -> None:
    words = "&lt;L 2034-01-02/03, art. 5, 002; En vigueur : 01-02-2034&gt; Le tarif est (abrogé)."
    (passage,) = law(art("6", words)).passages
    assert passage.standing is None


@pytest.mark.parametrize(
    ("quoted", "lines"),
    [
        (('" Art. 3. § 1. De dijk is hoog.', '§ 2. Hij is van klei. ".'), 2),
        (('"Het woord "dijk" blijft."',), 1),
        (("« § 3. De dijk is :", "1° van klei;", "2° groen. »;"), 3),
    ],
)
def test_what_a_point_inserts_stays_in_that_point(quoted: tuple[str, ...], lines: int) -> None:
    found = law(
        art("8", "De volgende wijzigingen worden aangebracht :"),
        "1° er wordt een lid ingevoegd, luidende :", *quoted, "2° het derde lid wordt opgeheven;",
        "3° a) in het vierde lid vervalt een woord;", "b) er komt een lid, luidende :",
        '"Het zand is fijn.";', "c) het vijfde lid vervalt.", lang="nl",
    )  # fmt: skip
    lead = "De volgende wijzigingen worden aangebracht :"
    assert list(by_portion(found)) == ["art_8", "art_8.pnt_1", "art_8.pnt_2", "art_8.pnt_3"]
    own, first, _, third = found.passages
    assert own.text == lead
    assert {p.lead for p in found.passages[1:]} == {lead}
    assert first.text.split("\n") == ["er wordt een lid ingevoegd, luidende :", *quoted]
    assert third.text.split("\n")[-3:] == [
        "b) er komt een lid, luidende :", '"Het zand is fijn.";', "c) het vijfde lid vervalt.",
    ]  # fmt: skip
    assert len(quoted) == lines


def test_a_quotation_that_no_sign_closes_before_the_next_article_is_none() -> None:
    found = law(art("1", "Il est dit :"), '"Le sel est gris.', "§ 2. Suite.", art("2", '"Fin".'))
    assert list(by_portion(found)) == ["art_1", "art_1.par_2", "art_2"]


def test_a_table_keeps_its_rows_and_columns_caption_and_foot() -> None:
    found = law(
        art("2", "Le tarif est :"),
        "<TABLE><CAPTION>En euros</CAPTION><TFOOT><TR><TD>Total<TD>12</TFOOT>"
        "<TR><TD><A NAME='note1'></A>1.<TD>Sel gris<TD>5<TR><TD>2.<TD>Sel blanc<TD>7</TABLE>",
    )
    assert by_portion(found) == {
        "art_2": "Le tarif est :\nEn euros\n1. | Sel gris | 5\n2. | Sel blanc | 7\nTotal | 12"
    }


def test_a_table_with_a_column_of_letters_is_no_list() -> None:
    table = "<TABLE><TR><TH>Classe<TH>Prix<TR><TD>A.<TD>5<TR><TD>B.<TD>7</TABLE>"
    assert by_portion(law(art("2", f"Le tarif est :{table}"))) == {
        "art_2": "Le tarif est :\nClasse | Prix\nA. | 5\nB. | 7"
    }


def test_a_table_that_a_point_introduces_stands_in_it() -> None:
    table = "<TABLE><TR><TD>gris<TD>5<TR><TD>blanc<TD>7</TABLE>"
    found = law(art("2", "On paie :"), f"1° pour le sel :{table}", "2° pour le sac : 1 euro.")
    assert by_portion(found) == {
        "art_2": "On paie :",
        "art_2.pnt_1": "pour le sel :\ngris | 5\nblanc | 7",
        "art_2.pnt_2": "pour le sac : 1 euro.",
    }


def test_a_table_around_others_has_each_cell_on_its_line() -> None:
    inner = "<TABLE><TR><TD>quai<TD>8<TR><TD>pont<TD>9</TABLE>"
    found = law(art("2", f"Le tarif est :<TABLE><TR><TD>Est<TD>{inner}</TABLE>"))
    assert by_portion(found) == {"art_2": "Le tarif est :\nEst\nquai | 8\npont | 9"}
    assert found.passages[0].doubts == (NESTED,)


@pytest.mark.parametrize(
    "items",
    [
        "<TABLE><TR><TD>1°<TD>le sel gris;<TR><TD>2°<TD>le sel blanc.</TABLE>",
        "<BR>1° le sel gris;<BR>2° le sel blanc.",
    ],
)
def test_a_list_in_a_table_is_a_list(items: str) -> None:
    assert by_portion(law(art("2", f"On pèse :{items}"))) == {
        "art_2": "On pèse :",
        "art_2.pnt_1": "le sel gris;",
        "art_2.pnt_2": "le sel blanc.",
    }


@pytest.mark.parametrize(
    ("kind", "labels"), [("", "12"), (" type='a'", "ab"), (" type='i'", ("i", "ii"))]
)
def test_a_list_has_the_numbers_that_are_seen(kind: str, labels: tuple[str, ...]) -> None:
    found = law(art("2", f"On pèse :<ol{kind}><li>le sel gris;</li><li>le sel blanc.</li></ol>"))
    numbers = [p.anchor.portion.rpartition("_")[2] for p in found.passages[1:]]
    assert (numbers, found.passages[1].text) == ([*labels], "le sel gris;")


def test_a_picture_is_told_on_the_passage_beside_it() -> None:
    found = law(
        art("1", "Le plan est :"), "<IMG SRC='plan.gif'>", art("2", "<IMG SRC='sceau.gif'>"),
        art("3", "Le signe <IMG SRC='x.gif'> est peint."), art("4", "Le sel est pesé."),
    )  # fmt: skip
    assert [(p.text, p.doubts) for p in found.passages] == [
        ("Le plan est :", (PICTURE,)),
        ("Art. 2", (PICTURE,)),
        ("Le signe est peint.", (PICTURE,)),
        ("Le sel est pesé.", ()),
    ]


def test_the_doubts_of_several_lines_of_a_passage_are_all_told() -> None:
    (passage,) = law(
        art("1", "Le calcul est : <math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>"),
        "<IMG SRC='plan.gif'>", "<IMG SRC='sceau.gif'>",
    ).passages  # fmt: skip
    assert passage.doubts == (FORMULA, PICTURE)


def test_lowered_figures_stay_apart_and_scripts_are_no_words() -> None:
    style, script = "<style>.a{color:red}</style>", "<script>document.write('3')</script>"
    found = law(art("1", f"{style}Le titre est 10<SUB>3</SUB> {script}et CO<SUB>2</SUB>."))
    assert by_portion(found) == {"art_1": "Le titre est 10₃ et CO2."}


def test_the_older_pages_are_read_by_their_tables() -> None:
    def box(words: str, *heads: str) -> str:
        head = "".join(f"<TH>{h}</TH>" for h in heads)
        return f"<TABLE><TR>{head}</TR><TR><TD COLSPAN=3>{words}</TD></TR></TABLE>"

    page = "<html><head><title>LOI - WET</title></head><body>" + "".join(
        (
            box("<b>7 MAI 1987. - Loi relative aux bornes de sel</b>", "Titre"),
            box("CHAPITRE I. - Des bornes<BR>Art. 1-2", "Table des matières", "Texte", "Début"),
            box(
                '<A NAME="LNK0001"></A>CHAPITRE I. - Des bornes.<BR>'
                '<A NAME="Art.1"></A>Article 1. La borne est droite.<BR>'
                '<A NAME="Art.2"></A>Art. 2. (Abrogée) &lt;L 1993-02-02/30, art. 1&gt;',
                "Texte", "Table des matières", "Début",
            ),
            box("BAUDOUIN, Roi des Belges,<BR>A tous, Salut.", "Préambule"),
        )
    ) + "</body></html>"  # fmt: skip
    found = read_file(page.encode(), work=WORK, lang="fr", name="loi.html")
    assert (found.title, found.date) == (
        "7 MAI 1987. - Loi relative aux bornes de sel",
        "1987-05-07",
    )
    assert by_portion(found) == {
        "pbl": "BAUDOUIN, Roi des Belges,\nA tous, Salut.",
        "art_1": "La borne est droite.",
        "art_2": "(Abrogée) <L 1993-02-02/30, art. 1>",
    }
    assert found.passages[2].headings == ("CHAPITRE I. - Des bornes", "Art. 2")


@pytest.mark.parametrize(
    ("kind", "signs"),
    [
        ("", ("1.", "2.")),
        (" type=a start=3", ("c)", "d)")),
        (" type=I", ("I.", "II.")),
        (" style='list-style-type: lower-roman'", ("i)", "ii)")),
    ],
)
def test_a_list_ends_where_it_ends_in_the_file(kind: str, signs: tuple[str, ...]) -> None:
    items = f"<ol{kind}><li>le sel;<li><p>le riz.</p></ol>"
    found = law(art("3", f"§ 1er. Se pèsent :{items}Le reste est libre."), "§ 2. Le pain aussi.")
    first, second = signs
    assert by_portion(found) == {
        "art_3.par_1": f"Se pèsent :\n{first} le sel;\n{second} le riz.\nLe reste est libre.",
        "art_3.par_2": "Le pain aussi.",
    }


def test_an_item_keeps_its_lines_its_notes_and_the_list_within_it() -> None:
    found = law(
        art("3", "On pèse :<ol><li>le sel :<BR>il est gris;<ol type=a><li>fin;<li>gros;</ol>"
        "<li>[<SUP>1</SUP> le riz.]<SUP>1</SUP><BR>(1)&lt;L 2034-01-02/03, art. 5&gt;</ol>"),
        "La balance est juste.",
        art("4", "<table><tr><td>Sel<td><ol><li>gris<li>fin</ol><tr><td>Riz<td>long</table>"),
        art("5", "<ol><li><ol type=a><li>le pain;</ol><li>le miel.</ol>"),
    )  # fmt: skip
    assert by_portion(found) == {
        "art_3": "On pèse :\nLa balance est juste.",
        "art_3.pnt_1": "le sel :\nil est gris;\na) fin;\nb) gros;",
        "art_3.pnt_2": "le riz.",
        "art_4": "Sel | 1. gris 2. fin\nRiz | long",
        "art_5.pnt_1": "a) le pain;",
        "art_5.pnt_2": "le miel.",
    }
    assert found.passages[2].notes == ("(1)<L 2034-01-02/03, art. 5>",)


@pytest.mark.parametrize(
    ("words", "repealed"),
    [
        ("Opgeheven bij W 7 april 2034.", True),
        ("Abrogé par L 2034-04-07/11, art. 5, 2°.", True),
        ("(Supprimés par la loi du 7 avril 2034)", True),
        ("Abrogé par la loi du 7 avril 2034, le péage est rétabli.", False),
    ],
)
def test_an_article_that_only_says_what_repealed_it_is_repealed(words: str, repealed: bool) -> None:
    (passage,) = law(art("6", words)).passages
    assert (passage.standing is not None) is repealed


CHANGED = "&lt;L 2031-02-03/04, art. 5, 002; <B>En vigueur :</B> 01-04-2031&gt;"
CHANGE = "<L 2031-02-03/04, art. 5, 002; En vigueur : 01-04-2031>"


def test_numbers_within_the_brackets_of_an_older_change_are_read() -> None:
    found = law(
        art("7", "§ 1er. La tourbe est sèche."), f"(§ 2. Elle est pesée (à sec).) {CHANGED}",
        "(§ 3.) Le tourbier est juré.", "(§ 4. Le prix est libre.",
        f"§ 5. Il est public.) {CHANGED}",
        art("8", "Il faut :"), "1° une bêche;", f"(2° un panier;) {CHANGED}", "3° une corde.",
        f"<A NAME='Art.8bis'></A>(Art. 8bis. Le panier est d'osier.) {CHANGED}",
        f"(<A NAME='Art.8ter'></A>Art. 8ter. La corde est de lin.) {CHANGED}",
    )  # fmt: skip
    assert by_portion(found) == {
        "art_7.par_1": "La tourbe est sèche.",
        "art_7.par_2": f"Elle est pesée (à sec). {CHANGE}",
        "art_7.par_3": "Le tourbier est juré.",
        "art_7.par_4": "Le prix est libre.",
        "art_7.par_5": f"Il est public.) {CHANGE}",
        "art_8": "Il faut :",
        "art_8.pnt_1": "une bêche;",
        "art_8.pnt_2": f"un panier; {CHANGE}",
        "art_8.pnt_3": "une corde.",
        "art_8bis": f"Le panier est d'osier. {CHANGE}",
        "art_8ter": f"La corde est de lin. {CHANGE}",
    }
    assert {p.lead for p in found.passages if p.kind == "point"} == {"Il faut :"}


def test_what_changed_an_article_is_a_note_of_the_paragraph_behind_it() -> None:
    found = law(art("9", f"{CHANGED} § 1er. La tourbe est sèche."), "§ 2. Elle est pesée.")
    assert by_portion(found) == {
        "art_9.par_1": "La tourbe est sèche.",
        "art_9.par_2": "Elle est pesée.",
    }
    assert [p.notes for p in found.passages] == [(CHANGE,), ()]


def test_words_in_brackets_at_the_head_of_a_line_stay() -> None:
    words = "(Nota : voir § 2. et 2°.)"
    found = law(art("9", "La tourbe est sèche."), words)
    assert by_portion(found) == {"art_9": f"La tourbe est sèche.\n{words}"}


def test_words_that_spaces_lay_out_keep_their_lines_and_are_doubted() -> None:
    sum_of = "<PRE>    P x 2<SUP>n</SUP>\nT = -------\n       3</PRE>"
    lines = (
        "Sac     Été     Hiver",
        "-----   -----   -----",
        "Sel     5       7",
        "Riz     6       8",
    )
    found = law(
        art("2", f"La taxe est :{sum_of}où P est le poids."),
        art("3", "Le prix est :<PRE>" + "\n".join(lines) + "</PRE>"),
    )
    taxes, prices = found.passages
    assert taxes.text.split("\n")[::4] == ["La taxe est :", "où P est le poids."]
    assert prices.text.split("\n")[1:] == ["Sac | Été | Hiver", "Sel | 5 | 7", "Riz | 6 | 8"]
    assert [p.doubts for p in found.passages] == [(LAID_OUT,), (LAID_OUT,)]


def test_lines_of_a_cell_that_stand_beside_others_are_doubted() -> None:
    table = "<TABLE><TR><TD>Sac<TD>Prix<TR><TD>Sel<BR>Riz<BR>Blé<TD>5<BR><BR>7</TABLE>"
    (passage,) = law(art("3", f"Le prix est :{table}")).passages
    assert passage.text.split("\n")[-1] == "Sel Riz Blé | 5 7"
    assert passage.doubts == (LINES,)


def test_a_line_above_an_article_that_no_link_makes_a_heading_is_told() -> None:
    found = law(art("1", "Le sel est pesé."), "Dispositions communes", art("2", "Le riz aussi."))
    assert found.warnings == (
        "lines right above an article, read as text of the one before: 1 (“Dispositions communes”)",
    )


def test_signatures_are_none_of_the_words_of_an_annex() -> None:
    signed = "<div id='list-title-sw_sign'><p>Donné à Mons, le 4 avril 2031.<BR>LUCIEN</p></div>"
    found = law(art("1", "Le gué est clos."), "ANNEXE.", "Le plan du gué.", below=signed)
    assert by_portion(found) == {
        "art_1": "Le gué est clos.",
        "anx": "Le plan du gué.",
        "fnp": "Donné à Mons, le 4 avril 2031.\nLUCIEN",
    }
