"""Acts that are named together, what an act is about, and the points of an only annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.anchor import LANGS, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing

_WORD: Mapping[Lang, tuple[str, str]] = {"fr": ("Article", "ANNEXE"), "nl": ("Artikel", "BIJLAGE")}
Articles = Sequence[tuple[str, str]]


def act(lang: Lang, title: Sequence[str], articles: Articles, annex: Sequence[str] = ()) -> bytes:
    """An act in the markup of the Official Journal: headings and texts of its articles, and the
    points of its annex.
    """
    article, heading = _WORD[lang]
    head = "".join(f'<p class="oj-doc-ti">{escape(line)}</p>' for line in title)
    body = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">{article} {n}</p>'
        f'<p class="oj-sti-art">{escape(sort)}</p><p class="oj-normal">{escape(text)}</p></div>'
        for n, (sort, text) in enumerate(articles, 1)
    )
    points = "".join(f'<p class="oj-normal">{escape(point)}</p>' for point in annex)
    attached = f'<div id="anx_1"><p class="oj-doc-ti">{heading}</p>{points}</div>'
    return f"<html><body><div>{head}{body}</div>{attached if annex else ''}</body></html>".encode()


ACTS: Mapping[tuple[str, Lang], bytes] = {
    ("32031L0511", "fr"): act(
        "fr",
        ("DIRECTIVE (UE) 2031/511", "du 2 mai 2031", "relative aux marchés couverts"),
        [
            ("Objet", "La présente directive établit les règles des marchés couverts."),
            ("Champ d’application", "Elle s’applique aux halles de plus de vingt étals."),
            ("Délai de transposition", "La directive est transposée avant le 3 mars 2033."),
        ],
    ),
    ("32031L0511", "nl"): act(
        "nl",
        ("RICHTLIJN (EU) 2031/511", "van 2 mei 2031", "betreffende overdekte markten"),
        [
            ("Onderwerp", "Deze richtlijn stelt de regels voor overdekte markten vast."),
            ("Toepassingsgebied", "Zij is van toepassing op hallen met meer dan twintig kramen."),
            ("Omzettingstermijn", "Deze richtlijn wordt uiterlijk op 3 maart 2033 omgezet."),
        ],
    ),
    ("32032L0044", "fr"): act(
        "fr",
        ("DIRECTIVE (UE) 2032/44", "du 7 juin 2032", "relative aux fontaines publiques"),
        [
            ("Entretien", "Chaque fontaine est nettoyée chaque semaine."),
            ("Délai de transposition", "La directive est transposée avant le 9 octobre 2034."),
        ],
    ),
    ("32032L0044", "nl"): act(
        "nl",
        ("RICHTLIJN (EU) 2032/44", "van 7 juni 2032", "betreffende openbare fonteinen"),
        [
            ("Onderhoud", "Elke fontein wordt wekelijks schoongemaakt."),
            ("Omzettingstermijn", "Deze richtlijn wordt uiterlijk op 9 oktober 2034 omgezet."),
        ],
    ),
    ("32032R0618", "fr"): act(
        "fr",
        ("RÈGLEMENT D’EXÉCUTION (UE) 2032/618", "du 8 juin 2032", "relatif aux bancs publics"),
        [
            ("Bancs", "Le présent règlement fixe les dimensions des bancs publics."),
            ("Entrée en vigueur", "Le présent règlement entre en vigueur le 1er juillet 2032."),
        ],
        ["1. Bois", "1.1. Le bois est du chêne.", "1.2. Le chêne est séché deux ans.",
         "2. Pose", "2.1. Le banc est posé sur des pavés."],
    ),
    ("32032R0618", "nl"): act(
        "nl",
        ("UITVOERINGSVERORDENING (EU) 2032/618", "van 8 juni 2032", "betreffende zitbanken"),
        [
            ("Banken", "Deze verordening bepaalt de afmetingen van openbare zitbanken."),
            ("Inwerkingtreding", "Deze verordening treedt in werking op 1 juli 2032."),
        ],
        ["1. Hout", "1.1. Het hout is eik.", "1.2. De eik wordt twee jaar gedroogd.",
         "2. Plaatsing", "2.1. De bank staat op kasseien."],
    ),
}  # fmt: skip
MARKETS, FOUNTAINS, BENCHES = "celex:32031L0511", "celex:32032L0044", "celex:32032R0618"


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    settings, _ = fetched(sharing(built.data, tmp_path_factory.mktemp("several")), ACTS)
    with answering(settings, embedder) as found:
        yield found


def cited(assistant: Assistant, question: str, *history: str) -> list[str]:
    outcome = assistant.ask(question, history=history)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Point 1.2 de l’annexe du règlement d’exécution 2032/618", "fr"),
        ("Que dit l’annexe, point 1.2, du règlement d’exécution (UE) 2032/618 ?", "fr"),
        ("Que dit l’annexe du règlement 2032/618, point 1.2 ?", "fr"),
        ("Que dit le point 1.2 du règlement 2032/618 ?", "fr"),
        ("Section 1, point 1.2, de l’annexe au règlement 2032/618", "fr"),
        ("Punt 1.2 van de bijlage bij Uitvoeringsverordening (EU) 2032/618", "nl"),
        ("Wat zegt bijlage, punt 1.2, van verordening 2032/618?", "nl"),
        ("Bijlage bij uitvoeringsverordening 2032/618, punt 1.2", "nl"),
    ],
)
def test_a_point_of_the_only_annex_is_cited(
    assistant: Assistant, question: str, lang: Lang
) -> None:
    assert cited(assistant, question) == [f"{BENCHES}@{lang}#anx.pnt_1.2"]


def test_a_point_that_the_annex_does_not_have_is_refused(assistant: Assistant) -> None:
    outcome = assistant.ask("Que dit le point 1.9 de l’annexe du règlement 2032/618 ?")
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_portion"


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Comparez les délais de transposition des directives 2031/511 et 2032/44",
         ("3 mars 2033", "9 octobre 2034")),
        ("Vergelijk de omzettingstermijn van de richtlijnen (EU) 2031/511 en 2032/44",
         ("3 maart 2033", "9 oktober 2034")),
    ],
)  # fmt: skip
def test_each_of_the_acts_that_are_listed_is_asked(
    assistant: Assistant, question: str, days: Sequence[str]
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert all(day in outcome.text for day in days)


@pytest.mark.parametrize(
    ("history", "question", "anchors"),
    [
        ("Comparez les délais de transposition des directives 2031/511 et 2032/44",
         "Et l’article 1 ?", [f"{MARKETS}@fr#art_1", f"{FOUNTAINS}@fr#art_1"]),
        ("Comparez l’entretien selon les directives 2031/511 et 2032/44",
         "Et le délai de transposition ?", [f"{MARKETS}@fr#art_3", f"{FOUNTAINS}@fr#art_2"]),
        ("Vergelijk het onderhoud in de richtlijnen 2031/511 en 2032/44",
         "En de omzettingstermijn?", [f"{MARKETS}@nl#art_3", f"{FOUNTAINS}@nl#art_2"]),
        ("Vergelijk de omzettingstermijn van de richtlijnen 2031/511 en 2032/44",
         "En artikel 1 van verordening 2032/618?", [f"{BENCHES}@nl#art_1"]),
    ],
)  # fmt: skip
def test_what_follows_a_question_about_several_acts_is_asked_of_each(
    assistant: Assistant, history: str, question: str, anchors: Sequence[str]
) -> None:
    assert cited(assistant, question, history) == anchors


@pytest.mark.parametrize(
    ("history", "question", "days"),
    [
        ("Comparez le délai de transposition des directives 2031/511 et 2032/44",
         "Et le règlement 2032/618 ?", ("3 mars 2033", "9 octobre 2034")),
        ("Vergelijk de omzettingstermijn van de richtlijnen 2031/511 en 2032/44",
         "En verordening 2032/618?", ("3 maart 2033", "9 oktober 2034")),
    ],
)  # fmt: skip
def test_an_act_that_a_follow_up_names_joins_those_that_were_compared(
    assistant: Assistant, history: str, question: str, days: Sequence[str]
) -> None:
    outcome = assistant.ask(question, history=[history])
    assert all(day in outcome.text for day in days), outcome.text


def test_the_act_that_is_not_here_is_said_after_a_comparison(assistant: Assistant) -> None:
    before = "Comparez les délais de transposition des directives 2031/511 et 2032/44"
    outcome = assistant.ask("Et le règlement (UE) 2099/1234 ?", history=[before])
    assert isinstance(outcome, Refusal)
    assert "2099/1234" in outcome.text


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("Que dit l’article 1 des directives 2031/511 et 2032/44 ?",
         [f"{MARKETS}@fr#art_1", f"{FOUNTAINS}@fr#art_1"]),
        ("Que disent les directives 2031/511 et 2032/44 du délai de transposition ?",
         [f"{MARKETS}@fr#art_3", f"{FOUNTAINS}@fr#art_2"]),
        ("Wat zegt artikel 1 van de richtlijnen 2031/511 en 2032/44?",
         [f"{MARKETS}@nl#art_1", f"{FOUNTAINS}@nl#art_1"]),
    ],
)  # fmt: skip
def test_an_article_of_acts_that_are_listed_is_given_of_each(
    assistant: Assistant, question: str, anchors: Sequence[str]
) -> None:
    assert cited(assistant, question) == anchors


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("De quoi parle la directive (UE) 2031/511 ?", ["fr#art_1", "fr#art_2"]),
        ("Sur quoi porte la directive 2031/511 ?", ["fr#art_1", "fr#art_2"]),
        ("Quel est l’objet de la directive 2031/511 ?", ["fr#art_1", "fr#art_2"]),
        ("De quoi parlent les directives 2031/511 et 2032/44 ?", ["fr#art_1", "fr#art_2"]),
        ("Waarover gaan de richtlijnen 2031/511 en 2032/44?", ["nl#art_1", "nl#art_2"]),
        ("Waarover gaat richtlijn (EU) 2031/511?", ["nl#art_1", "nl#art_2"]),
        ("Waar gaat richtlijn 2031/511 over?", ["nl#art_1", "nl#art_2"]),
        ("Wat is het doel van richtlijn 2031/511?", ["nl#art_1", "nl#art_2"]),
    ],
)
def test_what_an_act_is_about_is_in_its_articles_on_subject_matter_and_scope(
    assistant: Assistant, question: str, anchors: Sequence[str]
) -> None:
    assert cited(assistant, question) == [f"{MARKETS}@{anchor}" for anchor in anchors]


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Sur quoi porte le règlement d’exécution (UE) 2032/618 ?", "fr"),
        ("Wat is het onderwerp van verordening 2032/618?", "nl"),
    ],
)
def test_else_it_is_in_the_article_that_begins_by_saying_it(
    assistant: Assistant, question: str, lang: Lang
) -> None:
    assert cited(assistant, question) == [f"{BENCHES}@{lang}#art_1"]


@pytest.mark.parametrize("lang", LANGS)
def test_where_no_article_says_it_the_act_is_shown_as_a_whole(
    assistant: Assistant, lang: Lang
) -> None:
    about = {"fr": "Quel est l’objet de la directive 2032/44 ?",
             "nl": "Waarover gaat richtlijn 2032/44?"}  # fmt: skip
    whole = {"fr": "Que prévoit la directive 2032/44 ?", "nl": "Wat bepaalt richtlijn 2032/44?"}
    assert cited(assistant, about[lang]) == cited(assistant, whole[lang])


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Que dit l’article 2 de la directive (UE) 2032/44 ?", "halles étals"),
        ("Que dit l’article 2 de la directive (UE) 2032/44 ?", "Comment est réglé le marché ?"),
        ("Wat zegt artikel 2 van richtlijn (EU) 2032/44?", "hallen kramen"),
        ("Wat zegt artikel 2 van richtlijn (EU) 2032/44?", "Hoe worden de markten geregeld?"),
    ],
)
def test_what_the_act_that_was_spoken_of_has_no_word_of_is_answered_from_another(
    assistant: Assistant, before: str, question: str
) -> None:
    assert cited(assistant, question, before) == cited(assistant, question)
