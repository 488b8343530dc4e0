"""What stands beside a place as a name is the text that is asked for, be it here or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.links import links
from index.embedding import Embedder
from sources.anchor import Anchor, Lang
from sources.settings import Settings
from tests.assistant.ordinary import Texts, added
from tests.conftest import sharing

_FR = ["portes", "bancs", "ponts", "quais", "phares", "bacs", "lampes", "cordes", "grues", "mâts"]
_NL = ["poorten", "banken", "bruggen", "kades", "torens", "veren", "lampen", "touwen", "kranen"]


def _articles(lang: Lang, numbers: range, sentence: Callable[[int], str]) -> str:
    word = "Article" if lang == "fr" else "Artikel"
    return "\n\n".join(f"### {word} {n}\n\n{sentence(n)}" for n in numbers)


TEXTS: Texts = {
    ("quais", "fr"): (
        "Règlement relatif aux quais",
        "# Règlement relatif aux quais\n\n"
        + _articles("fr", range(1, 50), lambda n: f"Les {_FR[n % 10]} du quai {n} sont bleus.")
        + "\n\n### Article L. 311-1\n\nLa nuit, l’article 31 CRR et l’article 23 de la"
        " Constitution valent sur le quai, comme l’article 33.",
    ),
    ("sluizen", "nl"): (
        "Besluit over de sluizen",
        "# Besluit over de sluizen\n\n"
        + _articles("nl", range(1, 50), lambda n: f"De {_NL[n % 9]} van sluis {n} zijn groen.")
        + "\n\n### Artikel 1382\n\nWie een sluis beschadigt, herstelt ze.",
    ),
    ("moulins", "fr"): (
        "Code des moulins (CoMou)",
        "# Code des moulins (CoMou)\n\n"
        + _articles("fr", range(1, 20), lambda n: f"Le moulin {n} tourne au vent."),
    ),
}  # fmt: skip
HERE = {work for work, _ in TEXTS}
GRONDWET: Texts = {
    **TEXTS,
    ("grondwet", "nl"): (
        "De gecoördineerde Grondwet",
        "# De gecoördineerde Grondwet\n\n"
        + _articles("nl", range(1, 30), lambda n: f"Recht {n} komt aan iedere schipper toe."),
    ),
    ("celex:12016E", "fr"): (
        "Version consolidée du traité",
        "# Version consolidée du traité\n\n"
        + _articles("fr", range(1, 48), lambda n: f"Le principe {n} vaut pour les bateliers."),
    ),
}


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("behind"))
    with added(folder, embedder, TEXTS) as found:
        yield found


@pytest.fixture(scope="module")
def with_works(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("works"))
    with added(folder, embedder, GRONDWET) as found:
        yield found


def _cited(assistant: Assistant, question: str, *before: str) -> list[str]:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor for c in outcome.citations]


def _refused(assistant: Assistant, question: str, *before: str) -> Refusal:
    outcome = assistant.ask(question, history=before)
    assert isinstance(outcome, Refusal), outcome.text
    return outcome


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Que dit l’article 45 TFUE ?", "Traité sur le fonctionnement"),
        ("Article 45 du traité sur le fonctionnement de l’UE ?", "Traité sur le fonctionnement"),
        ("artikel 45 van het verdrag over de werking van de EU", "werking van de Europese Unie"),
        ("artikel 16 VWEU", "werking van de Europese Unie"),
        ("article 45 tfue", "Traité sur le fonctionnement"),
        ("artikel 16 vweu", "werking van de Europese Unie"),
        ("TFUE, article 45", "Traité sur le fonctionnement"),
        ("Que dit le TFUE en son article 45 ?", "Traité sur le fonctionnement"),
        ("Wat zegt het VWEU in zijn artikel 45?", "werking van de Europese Unie"),
        ("article 6 du traité sur l’Union européenne", "Traité sur l’Union européenne"),
        ("Wat zegt artikel 6 VEU over de grondrechten?", "betreffende de Europese Unie"),
        ("article 6 UE", "Traité sur l’Union européenne"),
        ("l’article 8 CE", "Communauté européenne"),
        ("artikel 3 van het Handvest", "Handvest van de grondrechten"),
        ("article 8 de la Charte", "Charte des droits fondamentaux"),
        ("article 6 CEDH", "Convention européenne des droits de l’homme"),
        ("art. 6 § 1 CEDH", "Convention européenne des droits de l’homme"),
        ("CEDH, art. 6", "Convention européenne des droits de l’homme"),
        ("artikel 6 EVRM", "Europees Verdrag"),
        ("artikel 5, lid 2, EVRM", "Europees Verdrag"),
        ("article 3 de la convention de Dublin", "Convention de Dublin"),
        ("Que dit l’article 10 de la Constitution ?", "Constitution"),
        ("art. 10 Gw.", "Constitution"),
        ("Wat zegt artikel 10 van de Grondwet?", "Grondwet"),
        ("Is artikel 10 Gw. van toepassing?", "Grondwet"),
        ("article 16 C. pén.", "Code pénal"),
        ("article 3 du code pénal", "Code pénal"),
        ("artikel 16 Sw.", "Strafwetboek"),
        ("art. 1382 oud BW", "Oud Burgerlijk Wetboek"),
        ("artikel 10 BW", "Burgerlijk Wetboek"),
        ("artikel 3 van het Burgerlijk Wetboek", "Burgerlijk Wetboek"),
        ("de artikelen 5 en 6 BW", "Burgerlijk Wetboek"),
        ("Wat bepaalt art. 9, § 1, Wetboek van strafvordering?", "Wetboek van Strafvordering"),
        ("artikel 12 WIB 92", "inkomstenbelastingen 1992"),
        ("article 5.1.c RGPD", "2016/679"),
        ("art. L. 311-1 CRPA", "relations entre le public"),
        (
            "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016E045",
            "Traité sur le fonctionnement",
        ),
        ("Que dit http://data.europa.eu/eli/treaty/char_2016/art_8/oj ?", "Charte des droits"),
    ],
)
def test_a_place_of_a_work_that_is_not_here_is_answered_from_no_other(
    assistant: Assistant, question: str, title: str
) -> None:
    outcome = _refused(assistant, question)
    assert outcome.reason == "known"
    assert title in outcome.known[0].title or title in outcome.text.splitlines()[0]


@pytest.mark.parametrize(
    "question",
    [
        "article 5 XYZF", "artikel 7 Vlw.", "artikel 5 Wft", "Que dit l’article 7 CTX ?",
        "article 5 de la CRR", "Wat zegt artikel 5, lid 1, DbVerk?",
    ],
)  # fmt: skip
def test_nor_is_a_place_of_a_text_by_an_abbreviation_that_nobody_knows(
    assistant: Assistant, question: str
) -> None:
    outcome = _refused(assistant, question)
    assert outcome.reason == "no_portion"
    assert outcome.text.startswith(("La question nomme un texte", "De vraag noemt een tekst"))


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("article 5 CoMou", "moulins@fr#art_5"),
        ("Que dit l’article 5 du CoMou ?", "moulins@fr#art_5"),
        ("artikel 5 comou", "moulins@fr#art_5"),
        ("CoMou, art. 7", "moulins@fr#art_7"),
    ],
)
def test_an_abbreviation_in_one_title_alone_is_that_text(
    assistant: Assistant, question: str, anchor: str
) -> None:
    assert _cited(assistant, question) == [anchor]


# Each with the number of the article that is answered, of a text that is here.
@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("article 5 en vigueur", "5"),
        ("article 6 SVP", "6"),
        ("article 6 svp", "6"),
        ("artikel 6 AUB", "6"),
        ("article 6 FAQ", "6"),
        ("Que dit l’article 5 et l’OTAN ?", "5"),
        ("artikel 6 en de NAVO", "6"),
        ("artikel 6 voor de EU", "6"),
        ("article 6 en UE", "6"),
        ("article 5. Merci", "5"),
        ("Wat zegt artikel 6? BTW inbegrepen?", "6"),
        ("article 6, TVA comprise ?", "6"),
        ("Article 6 Objet", "6"),
        ("Artikel 6 Doel", "6"),
        ("ARTICLE 6 QUAIS", "6"),
        ("article 6 QUAIS", "6"),
        ("artikel 6 SLUIZEN", "6"),
        ("QUE DIT L’ARTICLE 6 ?", "6"),
        ("WAT ZEGT ARTIKEL 6?", "6"),
        ("QUE DIT L’ARTICLE 6 SUR LES LAMPES ?", "6"),
        ("L’article 6 ce n’est pas clair", "6"),
        ("article 6 eu égard aux lampes ?", "6"),
        ("L’article 6 a-t-il une exception ?", "6"),
        ("Que dit l’article 6 du règlement relatif aux quais ?", "6"),
        ("Artikel 6 van het besluit over de sluizen", "6"),
        ("Que dit le règlement relatif aux quais en son article 6 ?", "6"),
        ("article L. 311-1", "L311-1"),
        ("artikel 1382", "1382"),
    ],
)
def test_what_names_no_text_changes_nothing(
    assistant: Assistant, question: str, number: str
) -> None:
    first = Anchor.parse(_cited(assistant, question)[0])
    assert first.work in HERE
    assert first.portion == f"art_{number}"


@pytest.mark.parametrize(
    "question",
    ["artikel 5 lid 2", "art. 3 FR", "artikel 3 NL", "article 5 BE", "article 12 A",
     "L’article 6 II", "article 6 (FR)"],
)  # fmt: skip
def test_a_number_that_no_text_has_is_said_not_to_be_there(
    assistant: Assistant, question: str
) -> None:
    outcome = _refused(assistant, question)
    assert outcome.reason == "no_portion"
    assert not outcome.text.startswith(("La question nomme un texte", "De vraag noemt een tekst"))


@pytest.mark.parametrize(
    ("before", "question", "reason"),
    [
        (["article 45 TFUE"], "et l’article 46 ?", "known"),
        (["article 45 TFUE", "et l’article 46 ?"], "et l’article 47 ?", "known"),
        (["artikel 16 Sw."], "en artikel 17?", "known"),
        (["artikel 45 VWEU"], "en hoofdstuk 3?", "known"),
        (["Que dit l’article 5 du RGPD ?"], "et l’article 6 ?", "known"),
        (["article 6 du règlement relatif aux quais", "article 45 TFUE"], "et l’article 46 ?",
         "known"),
        (["article 6 du règlement relatif aux quais"], "et l’article 8 CEDH ?", "known"),
        (["article 6 du règlement relatif aux quais"], "et l’article 8 XYZF ?", "no_portion"),
        (["article 5 XYZF"], "et l’article 7 ?", "no_portion"),
        (["artikel 7 Vlw."], "en artikel 17?", "no_portion"),
    ],
)  # fmt: skip
def test_a_conversation_stays_with_a_text_that_is_not_here(
    assistant: Assistant, before: list[str], question: str, reason: str
) -> None:
    assert _refused(assistant, question, *before).reason == reason


@pytest.mark.parametrize(
    ("before", "question", "anchor"),
    [
        (["article 6 du règlement relatif aux quais"], "et l’article 8 ?", "quais@fr#art_8"),
        (["article 45 TFUE"], "et l’article 6 du CoMou ?", "moulins@fr#art_6"),
        (["article 5 CoMou"], "et l’article 6 ?", "moulins@fr#art_6"),
    ],
)
def test_a_conversation_stays_with_a_text_that_is_here(
    assistant: Assistant, before: list[str], question: str, anchor: str
) -> None:
    assert _cited(assistant, question, *before) == [anchor]


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Wat zegt artikel 10 van de Grondwet?", "grondwet@nl#art_10"),
        ("art. 10 Gw.", "grondwet@nl#art_10"),
        ("Que dit l’article 10 de la Constitution ?", "grondwet@nl#art_10"),
        ("artikel 45 VWEU", "celex:12016E@fr#art_45"),
        ("article 45 du traité sur le fonctionnement de l’Union européenne",
         "celex:12016E@fr#art_45"),
        ("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:12016E045",
         "celex:12016E@fr#art_45"),
    ],
)  # fmt: skip
def test_a_work_that_was_added_is_found_by_its_names(
    with_works: Assistant, question: str, anchor: str
) -> None:
    assert _cited(with_works, question) == [anchor]


def test_a_place_of_another_text_is_no_link_to_its_own(
    assistant: Assistant, with_works: Assistant
) -> None:
    """ "Article 31 CRR" in a passage is of a text that nobody knows, and leads nowhere."""
    anchor = Anchor("quais", "fr", "art_L311-1")
    for here, constitution in ((assistant, None), (with_works, "grondwet@nl#art_23")):
        passage = here.build.by_anchor[anchor]
        found = links(here.build, here.mentions, passage)
        assert [(passage.text[x.start : x.end], x.anchor) for x in found] == [
            ("article 23 de la Constitution", constitution),
            ("article 33", "quais@fr#art_33"),
        ]


def test_a_point_that_a_passage_names_is_opened_where_its_text_has_it(
    assistant_over: Callable[[Texts], Assistant],
) -> None:
    act = "la recommandation (UE) 2031/915"
    naming = f"Le point 2 de {act} vaut ; le point 9 de {act} non."
    points = "1. Un bac flotte.\n\n2. Un bac a deux rames."
    here = assistant_over(
        {
            ("celex:32031H0915", "fr"): (
                "Recommandation (UE) 2031/915 sur les bacs",
                f"# Recommandation (UE) 2031/915 sur les bacs\n\n{points}",
            ),
            ("avis", "fr"): ("Avis sur les bacs", f"# Avis sur les bacs\n\n{naming}"),
        }
    )
    (passage,) = (p for p in here.build.passages if p.anchor.work == "avis" and "915" in p.text)
    found = links(here.build, here.mentions, passage)
    second = next(p for p in here.build.passages if p.text.endswith("deux rames."))
    assert [(passage.text[x.start : x.end], x.anchor) for x in found][:1] == [
        ("point 2 de la recommandation (UE) 2031/915", str(second.anchor))
    ]
    assert passage.text[found[1].start :].startswith("recommandation")
