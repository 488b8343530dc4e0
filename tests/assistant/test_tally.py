"""How many there were, where a text names each of them."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.question import read
from assistant.tally import tally
from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.model import Kind, Passage


def counted(assistant: Assistant, lang: Lang, question: str, *texts: str) -> list[str]:
    passages = [
        Passage(Anchor("w", lang, str(n)), Kind.PARAGRAPH, text, (), Bilingual("", ""))
        for n, text in enumerate(texts)
    ]
    found = tally(read(question, lang, assistant.mentions), passages, assistant.build.sentences)
    return [o.passage.text[o.start : o.end] for o in found]


@pytest.mark.parametrize(
    ("lang", "question", "texts", "when"),
    [
        (
            "fr",
            "Combien de sommets y a-t-il eu ?",
            [
                "Les sommets de mai 2029 et juin 2030 ont réussi.",
                "Le troisième sommet a lieu en 2031.",
            ],
            ["mai 2029", "juin 2030", "2031"],
        ),
        (
            "nl",
            "Hoeveel topontmoetingen waren er?",
            [
                "In mei 2029 en juni 2030 vonden topontmoetingen plaats.",
                "Een derde grote topontmoeting volgt in 2031.",
            ],
            ["mei 2029", "juni 2030", "2031"],
        ),
        (  # the fifth, and two are named: not certain
            "fr",
            "Combien de sommets y a-t-il eu ?",
            [
                "Les sommets de mai 2029 et juin 2030 ont réussi.",
                "Le cinquième sommet a lieu en 2031.",
            ],
            [],
        ),
        (  # nothing says which was the last
            "fr",
            "Combien de sommets y a-t-il eu ?",
            ["Les sommets de mai 2029 et juin 2030 ont réussi."],
            [],
        ),
        (  # the moments are of something else
            "nl",
            "Hoeveel topontmoetingen waren er?",
            ["Een derde topontmoeting volgde op de akkoorden van 2029, mei 2030 en 2031."],
            [],
        ),
    ],
)
def test_what_is_counted_is_certain_or_not_said(
    assistant: Assistant, lang: Lang, question: str, texts: list[str], when: list[str]
) -> None:
    assert counted(assistant, lang, question, *texts) == when


@pytest.mark.parametrize(
    ("question", "front"),
    [
        ("Combien de réunions Val Duchesse ont eu lieu ?", "Quatre\xa0: février 2016 [1], juin"),
        ("Combien de rencontres Val Duchesse y a-t-il eu ?", "Quatre\xa0: février 2016 [1], juin"),
        ("Hoeveel bijeenkomsten waren er al?", "Vier: februari 2016 [1], juni"),
    ],
)
def test_the_number_stands_in_front_with_each_of_them(
    assistant: Assistant, question: str, front: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.text.startswith(front)
    marked = [mark for c in outcome.citations if c.key for mark in c.key.marked]
    assert outcome.listing is not None
    assert marked == [item.label for item in outcome.listing.items]


def test_meetings_with_others_are_not_counted_among_them(assistant: Assistant) -> None:
    outcome = assistant.ask("Combien de réunions avec la Pologne ?")
    assert not isinstance(outcome, Answer) or outcome.listing is None


@pytest.mark.parametrize(
    "question",
    [
        "Combien de signataires compte Val Duchesse ?",
        "Hoeveel pagina’s telt de verklaring van Hertoginnedal?",
    ],
)
def test_what_no_passage_counts_is_not_taken_for_the_meetings(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert not isinstance(outcome, Answer) or outcome.listing is None


@pytest.mark.parametrize(
    "question",
    ["Combien de réunions Val Duchesse avant 2023 ?", "Combien de réunions Val Duchesse à Paris ?"],
)
def test_some_of_what_was_counted_are_not_all_of_it(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(question)
    assert not isinstance(outcome, Answer) or outcome.listing is None
