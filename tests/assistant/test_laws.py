"""Laws that were added as texts: what they change in another, an annex that they have not, and to
whom they do not apply.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.elsewhere import asked_changes
from assistant.question import read
from sources.anchor import Lang
from tests.assistant.ordinary import Texts

_TEXTS: Texts = {
    ("loi-ponts", "fr"): (
        "Loi du 14 mai 2031 modifiant la loi du 3 mars 2019 relative aux ponts mobiles",
        """# Loi du 14 mai 2031 modifiant la loi du 3 mars 2019 relative aux ponts mobiles

Article 1er. La présente loi règle une matière fédérale.

Art. 2. L'article 57 de la même loi est abrogé.

Art. 3. L'article 33 de la même loi est remplacé par ce qui suit :

« Art. 33. Le pont reste fermé par grand vent. »
""",
    ),
    ("decreet-veren", "nl"): (
        "Decreet van 9 februari 2032 tot wijziging van het decreet van 21 april 2017 over veren",
        """# Decreet van 9 februari 2032 tot wijziging van het decreet van 21 april 2017 over veren

Artikel 1. Dit decreet regelt een gewestaangelegenheid.

Art. 2. Artikel 44 van hetzelfde decreet wordt opgeheven.

Art. 3. In hetzelfde decreet wordt een artikel 28bis ingevoegd, dat luidt als volgt:

"Art. 28bis. De veerman draagt een zwemvest."
""",
    ),
    ("jaagpaden", "nl"): (
        "Reglement op de jaagpaden van Oostvleteren",
        """# Reglement op de jaagpaden van Oostvleteren

Artikel 1. Dit reglement geldt voor wie de jaagpaden gebruikt.

Artikel 2. Het is niet van toepassing op de hulpdiensten.

Artikel 3. Paarden zijn er verboden.
""",
    ),
    ("vlotten", "nl"): (
        "Reglement op de vlotten van Oostvleteren",
        """# Reglement op de vlotten van Oostvleteren

Artikel 1. Dit reglement geldt voor vlotten.

Artikel 2. Een vlot heeft een nummer.

Artikel 3. Een vlot vaart overdag.
""",
    ),
    ("feux", "fr"): (
        "Arrêté sur les feux d'artifice",
        """# Arrêté sur les feux d'artifice

Article 1er. Le présent arrêté s'applique aux feux d'artifice.

Art. 2. L'artificier a plus de trente ans.

Art. 3. Le tir s'arrête à minuit.
""",
    ),
    ("marches", "fr"): (
        "Arrêté sur les marchés de Noël",
        """# Arrêté sur les marchés de Noël

Article 1er. Le présent arrêté s'applique aux marchés de Noël des communes.

Art. 2. Il ne s'applique pas aux marchés des écoles.

Art. 3. Chaque chalet a un extincteur.
""",
    ),
}


@pytest.fixture(scope="module")
def laws(assistant_over: Callable[[Texts], Assistant]) -> Assistant:
    return assistant_over(_TEXTS)


def _first(assistant: Assistant, question: str, *before: str) -> str:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return outcome.citations[0].anchor


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Que devient l’article 57 ?", "loi-ponts@fr#art_2"),
        ("Wat wordt er van artikel 57?", "loi-ponts@fr#art_2"),
        ("Que devient l’article 57 de la loi du 3 mars 2019 ?", "loi-ponts@fr#art_2"),
        ("Qu’est-ce qui remplace l’article 33 ?", "loi-ponts@fr#art_3"),
        (
            "Wat gebeurt er met artikel 44 van het decreet van 21 april 2017?",
            "decreet-veren@nl#art_2",
        ),
        ("Wat komt er in de plaats van artikel 33?", "loi-ponts@fr#art_3"),
        ("Wat is het nieuwe artikel 28bis?", "decreet-veren@nl#art_3"),
        ("Quel est le nouvel article 28bis ?", "decreet-veren@nl#art_3"),
    ],
)
def test_what_becomes_of_a_place_is_said_by_the_law_that_changes_it(
    laws: Assistant, question: str, anchor: str
) -> None:
    assert _first(laws, question) == anchor


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Qu’est-ce qui vient à la place de l’article 33 ?"),
        ("nl", "Wat staat er in de plaats van artikel 33?"),
        ("fr", "Y a-t-il un nouvel article 28bis ?"),
        ("nl", "Is er een nieuw artikel 28bis?"),
    ],
)
def test_what_is_new_in_a_place_is_a_change(laws: Assistant, lang: Lang, question: str) -> None:
    assert asked_changes(read(question, lang, laws.mentions))


@pytest.mark.parametrize(
    "question",
    [
        "L’annexe de l’arrêté sur les marchés de Noël",
        "Que contient l’annexe de l’arrêté sur les marchés de Noël ?",
        "De bijlage van het decreet van 9 februari 2032",
        "Wat staat er in de bijlagen bij het reglement op de jaagpaden van Oostvleteren?",
    ],
)
def test_a_text_without_an_annex_is_said_to_have_none(laws: Assistant, question: str) -> None:
    outcome = laws.ask(question)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_portion"


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Voor wie geldt het reglement op de jaagpaden niet?", "jaagpaden@nl#art_2"),
        ("Op wie is het reglement op de jaagpaden niet van toepassing?", "jaagpaden@nl#art_2"),
        ("Quels marchés ne sont pas concernés par l’arrêté sur les marchés ?", "marches@fr#art_2"),
    ],
)
def test_to_whom_a_text_does_not_apply_goes_first(
    laws: Assistant, question: str, anchor: str
) -> None:
    assert _first(laws, question) == anchor


@pytest.mark.parametrize(
    ("before", "question", "anchor"),
    [
        (
            "Que dit l’article 3 de l’arrêté sur les marchés de Noël ?",
            "non, l’autre arrêté",
            "feux@fr#art_3",
        ),
        (
            "Wat zegt artikel 3 van het reglement op de jaagpaden?",
            "nee, het andere reglement",
            "vlotten@nl#art_3",
        ),
    ],
)
def test_the_other_text_of_a_sort_is_asked_the_same(
    laws: Assistant, before: str, question: str, anchor: str
) -> None:
    assert _first(laws, question, before) == anchor


def test_where_there_is_no_other_none_is_cited(laws: Assistant) -> None:
    before = "Que dit l’article 2 de la loi du 14 mai 2031 ?"
    outcome = laws.ask("non, l’autre loi", history=[before])
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "no_other"
