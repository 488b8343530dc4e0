"""Questions by portion: whole, well formed, and in no way part of what is cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.cases import load as load_cases
from sources import catalogue, questions
from sources.anchor import LANGS, Anchor, Lang
from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.folding import fold
from sources.library import Library
from sources.model import Document, Kind, Passage
from sources.questions import Questions

FOLDER = catalogue.TEXTS / "val-duchesse-2023"


def small() -> Document:
    passages = tuple(
        Passage(Anchor("ports-2031", "fr", n), Kind.ARTICLE, "Texte.", (), Bilingual("", ""))
        for n in ("1", "2")
    )
    return Document("ports-2031", "fr", "Ports", "2031-01-01", passages)


@pytest.mark.declaration
@pytest.mark.parametrize("lang", LANGS)
def test_every_passage_that_ships_has_its_questions_in_both_languages(
    tmp_path: Path, lang: Lang
) -> None:
    library = Library(tmp_path)
    document = library.read(library.editions()[0])
    listed = questions.load(FOLDER / f"{lang}.questions.toml")
    assert listed.lang == lang
    assert set(listed.questions) == {p.anchor.portion for p in document.passages}
    for passage in document.passages:
        own = listed.questions[passage.anchor.portion]
        assert len(own) >= 5
        assert set(own) <= set(passage.questions)
        assert len(listed.unanswered[passage.anchor.portion]) >= 5
        assert set(listed.unanswered[passage.anchor.portion]) <= set(passage.unanswered)
    lists = (listed.questions, listed.unanswered)
    every = [q for one in lists for qs in one.values() for q in qs]
    assert len(every) == len(set(every))
    assert not [q for q in every if "'" in q or q != q.strip()]


@pytest.mark.declaration
def test_no_question_of_the_evaluation_is_on_a_list() -> None:
    """What is measured must not have been learned."""
    asked = {(c.lang, words_of(c.question)) for c in load_cases()}
    for lang in LANGS:
        one = questions.load(FOLDER / f"{lang}.questions.toml")
        known = {
            words_of(q) for t in (one.questions, one.unanswered) for qs in t.values() for q in qs
        }
        assert {q for la, q in asked if la == lang} & known == set()


def words_of(question: str) -> str:
    """A question without accents, capitals and signs."""
    return " ".join(re.findall(r"\w+", fold(question)))


def test_a_passage_has_each_question_once_in_the_order_of_the_lists() -> None:
    french = Questions(lang="fr", questions={"1": ("Où ?", "Quand ?", "Où ?")})
    dutch = Questions(lang="nl", questions={"1": ("Waar?",)})
    one, two = questions.attach(small(), [french, dutch]).passages
    assert one.questions == ("Où ?", "Quand ?", "Waar?")
    assert two.questions == ()
    assert one.unanswered == two.unanswered == ()
    assert one.text == "Texte."


def test_a_passage_has_what_its_source_leaves_open_about_its_subject() -> None:
    french = Questions(lang="fr", questions={}, unanswered={"2": ("Combien ?", "Combien ?")})
    one, two = questions.attach(small(), [french]).passages
    assert (one.unanswered, two.unanswered) == ((), ("Combien ?",))
    assert two.questions == ()


def test_a_question_that_is_answered_and_is_not_is_an_error() -> None:
    one = Questions(lang="fr", questions={"1": ("Où ?",)}, unanswered={"2": ("Où ?",)})
    with pytest.raises(ReadError, match="Où"):
        questions.attach(small(), [one])


def test_a_list_for_another_text_is_an_error() -> None:
    wrong = Questions(lang="fr", questions={"9": ("Où ?",)}, unanswered={"8": ("Quand ?",)})
    with pytest.raises(ReadError, match="8, 9"):
        questions.attach(small(), [wrong])


@pytest.mark.parametrize(
    "content",
    [
        "lang = 'de'\n[questions]",
        "[questions]\n1 = ['Où ?']",
        "lang = 'fr'\n[questions]\n1 = ''",
        "lang = 'fr'\n[questions]\n1 = ['']",
        "lang = 'fr'",
        "no toml",
    ],
)
def test_a_list_without_its_form_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "fr.questions.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ReadError, match="not a list of questions"):
        questions.load(path)
