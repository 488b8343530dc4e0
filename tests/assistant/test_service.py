"""The service: many readers, one build for each answer, a new build between two questions."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Outcome, as_json
from assistant.loading import kept
from assistant.service import AnswerService
from index import reranker
from index.build import Build
from index.builder import build, roll_back
from index.embedding import Embedder
from index.errors import AwayError, DamagedBuildError, NoBuildError, StaleBuildError
from index.packaged_reranker import PackagedReranker
from index.registry import BuildRegistry
from sources import catalogue
from sources.adding import Wanted, add
from sources.anchor import Anchor
from sources.catalogue import Source
from sources.library import Library
from sources.records import Provenance
from sources.settings import Settings
from tests.index.stores import held

if TYPE_CHECKING:
    from tests.index.qdrant_server import QdrantOnLoopback

QUESTION = "Quel rôle est prévu pour le CCPD ?"
WORK = "havre-2031"
TEXT = "# Accord des ports\n\n1. Le zèbre du capitaine dort {}.\n"


def rebuild(settings: Settings, embedder: Embedder) -> str:
    """Build what is in the data folder; the id of the build in use."""
    library = Library.of(settings)
    return build(
        BuildRegistry.of(settings), library, lambda: embedder, settings, lambda *_: None
    ).build


def put(settings: Settings, text: str) -> None:
    """Add a text of our own invention, or a new version of it."""
    library = Library.of(settings)
    if library.catalogue.get(WORK) is None:
        names = {"fr": "Accord du capitaine", "nl": "Kapiteinsakkoord"}
        entry = {"id": WORK, "kind": "document", "title": names, "short": names, "licence": "-"}
        catalogue.add(library.local, Source.model_validate(entry))
    came = Provenance("text/markdown", "2031-01-01T00:00:00Z", "added", "")
    library.store.put(WORK, "fr", text.encode("utf-8"), came)


def test_without_a_build_the_next_step_is_said_before_a_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(NoBuildError, match="index build"):
        AnswerService(Settings(data=tmp_path, model="/no/such/model"))


def test_a_build_of_another_model_is_refused_with_the_next_step(
    own: Settings, embedder: Embedder
) -> None:
    other = own.model_copy(update={"model": "someone/else"})
    with pytest.raises(StaleBuildError, match="index build"):
        AnswerService(other, embedder).ask(QUESTION)


def test_a_question_is_answered_in_the_language_of_the_page_or_of_the_settings(
    built: Settings, embedder: Embedder
) -> None:
    service = AnswerService(built.model_copy(update={"lang": "nl"}), embedder)
    assert service.ask("").lang == "nl"
    assert service.ask("", page="fr").lang == "fr"
    assert service.ask("", "fr").lang == "fr"


def test_what_cannot_be_loaded_before_the_first_question_is_logged(
    own: Settings, embedder: Embedder, caplog: pytest.LogCaptureFixture
) -> None:
    AnswerService(own.model_copy(update={"model": "someone/else"}), embedder).warm()
    assert "StaleBuildError" in caplog.text


def test_what_cannot_be_loaded_any_more_is_not_logged(
    own: Settings, embedder: Embedder, caplog: pytest.LogCaptureFixture
) -> None:
    service = AnswerService(own.model_copy(update={"model": "someone/else"}), embedder)
    service.end()
    service.warm()
    assert caplog.text == ""


def test_the_same_assistant_serves_as_long_as_the_build_is_the_same(service: AnswerService) -> None:
    assert service.assistant() is service.assistant()


def test_what_the_first_question_needs_can_be_loaded_before(own: Settings) -> None:
    service = AnswerService(own)
    service.warm()
    reader = reranker.load(own)
    assert isinstance(reader, PackagedReranker)
    assert "_model" in vars(reader)  # it has read a passage


def test_a_program_that_keeps_its_first_build_lets_go_of_it_when_another_comes(
    own: Settings, embedder: Embedder
) -> None:
    with kept():
        service = AnswerService(own, embedder)
        first = weakref.ref(service.assistant())
    put(own, TEXT.format("sur le pont"))
    rebuild(own, embedder)
    assert service.assistant() is not first()
    gc.collect()
    assert first() is None


@pytest.mark.parametrize(
    ("dates", "marks"),
    [
        (("2031-02-03", "2032-04-05"), {"3 février 2031", "5 avril 2032"}),
        (("", "2032-04-05"), {"otaries-1", "otaries-2"}),
    ],
)
def test_two_texts_of_one_title_are_told_apart_where_both_are_cited(
    own: Settings, embedder: Embedder, dates: tuple[str, str], marks: set[str]
) -> None:
    file = own.data / "otaries.md"
    file.write_text("# Otaries\n\n1. L’otarie du canal mange douze harengs par jour.\n", "utf-8")
    for number, day in enumerate(dates, 1):
        wanted = Wanted(f"otaries-{number}", "fr", "Note otaries", "Nota zeeleeuwen", date=day)
        add(Library.of(own), own, str(file), wanted)
    rebuild(own, embedder)
    outcome = AnswerService(own, embedder).ask("Combien de harengs mange l’otarie du canal ?")
    assert isinstance(outcome, Answer), outcome.text
    told = {c.locator.partition(",")[0] for c in outcome.citations}
    assert told == {f"Note otaries ({mark})" for mark in marks}


def test_a_new_build_is_taken_up_between_two_questions(own: Settings, embedder: Embedder) -> None:
    service = AnswerService(own, embedder)
    first = service.ask(QUESTION)
    asked = "Où dort le zèbre du capitaine ?"
    assert not isinstance(service.ask(asked), Answer)
    put(own, TEXT.format("sur le pont"))
    second = rebuild(own, embedder)
    answer = service.ask(asked)
    assert isinstance(answer, Answer)
    assert answer.citations[0].source == WORK
    assert "sur le pont" in answer.citations[0].quote
    assert (first.build != second, answer.build) == (True, second)
    assert service.ask(QUESTION).build == second


def test_a_removed_text_is_not_cited_once_the_next_build_is_in_use(
    own: Settings, embedder: Embedder
) -> None:
    put(own, TEXT.format("sur le pont"))
    rebuild(own, embedder)
    service = AnswerService(own, embedder)
    assert isinstance(service.ask("Où dort le zèbre du capitaine ?"), Answer)
    Library.of(own).store.remove(WORK)
    catalogue.remove(own.data / "catalogue.toml", WORK)
    rebuild(own, embedder)
    outcome = service.ask("Où dort le zèbre du capitaine ?")
    assert not isinstance(outcome, Answer)
    assert "zèbre" not in "".join(n.quote for n in outcome.nearest)


def test_going_back_is_taken_up_too(own: Settings, embedder: Embedder) -> None:
    registry = BuildRegistry(own.data)
    first = registry.current()
    put(own, TEXT.format("sur le pont"))
    second = rebuild(own, embedder)
    service = AnswerService(own, embedder)
    assert service.ask(QUESTION).build == second
    registry.rollback()
    assert service.ask(QUESTION).build == first


def test_a_build_that_is_damaged_is_said_and_answers_once_it_is_built_again(
    own: Settings, embedder: Embedder
) -> None:
    registry = BuildRegistry(own.data)
    (registry.path(registry.current()) / "chroma" / "chroma.sqlite3").write_bytes(b"spoilt")
    service = AnswerService(own, embedder)
    for _ in range(2):
        with pytest.raises(DamagedBuildError, match="index build"):
            service.ask(QUESTION)
    rebuild(own, embedder)
    assert isinstance(service.ask(QUESTION), Answer)


def test_a_build_that_is_built_again_under_its_own_id_is_taken_up(
    own: Settings, embedder: Embedder
) -> None:
    """The folder that a service has open is replaced by another of the same name."""
    service = AnswerService(own, embedder)
    before = service.ask(QUESTION)
    registry = BuildRegistry(own.data)
    path = registry.path(registry.current()) / "passages.jsonl"
    path.write_bytes(path.read_bytes()[:-9])
    rebuild(own, embedder)
    answer = service.ask(QUESTION)
    assert isinstance(answer, Answer)
    assert isinstance(before, Answer)
    assert answer.build == before.build
    assert answer.citations == before.citations


@pytest.mark.slow
def test_builds_that_are_no_longer_in_use_are_let_go_of(own: Settings, embedder: Embedder) -> None:
    service = AnswerService(own, embedder)
    counts = []
    for place in ("ici", "là", "ailleurs", "partout", "nulle part"):
        put(own, TEXT.format(place))
        rebuild(own, embedder)
        service.ask(QUESTION)
        gc.collect()
        counts.append(len({str(Path(f).parents[1]) for f in held(own.data / "builds")}))
    assert max(counts) <= 3  # the one in use, and what its thread is still closing


def resolves(builds: dict[str, Build], outcome: Outcome) -> bool:
    """Is every citation in the build that the answer names?"""
    assert isinstance(outcome, Answer), outcome.text
    passages = builds[outcome.build].by_anchor
    return all(passages[Anchor.parse(c.anchor)].text == c.quote for c in outcome.citations)


@pytest.mark.slow
def test_readers_are_served_without_a_failure_while_builds_change(
    own: Settings, embedder: Embedder
) -> None:
    """Each answer is from one build: the quote is the text that this build has."""
    own = own.model_copy(update={"keep_builds": 8})
    names = []
    for n in range(5):
        put(own, TEXT.format(f"sur le pont numéro {n}"))
        names.append(rebuild(own, embedder))
    registry = BuildRegistry(own.data)
    builds = {name: Build(registry.path(name)) for name in names}
    service = AnswerService(own, embedder)
    service.ask(QUESTION)
    done = threading.Event()

    def read(number: int) -> list[Outcome]:
        questions = [QUESTION, "Où dort le zèbre du capitaine ?", "Welke rol krijgt het CPDS?"]
        found: list[Outcome] = []
        while not done.is_set() or len(found) < 4:
            found.append(service.ask(questions[(number + len(found)) % 3]))
        return found

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, n) for n in range(4)]
        for swap in range(24):
            registry.use(names[swap % len(names)])
            assert service.ask(QUESTION).build == names[swap % len(names)]
        done.set()
        outcomes = [o for r in readers for o in r.result()]
    assert len(outcomes) >= 16
    assert all(resolves(builds, o) for o in outcomes)
    assert {o.build for o in outcomes} <= set(names)
    for opened in builds.values():
        opened.close()


def test_many_readers_at_once_get_the_answer_to_their_own_question(service: AnswerService) -> None:
    expected = {
        question: as_json(service.ask(question))["citations"]
        for question in (
            "Quel rôle est prévu pour le CCPD ?",
            "Que prévoit la déclaration sur les patrouilles mixtes ?",
            "Welke rol krijgt het CPDS in Doornik?",
            "Que dit la déclaration sur le MAOC à Lisbonne ?",
        )
    }
    questions = list(expected) * 3
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(service.ask, questions))
    for question, outcome in zip(questions, outcomes, strict=True):
        assert outcome.question == question
        assert as_json(outcome)["citations"] == expected[question]


@pytest.mark.parametrize("harm", ["odd byte", "empty", "gone", "unreadable"])
def test_a_page_that_holds_a_good_build_answers_from_it_whatever_becomes_of_current(
    own: Settings, embedder: Embedder, harm: str
) -> None:
    put(own, TEXT.format("là"))
    newest = rebuild(own, embedder)
    service = AnswerService(own, embedder)
    assert service.ask(QUESTION).build == newest
    current = BuildRegistry(own.data).folder / "CURRENT"
    content = current.read_bytes()
    current.unlink()
    if harm == "odd byte":
        current.write_bytes(bytes([content[0] ^ 0x80]) + content[1:])
    elif harm == "empty":
        current.touch()
    elif harm == "unreadable":
        current.mkdir()
    outcome = service.ask(QUESTION)
    assert isinstance(outcome, Answer)
    assert outcome.build == newest


# Vectors on a server


def on(qdrant: QdrantOnLoopback, own: Settings) -> Settings:
    """The same data folder, with vectors on a server."""
    return own.model_copy(update={"store": qdrant.address, "store_seconds": 30})


def test_answers_are_the_same_wherever_the_vectors_are(
    built: Settings, own: Settings, embedder: Embedder, qdrant: QdrantOnLoopback
) -> None:
    here = AnswerService(built, embedder)
    there = on(qdrant, own)
    rebuild(there, embedder)
    moved = AnswerService(there, embedder)
    for question in (QUESTION, "Wat is de rol van het CPDS?", "Quel temps fera-t-il demain ?"):
        one, two = (as_json(s.ask(question)) for s in (here, moved))
        for told in (one, two):
            del told["elapsed_ms"], told["build"]
        assert one == two


def test_texts_stay_readable_while_the_server_of_the_vectors_is_away(
    own: Settings, embedder: Embedder, qdrant: QdrantOnLoopback
) -> None:
    """Also for a page that is started meanwhile; and it answers again once the server is back."""
    from tests.index.qdrant_server import Fault

    settings = on(qdrant, own)
    rebuild(settings, embedder)
    running = AnswerService(settings, embedder)
    before = running.ask(QUESTION)
    qdrant.fault = lambda *_: Fault(503)
    started = AnswerService(settings, embedder)
    for service in (running, started):
        with pytest.raises(AwayError, match="cannot answer now"):
            service.ask("Que prévoit l’accord de Tournai ?")
        build = service.assistant().build
        assert build.document("val-duchesse-2023", "fr")[0].text
    qdrant.fault = lambda *_: None
    for service in (running, started):
        again = service.ask(QUESTION)
        assert isinstance(again, Answer)
        assert isinstance(before, Answer)
        assert again.citations == before.citations


def test_a_new_build_on_the_server_is_taken_up_and_the_one_before_comes_back(
    own: Settings, embedder: Embedder, qdrant: QdrantOnLoopback
) -> None:
    settings = on(qdrant, own)
    rebuild(settings, embedder)
    pages = [AnswerService(settings, embedder) for _ in range(2)]
    first = {page.ask(QUESTION).build for page in pages}
    put(settings, TEXT.format("sur le pont"))
    second = rebuild(settings, embedder)
    assert {page.ask(QUESTION).build for page in pages} == {second}
    roll_back(BuildRegistry.of(settings))
    assert {page.ask(QUESTION).build for page in pages} == first
