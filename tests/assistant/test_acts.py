"""From the official source to a cited paragraph: fetched from loopback, built, asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.announced import with_items
from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.links import links
from assistant.mentions import Mentions
from assistant.named_texts import NamedTexts
from assistant.question import read
from index.embedding import Embedder
from sources.anchor import LANGS, Anchor, Lang
from sources.references import Reference
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing

CELEX = "32031R0417"
WORK = f"celex:{CELEX}"
_ACTS = Path(__file__).parents[1] / "sources" / "formats" / "acts"


@pytest.fixture(scope="module")
def with_act(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("acts"))
    acts = {(CELEX, lang): (_ACTS / f"journal.{lang}.xhtml").read_bytes() for lang in LANGS}
    settings, _ = fetched(folder, acts)
    with answering(settings, embedder) as assistant:
        yield assistant


def _anchors(assistant: Assistant, question: str) -> list[str]:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Que dit l’art. 3, § 2, du règlement (UE) 2031/417 ?", f"{WORK}@fr#art_3.par_2"),
        ("Wat bepaalt artikel 3, lid 2, van Verordening (EU) 2031/417?", f"{WORK}@nl#art_3.par_2"),
        ("considérant 2 du règlement 2031/417", f"{WORK}@fr#rct_2"),
        ("overweging 2 van Verordening (EU) 2031/417", f"{WORK}@nl#rct_2"),
        ("art. 2, point 3, du règlement (UE) 2031/417", f"{WORK}@fr#art_2.pnt_3"),
        (
            "l’article 3, paragraphe 2, du règlement sur les bibliothèques transfrontalières",
            f"{WORK}@fr#art_3.par_2",
        ),
        ("artikel 3, lid 2, van de bibliothekenverordening", f"{WORK}@nl#art_3.par_2"),
    ],
)
def test_a_named_place_is_cited_in_the_language_of_the_question(
    with_act: Assistant, question: str, anchor: str
) -> None:
    assert _anchors(with_act, question) == [anchor]


@pytest.mark.parametrize(
    ("question", "lang", "work"),
    [
        ("Que dit le règlement sur les bibliothèques transfrontalières du prêt ?", "fr", WORK),
        ("Wat regelt de verordening betreffende grensoverschrijdende bibliotheken?", "nl", WORK),
        ("Que dit le règlement sur les moulins transfrontaliers ?", "fr", None),
        ("Que dit le règlement ?", "fr", None),
    ],
)
def test_an_act_is_named_by_words_of_its_title(
    with_act: Assistant, question: str, lang: Lang, work: str | None
) -> None:
    mention = with_act.mentions.read(question, lang).mention
    assert (mention.work if mention else None) == work


@pytest.mark.parametrize(
    ("lang", "before", "question"),
    [
        (
            "fr",
            "Que prévoit l’article 3 du règlement (UE) 2031/417 ?",
            "Que prévoit la section 7 de la déclaration Val Duchesse ?",
        ),
        (
            "nl",
            "Wat bepaalt artikel 3 van Verordening (EU) 2031/417?",
            "Wat bepaalt afdeling 7 van de verklaring van Hertoginnedal?",
        ),
        (
            "nl",
            "Wat bepaalt artikel 3 van Verordening (EU) 2031/417?",
            "Wat bepaalt hoofdstuk 7 van de verklaring van Hertoginnedal?",
        ),
    ],
)
def test_a_part_of_a_text_that_is_named_is_none_of_the_text_before(
    with_act: Assistant, lang: Lang, before: str, question: str
) -> None:
    outcome = with_act.ask(question, lang, history=[before])
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.notices == ()  # that it was asked of another text
    portions = [Anchor.parse(c.anchor).portion for c in outcome.citations]
    assert portions
    assert all(p.startswith("7.") for p in portions)


def test_a_whole_article_gives_its_paragraphs_in_their_order(with_act: Assistant) -> None:
    assert _anchors(with_act, "Que prévoit l’article 3 du règlement (UE) 2031/417 ?") == [
        f"{WORK}@fr#art_3.par_1",
        f"{WORK}@fr#art_3.par_2",
        f"{WORK}@fr#art_3.par_2bis",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Que prévoit l’article 3 du règlement (UE) 2031/417 du Parlement européen et du Conseil"
        " du 14 mars 2031 relatif aux bibliothèques transfrontalières ?",
        "Que prévoit l’article 3 du règlement (UE) 2031/417 du 14 mars 2031 ?",
        "Que prévoit l’article 3 du règlement (UE) 2031/417 (JO L 99 du 15.3.2031, p. 1) ?",
        "Que prévoit l’article 3 du règlement (UE) 2031/417 (bibliothèques transfrontalières) ?",
        "Que prévoit l’article 3 du règlement (UE) 2031/417, « bibliothèques » ?",
        "Wat bepaalt artikel 3 van Verordening (EU) 2031/417 van het Europees Parlement en de Raad"
        " van 14 maart 2031 over grensoverschrijdende bibliotheken (PB L 99 van 15.3.2031)?",
    ],
)
def test_the_whole_name_of_an_act_asks_for_nothing_within_an_article(
    with_act: Assistant, question: str
) -> None:
    portions = [anchor.partition("#")[2] for anchor in _anchors(with_act, question)]
    assert portions == ["art_3.par_1", "art_3.par_2", "art_3.par_2bis"]


def test_something_of_an_article_gives_the_paragraph_that_fits(with_act: Assistant) -> None:
    found = _anchors(
        with_act, "Quel est le délai de prêt selon l’article 3 du règlement 2031/417 ?"
    )
    assert found[0] == f"{WORK}@fr#art_3.par_2"


def test_an_article_that_does_not_exist_is_refused_by_name(with_act: Assistant) -> None:
    outcome = with_act.ask("Que dit l’article 99 du règlement (UE) 2031/417 ?")
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_portion"
    assert "article 99" in outcome.text


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quel est le délai de prêt ?", "fr"),
        ("Hoeveel bedraagt de uitleentermijn van een boek?", "nl"),
    ],
)
def test_a_general_question_prefers_the_text_in_its_own_language(
    with_act: Assistant, question: str, lang: Lang
) -> None:
    judged = with_act.search(question, lang)
    assert judged[0].hit.anchor == Anchor(WORK, lang, "art_3.par_2")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "question",
    ["Quel est le délai de prêt d’un livre ?", "Hoeveel bedraagt de uitleentermijn van een boek?"],
)
def test_a_language_that_is_asked_for_changes_the_text_that_is_cited_and_not_the_search(
    with_act: Assistant, question: str, lang: Lang
) -> None:
    free = with_act.ask(question)
    asked_for = with_act.ask(question, lang)
    assert isinstance(free, Answer)
    assert isinstance(asked_for, Answer)
    assert asked_for.lang == lang
    assert {Anchor.parse(c.anchor).lang for c in asked_for.citations} == {lang}
    assert asked_for.confidence == free.confidence
    assert [Anchor.parse(c.anchor).portion for c in asked_for.citations] == [
        Anchor.parse(c.anchor).portion for c in free.citations
    ]


@pytest.mark.parametrize(
    ("question", "said", "url"),
    [
        (
            "Que dit l’article 17 du règlement Dublin III ?",
            "n’est pas disponible",
            "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32013R0604",
        ),
        (
            "Wat staat er in artikel 17 van de Dublin III-verordening?",
            "niet beschikbaar",
            "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32013R0604",
        ),
    ],
)
def test_a_text_that_is_only_known_is_never_quoted(
    with_act: Assistant, question: str, said: str, url: str
) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "known"
    assert said in outcome.text
    assert url in outcome.text
    assert "python -m sources fetch 32013R0604" in outcome.text


def test_twins_are_found_by_their_anchor(with_act: Assistant) -> None:
    anchor = Anchor(WORK, "fr", "art_3.par_2")
    twin = with_act.build.twin(anchor)
    assert twin is not None
    assert twin.text == "De uitleentermijn bedraagt vier weken."


def test_references_in_a_passage_lead_on(with_act: Assistant) -> None:
    declaration = with_act.build.by_anchor[Anchor("val-duchesse-2023", "fr", "3.6")]
    found = links(with_act.build, with_act.mentions, declaration)
    assert [(declaration.text[x.start : x.end], x.anchor, x.work) for x in found] == [
        ("art. 36.1 règlement Dublin", None, "celex:32013R0604")
    ]
    assert found[0].url is not None
    assert found[0].url.endswith("CELEX:32013R0604")


@pytest.mark.parametrize(
    ("question", "portions"),
    [
        ("Que dit l’article 3 bis du règlement (UE) 2031/417 ?", ["art_3bis"]),
        ("Wat zegt artikel 3, tweede lid, van Verordening (EU) 2031/417?", ["art_3.par_2"]),
        ("Que dit le paragraphe 2 bis de l’article 3 du règlement 2031/417 ?", ["art_3.par_2bis"]),
        ("Que dit l’art. 1.2 du règlement (UE) 2031/417 ?", ["art_1.par_2"]),
        ("Que disent les considérants 3 et 1 du règlement (UE) 2031/417 ?", ["rct_3", "rct_1"]),
        ("Wat zeggen artikel 4 en artikel 6 van Verordening (EU) 2031/417?", ["art_4", "art_6"]),
        (
            "Que disent les articles 3 à 4 du règlement (UE) 2031/417 ?",
            ["art_3.par_1", "art_3.par_2", "art_3.par_2bis", "art_3bis", "art_4"],
        ),
        (
            "Wat zegt deel A van bijlage I bij Verordening (EU) 2031/417?",
            ["anx_I.prt_A.pnt_1", "anx_I.prt_A.pnt_2"],
        ),
        ("articles 6 et 5 de http://data.europa.eu/eli/reg/2031/417/oj ?", ["art_6", "art_5"]),
        (f"Que dit https://biblio.example.be/?passage={WORK}%40nl%23rct_2 ?", ["rct_2"]),
    ],
)
def test_each_place_that_is_named_is_cited_in_the_order_of_the_question(
    with_act: Assistant, question: str, portions: list[str]
) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [Anchor.parse(c.anchor).portion for c in outcome.citations] == portions
    assert outcome.missing == ()


@pytest.mark.parametrize(
    ("question", "portions", "missing"),
    [
        ("Que disent les articles 4 et 9 du règlement 2031/417 ?", ["art_4"], ("art. 9",)),
        ("Wat zeggen de artikelen 5 tot 8 van Verordening 2031/417?",
         ["art_5", "art_6"], ("art. 7–8",)),
        ("Que dit l’article 3, § 2 et § 4, du règlement 2031/417 ?",
         ["art_3.par_2"], ("art. 3, § 4",)),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_is_said_beside_those_that_are(
    with_act: Assistant, question: str, portions: list[str], missing: tuple[str, ...]
) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [Anchor.parse(c.anchor).portion for c in outcome.citations] == portions
    assert outcome.missing == missing
    assert all(place in outcome.text for place in missing)


@pytest.mark.parametrize(
    "place",
    ["l’article 3 octies", "l’article 3/2", "l’article 4a", "l’article 2, point 8",
     "l’annexe I bis", "l’article 3, § 2 ter", "l’article 30", "le considérant 22"],
)  # fmt: skip
def test_a_number_that_is_not_there_is_never_taken_for_one_that_begins_like_it(
    with_act: Assistant, place: str
) -> None:
    outcome = with_act.ask(f"Que dit {place} du règlement (UE) 2031/417 ?")
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_portion"
    assert outcome.trace is not None
    assert outcome.trace.rule == "names_a_place_that_is_not_there"
    assert place.removeprefix("l’").removeprefix("le ") in outcome.text


FIRST = "Que dit l’article 6 du règlement (UE) 2031/417 ?"


@pytest.mark.parametrize(
    ("before", "question", "portions"),
    [
        ([FIRST], "Et l’article 4 ?", ["art_4"]),
        ([FIRST], "En artikel 5?", ["art_5"]),
        ([FIRST], "et les considérants 1 et 3 ?", ["rct_1", "rct_3"]),
        ([FIRST, "Et l’article 3 ?"], "et le paragraphe 2 bis ?", ["art_3.par_2bis"]),
        ([FIRST, "Et l’article 3, § 1 ?"], "En het tweede lid?", ["art_3.par_2"]),
        (["Que dit l’article 3 du règlement 2031/417 ?"], "Et le point 2 ?", ["art_3.par_2"]),
        ([FIRST, "Merci !"], "Que dit l’article 1, § 2 ?", ["art_1.par_2"]),
        (["Quel est le délai de prêt d’un livre ?"], "Et l’article 4 ?", ["art_4"]),
    ],
)
def test_a_place_without_an_act_is_of_the_act_that_was_spoken_of(
    with_act: Assistant, before: list[str], question: str, portions: list[str]
) -> None:
    outcome = with_act.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    assert [Anchor.parse(c.anchor).portion for c in outcome.citations] == portions
    assert {Anchor.parse(c.anchor).work for c in outcome.citations} == {WORK}


def test_an_article_of_another_text_is_not_looked_for_in_the_one_that_was_spoken_of(
    with_act: Assistant,
) -> None:
    asked = "Que dit l’article 4 de la Constitution belge ?"
    mention = with_act.mentions.read(asked, "fr", (FIRST,)).mention
    assert mention is None or mention.work != WORK


def test_a_place_that_no_text_has_is_said_to_be_in_none(with_act: Assistant) -> None:
    for question in ("article 77 septies ?", "artikel 77/2?"):
        outcome = with_act.ask(question)
        assert isinstance(outcome, Refusal)
        assert outcome.reason == "no_portion"


@pytest.mark.parametrize(
    ("question", "portion"),
    [
        ("Qu’est-ce qu’un livre ?", "art_2.pnt_2"),
        ("Qu’est-ce que le livre ?", "art_2.pnt_2"),
        ("Comment le règlement (UE) 2031/417 définit-il le lecteur ?", "art_2.pnt_3"),
        ("Définition de bibliothèque au sens du règlement (UE) 2031/417", "art_2.pnt_1"),
        ("Wat is een bibliotheek?", "art_2.pnt_1"),
        ("Wat wordt verstaan onder lezer?", "art_2.pnt_3"),
        ("Hoe omschrijft Verordening (EU) 2031/417 een boek?", "art_2.pnt_2"),
    ],
)
def test_what_a_term_means_is_told_by_its_definition_alone(
    with_act: Assistant, question: str, portion: str
) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [Anchor.parse(c.anchor).portion for c in outcome.citations] == [portion]
    assert outcome.citations[0].key is not None
    assert outcome.citations[0].key.text[0] in "«„"


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Quelles sont les conditions du prêt selon le règlement (UE) 2031/417 ?", "art_3"),
        ("conditions du prêt, règlement 2031/417", "art_3"),
        ("Quels frais selon le règlement (UE) 2031/417 ?", "art_3bis"),
    ],
)
def test_an_article_whose_heading_is_asked_for_in_a_named_text_is_given_whole(
    with_act: Assistant, question: str, article: str
) -> None:
    outcome = with_act.ask(question)
    assert outcome.trace is not None
    assert outcome.trace.rule == "names_a_section"
    assert isinstance(outcome, Answer)
    cited = {Anchor.parse(c.anchor).portion for c in outcome.citations}
    portions = {p.anchor.portion for p in with_act.build.document(WORK, "fr")}
    assert cited == {p for p in portions if p.partition(".")[0] == article}


def test_who_asks_for_one_thing_does_not_ask_for_an_article(with_act: Assistant) -> None:
    outcome = with_act.ask("Qui paie les frais selon le règlement (UE) 2031/417 ?")
    assert outcome.trace is not None
    assert outcome.trace.rule != "names_a_section"


def test_a_term_that_no_text_defines_is_searched(with_act: Assistant) -> None:
    outcome = with_act.ask("Qu’est-ce qu’un moulin ?")
    assert outcome.trace is not None
    assert outcome.trace.rule != "asks_what_a_term_means"


@pytest.mark.parametrize(
    "question",
    ["article 4 de Boom III", "Que dit l’article 4 de la Magna Carta ?",
     "Wat zegt artikel 3 van de PAB-richtlijn?",
     "Article 6 de la directive PAB", "Que dit l’article 3 de la directive prospectus ?",
     "Wat zegt artikel 3 van de prospectusrichtlijn?",
     "Que dit l’article 3 de l’arrangement oyats ?",
     "Wat zegt artikel 3 van de beslissing oesterbanken?", "Artikel 3 van het foorreglement"],
)  # fmt: skip
def test_a_place_of_a_text_by_a_name_that_none_has_is_not_answered_from_another(
    with_act: Assistant, question: str
) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert outcome.reason == "no_portion"


def test_what_is_asked_of_a_named_text_is_no_question_about_all_of_it(with_act: Assistant) -> None:
    read = with_act.mentions.read
    assert read("Que dit le règlement (UE) 2031/417 ?", "fr").whole == (WORK,)
    assert read("Qu’est-ce que le règlement (UE) 2031/417 ?", "fr").whole == (WORK,)
    assert read("Wat is Verordening (EU) 2031/417?", "nl").whole == (WORK,)
    assert read("Wat is de uitleentermijn van Verordening (EU) 2031/417?", "nl").whole == ()
    for question in (
        "Que dit le règlement (UE) 2031/417 sur les bibliothèques déléguées ?",
        "Que prévoit le règlement (UE) 2031/417 sur le but du prêt ?",
    ):
        assert read(question, "fr").whole == ()


def test_a_place_that_is_asked_for_is_given_with_all_its_words(with_act: Assistant) -> None:
    outcome = with_act.ask("Que disent les articles 3 à 4 du règlement (UE) 2031/417 ?")
    assert isinstance(outcome, Answer)
    assert outcome.groups
    assert "n’a pas de retard" in outcome.text
    assert "[…]" not in outcome.text


def test_a_passage_that_announces_points_is_followed_by_them(with_act: Assistant) -> None:
    build = with_act.build
    opening = build.by_anchor[Anchor(WORK, "fr", "art_2")]
    other = build.by_anchor[Anchor(WORK, "fr", "art_6")]
    found = with_items(build, [opening, other])
    assert [p.anchor.portion for p in found] == [
        "art_2", "art_2.pnt_1", "art_2.pnt_2", "art_2.pnt_3", "art_6"
    ]  # fmt: skip
    assert with_items(build, [other, opening]) == [other, *found[:-1]]
    assert with_items(build, [other, found[2], opening]) == [other, *found[:-1]]


def test_who_orders_an_article_gets_all_of_it(with_act: Assistant) -> None:
    asked = "Donne-moi l’article 2 du règlement (UE) 2031/417 en entier"
    assert _anchors(with_act, asked) == [
        f"{WORK}@fr#{p}" for p in ("art_2", "art_2.pnt_1", "art_2.pnt_2", "art_2.pnt_3")
    ]


@pytest.mark.parametrize(
    ("lang", "messages", "text"),
    [
        ("fr", ("Que dit l’article 3 du règlement 2031/417 ?", "et le 2 ?"), "article 2"),
        ("fr", ("Que dit l’article 3 du règlement 2031/417 ?", "les 1 et 2"), "articles 1 et 2"),
        ("nl", ("Wat zegt artikel 3 van verordening 2031/417?", "en 2?"), "artikel 2"),
        ("fr", ("Que dit le règlement 2031/417 ?", "et le chapitre II"), "le chapitre II"),
        ("fr", ("Que dit l’article 2 du règlement 2031/417 ?", "Et l’article suivant ?"), "art. 3"),
        ("fr", ("article 3, § 2, du règlement 2031/417", "le paragraphe précédent"), "art. 3, § 1"),
        ("nl", ("Wat zegt artikel 3 van verordening 2031/417?", "en het vorige?"), None),
        ("nl", ("artikel 3 van verordening 2031/417", "En het vorige artikel?"), "art. 2"),
    ],
)
def test_a_number_or_a_part_is_of_the_act_that_was_spoken_of(
    with_act: Assistant, lang: Lang, messages: tuple[str, ...], text: str | None
) -> None:
    question = read(messages[-1], lang, with_act.mentions, before=messages[:-1])
    assert question.is_completed == (text is not None)
    if text is None:
        return
    assert question.text.startswith(f"{text} (")
    assert question.works == (WORK,)


@pytest.mark.parametrize(
    ("lang", "messages", "portion"),
    [
        ("fr", ("Que dit l’article 3 du règlement 2031/417 ?", "Seulement le paragraphe 2."), "2"),
        ("fr", ("Que dit l’article 3 du règlement 2031/417 ?", "le § 1 uniquement, merci"), "1"),
        ("nl", ("Wat zegt artikel 3 van verordening 2031/417?", "Enkel lid 2 graag."), "2"),
        ("nl", ("Wat zegt artikel 3 van verordening 2031/417?", "alleen het eerste lid"), "1"),
    ],
)
def test_an_answer_is_narrowed_to_a_paragraph(
    with_act: Assistant, lang: Lang, messages: tuple[str, ...], portion: str
) -> None:
    outcome = with_act.ask(messages[-1], lang, history=messages[:-1])
    assert isinstance(outcome, Answer)
    assert [c.anchor for c in outcome.citations] == [f"{WORK}@{lang}#art_3.par_{portion}"]


def test_a_list_of_a_place_holds_what_stands_there_alone(with_act: Assistant) -> None:
    of_all, of_one = (
        with_act.ask(f"Énumère tous les délais {whole}du règlement (UE) 2031/417")
        for whole in ("", "de l’article 3 ")
    )
    assert isinstance(of_all, Answer)
    assert isinstance(of_one, Answer)
    assert of_all.listing
    assert of_one.listing
    assert [i.label for i in of_one.listing.items] == ["quatre semaines"]
    assert len(of_all.listing.items) > 1
    assert all("#art_3" in c.anchor for c in of_one.citations)


def test_what_is_counted_in_a_place_is_cited_with_its_points(with_act: Assistant) -> None:
    asked = "Combien de définitions contient l’article 2 du règlement (UE) 2031/417 ?"
    assert _anchors(with_act, asked) == [
        f"{WORK}@fr#{p}" for p in ("art_2", "art_2.pnt_1", "art_2.pnt_2", "art_2.pnt_3")
    ]


@pytest.mark.parametrize(
    ("question", "front"),
    [
        (
            "Combien de points contient l’article 2 du règlement (UE) 2031/417 ?",
            "3 points\xa0: art. 2",
        ),
        (
            "Hoeveel leden telt artikel 3 van Verordening (EU) 2031/417?",
            "3 leden: art. 3, lid 1 [1]",
        ),
        ("Hoeveel artikelen heeft Verordening (EU) 2031/417?", "7 artikelen: art. 1 [1]"),
        (
            "Combien de considérants compte le règlement (UE) 2031/417 ?",
            "3 considérants\xa0: considérant 1 [1]",
        ),
    ],
)
def test_the_parts_of_a_text_are_counted(with_act: Assistant, question: str, front: str) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.text.startswith(front)
    assert outcome.listing is not None
    assert {n for item in outcome.listing.items for n in item.numbers} <= {
        c.number for c in outcome.citations
    }


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Combien de parties compte la déclaration Val Duchesse ?", "whole"),  # parts within parts
        ("Hoeveel hoofdstukken telt de verklaring van Hertoginnedal?", "whole"),
        ("Combien de signataires compte la déclaration Val Duchesse ?", "plain"),
    ],
)
def test_what_is_not_made_of_such_parts_is_not_counted(
    with_act: Assistant, question: str, reason: str
) -> None:
    outcome = with_act.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert outcome.reason == reason


def test_an_exception_goes_before_the_rule_beside_it(with_act: Assistant) -> None:
    of = "het uitlenen van boeken tussen bibliotheken van twee lidstaten"
    rule = _anchors(with_act, f"Waar worden de regels voor {of} vastgesteld?")
    exception = _anchors(with_act, f"Waarop zijn de regels voor {of} niet van toepassing?")
    assert rule[0].endswith("#art_1.par_1")
    assert exception[0].endswith("#art_1.par_2")


def test_of_two_acts_the_same_is_asked_of_each(with_act: Assistant) -> None:
    question = (
        "Compare les délais de prêt du règlement (UE) 2031/417 et de la déclaration Val Duchesse"
    )
    read_as = read(question, "fr", with_act.mentions)
    assert read_as.texts == (WORK, "val-duchesse-2023")
    assert read_as.of_each is not None
    assert read_as.of_each.text.startswith("les délais de prêt")


def test_a_number_alone_rests_on_what_was_asked_before(with_act: Assistant) -> None:
    before = ["Merci pour quoi ?", "Que dit l’article 3 du règlement (UE) 2031/417 ?"]
    outcome = with_act.ask("et le 2 ?", history=before)
    assert isinstance(outcome, Answer)
    assert all("#art_2" in c.anchor for c in outcome.citations)
    assert outcome.trace is not None
    assert outcome.trace.goes_on


_OPENS: dict[Lang, str] = {
    "fr": "Aux fins du présent règlement, on entend par:",
    "nl": "Voor de toepassing van deze verordening wordt verstaan onder:",
}


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "art. 2, point 3, du règlement (UE) 2031/417"),
        ("nl", "artikel 2, punt 3, van Verordening (EU) 2031/417"),
    ],
)
def test_a_point_is_quoted_below_the_words_that_open_its_list(
    with_act: Assistant, lang: Lang, question: str
) -> None:
    outcome = with_act.ask(question, lang)
    assert isinstance(outcome, Answer)
    (cited,) = outcome.citations
    assert cited.lead == _OPENS[lang]
    above, quoted = outcome.text.split("\n")[-2:]
    assert _OPENS[lang] in above
    assert cited.quote in quoted
    assert _OPENS[lang] not in cited.quote  # which is the stored text, and no more


def test_the_words_that_open_a_list_are_shown_once(with_act: Assistant) -> None:
    points = with_act.ask("art. 2, points 1 et 3, du règlement (UE) 2031/417")
    whole = with_act.ask("article 2 du règlement (UE) 2031/417")
    assert isinstance(points, Answer)
    assert isinstance(whole, Answer)
    assert [c.lead for c in points.citations] == [_OPENS["fr"], ""]
    assert points.text.count(_OPENS["fr"]) == 1
    assert not any(c.lead for c in whole.citations)  # it quotes them
    assert whole.text.count(_OPENS["fr"]) == 1


@pytest.mark.parametrize("portions", ["article 3 et l’article 2", "article 2 et l’article 3"])
def test_several_places_are_answered_in_the_other_language(
    with_act: Assistant, portions: str
) -> None:
    asked = f"Que disent l’{portions} du règlement (UE) 2031/417 sur le lecteur et le prêt ?"
    outcome = with_act.ask(asked, "nl")
    assert isinstance(outcome, Answer)
    assert {c.lang for c in outcome.citations} == {"nl"}
    assert {Anchor.parse(c.anchor).top for c in outcome.citations} == {"art_2", "art_3"}


def test_a_long_conversation_is_read_once(
    with_act: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_texts: list[str] = []

    mentions = Mentions(with_act.mentions.texts._catalogue, with_act.build)

    def references(text: str) -> list[Reference]:
        read_texts.append(text)
        return NamedTexts.references(mentions.texts, text)

    monkeypatch.setattr(mentions.texts, "references", references)
    said = [f"Que dit l’article {n} sur la couleur des trottoirs ?" for n in range(50, 62)]
    read_texts.clear()
    read(said[-1], "fr", mentions, before=said[:-1])
    assert len(read_texts) < 20 * len(said)
