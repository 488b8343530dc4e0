"""Questions that could mean several texts: who asks is asked which, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Refusal, as_json
from assistant.answering import Assistant
from assistant.question import read
from assistant.sections import Sections
from index.embedding import Embedder
from sources.anchor import Anchor, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing

VAL_DUCHESSE = "val-duchesse-2023"
CANALS, BRIDGES, LAMPS = "celex:32031L0101", "celex:32031L0202", "celex:32031R0303"


def act(title: str, theme: str, lead: str, heading: str = "Droits de passage") -> bytes:
    """An act of two chapters with one article each, the first of seven paragraphs."""
    head = "".join(f'<p class="oj-doc-ti">{line}</p>' for line in title.split("\n"))
    paragraphs = "".join(
        f'<p class="oj-normal">{n}.   Toute personne qui {lead} paie {n} euros à la Belgique.</p>'
        for n in range(1, 8)
    )
    return (
        f'<html><body><div>{head}<p class="oj-ti-section-1">CHAPITRE I</p>'
        f'<p class="oj-ti-section-2">{theme}</p><p class="oj-ti-art">Article premier</p>'
        f'<p class="oj-sti-art">{heading}</p>'
        f"{paragraphs}"
        '<p class="oj-ti-section-1">CHAPITRE II</p><p class="oj-ti-section-2">FIN</p>'
        '<p class="oj-ti-art">Article 2</p><p class="oj-normal">Les canards sont exemptés.</p>'
        "</div></body></html>"
    ).encode()


ACTS = {
    "32031L0101": act(
        "DIRECTIVE (UE) 2031/101 DU CONSEIL\ndu 2 mai 2031\nrelative aux canaux",
        "CANAUX",
        "traverse un canal",
    ),
    "32031L0202": act(
        "DIRECTIVE (UE) 2031/202 DU CONSEIL\ndu 3 mai 2031\nrelative aux ponts",
        "PONTS",
        "passe un pont",
    ),
    "32031R0303": act(
        "RÈGLEMENT (UE) 2031/303 DU CONSEIL\ndu 4 mai 2031\nrelatif aux lampes",
        "VÉRIFICATION",
        "allume une lampe",
        "Obligations générales du vérificateur",
    ),
}


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("which"))
    settings, _ = fetched(folder, {(celex, "fr"): body for celex, body in ACTS.items()})
    with answering(settings, embedder) as found:
        yield found


@pytest.mark.parametrize(
    ("lang", "question", "works"),
    [
        ("fr", "Que dit l’article premier ?", [CANALS, BRIDGES, LAMPS]),
        ("fr", "Que dit l’article premier de la directive ?", [CANALS, BRIDGES]),
        ("nl", "Wat staat er in artikel 1 van de richtlijn?", [CANALS, BRIDGES]),
        ("fr", "Que contient le chapitre I ?", [CANALS, BRIDGES, LAMPS, VAL_DUCHESSE]),
        ("nl", "hoofdstuk II van de richtlijn", [CANALS, BRIDGES]),
        ("fr", "De quoi parle la directive ?", [CANALS, BRIDGES]),
        ("fr", "Quels montants cite la directive ?", [CANALS, BRIDGES]),
        ("nl", "Welke bedragen worden in de richtlijn genoemd?", [CANALS, BRIDGES]),
    ],
)
def test_what_several_texts_have_is_asked_back(
    assistant: Assistant, lang: Lang, question: str, works: list[str]
) -> None:
    outcome = assistant.ask(question, lang)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "which"
    assert [c.source for c in outcome.choices] == works
    assert all(c.title in outcome.text for c in outcome.choices)
    assert as_json(outcome)["citations"] == []


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Que dit l’article premier de la directive ?"),
        ("nl", "hoofdstuk II van de richtlijn"),
        ("fr", "Quels montants cite la directive ?"),
    ],
)
def test_each_choice_is_a_question_that_is_answered_from_its_text(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert isinstance(outcome, Refusal)
    for choice in outcome.choices:
        chosen = assistant.ask(choice.question, lang)
        assert isinstance(chosen, Answer), choice.question
        assert {c.source for c in chosen.citations} == {choice.source}


@pytest.mark.parametrize(
    ("lang", "question", "work"),
    [
        ("fr", "Que dit l’article premier du règlement ?", LAMPS),
        ("fr", "Que contient le chapitre I du règlement ?", LAMPS),
        ("nl", "Welke bedragen worden in de verordening genoemd?", LAMPS),
        ("fr", "Quels pays sont cités dans le règlement ?", LAMPS),
        ("fr", "Quels pays sont cités dans la déclaration ?", "val-duchesse-2023"),
    ],
)
def test_the_only_text_of_the_sort_that_is_said_is_meant(
    assistant: Assistant, lang: Lang, question: str, work: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert isinstance(outcome, Answer)
    assert {c.source for c in outcome.citations} == {work}


def test_a_text_that_is_named_twice_is_asked_the_question_before(assistant: Assistant) -> None:
    outcome = assistant.ask(
        "Non, je voulais dire dans la directive relative aux ponts (2031/202)",
        history=["Que prévoit l’article 2 de la directive (UE) 2031/101 ?"],
    )
    assert isinstance(outcome, Answer)
    assert {c.source for c in outcome.citations} == {BRIDGES}
    assert "l'article 2" in outcome.about


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Quelle est la différence entre la directive ponts et la directive canaux ?"),
        ("fr", "Compare la directive 2031/202 et la directive canaux"),
        ("nl", "Vergelijk richtlijn 2031/202 met richtlijn 2031/101"),
        ("nl", "Vergelijk richtlijn 2031/202 en richtlijn 2031/101"),
        ("nl", "Wat is het verschil tussen richtlijn 2031/202 en richtlijn 2031/101?"),
    ],
)
def test_texts_that_are_compared_whole_are_each_shown_by_their_parts(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "whole"
    works = [Anchor.parse(n.anchor).work for n in outcome.nearest]
    assert list(dict.fromkeys(works)) == [BRIDGES, CANALS]
    title = "Richtlijn" if lang == "nl" else "Directive"
    assert f"– {title} (UE) 2031/202 › " in outcome.text.replace("(EU)", "(UE)")


@pytest.mark.parametrize(("lang", "word"), [("fr", "chapitre"), ("nl", "hoofdstuk")])
def test_a_part_that_several_texts_have_is_of_the_one_that_answered_before(
    assistant: Assistant, lang: Lang, word: str
) -> None:
    question = f"Que prévoit le {word} II ?" if lang == "fr" else f"Wat bepaalt {word} II?"
    alone = assistant.ask(question, lang)
    assert isinstance(alone, Refusal)
    assert alone.reason == "which"
    before = "Que devient le CCPD de Tournai ?" if lang == "fr" else "Wat wordt van het CPDS?"
    after = assistant.ask(question, lang, history=[before])
    assert isinstance(after, Answer)
    assert {Anchor.parse(c.anchor).work for c in after.citations} == {VAL_DUCHESSE}


@pytest.mark.parametrize(
    ("lang", "question", "day"),
    [
        ("fr", "La directive (UE) 2031/101 est-elle encore en vigueur ?", "2 mai 2031"),
        ("fr", "Est-ce que le règlement 2031/303 a été modifié depuis ?", "4 mai 2031"),
        ("nl", "Is richtlijn (EU) 2031/101 nog van kracht?", "2 mei 2031"),
        ("nl", "Werd verordening 2031/303 intussen opgeheven?", "4 mei 2031"),
    ],
)
def test_what_became_of_a_text_since_is_not_answered_from_it(
    assistant: Assistant, lang: Lang, question: str, day: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "still"
    assert day in outcome.text
    assert "eur-lex.europa.eu" in outcome.text


def test_where_a_text_is_spoken_of_nothing_is_asked_back(assistant: Assistant) -> None:
    outcome = assistant.ask(
        "Que dit l’article premier ?",
        history=["Qui paie d’après la directive (UE) 2031/202 ?"],
    )
    assert isinstance(outcome, Answer)
    assert {c.source for c in outcome.citations} == {BRIDGES}


@pytest.mark.parametrize(
    ("lang", "question", "before"),
    [
        ("fr", "Quels pays sont cités ?", "Que devient le CCPD de Tournai ?"),
        ("nl", "Welke landen worden genoemd?", "Wat wordt van het CPDS?"),
    ],
)
def test_a_list_is_of_the_text_that_was_spoken_of(
    assistant: Assistant, lang: Lang, question: str, before: str
) -> None:
    outcome = assistant.ask(question, lang, history=[before])
    assert isinstance(outcome, Answer)
    assert outcome.listing
    assert outcome.trace
    assert outcome.trace.goes_on
    assert {c.source for c in outcome.citations} == {VAL_DUCHESSE}


@pytest.mark.parametrize(
    ("lang", "question", "answer"),
    [
        ("fr", "Que dit l’article premier ?", "la directive (UE) 2031/202"),
        ("fr", "Que dit l’article premier ?", "de la directive (UE) 2031/202"),
        ("nl", "Wat staat er in hoofdstuk I van de richtlijn?", "Richtlijn (EU) 2031/202"),
    ],
)
def test_who_is_asked_which_may_answer_with_its_name(
    assistant: Assistant, lang: Lang, question: str, answer: str
) -> None:
    outcome = assistant.ask(answer, lang, history=[question])
    assert isinstance(outcome, Answer)
    assert {c.source for c in outcome.citations} == {BRIDGES}
    assert answer in outcome.about


def test_what_is_asked_of_a_place_tells_which_text(assistant: Assistant) -> None:
    outcome = assistant.ask("Que prévoit l’article premier sur les lampes ?")
    assert isinstance(outcome, Answer)
    assert outcome.citations[0].source == LAMPS


def test_a_short_place_of_a_few_texts_is_given_of_each(assistant: Assistant) -> None:
    outcome = assistant.ask("Que dit l’article 2 ?")
    assert isinstance(outcome, Answer)
    assert [c.source for c in outcome.citations] == [CANALS, BRIDGES, LAMPS]


@pytest.mark.parametrize(
    "question",
    [
        "Quelles sont les obligations du vérificateur selon le règlement (UE) 2031/303 ?",
        "obligations générales du vérificateur, règlement 2031/303",
    ],
)
def test_most_of_a_heading_names_the_article_and_a_word_alike_no_chapter(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer)
    assert outcome.trace is not None
    assert outcome.trace.rule == "names_a_section"
    assert {c.anchor.partition("#")[2].partition(".")[0] for c in outcome.citations} == {"art_1"}


def test_a_chapter_of_one_word_is_named_by_that_word(assistant: Assistant) -> None:
    asked = read("vérifications, règlement 2031/303", "fr", assistant.mentions)
    sections = Sections(assistant.build, assistant.mentions)
    assert [s.path[-1] for s in sections.named(asked)] == ["CHAPITRE I — VÉRIFICATION"]
