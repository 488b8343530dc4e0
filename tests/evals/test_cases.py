from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.cases import FOLDER, SPLITS, Case, CaseKind, CasesError, add, free_id, load, make
from evals.run import runnable
from sources.anchor import LANGS
from sources.library import Library
from tests.evals.handmade import anchor, case


@pytest.fixture(scope="module")
def all_cases() -> list[Case]:
    return load()


@pytest.fixture(scope="module")
def portions(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Work and portion of every passage that ships with the project."""
    library = Library(tmp_path_factory.mktemp("library"))
    return {
        p.anchor.work_portion
        for edition in library.editions()
        for p in library.read(edition).passages
    }


@pytest.mark.declaration
def test_every_passage_of_the_declaration_answers_a_case_in_each_language(
    all_cases: list[Case], portions: set[tuple[str, str]]
) -> None:
    for lang in LANGS:
        answered = {r for c in all_cases if c.lang == lang for r in c.right}
        assert not portions - answered, lang


def test_no_case_names_a_passage_of_a_shipped_text_that_is_not_there(
    all_cases: list[Case], portions: set[tuple[str, str]]
) -> None:
    works = {work for work, _ in portions}
    named = {(c.id, r) for c in all_cases for r in c.right if r[0] in works}
    assert {(i, r) for i, r in named if r not in portions} == set()


def test_every_kind_has_cases_to_tune_on_and_to_report_on_in_each_language(
    all_cases: list[Case],
) -> None:
    count = Counter((c.kind, c.lang, c.split) for c in all_cases)
    wanted = {(k, la, s) for k in CaseKind for la in LANGS for s in SPLITS}
    assert {w for w in wanted if count[w] < 3} == set()


def test_no_question_is_asked_twice(all_cases: list[Case]) -> None:
    asked = Counter((c.lang, c.question.casefold(), c.history) for c in all_cases)
    assert [q for q, n in asked.items() if n > 1] == []


def test_a_file_with_several_faults_names_them_all(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    good = case("c-1", "1").model_dump_json()
    path.write_text(
        f'{good}\n{good}\n{{"id": "c-2"}}\nnot json\n'
        + case("c-3", "1").model_dump_json().replace("port-2031@fr#1", "nowhere")
        + "\n",
        "utf-8",
    )
    with pytest.raises(CasesError) as caught:
        load([path])
    message = str(caught.value)
    assert "bad.jsonl:2: id used twice: c-1" in message
    assert "bad.jsonl:3: question: Field required" in message
    assert "bad.jsonl:4: Invalid JSON" in message
    assert "bad.jsonl:5: any: not an anchor: 'nowhere'" in message


def test_a_missing_file_and_an_empty_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match=r"gone\.jsonl"):
        load([tmp_path / "gone.jsonl"])
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    with pytest.raises(CasesError, match="none"):
        load([tmp_path / "empty.jsonl"])


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"refuse": False}, "either names anchors or must be refused"),
        ({"refuse": True, "any": [anchor("1")]}, "either names anchors or must be refused"),
        ({"any": [anchor("1")], "all": [anchor("2")]}, "in one of"),
        ({"any": [anchor("1")], "absent": ["x"]}, "only a case that must be refused"),
        ({"refuse": True, "absent": ["no work"]}, "not the name of a work"),
        ({"refuse": True, "question": "   "}, "question: String should have at least 1"),
        ({"refuse": True, "id": "Bad Id"}, "id: String should match"),
        ({"refuse": True, "lang": "de"}, "lang: Input should be 'fr' or 'nl'"),
        ({"refuse": True, "answer": "x"}, "answer: Extra inputs are not permitted"),
    ],
)
def test_a_case_that_makes_no_sense_is_refused_with_the_reason(
    fields: dict[str, object], fault: str
) -> None:
    base = {"id": "c-1", "lang": "fr", "kind": "plain", "split": "dev", "question": "Quoi ?"}
    with pytest.raises(CasesError, match=fault):
        make(**(base | fields))


def test_adding_a_case_leaves_the_lines_that_were_there_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    before = (
        '{"id": "c-1", "lang": "fr",  "kind": "plain", "split": "dev", '
        '"question": "Où ?", "refuse": true}'
    )
    path.write_text(before, "utf-8")  # spaced as a person may have, and without a last line feed
    new = case("c-2", "1", question="Qu’est-ce qu’un « quai » ?")
    add(path, new, load([path]))
    assert path.read_text("utf-8").split("\n")[0] == before
    assert load([path])[1] == new


def test_an_id_or_a_question_that_is_there_already_is_not_added(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    known = [case("c-1", "1", question="Où est le quai ?")]
    with pytest.raises(CasesError, match="the id is taken: c-1"):
        add(path, case("c-1", "1", question="Autre chose ?"), known)
    with pytest.raises(CasesError, match="already a case: c-1"):
        add(path, case("c-2", "1", question="OÙ est le quai ?"), known)
    assert not path.exists()


def test_the_next_free_id_follows_the_highest_of_its_series() -> None:
    known = [case("added-fr-002", "1"), case("added-fr-010", "1"), case("added-nl-031", "1")]
    assert free_id("added", "fr", known) == "added-fr-011"
    assert free_id("other", "nl", known) == "other-nl-001"


def test_the_digest_changes_with_what_is_right_and_not_with_the_note() -> None:
    one = case("c-1", "1")
    assert one.digest == case("c-1", "1", note="reviewed").digest
    assert one.digest != case("c-1", "2").digest
    assert one.digest != case("c-1", "1", question="Autrement ?").digest


def test_cases_are_left_out_where_the_index_does_not_suit_them() -> None:
    able = case("a", "1")
    far = case("b", refuse=False, any=["celex:32031L0007@fr#art_1"])
    overtaken = case("c", absent=["port-2031"])
    due = case("d", absent=["celex:32031L0007"])
    near = case("e", needs=["celex:32031L0007"])
    choice = runnable([able, far, overtaken, due, near], frozenset({"port-2031"}))
    assert choice.able == (able, due)
    assert choice.unindexed == (far, near)
    assert choice.overtaken == (overtaken,)
    assert choice.left_out == ("b", "e", "c")


def test_the_case_files_are_where_the_package_looks() -> None:
    assert {p.name for p in FOLDER.glob("*.jsonl")} >= {
        "declaration.fr.jsonl",
        "declaration.nl.jsonl",
    }


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_a_case_with_any_separator_is_read_as_it_was_written(
    tmp_path: Path, separator: str
) -> None:
    path = tmp_path / "cases.jsonl"
    written = case("a-1", question=f"Que dit{separator}le plan ?", note=f"un{separator}deux")
    add(path, written, [])
    add(path, case("a-2"), [])
    assert load([path]) == [written, case("a-2")]


def test_a_file_of_cases_may_begin_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    add(path, case("a-1"), [])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(load([path])) == 1
