"""The check of written sentences: what is certain, and how well it tells the rest apart."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.claim_check import NAMES, ClaimChecker, ClaimModel
from assistant.claim_facts import facts
from assistant.errors import AssistantError
from index.glossary import Glossary
from index.glossary import load as load_glossary
from sources.anchor import LANGS, Lang
from sources.model import Passage
from training import claims

pytestmark = pytest.mark.declaration
GLOSSARY = Glossary(load_glossary())
CCPD: dict[Lang, str] = {
    "fr": "Le CCPD de Tournai doit devenir une véritable enceinte d’échanges d’informations "
    "opérationnelles.",
    "nl": "Het CPDS van Doornik moet een echt forum worden voor de uitwisseling van operationele "
    "informatie.",
}


@pytest.fixture(scope="module")
def checker(assistant: Assistant) -> ClaimChecker:
    model = ClaimModel.of(assistant.build.manifest.model.name)
    assert model is not None
    return ClaimChecker(assistant.searcher, model)


@pytest.fixture(scope="module")
def passages(assistant: Assistant) -> dict[str, Passage]:
    return {p.anchor.portion: p for p in assistant.build.passages}


def lacking(claim: str, lang: Lang, evidence: str, spoken: Lang) -> str | None:
    return facts(claim, lang, GLOSSARY).missing_in([facts(evidence, spoken, GLOSSARY)])


@pytest.mark.parametrize(
    ("claim", "lang", "evidence", "spoken"),
    [
        ("De vierde bijeenkomst.", "nl", "Une quatrième réunion.", "fr"),
        ("Achtentwintig agenten en 4,8 %.", "nl", "28 agents et 4,8 pour cent.", "fr"),
        ("1.200 euro op 5 mei 2023.", "nl", "1 200 euros le 5 mai 2023.", "fr"),
        ("Op 2023-05-05.", "nl", "Le 5 mai 2023.", "fr"),
        ("In augustus.", "nl", "En août.", "fr"),
        ("Met het Verenigd Koninkrijk.", "nl", "Avec le Royaume-Uni.", "fr"),
        ("L’Union européenne agit.", "fr", "Appeler l’UE à agir.", "fr"),
        ("Het CPDS werkt.", "nl", "Le CCPD travaille.", "fr"),
        ("De Belgische politie.", "nl", "De politie van België.", "nl"),
        ("La police française.", "fr", "La police de la France.", "fr"),
        ("Les deux pays.", "fr", "La Belgique et la France.", "fr"),
    ],
)
def test_what_a_translation_keeps_is_found_again(
    claim: str, lang: Lang, evidence: str, spoken: Lang
) -> None:
    assert lacking(claim, lang, evidence, spoken) is None


@pytest.mark.parametrize(
    ("claim", "lang", "evidence", "sort"),
    [
        ("La cinquième réunion.", "fr", "La quatrième réunion.", "numbers"),
        ("Le 15 mai 2023.", "fr", "Le 5 mai 2023.", "numbers"),
        ("Le 5 juin 2023.", "fr", "Le 5 mai 2023, et le 6 juin 2023.", "dates"),
        ("In maart 2023.", "nl", "In mei 2023.", "months"),
        ("Met Portugal.", "nl", "Met Spanje en Italië.", "countries"),
        ("Les parquets allemands.", "fr", "Les parquets français et belges.", "countries"),
        ("Le procureur de Mons.", "fr", "Le procureur de Douai.", "names"),
        ("Het HCR werkt mee.", "nl", "Europol werkt mee.", "names"),
    ],
)
def test_what_no_passage_names_is_found(claim: str, lang: Lang, evidence: str, sort: str) -> None:
    assert lacking(claim, lang, evidence, lang) == sort


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
    assert checker.fault(changed, lang, [passages[portion]]) == "meaning"


def test_weights_of_another_model_or_form_are_not_used(tmp_path: Path) -> None:
    assert ClaimModel.of("another-model") is None
    path = tmp_path / "claims.json"
    content = json.loads(claims.claim_check.PATH.read_text("utf-8"))
    assert set(content["weights"]) == set(NAMES)
    path.write_text(json.dumps(content | {"weights": {"late": 1.0}}), "utf-8")
    with pytest.raises(AssistantError, match=r"training\.claims"):
        ClaimModel.load(path)


# The sentences that it was learned from


def test_the_labelled_sentences_are_many_and_of_both_sorts_and_each_is_there_once() -> None:
    entries = claims.entries()
    assert len({(e["lang"], e["sentence"]) for e in entries}) == len(entries)
    for lang in LANGS:
        kinds = Counter(e["kind"] for e in entries if e["lang"] == lang)
        assert sum(kinds.values()) >= 300
        assert 0.4 < kinds["supported"] / sum(kinds.values()) < 0.6
        assert len(kinds) == 9
    halves = {e["text"]: e["split"] for e in entries}
    assert all(halves[e["text"]] == e["split"] for e in entries)  # split by text


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_on_the_declaration_what_passes_is_supported(
    lang: Lang, checker: ClaimChecker, passages: dict[str, Passage]
) -> None:
    here = [e for e in claims.entries() if e["text"].startswith("val-") and e["lang"] == lang]
    passed = [
        e
        for e in here
        if checker.fault(e["sentence"], lang, [passages[p] for p in e["cites"]]) is None
    ]
    right = sum(e["kind"] == "supported" for e in passed)
    assert right / len(passed) > 0.88
    assert right / sum(e["kind"] == "supported" for e in here) > 0.35
