"""What a text says that a term means, found by the form of its definitions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from assistant.definitions import Definitions
from index.query import Query
from sources.anchor import Anchor, Lang
from sources.model import Kind, Passage

if TYPE_CHECKING:
    from assistant.question import Question
    from index.build import Build

_TEXT = (
    "Aux fins du présent règlement, on entend par: a) «délai de prêt»: le temps pendant lequel un "
    "livre est prêté; b) «délai de prêt entre pays»: ce temps d’un pays à l’autre; c) «frais de "
    "port entre pays»: ce que coûte l’envoi; d) «frais de port moyens entre pays»: leur moyenne; "
    "e) «lecteur»: toute personne qui emprunte; f) «lecteur éloigné»: un lecteur d’un autre pays."
)


_IN_DUTCH = (
    "In deze verordening wordt verstaan onder: a) „leestermijn”: de tijd om te lezen; b) "
    "„boekentermijn”: de tijd om boeken te bewaren; c) „verlengde leestermijn”: wat erna komt; d) "
    "„uitleenbalie”: waar boeken worden uitgeleend."
)


def _asked(question: str, lang: Lang, text: str) -> list[str]:
    passage = Passage(Anchor("work", lang, "art_2"), Kind.ARTICLE, text, (), "")
    build = SimpleNamespace(passages=[passage], by_anchor={})
    query: Any = Query.of(question, lang)
    found = Definitions(cast("Build", build)).asked(_question(query))
    return [text[d.start : d.end].partition(":")[0] for d in found]


def _question(query: Query) -> Question:
    own = {"lang": query.lang, "answer_lang": query.lang, "folded": query.folded}
    asked = SimpleNamespace(**own, text=query.text, inside=None, works=())
    return cast("Question", asked)


def _definitions(lang: Lang, text: str) -> Definitions:
    passage = Passage(Anchor("work", lang, "art_2"), Kind.ARTICLE, text, (), "")
    return Definitions(cast("Build", SimpleNamespace(passages=[passage], by_anchor={})))


@pytest.mark.parametrize(
    ("question", "lang", "terms"),
    [
        (
            "Quelle est la différence entre un lecteur et un lecteur éloigné ?",
            "fr",
            ["«lecteur»", "«lecteur éloigné»"],
        ),
        (
            "c’est quoi un délai de prêt et c’est quoi des frais de port entre pays ?",
            "fr",
            ["«délai de prêt»", "«frais de port entre pays»"],
        ),
        ("Différence entre un lecteur et un bibliothécaire", "fr", []),
        ("Le lecteur et le lecteur éloigné paient-ils ?", "fr", []),
        (
            "Wat is het verschil tussen de leestermijn en de boekentermijn?",
            "nl",
            ["„leestermijn”", "„boekentermijn”"],
        ),
        (
            "verschil tussen een uitleenbalie van de stad en een leestermijn",
            "nl",
            ["„uitleenbalie”", "„leestermijn”"],
        ),
    ],
)
def test_terms_that_are_compared_are_each_given_as_the_text_defines_them(
    question: str, lang: Lang, terms: list[str]
) -> None:
    text = {"fr": _TEXT, "nl": _IN_DUTCH}[lang]
    each = _definitions(lang, text).of_each(_question(Query.of(question, lang)))
    assert [text[d.start : d.end].partition(":")[0] for found in each for d in found] == terms


@pytest.mark.parametrize(
    ("question", "lang", "is_explained"),
    [
        ("Que signifie le sigle CPL ?", "fr", True),
        ("que veut dire cpl", "fr", True),
        ("Différence entre CPL et CDB ?", "fr", True),
        ("Différence entre CPL et CZZ ?", "fr", False),
        ("Qui dirige le CPL ?", "fr", False),
        ("Waar staat CPL voor?", "nl", True),
        ("Wat betekent de afkorting CZZ?", "nl", False),
    ],
)
def test_what_an_acronym_stands_for_is_where_it_is_explained(
    question: str, lang: Lang, *, is_explained: bool
) -> None:
    text = {
        "fr": "Le centre de prêt des livres (CPL) écrit à la caisse des boîtes (CDB).",
        "nl": "Het centrum voor de publieke lening (CPL) opent.",
    }[lang]
    found = _definitions(lang, text).explaining(_question(Query.of(question, lang)))
    assert bool(found) == is_explained


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Qu’est-ce que le délai de prêt ?", ["«délai de prêt»"]),
        ("Qu’est-ce que les frais de port ?", ["«frais de port entre pays»"]),
        ("Qu’est-ce qu’un lecteur ?", ["«lecteur»"]),
        ("Qu’est-ce qu’un port ?", []),
        ("Qu’est-ce que les frais ?", []),
        ("Qu’est-ce que le prêt entre pays ?", []),
    ],
)
def test_several_words_may_be_the_first_of_a_longer_term(question: str, terms: list[str]) -> None:
    assert _asked(question, "fr", _TEXT) == terms


@pytest.mark.parametrize(
    ("question", "lang", "term"),
    [
        ("Que faut-il entendre par délai de prêt lors du retour ?", "fr", "«délai de prêt»"),
        ("Qu’est-ce qu’un « lecteur » en matière de prêt ?", "fr", "«lecteur»"),
        ("Quand parle-t-on de lecteur éloigné ?", "fr", "«lecteur éloigné»"),
        ("Qui est le « lecteur éloigné » d’un autre pays ?", "fr", "«lecteur éloigné»"),
        ("Wat verstaat de bibliotheek onder een leestermijn?", "nl", "„leestermijn”"),
        ("Wat moet onder leestermijn worden begrepen?", "nl", "„leestermijn”"),
        ("Wat betekent “uitleenbalie” bij een lening?", "nl", "„uitleenbalie”"),
        ("Wanneer is er sprake van een verlengde leestermijn?", "nl", "„verlengde leestermijn”"),
    ],
)
def test_it_is_asked_for_in_many_ways(question: str, lang: Lang, term: str) -> None:
    assert _asked(question, lang, {"fr": _TEXT, "nl": _IN_DUTCH}[lang]) == [term]


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Wat is de leestermijn?", ["„leestermijn”"]),
        ("Wat is een balie?", []),
        ("Wat is de termijn?", []),
        ("Wat is de leenbalie?", ["„uitleenbalie”"]),
        ("Wat is een uitleenbalie?", ["„uitleenbalie”"]),
    ],
)
def test_a_word_may_be_the_last_part_of_a_compound(question: str, terms: list[str]) -> None:
    assert _asked(question, "nl", _IN_DUTCH) == terms


_WITH_APOSTROPHES = (
    "On entend par: a) «lieu d’emprunt»: là où un livre est emprunté; b) «lieu»: tout endroit."
)
_WITHOUT_SIGN = (
    "In deze verordening wordt verstaan onder: a) „boek”: een gebonden tekst; b) „leeskaart” ieder "
    "bewijs dat iemand mag lezen; c) „balie”: een tafel."
)


@pytest.mark.parametrize(
    ("question", "lang", "text", "term"),
    [
        ("Qu’est-ce qu’un lieu d’emprunt ?", "fr", _WITH_APOSTROPHES, "«lieu d’emprunt»"),
        ("« lieu », c’est défini comment ?", "fr", _WITH_APOSTROPHES, "«lieu»"),
        ("Wat betekent leeskaart?", "nl", _WITHOUT_SIGN, "„leeskaart” ieder bewijs"),
    ],
)
def test_an_apostrophe_or_a_sign_that_lacks_hides_no_term(
    question: str, lang: Lang, text: str, term: str
) -> None:
    (found,) = _asked(question, lang, text)
    assert found.startswith(term)


@pytest.mark.parametrize(
    ("question", "is_beside"),
    [
        ("Comment le règlement définit-il la mer ?", True),
        ("Qu’est-ce que la mer ?", True),
        ("Qu’est-ce que l’emprunt ?", False),
        ("Quand la mer est-elle ouverte ?", False),
    ],
)
def test_what_another_term_means_is_no_answer(question: str, is_beside: bool) -> None:
    passage = Passage(Anchor("work", "fr", "art_2"), Kind.ARTICLE, _WITH_APOSTROPHES, (), "")
    build = SimpleNamespace(passages=[passage], by_anchor={})
    query: Any = Query.of(question, "fr")
    asked = _question(query)
    definitions = Definitions(cast("Build", build))
    tells = definitions.besides(cast("Question", asked))
    assert (tells is not None and tells(passage)) == is_beside


_OF_ONE = {
    "fr": "On entend par: a) «lecteur averti»: qui a lu l’affiche; b) «tuteur»: qui l’aide.",
    "nl": "Hier wordt verstaan onder: a) „ervaren lezer”: wie las; b) „bevoegde”: wie mag lezen.",
}
_OF_BOTH = {
    "fr": _OF_ONE["fr"][:-1] + "; c) «lecteur non averti»: tout autre lecteur.",
    "nl": _OF_ONE["nl"][:-1] + "; c) „niet-ervaren lezer”: elke andere lezer.",
}


@pytest.mark.parametrize(
    ("question", "lang", "of_one", "of_both"),
    [
        ("Qu’est-ce qu’un lecteur averti ?", "fr", ["«lecteur averti»"], ["«lecteur averti»"]),
        ("Qu’est-ce qu’un lecteur non averti ?", "fr", [], ["«lecteur non averti»"]),
        ("Qu’est-ce qu’un non-tuteur ?", "fr", [], []),
        ("Wat is een ervaren lezer?", "nl", ["„ervaren lezer”"], ["„ervaren lezer”"]),
        ("Wat is een niet-ervaren lezer?", "nl", [], ["„niet-ervaren lezer”"]),
        ("Wat is een onbevoegde?", "nl", [], []),
    ],
)
def test_a_term_and_its_opposite_are_two(
    question: str, lang: Lang, of_one: list[str], of_both: list[str]
) -> None:
    assert _asked(question, lang, _OF_ONE[lang]) == of_one
    assert _asked(question, lang, _OF_BOTH[lang]) == of_both
