"""An act that a question names is the text that it means: among versions, under another id."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.adding import Wanted, add
from sources.library import Library
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing


def act(title: str, *articles: str) -> bytes:
    """An act in the markup of the Official Journal."""
    head = "".join(f'<p class="oj-doc-ti">{line}</p>' for line in title.split("\n"))
    body = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">Article {n}</p>'
        f'<p class="oj-normal">{text}</p></div>'
        for n, text in enumerate(articles, 1)
    )
    return f"<html><body><div>{head}{body}</div></body></html>".encode()


CANALS = "RÈGLEMENT (UE) 2031/902 DU CONSEIL\ndu 2 mai 2031\nrelatif aux canaux navigables"
ACTS = {
    "32031R0902": act(CANALS, "Les écluses ferment à dix heures.", "Les ponts sont levés."),
    "02031R0902-20330101": act(CANALS, "Les écluses ferment à midi.", "Les ponts sont levés."),
    "02031R0902-20340101": act(CANALS, "Les écluses ne ferment plus.", "Les ponts sont levés."),
    "02031R0777-20330101": act(
        "RÈGLEMENT (UE) 2031/777 DU CONSEIL\ndu 2 mai 2031\nrelatif aux phares",
        "Les phares éclairent la nuit.",
    ),
    "32012D0943": act(
        "DÉCISION N° 943/2012/UE DU PARLEMENT EUROPÉEN ET DU CONSEIL\ndu 14 mars 2012",
        "Les pigeons sont comptés.",
    ),
    "32012D0943(01)": act(
        "DÉCISION DU CONSEIL 2012/943/UE\ndu 8 mars 2012", "Les mouettes sont comptées."
    ),
    "22031A0430(01)": act(
        "ACCORD ENTRE L’UNION EUROPÉENNE ET LA RÉPUBLIQUE DES DUNES", "Le sable est libre."
    ),
}
FILE = act("DÉCISION (UE) 2031/61 DU CONSEIL\ndu 3 mai 2031", "Les rideaux sont levés.")

LANTERNS = act(
    "DIRECTIVE (UE) 2031/71 DU CONSEIL\ndu 3 mai 2031\nmodifiant la directive (UE) 2031/72",
    "Les lanternes brûlent jusqu’à l’aube.",
)


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("versions"))
    settings, _ = fetched(folder, {(celex, "fr"): body for celex, body in ACTS.items()})
    file = folder / "rideaux.html"
    file.write_bytes(FILE)
    title = "Décision (UE) 2031/61 relative aux rideaux"
    add(
        Library.of(settings),
        settings,
        str(file),
        Wanted("rideaux", "fr", title, "Besluit (EU) 2031/61", "Rideaux", "Gordijnen"),
    )
    file.write_bytes(LANTERNS)  # its short title is the long one, and both begin with its number
    add(Library.of(settings), settings, str(file), Wanted("lanternes", "fr"))
    file.write_bytes(act("RÈGLEMENT (UE) 2031/82 DU CONSEIL", "Les cloches sonnent à midi."))
    add(Library.of(settings), settings, str(file), Wanted("cloches", "fr", "Cloches", "Klokken"))
    with answering(settings, embedder) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Que dit l’article 1 du règlement (UE) 2031/902 ?", "celex:32031R0902"),
        ("Que dit l’article 1 du règlement relatif aux canaux navigables ?", "celex:32031R0902"),
        (
            "Que dit l’article 1 du règlement (UE) 2031/902 dans sa version consolidée ?",
            "celex:02031R0902-20340101",
        ),
        (
            "Que dit l’article 1 du règlement 2031/902, version consolidée au 1er janvier 2033 ?",
            "celex:02031R0902-20330101",
        ),
        (
            "Que dit l’article 1 de la version consolidée du règlement sur les canaux navigables ?",
            "celex:02031R0902-20340101",
        ),
        ("Que dit l’article 1 du règlement (UE) 2031/777 ?", "celex:02031R0777-20330101"),
        ("Que dit l’article 1 du 2031/777 ?", "celex:02031R0777-20330101"),
        ("Que dit l’article premier de la décision 2012/943/UE ?", "celex:32012D0943(01)"),
        ("Que dit l’article premier de la décision n° 943/2012/UE ?", "celex:32012D0943"),
        ("Que dit l’article 1 de la décision (UE) 2031/61 ?", "rideaux"),
        ("Jusqu’à quand brûlent les lanternes selon la directive (UE) 2031/71 ?", "lanternes"),
        ("Wat zegt artikel 1 van Richtlijn 2031/71?", "lanternes"),
        ("Que dit l’article 1 du 2031/71 ?", "lanternes"),
        ("Wat zegt artikel 1 van Verordening (EU) 2031/82?", "cloches"),
        (
            "Que dit l’article 1 de l’accord entre l’Union européenne et la République des Dunes ?",
            "celex:22031A0430(01)",
        ),
        ("Wat zegt artikel 1 van Besluit 2012/943/EU?", "celex:32012D0943(01)"),
        (
            "Wat zegt artikel 1 van de geconsolideerde Verordening (EU) 2031/902?",
            "celex:02031R0902-20340101",
        ),
        (
            "Vu le règlement (UE) 2031/902, l’article 1 de la décision 2012/943/UE ?",
            "celex:32012D0943(01)",
        ),
        ("Que dit l’article 1er du règlement 2031/902 ?", "celex:32031R0902"),
        ("Que dit l’article deux du règlement 2031/902 ?", "celex:32031R0902"),
        ("Que dit l’article 2e du règlement 2031/902 ?", "celex:32031R0902"),
    ],
)
def test_the_text_that_is_meant_is_cited(assistant: Assistant, question: str, anchor: str) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [c.source for c in outcome.citations] == [anchor]


@pytest.mark.parametrize(
    "question",
    [
        "Que dit l’article 3 du règlement relatif aux canaux navigables ?",
        "Que dit l’article trois du règlement (UE) 2031/902 ?",
        "Wat zegt artikel drie van Verordening (EU) 2031/902?",
    ],
)
def test_a_place_that_none_of_them_has_is_said_not_to_be_there(
    assistant: Assistant, question: str
) -> None:
    assert isinstance(assistant.ask(question), Refusal)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Que dit l’article 1 de la directive (UE) 2031/72 ?", "2031/72"),
        ("Wat zegt Verordening (EU) 2031/998 over bakens?", "2031/998"),
    ],
)
def test_an_act_that_is_not_here_is_said_not_to_be_and_nothing_more(
    assistant: Assistant, question: str, number: str
) -> None:
    refused = assistant.ask(question)
    assert isinstance(refused, Refusal)
    first = refused.text.splitlines()[0]
    assert number in first
    assert "connu" not in first
    assert "bekend" not in first


def test_who_gets_an_act_as_published_is_told_of_its_consolidated_text(
    assistant: Assistant,
) -> None:
    asked = "Que dit l’article 1 du règlement (UE) 2031/902"
    published, now = assistant.ask(f"{asked} ?"), assistant.ask(f"{asked} consolidé ?")
    assert any("version consolidée au 1er janvier 2034" in n for n in published.notices)
    assert now.notices == ()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Que dit l’article 1 de la version consolidée du règlement 2031/82 ?", "n’est pas"),
        ("Wat zegt artikel 1 van de geconsolideerde Verordening 2031/82?", "niet beschikbaar"),
    ],
)
def test_that_no_consolidated_text_is_here_is_said_and_the_act_as_published_cited(
    assistant: Assistant, question: str, said: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [c.source for c in outcome.citations] == ["cloches"]
    assert any("onsolid" in n and said in n for n in outcome.notices)


def test_two_decisions_of_one_number_are_called_as_they_are_printed(assistant: Assistant) -> None:
    shorts = {e.work: e.short.fr for e in assistant.build.manifest.documents}
    assert shorts["celex:32012D0943"] == "Décision n° 943/2012/UE"
    assert shorts["celex:32012D0943(01)"] == "Décision 2012/943/UE"
