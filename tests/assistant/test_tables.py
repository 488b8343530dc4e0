"""Questions that a row of a table answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.__main__ import main
from sources.anchor import Anchor, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering
from tests.conftest import sharing

TABLES: dict[Lang, str] = {
    "fr": """# Tarif du bac de la Lys

## 1. Passage

| Poids de la voiture | Prix par passage |
|---|---|
| jusqu’à 900 kg | 4,00 € |
| de 900 à 1500 kg | 7,50 € |
| plus de 1500 kg | 12,00 € |

## 2. Services

| Service | Prix |
|---|---|
| Remorquage | 60,00 € |
| Lavage | 5,00 € |
""",
    "nl": """# Tarief van de veerboot over de Leie

## 1. Overtocht

| Gewicht van de auto | Prijs per overtocht |
|---|---|
| tot 900 kg | 4,00 € |
| van 900 tot 1500 kg | 7,50 € |
| meer dan 1500 kg | 12,00 € |

## 2. Diensten

| Dienst | Prijs |
|---|---|
| Slepen | 60,00 € |
| Wassen | 5,00 € |
""",
}


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("tables"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUCHESSE_DATA", str(folder))
        for lang, text in TABLES.items():
            path = folder / f"{lang}.md"
            path.write_text(text, "utf-8")
            titles = ["--title-fr", "Tarif du bac", "--title-nl", "Tarief van de veerboot"]
            assert main(["add", str(path), "--id", "bac", "--lang", lang, *titles]) == 0
    with answering(Settings(data=folder), embedder) as found:
        yield found


def cited(outcome: object) -> list[str]:
    assert isinstance(outcome, Answer)
    return [Anchor.parse(c.anchor).portion for c in outcome.citations]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Quel est le prix du passage pour une voiture de 1200 kg ?"),
        ("nl", "Wat is de prijs van de overtocht voor een auto van 1200 kg?"),
    ],
)
def test_of_a_number_that_no_row_has_the_table_is_given_and_no_price_in_front(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert cited(outcome) == [f"sec_1.tab_1.row_{n}" for n in (2, 3, 4)]
    assert isinstance(outcome, Answer)
    assert outcome.literal is None


@pytest.mark.parametrize(
    ("lang", "question"),
    [("fr", "Quel est le prix du remorquage ?"), ("nl", "Wat is de prijs van het slepen?")],
)
def test_a_row_that_has_what_is_asked_is_cited_alone(
    assistant: Assistant, lang: Lang, question: str
) -> None:
    outcome = assistant.ask(question, lang)
    assert cited(outcome) == ["sec_2.tab_1.row_2"]
    assert outcome.citations[0].lead.endswith("Prix" if lang == "fr" else "Prijs")  # type: ignore[union-attr]
