"""The check of written sentences: what is certain, and how well it tells the rest apart."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.claim_check import ClaimChecker, departure
from evals.collection import invented as invented_texts
from sources.anchor import LANGS, Lang
from sources.model import Passage
from tests.web.factory import passage
from training.topics import invented

pytestmark = pytest.mark.declaration
CLAIMS = Path(__file__).with_name("claims.jsonl")
CCPD: dict[Lang, str] = {
    "fr": "Faire du CCPD de Tournai une véritable enceinte d’échanges d’informations "
    "opérationnelles selon les conditions fixées dans l’Accord Tournai II.",
    "nl": "Van het CPDS van Doornik een echt forum maken voor de uitwisseling van operationele "
    "informatie.",
}


@pytest.fixture(scope="module")
def checker(assistant: Assistant) -> ClaimChecker:
    return ClaimChecker(assistant.build)


@pytest.fixture(scope="module")
def passages(assistant: Assistant) -> dict[str, Passage]:
    return {p.anchor.portion: p for p in assistant.build.passages}


@pytest.mark.parametrize("lang", LANGS)
def test_a_sentence_is_plain_text_in_the_language_of_the_answer(
    lang: Lang, checker: ClaimChecker, passages: dict[str, Passage]
) -> None:
    cited = [passages["2.6"]]
    good = CCPD[lang]
    assert checker.fault(good, lang, cited) is None
    assert checker.fault(good, lang, []) == "passages"
    other: Lang = "nl" if lang == "fr" else "fr"
    assert checker.fault(CCPD[other], lang, cited) == "language"
    you = {"fr": "Vous savez que", "nl": "U weet dat"}[lang]
    for bad in (
        f"{good} [1]", f"**{good}**", f"<b>{good}</b>", f"{good} http://evil.example",
        f"{good} evil.example", good.replace(" ", "\u200b "), good.replace(" ", "\u202e "),
        f"{good} \U0001f600", good + "?", f"{you} {good}", good * 9, "Ja.", "",
    ):  # fmt: skip
        assert checker.fault(bad, lang, cited) == "form", bad
    assert checker.fault(good, lang, [passages["7.3"]])  # what another passage says


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Le présent règlement ne s’applique pas aux navires à voile.", None),
        ("Aux navires à voile.", "sense"),
        ("Le présent règlement s’applique aux navires à voile.", "sense"),
    ],
)
def test_an_item_of_a_list_says_what_it_says_after_the_words_that_open_it(
    sentence: str, found: str | None
) -> None:
    item = passage("1.1", "aux navires à voile;", lead="Le présent règlement ne s’applique pas:")
    assert departure(sentence, "fr", [item.in_context("fr")]) == found


@pytest.mark.parametrize(
    ("lang", "portion", "changed"),
    [
        ("fr", "2.2", "La coopération policière ne sera pas aussi forte que possible en 2024."),
        ("fr", "7.eval.2", "Le projet CaMo n’est pas considéré comme une réussite."),
        ("nl", "7.eval.2", "Het project CaMo wordt niet als een succes beschouwd."),
        ("fr", "3.4", "La coopération doit mener à une consultation en format « Calais »."),
        ("nl", "2.6", "Het CPDS van Doornik krijgt nieuwe gebouwen en betere lonen."),
    ],
)
def test_what_is_denied_or_added_does_not_pass(
    lang: Lang, portion: str, changed: str,
    checker: ClaimChecker, passages: dict[str, Passage],
) -> None:  # fmt: skip
    assert checker.fault(changed, lang, [passages[portion]]) in ("words", "sense")


@pytest.mark.parametrize(
    ("lang", "portion", "said", "changed"),
    [
        ("fr", "4.7", "Favoriser les échanges sur les trafics d’armes et de véhicules.",
         "Favoriser les trafics d’armes et les échanges de véhicules."),
        ("nl", "2.7", "De grensoverschrijdende samenwerking ontwikkelen door gemengde patrouilles.",
         "Alle grensoverschrijdende samenwerking ontwikkelen door gemengde patrouilles."),
        ("fr", "2.4", "Renforcer la coopération entre les forces de police et de douane.",
         "Pouvoir permettre de renforcer la coopération entre forces de police et de douane."),
        ("nl", "1.4", "De wederzijdse erkenning van de gewezen beslissingen bevorderen.",
         "De wederzijdse erkenning van de gewezen beslissingen niet bevorderen."),
    ],
)  # fmt: skip
def test_a_shorter_form_of_a_sentence_passes_and_another_order_or_stance_does_not(
    lang: Lang, portion: str, said: str, changed: str,
    checker: ClaimChecker, passages: dict[str, Passage],
) -> None:  # fmt: skip
    assert checker.fault(said, lang, [passages[portion]]) is None
    assert checker.fault(changed, lang, [passages[portion]]) in ("words", "sense")


# Labelled sentences


ENTRIES = [json.loads(line) for line in CLAIMS.read_text("utf-8").splitlines()]


@cache
def evidence(text: str, portion: str, lang: Lang) -> str:
    """A passage of an invented text."""
    shipped = {d.entry.id: d for d in invented_texts("declarations")}
    document = (shipped.get(text) or invented(text)).document(lang)
    return next(p.text for p in document.passages if p.anchor.portion == portion)


def passed(split: str, lang: Lang) -> Counter[str]:
    """How many sentences of each kind pass, by the comparison with their passages."""
    return Counter(
        e["kind"]
        for e in ENTRIES
        if (e["split"], e["lang"]) == (split, lang) and not e["text"].startswith("val-")
        if departure(e["sentence"], lang, [evidence(e["text"], p, lang) for p in e["cites"]])
        is None
    )


def test_the_labelled_sentences_are_many_and_of_both_sorts_and_each_is_there_once() -> None:
    assert len({(e["lang"], e["sentence"]) for e in ENTRIES}) == len(ENTRIES)
    for lang in LANGS:
        kinds = Counter(e["kind"] for e in ENTRIES if e["lang"] == lang)
        assert sum(kinds.values()) >= 300
        assert 0.4 < kinds["supported"] / sum(kinds.values()) < 0.6
        assert len(kinds) == 9


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("split", ["dev", "test", "free"])
def test_what_passes_is_supported(split: str, lang: Lang) -> None:
    found = passed(split, lang)
    print(split, lang, dict(found))
    assert sum(found.values()) - found["supported"] <= 1
    if split != "free":
        assert found["supported"] >= 15


@pytest.mark.parametrize("lang", LANGS)
def test_on_the_declaration_what_passes_is_supported(
    lang: Lang, checker: ClaimChecker, passages: dict[str, Passage]
) -> None:
    here = [e for e in ENTRIES if e["text"].startswith("val-") and e["lang"] == lang]
    kinds = {
        e["kind"]
        for e in here
        if checker.fault(e["sentence"], lang, [passages[p] for p in e["cites"]]) is None
    }
    assert kinds <= {"supported"}
