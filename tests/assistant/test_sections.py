"""Parts of a text that are named by their number or their heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.mentions import Mentions
from assistant.question import read
from assistant.sections import Sections
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import Lang
from tests.index.fake import Texts, make, passage, settings_for


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
    found = sections.outline.passages(section, lang)
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


@pytest.mark.parametrize(
    ("lang", "question", "portions"),
    [
        ("fr", "Que dit le livre II ?", ["art_2", "art_3"]),
        ("fr", "livre premier", ["art_1"]),
        ("fr", "Que dit le livre Ier ?", ["art_1"]),
        ("fr", "Que dit la section 1re ?", ["art_4"]),
        ("fr", "section Ire", ["art_4"]),
        ("nl", "boek I", ["art_1"]),
        ("nl", "Wat staat er in boek 2?", ["art_2", "art_3"]),
    ],
)
def test_a_book_is_a_part_of_a_code(
    tmp_path: Path, lang: Lang, question: str, portions: list[str]
) -> None:
    books = {
        1: "LIVRE Ier. — Des quais",
        2: "LIVRE II. — Des eaux",
        3: "LIVRE II. — Des eaux",
        4: "SECTION 1re. — Des ponts",
    }
    code = [passage("quais", "fr", n, f"L’eau {n}.", heading=books[n]) for n in books]
    settings = settings_for(tmp_path)
    texts = Texts({("quais", "fr"): code})
    build = Build(BuildRegistry(settings.data).path(make(settings, texts).build))
    mentions = Mentions(texts.catalogue, build)
    (found,) = Sections(build, mentions).named(read(question, lang, mentions))
    assert found.portions == portions
