from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.numbering import arabic, roman
from sources.structure import numbers
from sources.structure.numbers import marker, readings


@pytest.mark.parametrize(
    ("heading", "step", "title"),
    [
        ("Article premier", "1", ""),
        ("Enig artikel", "1", ""),
        ("Article unique", "1", ""),
        ("ARTICLE 12", "12", ""),
        ("Artikel 5 bis", "5bis", ""),
        ("Article 5 bis A", "5bisA", ""),
        ("Artikel 5a", "5a", ""),
        ("Article 3 quater", "3quater", ""),
        ("Article II", "II", ""),
        ("Art. 10/1", "10-1", ""),
        ("Article SSC.1", "SSC.1", ""),
        ("Artikel 12 — Doel", "12", "Doel"),
        ("Article 2 (ex-article 2 TUE)", "2", "(ex-article 2 TUE)"),
        ("Article 8 octies – Frais", "8octies", "Frais"),
        ("Artikel 8 novies", "8nonies", ""),
        ("Article 61/4/2 - Recours", "61-4-2", "Recours"),
        ("Article 19-2 – Objet", "19-2", "Objet"),
        ("Article 12 A – Titre", "12a", "Titre"),
        ("Art. 12³", "12-3", ""),
        ("Art. 59 et 60", "59-60", ""),
        ("Artikel 8bis tot en met 12", "8bis-12", ""),
    ],
)
def test_the_number_of_an_article_is_told_from_its_heading(
    heading: str, step: str, title: str
) -> None:
    found = numbers.article(heading)
    assert found is not None
    assert (found.step.number, found.title) == (step, title)


@pytest.mark.parametrize(
    "line",
    ["Article 3 de la directive", "Articles 3 à 5", "Article du 3", "«Article 3", "article ii", ""],
)
def test_a_sentence_about_an_article_is_no_heading(line: str) -> None:
    assert numbers.article(line) is None


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("a)", "a"), ("(12)", "12"), ("iii)", "iii"), ("1 bis)", "1bis"), ("«c)", "c"),
        ("1°", "1"), ("§ 1er.", "1"), ("4.1.1", "4.1.1"), ("2/1°", "2-1"), ("—", ""), ("*", ""),
    ],
)  # fmt: skip
def test_a_label_gives_its_number_and_a_dash_gives_none(label: str, number: str) -> None:
    assert numbers.number(label) == number


@pytest.mark.parametrize("cell", ["a)", "(12)", "iii)", "—", "4.1.1", "1.", "II.", "«a)", "1 bis)"])
def test_a_short_cell_with_a_sign_is_a_label(cell: str) -> None:
    assert numbers.is_label(cell)


@pytest.mark.parametrize("cell", ["Non", "12", "JO", "n. p.", "Catégories", "(voir a)", ""])
def test_a_short_cell_without_a_sign_is_none(cell: str) -> None:
    assert not numbers.is_label(cell)


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("1.\u00a0\u00a0\u00a0Les États", "1."),
        ("2 bis.  Aux fins", "2 bis."),
        ("3a. De Commissie", "3a."),
        ("4.1 Oui", "4.1"),
        ("30 juin 2031", ""),
        ("1.000 euro wordt betaald", ""),
        ("12.5.2031 est la date", ""),
        ("«1. Les États", ""),
    ],
)
def test_the_sign_of_a_numbered_paragraph_is_told_from_a_number(line: str, sign: str) -> None:
    assert numbers.paragraph_head(line)[0] == sign


@pytest.mark.parametrize(
    ("heading", "word", "number", "title"),
    [
        ("CHAPITRE V", "cpt", "V", ""),
        ("AFDELING 2", "sct", "2", ""),
        ("PREMIÈRE PARTIE", "prt", "1", ""),
        ("TITRE PREMIER", "ttl", "1", ""),
        ("CHAPITRE Ier. - Objet", "cpt", "1", "Objet"),
        ("Onderafdeling 3 Toezicht", "sbs", "3", "Toezicht"),
        ("DEEL A", "prt", "A", ""),
        ("Chapitre 4/1. Des ponts", "cpt", "4-1", "Des ponts"),
        ("TITEL III ter", "ttl", "IIIter", ""),
        ("CHAPITRE UNIQUE. - Des bacs", "cpt", "1", "Des bacs"),
        ("ENIG HOOFDSTUK. - Veren", "cpt", "1", "Veren"),
    ],
)
def test_a_division_has_the_same_step_in_both_languages(
    heading: str, word: str, number: str, title: str
) -> None:
    found = numbers.division(heading)
    assert found is not None
    assert (found.word, found.step.number, found.title) == (word, number, title)


@pytest.mark.parametrize("line", ["Section des enquêtes", "Partie a la parole", "Titre"])
def test_words_that_begin_like_a_division_are_none(line: str) -> None:
    assert numbers.division(line) is None


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("ANNEXE I", ("anx", "I", "")),
        ("BIJLAGE", ("anx", "", "")),
        ("BIJLAGE I BIS", ("anx", "I bis", "")),
        ("ANNEXE À L’ARTICLE 3", ("anx", "", "À L’ARTICLE 3")),
        ("Annexe 2 — Liste", ("anx", "2", "Liste")),
        ("Protocole n° 2", ("prc", "2", "")),
        ("ANNEXE IV TER", ("anx", "IV ter", "")),
        ("Déclaration de la Commission", ("dcl", "", "")),
        ("ACCORD entre les parties", None),
    ],
)
def test_what_is_attached_to_an_act_is_told_from_its_title(
    title: str, found: tuple[str, str, str] | None
) -> None:
    assert numbers.attached(title) == found


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("Article 8 sexies - Dérogation", "8sexies", "Dérogation"),
        ("Art. 44/11/9. Le registre est tenu.", "44-11-9", "Le registre est tenu."),
        ("Art. L. 422-3. Texte", "L422-3", "Texte"),
        ("Art. D.IV.22bis. Texte", "D.IV.22bis", "Texte"),
        ("Artikel IV. Tekst", "IV", "Tekst"),
        ("Enig artikel. Tekst", "1", "Tekst"),
        ("Annexe III bis – Liste", "IIIbis", "Liste"),
        ("§ 2/1. Le Roi", "2-1", "Le Roi"),
        ("Article 4ème : Bancs", "4", "Bancs"),
        ("Article 4e. Bancs", "4", "Bancs"),
        ("Artikel 4e. Banken", "4e", "Banken"),
        ("ARTICLE DIX-SEPT : Bancs", "17", "Bancs"),
        ("Artikel één. Banken", "1", "Banken"),
        ("Art 6. Bancs", "6", "Bancs"),
        ("Art. n° 6. Bancs", "6", "Bancs"),
        ("Art. 6) Bancs", "6", "Bancs"),
        ("Art. 6, § 1er. Le banc", "6", "§ 1er. Le banc"),
        ("Articles 6 à 8. Abrogés", "6-8", "Abrogés"),
        ("Art. 6 en 7. Opgeheven", "6-7", "Opgeheven"),
        ("Annexe n° 3 : heures", "3", "heures"),
        ("BIJLAGE NR. 2", "2", ""),
        ("Annexe au règlement du 6 mars 2031", "1", "au règlement du 6 mars 2031"),
        ("BIJLAGE 2 BIJ HET BESLUIT", "2", "BIJ HET BESLUIT"),
    ],
)
def test_the_number_at_the_head_of_a_paragraph_is_read_whole(
    line: str, number: str, rest: str
) -> None:
    found = marker(line)
    assert found is not None
    assert (found.number, found.rest) == ((number,), rest)


@pytest.mark.parametrize(
    ("line", "word", "number", "rest"),
    [
        ("BOEK II. — HET VEER", "bok", "II", "HET VEER"),
        ("Livre Ier. - Du bac", "bok", "1", "Du bac"),
        ("DERDE DEEL", "prt", "3", ""),
        ("Deuxième partie. – Des rives", "prt", "2", "Des rives"),
        ("Titre unique : Des rives", "ttl", "1", "Des rives"),
        ("Enige afdeling. - Oevers", "sct", "1", "Oevers"),
        ("ENIG HOOFDSTUK. - Oevers", "cpt", "1", "Oevers"),
        ("Aanhangsel 2", "app", "2", ""),
        ("Première partie de la redevance", None, "", ""),
        ("un livre 2", None, "", ""),
    ],
)
def test_a_division_at_the_head_of_a_paragraph_is_known_by_its_name_and_number(
    line: str, word: str | None, number: str, rest: str
) -> None:
    found = marker(line)
    assert (found and (found.sign, *found.number, found.rest)) == (word and (word, number, rest))


@pytest.mark.parametrize(
    ("line", "form", "sign", "number", "rest"),
    [
        ("1/ Le marché ouvre.", "decimal", "/", "1", "Le marché ouvre."),
        ("3/ 40 euros par étal", "decimal", "/", "3", "40 euros par étal"),
        ("a/ de kramen;", "letter", "/", "a", "de kramen;"),
        ("IV/ Toegang", "roman", "/", "IV", "Toegang"),
        ("2.- Le placier", "decimal", ".", "2", "Le placier"),
        ("b.- de weger", "letter", ".", "b", "de weger"),
        ("1.2.- De markt", "decimal", ".", "1.2", "De markt"),
        ("3°- les fleurs", "decimal", "°", "3", "les fleurs"),
        ("4) – la halle", "decimal", ")", "4", "la halle"),
        ("1 – Le marché", "decimal", "–", "1", "Le marché"),
        ("2- « Halle »", "decimal", "–", "2", "« Halle »"),
        ("B — De halle", "letter", "–", "B", "De halle"),
        ("③ les fleurs", "decimal", "○", "3", "les fleurs"),
        ("❿de bloemen", "decimal", "○", "10", "de bloemen"),
        ("II.4.b) les fleurs", "decimal", ")", "II.4.b", "les fleurs"),
        ("1.c. De bloemen", "decimal", ".", "1.c", "De bloemen"),
        ("Punt 12 – De halle", "point", "", "12", "De halle"),
        ("POINT N° 3 : la halle", "point", "", "3", "la halle"),
        ("→ la halle", "bullet", "→", "", "la halle"),
    ],
)
def test_numbers_with_strokes_dashes_and_circles_are_read(
    line: str, form: str, sign: str, number: str, rest: str
) -> None:
    found = marker(line)
    assert found is not None
    assert (found.form, found.sign, ".".join(found.number), found.rest) == (
        form, sign, number, rest,
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["24/7 ouvert", "57/6. Le marché", "1 - 3 étals", "3/ 5/ 2031 Marché", "2031 – Le marché",
     "Point 8 du traité", "Punt voor punt – de markt", "km/ heure", "A/B Marché", "e-mail",
     "1.a aux étals", "12 -", "1/2"],
)  # fmt: skip
def test_fractions_ranges_dates_and_words_are_no_numbers(line: str) -> None:
    assert marker(line) is None


@given(
    st.from_regex(r"[1-9]\d?(\.[1-9]\d?){0,2}|[a-d]|[A-D]|[IVX]{2}", fullmatch=True).filter(
        lambda number: not number.isalpha() or len(number) == 1 or arabic(number) is not None
    ),
    st.sampled_from([".", ")", "/", ".-", ")-", " –", "-", ". –"]),
    st.sampled_from(["Le marché est clos.", "de markt is dicht;", "«halle»", "étals :"]),
)
def test_the_words_behind_any_sign_of_a_number_are_whole(
    number: str, sign: str, words: str
) -> None:
    found = [".".join(reading.number) for reading in readings(f"{number}{sign} {words}")]
    assert set(found) == {number}
    assert {reading.rest for reading in readings(f"{number}{sign} {words}")} == {words}


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["/", "-", " - ", " – ", "–"]))
def test_two_figures_with_a_sign_between_them_are_no_number(a: int, b: int, sign: str) -> None:
    assert marker(f"{a}{sign}{b} étals") is None


@given(st.integers(1, 399))
def test_roman_numerals_round_trip(value: int) -> None:
    assert arabic(roman(value)) == value
    assert arabic(roman(value).upper()) == value


@pytest.mark.parametrize(
    "text",
    ["12 policiers", "2.5 millions", "5.000 euros", "05.05.2023 réunion", "Annexe à la lettre",
     "6. 3. 2031 Réunion", "6. 3.2031", "Art. 6, § 2, du code",
     "Articles 6 et 7 du code", "Article deux fois lu", "Art. 6 Bancs",
     "Annexe à la loi, le plan est clos.",
     "Section 3 de la loi", "–texte", "ou bien", "Partie : France", "– B –", "- II -",
     "B.12 et B.13", "A.1.bis", "MB.2. Le bac"],
)  # fmt: skip
def test_words_that_only_look_like_numbers_are_no_marker(text: str) -> None:
    assert marker(text) is None


def test_a_letter_may_be_read_as_roman_too() -> None:
    assert [m.form for m in readings("C. Moyens")] == ["roman", "letter"]
    assert [m.form for m in readings("A. Moyens")] == ["letter"]


def test_two_letters_follow_the_last_letter_of_a_list_doubled_or_counted_on() -> None:
    signs = ("y", "z", "aa", "ab", "bb", "cc")
    found = {sign: list(readings(f"{sign}) mot"))[-1] for sign in signs}
    follow = {(a, b) for a in signs for b in signs if found[b].succeeds(found[a])}
    assert {("y", "z"), ("z", "aa"), ("aa", "ab"), ("aa", "bb"), ("bb", "cc")} <= follow
    assert {a for a, b in follow if b == "aa"} == {"z"}
    assert {a for a, b in follow if b in {"ab", "bb"}} == {"aa"}
    assert [r.form for r in readings("ii) d")] == ["roman", "letter"]
    assert marker("en) d") is None
