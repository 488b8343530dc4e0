"""Parts of a text that are named by their number or their heading."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant
from assistant.question import read
from assistant.sections import Sections
from sources.anchor import Lang


@pytest.mark.parametrize(
    ("lang", "question", "part"),
    [
        ("fr", "Que prévoit la section 7 ?", "7."),
        ("fr", "tout le point 2", "2."),
        ("fr", "Donne-moi la section 7", "7."),
        ("nl", "Laat me deel 2 zien", "2."),
        ("fr", "le volet défense", "7."),
        ("fr", "Que dit la partie migration ?", "3."),
        ("fr", "chapitre 5, extrémisme violent", "5."),
        ("fr", "Que dit la partie Contexte ?", "I."),
        ("fr", "Résume l’introduction", "I."),
        ("nl", "Vat de inleiding samen", "I."),
        ("nl", "onderdeel 2 volledig", "2."),
        ("nl", "deel I", "I."),
        ("nl", "Kan je het luik defensie samenvatten?", "7."),
        ("nl", "het stuk over de Sahel, West- en Centraal-Afrika", "6."),
    ],
)
def test_a_part_that_is_named_is_cited_whole(
    assistant: Assistant, lang: Lang, question: str, part: str
) -> None:
    sections = Sections(assistant.build, assistant.mentions)
    (section,) = sections.named(read(question, lang, assistant.mentions))
    found = sections.passages(section, lang)
    wanted = [p for p in assistant.build.passages if p.anchor.portion.startswith(part)]
    assert [p.anchor for p in found] == [p.anchor for p in wanted]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Que dit le point 2.6 ?"),
        ("fr", "Que dit le point 2 sur les trains ?"),
        ("fr", "Quel rôle est prévu pour le CCPD ?"),
        ("fr", "la partie adverse"),
        ("fr", "chapitre 12"),
        ("nl", "Wat zegt punt 4 over Hazeldonk?"),
        ("nl", "Op welk punt werken ze samen?"),
    ],
)
def test_other_questions_name_no_part(assistant: Assistant, lang: Lang, question: str) -> None:
    sections = Sections(assistant.build, assistant.mentions)
    assert sections.named(read(question, lang, assistant.mentions)) == []
