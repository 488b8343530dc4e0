"""The points that a passage announces, counted where they are of one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from index.embedding import Embedder
from sources.anchor import Anchor, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing

CELEX = "32031R0505"
TITLES: dict[Lang, tuple[str, ...]] = {
    "fr": ("RÈGLEMENT (UE) 2031/505", "du 4 juin 2031", "relatif aux bacs"),
    "nl": ("VERORDENING (EU) 2031/505", "van 4 juni 2031", "betreffende veerboten"),
}
# One list, and two lists under one article.
ARTICLES: dict[Lang, dict[str, tuple[str, ...]]] = {
    "fr": {
        "Article premier": (
            "Le passeur présente les pièces suivantes:",
            "a) sa licence;",
            "b) le carnet du bac.",
        ),
        "Article 2": (
            "Le bac part aux conditions suivantes:",
            "a) le passeur est à bord;",
            "b) la chaîne est levée.",
            "La nuit, ces conditions sont remplies aussi:",
            "a) la lanterne brûle;",
            "b) la cloche a sonné.",
        ),
    },
    "nl": {
        "Artikel 1": (
            "De veerman toont de volgende documenten:",
            "a) zijn vergunning;",
            "b) het logboek van de veerboot.",
        ),
        "Artikel 2": (
            "De veerboot vertrekt onder de volgende voorwaarden:",
            "a) de veerman is aan boord;",
            "b) de ketting is gehesen.",
            "’s Nachts is ook aan deze voorwaarden voldaan:",
            "a) de lantaarn brandt;",
            "b) de bel heeft geluid.",
        ),
    },
}


def act(lang: Lang) -> bytes:
    title = "".join(f'<p class="oj-doc-ti">{line}</p>' for line in TITLES[lang])
    body = "".join(
        f'<p class="oj-ti-art">{number}</p>'
        + "".join(f'<p class="oj-normal">{line}</p>' for line in lines)
        for number, lines in ARTICLES[lang].items()
    )
    return f"<html><body><div>{title}{body}</div></body></html>".encode()


@pytest.fixture(scope="module")
def ferries(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("ferries"))
    settings, _ = fetched(folder, {(CELEX, lang): act(lang) for lang in TITLES})
    with answering(settings, embedder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "counted", "cited", "missing"),
    [
        ("Combien de pièces faut-il d’après l’article 1 du règlement (UE) 2031/505 ?", 2,
         ["art_1", "art_1.pnt_a", "art_1.pnt_b"], ()),
        ("Hoeveel documenten vermelden de artikelen 1 en 9 van Verordening (EU) 2031/505?", 2,
         ["art_1", "art_1.pnt_a", "art_1.pnt_b"], ("art. 9",)),
        ("Combien de conditions pose l’article 2 du règlement (UE) 2031/505 ?", None,
         ["art_2", "art_2.pnt_a", "art_2.pnt_b", "art_2.sub_2.pnt_a", "art_2.sub_2.pnt_b"], ()),
        ("Hoeveel voorwaarden stelt artikel 2 van Verordening (EU) 2031/505?", None,
         ["art_2", "art_2.pnt_a", "art_2.pnt_b", "art_2.sub_2.pnt_a", "art_2.sub_2.pnt_b"], ()),
    ],
)  # fmt: skip
def test_points_are_counted_where_they_are_of_one_list_and_cited_in_any_case(
    ferries: Assistant,
    question: str,
    counted: int | None,
    cited: list[str],
    missing: tuple[str, ...],
) -> None:
    outcome = ferries.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert (len(outcome.listing.items) if outcome.listing else None) == counted
    assert [Anchor.parse(c.anchor).portion for c in outcome.citations] == cited
    assert outcome.missing == missing
    assert all(m in outcome.text for m in missing)


def test_no_answer_is_without_a_citation(ferries: Assistant) -> None:
    outcome = ferries.ask("Que dit l’article 2 du règlement (UE) 2031/505 ?")
    assert isinstance(outcome, Answer)
    with pytest.raises(ValueError, match="cites"):
        replace(outcome, citations=())
