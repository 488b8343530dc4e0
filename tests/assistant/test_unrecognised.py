"""A text by a name that leads to none that is here: never answered from another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.name_numbers import NameNumbers, numbers_behind, numbers_of
from index.embedding import Embedder
from sources.adding import Wanted, add
from sources.anchor import Lang
from sources.library import Library
from sources.settings import Settings
from tests.assistant.fetched import answering
from tests.conftest import sharing

# Each text: its id, language, title, and what stands below it in its file.
FILES: list[tuple[str, Lang, str, str]] = [
    (
        "terrasses", "fr", "Règlement relatif aux terrasses",
        """
### Article 1

Une terrasse est balayée chaque soir.

### Article 2

Les parasols sont fermés par grand vent.

### Article 3

Le présent règlement est affiché.
""",
    ),
    (
        "jeugdraad", "nl", "Huishoudelijk reglement van de jeugdraad",
        """
### Artikel 1

De jeugdraad telt elf leden.

### Artikel 2

De jeugdraad vergadert op zaterdag.
""",
    ),
    (
        "mob12", "fr", "Circulaire ministérielle MOB 12 relative aux trottinettes",
        """
## 1. Objet

La présente circulaire vise les trottinettes de location.

## 2. Stationnement

### 2.1. Emplacements

Une trottinette se gare dans un rectangle bleu.

## 3. Entrée en vigueur

La présente circulaire abroge la circulaire MOB 7.
""",
    ),
    (
        "decreet", "nl", "4 MAART 2032. - Programmadecreet",
        """
## TITEL 1. - Boomgaarden

### Artikel 1

Een boomgaard telt minstens tien bomen.

## TITEL 2. - Hagen

### Artikel 2

Een haag wordt in februari gesnoeid.

### Artikel 3

"4° voor wie een haag van beuk heeft."
""",
    ),
    (
        "district", "nl", "Notulen van de districtsraad van 9 juni 2032",
        """
## 1. Varia

De voorzitter dankt de bewoners.

## 2. Reglement op de buurtfeesten

### Artikel 1

Een buurtfeest eindigt om middernacht.

### Artikel 2

De aanvraag gebeurt vier weken vooraf.
""",
    ),
    (
        "tunnel", "fr", "Traité relatif au tunnel des Vosges",
        """
### Article premier

Le tunnel est éclairé jour et nuit.

# PROTOCOLE N° 1 RELATIF AUX VENTILATEURS

### Article premier

Les ventilateurs tournent à midi.

# PROTOCOLE N° 2 RELATIF AUX PÉAGES

### Article premier

Le péage est de six euros.
""",
    ),
    (
        "stilte", "nl", "Actieplan Stilte",
        """
## Actie 1.1: Bladblazers

Bladblazers zijn verboden op zondag.

## Actie 1.2: Klokken

De klokken zwijgen na elf uur.
""",
    ),
    (
        "waskaart", "nl",
        "COLLECTIEVE ARBEIDSOVEREENKOMST VAN 5 MEI 2032 BETREFFENDE DE WASKAARTEN",
        """
### Artikel 1

Elke poetser krijgt een waskaart.

### Artikel 2

De waskaart geldt twaalf maanden.
""",
    ),
    (
        "pecheurs", "fr", "Arrêt n° 41/2032 sur les pêcheurs de crevettes",
        """
L’article 8 de la loi du 7 juillet 2030 dispose que la pêche aux crevettes est libre à cheval.
""",
    ),
    (
        "compost", "fr", "Composter les épluchures de légumes",
        """
## 1. Le bac

Le bac est percé de trous.

## 2. Le brassage

Le compost est brassé chaque semaine.
""",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("unrecognised"))
    settings = Settings(data=folder)
    for work, lang, title, content in FILES:
        file = folder / f"{work}.md"
        file.write_text(f"# {title}\n{content}", "utf-8")
        wanted = Wanted(work, lang, title, title, title, title)
        add(Library.of(settings), settings, str(file), wanted)
    with answering(settings, embedder) as found:
        yield found


def _refused(assistant: Assistant, question: str) -> Refusal:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert all(c.title in outcome.text for c in outcome.choices)
    return outcome


@pytest.mark.parametrize(
    ("question", "name", "work", "heading"),
    [
        ("artikel 2 van het zitbankreglement", "zitbankreglement", "terrasses", "Article 2"),
        (
            "Que dit l’article 2 du règlement du conseil des jeunes ?",
            "règlement du conseil des jeunes", "jeugdraad", "Artikel 2",
        ),
        ("action 1.2 du plan silence", "plan silence", "stilte", "Actie 1.2: Klokken"),
        (
            "Protocol nr. 2 bij het verdrag over de Vogezentunnel",
            "verdrag over de Vogezentunnel", "tunnel", "PROTOCOLE N° 2",
        ),
        (
            "article 2 du règlement sur les fêtes de quartier",
            "règlement sur les fêtes de quartier", "district", "2. Reglement op de buurtfeesten",
        ),
        ("article 2 de la CCT télétravail", "CCT télétravail", "waskaart", "Artikel 2"),
        ("artikel 1 van de cao nachtwerk", "cao nachtwerk", "waskaart", "Artikel 1"),
        (
            "titel 2 van het decreet op de fruittelers",
            "decreet op de fruittelers", "decreet", "TITEL 2",
        ),
        ("point 2.1 de la circulaire MOB 7", "circulaire MOB 7", "mob12", "2.1. Emplacements"),
        (
            "artikel 2 van het decreet van 3 maart 2031",
            "decreet van 3 maart 2031", "decreet", "Artikel 2",
        ),
        ("reglement speelpleinen, artikel 2", "reglement speelpleinen", "jeugdraad", "Artikel 2"),
        (
            "Que dit le point 2 de la fiche épluchures de légumes ?",
            "fiche épluchures de légumes", "compost", "2. Le brassage",
        ),
    ],
)  # fmt: skip
def test_a_place_of_a_text_that_is_not_recognised_is_asked_back(
    assistant: Assistant, question: str, name: str, work: str, heading: str
) -> None:
    """The texts of that sort that have it are shown; a question for each is answered from it."""
    outcome = _refused(assistant, question)
    assert name in outcome.text.splitlines()[0]
    offered = {c.source: c for c in outcome.choices}
    assert heading in offered[work].title
    for choice in outcome.choices:
        chosen = assistant.ask(choice.question)
        assert isinstance(chosen, Answer), choice.question
        assert {c.source for c in chosen.citations} == {choice.source}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("artikel 9 van het zitbankreglement", "“artikel 9” bestaat in geen van"),
        ("article 5 de la charte des pêcheurs", "charte des pêcheurs"),
        ("artikel 3 van de ordonnantie op de lantaarns", "ordonnantie op de lantaarns"),
    ],
)
def test_a_place_that_no_text_of_that_sort_has_is_not_answered_from_another(
    assistant: Assistant, question: str, name: str
) -> None:
    assert name in _refused(assistant, question).text.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("artikel 1 van het reglement op de buurtfeesten", ["district@nl#art_1"]),
        ("règlement terrasses, article 3", ["terrasses@fr#art_3"]),
        ("titre 2 du décret du 4 mars 2032", ["decreet@nl#art_2", "decreet@nl#art_3"]),
        ("artikel 1 van de cao van 5 mei 2032", ["waskaart@nl#art_1"]),
        ("point 2.1 de la circulaire MOB 12", ["mob12@fr#sec_2.1.par_1"]),
    ],
)
def test_a_name_with_words_or_numbers_of_one_title_alone_is_that_text(
    assistant: Assistant, question: str, anchors: list[str]
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [c.anchor for c in outcome.citations] == anchors


@pytest.mark.parametrize(
    ("question", "name", "alike"),
    [
        ("Que prévoit la circulaire MOB 7 ?", "circulaire MOB 7", "mob12"),
        ("Wat bepaalt omzendbrief MOB 7?", "omzendbrief MOB 7", "mob12"),
        ("Wat staat in cao nr. 44?", "cao nr. 44", "waskaart"),
        ("Que dit le décret du 3 mars 2031 ?", "décret du 3 mars 2031", "decreet"),
        ("Que décide l’arrêt n° 42/2032 ?", "arrêt n° 42/2032", "pecheurs"),
        (
            "Wat staat er in de notulen van de districtsraad van 2 juni 2032 over het feest?",
            "notulen van de districtsraad van 2 juni 2032", "district",
        ),
        ("Qui a signé la circulaire MOB 7 ?", "circulaire MOB 7", "mob12"),
    ],
)  # fmt: skip
def test_a_text_of_another_number_or_day_is_said_not_to_be_here(
    assistant: Assistant, question: str, name: str, alike: str
) -> None:
    outcome = _refused(assistant, question)
    assert outcome.reason == "no_text"
    assert name in outcome.text.splitlines()[0]
    assert alike in [c.source for c in outcome.choices]


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Quelle circulaire abroge la circulaire MOB 7 ?", "mob12@fr#sec_3.par_1"),
        ("Que dit l’article 8 de la loi du 7 juillet 2030 ?", "pecheurs@fr#par_1"),
    ],
)
def test_a_passage_that_quotes_a_text_that_is_not_here_answers(
    assistant: Assistant, question: str, anchor: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert outcome.citations[0].anchor == anchor


@pytest.mark.parametrize(
    ("question", "written", "title"),
    [
        ("titre 4 du décret du 4 mars 2032", "«\xa0titre 4\xa0»", "Programmadecreet"),
        (
            "section 9 de la circulaire MOB 12",
            "«\xa0section 9\xa0»",
            "Circulaire ministérielle MOB 12",
        ),
        ("boek II van het programmadecreet van 4 maart 2032", "“boek II”", "Programmadecreet"),
        ("titel I van het actieplan Stilte", "“titel I”", "Actieplan Stilte"),
    ],
)
def test_a_part_that_a_recognised_text_does_not_have_is_said_not_to_be_there(
    assistant: Assistant, question: str, written: str, title: str
) -> None:
    opening = _refused(assistant, question).text.splitlines()[0]
    assert written in opening
    assert title in opening


def test_a_question_on_a_place_of_the_only_text_of_a_sort_is_answered_from_it(
    assistant: Assistant,
) -> None:
    outcome = assistant.ask("Hoelang kan ik volgens artikel 2 van de cao poetsen?")
    assert isinstance(outcome, Answer), outcome.text
    assert {c.source for c in outcome.citations} == {"waskaart"}


def test_another_text_is_none_that_was_spoken_of(assistant: Assistant) -> None:
    before = ["article 1 du règlement relatif aux terrasses"]
    outcome = assistant.ask("et l’article 2 du règlement sur les kiosques ?", history=before)
    assert isinstance(outcome, Refusal), outcome.text


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Que dit l’article 1 du règlement du conseil des jeunes ?", "et l’article 2 ?"),
        ("artikel 1 van de cao nachtwerk", "en artikel 2?"),
    ],
)
def test_a_place_after_a_text_that_is_not_here_is_of_that_text(
    assistant: Assistant, before: str, question: str
) -> None:
    outcome = assistant.ask(question, history=[before])
    assert isinstance(outcome, Refusal), outcome.text
    assert outcome.reason == "no_portion"
    assert any("rtikel 2" in c.title for c in outcome.choices)


@pytest.mark.parametrize(
    "question", ["Wat staat er in punt 2 van de handleiding?", "point 4 de la tondeuse"]
)
def test_a_point_of_a_thing_that_a_declaration_does_not_know_is_none_of_it(
    assistant: Assistant, question: str
) -> None:
    outcome = assistant.ask(question)
    assert isinstance(outcome, Refusal), outcome.text
    assert "Hertoginnedal" not in outcome.text.splitlines()[0]
    assert "Val Duchesse" not in outcome.text.splitlines()[0]


@pytest.mark.parametrize(
    ("name", "sort", "days", "numbers"),
    [
        ("la circulaire ministérielle ABC 98", "circulaire", "", "98"),
        ("la convention n° 2031/119", "convention", "", "2031/119"),
        ("arrest 214/2031", "arrest", "", "214/2031"),
        ("de notulen van de raad van 15 oktober 2031", "notulen", "2031-10-15", ""),
        ("het programmadecreet van 4 maart 2032", "decreet", "2032-03-04", ""),
        ("l’arrêté royal n° 5 du 2 mai 2031", "arrêté", "2031-05-02", "5"),
        ("la loi à partir du 1er mars 2031", "loi", "", ""),
        ("le PV parle-t-il de la réunion du 9 juin 2031", "PV", "", ""),
        ("het actieplan 2031-2034", "actieplan", "", ""),
        ("het tarief van 30 euro", "tarief", "", ""),
    ],
)
def test_the_numbers_of_a_name_are_those_right_behind_its_sort(
    name: str, sort: str, days: str, numbers: str
) -> None:
    found, _ = numbers_behind(name, name.index(sort) + len(sort), lambda _: False)
    assert found == NameNumbers(frozenset(days.split()), frozenset(numbers.split()))


def test_a_text_does_not_go_by_the_day_of_the_one_that_it_changes() -> None:
    title = "Arrêté royal du 2 mai 2031 modifiant l’arrêté royal du 3 juin 2029"
    assert numbers_of([title], "2031-05").days == {"2031-05-02"}
