"""What an act says of a place in another passage: that it is changed, or from when it applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import pytest

from assistant.answer import Answer, Refusal
from assistant.answering import Assistant
from assistant.locale import say
from index.embedding import Embedder
from sources.anchor import LANGS, Lang
from sources.settings import Settings
from tests.assistant.fetched import answering, fetched
from tests.conftest import sharing
from tests.sources.invented_acts import printed

_AMENDED: Mapping[Lang, bytes] = {
    "fr": printed(
        "fr",
        ("RÈGLEMENT (UE) 2030/12", "du 3 juin 2030", "relatif aux écluses"),
        {
            1: ("Objet", ["Le présent règlement porte sur les écluses des canaux."]),
            4: ("Éclusiers", ["Chaque écluse a deux éclusiers."]),
            7: ("Péage", ["Le péage s’applique aux barges jusqu’au 31 décembre 2036."]),
            9: ("Chômage", ["Le canal chôme en août.", "Le bourgmestre en fixe les jours."]),
            10: ("Entrée en vigueur", ["Le présent règlement entre en vigueur le 3 juillet 2030."]),
        },
    ),
    "nl": printed(
        "nl",
        ("VERORDENING (EU) 2030/12", "van 3 juni 2030", "betreffende sluizen"),
        {
            1: ("Onderwerp", ["Deze verordening betreft de sluizen van de kanalen."]),
            4: ("Sluiswachters", ["Elke sluis heeft twee sluiswachters."]),
            7: ("Tolgeld", ["Het tolgeld geldt voor aken tot en met 31 december 2036."]),
            9: ("Stremming", ["Het kanaal ligt stil in augustus.", "De burgemeester kiest."]),
            10: ("Inwerkingtreding", ["Deze verordening treedt in werking op 3 juli 2030."]),
        },
    ),
}
_TITLE: Mapping[Lang, str] = {
    "fr": "RÈGLEMENT (UE) 2033/21|du 8 mars 2033|modifiant le règlement (UE) 2030/12 relatif aux "
    "écluses et la directive (UE) 2029/8",
    "nl": "VERORDENING (EU) 2033/21|van 8 maart 2033|tot wijziging van Verordening (EU) 2030/12 "
    "betreffende sluizen en van Richtlijn (EU) 2029/8",
}
_ARTICLES: Mapping[Lang, Sequence[Sequence[str]]] = {
    "fr": (
        (
            "Le règlement (UE) 2030/12 est modifié comme suit:",
            "l’article 9 est modifié comme suit:|a) au paragraphe 2, les mots «les jours» sont "
            "remplacés par les mots «les semaines visées à l’article 12»;",
            "l’article 4 est remplacé par le texte suivant:|«Article 4|Éclusiers|À partir du 1er "
            "mai 2040, chaque écluse a trois éclusiers.»;",
            "l’article 7 est supprimé;",
            "l’article suivant est inséré:|«Article 7 bis|Barques|Les barques passent le matin.»;",
        ),
        ("La directive (UE) 2029/8 est modifiée comme suit:", "l’article 3 est supprimé."),
        ("Les communes tiennent un registre conforme à l’article 15 de la directive (UE) 2029/8.",),
        (
            "Le présent règlement entre en vigueur le jour suivant celui de sa publication.|"
            "L’article 2 s’applique à partir du 1er mars 2035.",
        ),
    ),
    "nl": (
        (
            "Verordening (EU) 2030/12 wordt als volgt gewijzigd:",
            "artikel 9 wordt als volgt gewijzigd:|a) in lid 2 worden de woorden „de dagen” "
            "vervangen door „de in artikel 12 bedoelde weken”;",
            "artikel 4 wordt vervangen door:|„Artikel 4|Sluiswachters|Vanaf 1 mei 2040 heeft elke "
            "sluis drie sluiswachters.”;",
            "artikel 7 wordt geschrapt;",
            "het volgende artikel wordt ingevoegd:|„Artikel 7 bis|Roeiboten|Roeiboten varen in de "
            "ochtend door.”;",
        ),
        ("Richtlijn (EU) 2029/8 wordt als volgt gewijzigd:", "artikel 3 wordt geschrapt."),
        ("De gemeenten houden een register volgens artikel 15 van Richtlijn (EU) 2029/8 bij.",),
        (
            "Deze verordening treedt in werking op de dag na die van de bekendmaking ervan.|"
            "Artikel 2 is van toepassing met ingang van 1 maart 2035.",
        ),
    ),
}
_WORD: Mapping[Lang, str] = {"fr": "Article", "nl": "Artikel"}


def _lines(text: str) -> str:
    return "".join(f'<p class="oj-normal">{escape(line)}</p>' for line in text.split("|"))


def _amending(lang: Lang) -> bytes:
    """An act whose articles have points, as the Official Journal prints them."""
    title = "".join(f'<p class="oj-doc-ti">{escape(li)}</p>' for li in _TITLE[lang].split("|"))
    body = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">{_WORD[lang]} {n}</p>'
        + _lines(lead)
        + "".join(
            f"<table><tbody><tr><td>{_lines(f'{m})')}</td><td>{_lines(point)}</td></tr></tbody>"
            "</table>"
            for m, point in enumerate(points, 1)
        )
        + "</div>"
        for n, (lead, *points) in enumerate(_ARTICLES[lang], 1)
    )
    return f"<html><body><div>{title}{body}</div></body></html>".encode()


@pytest.fixture(scope="module")
def amended(
    built: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    folder = sharing(built.data, tmp_path_factory.mktemp("amended"))
    acts = {("32030R0012", lang): _AMENDED[lang] for lang in LANGS}
    acts |= {("32033R0021", lang): _amending(lang) for lang in LANGS}
    settings, _ = fetched(folder, acts)
    with answering(settings, embedder) as assistant:
        yield assistant


def _cited(assistant: Assistant, question: str) -> list[str]:
    """The places that are cited, each with the number of its act."""
    outcome = assistant.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    return [c.anchor.removeprefix("celex:") for c in outcome.citations]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Que modifie le règlement 2033/21 à l’article 4 ?", ["art_1.pnt_2"]),
        ("Wat wijzigt verordening 2033/21 aan artikel 4?", ["art_1.pnt_2"]),
        ("Que modifie le règlement 2033/21 à l’article 3 ?", ["art_2.pnt_1"]),
        ("Wat vervangt verordening 2033/21 in artikel 3?", ["art_2.pnt_1"]),
        ("Que modifie le règlement 2033/21 à l’article 9, paragraphe 2 ?", ["art_1.pnt_1"]),
        ("Wat vervangt verordening 2033/21 in artikel 9, lid 2?", ["art_1.pnt_1"]),
        (
            "Quel article du règlement 2033/21 supprime l’article 7 du règlement 2030/12 ?",
            ["art_1.pnt_3"],
        ),
        (
            "Welk artikel van verordening 2033/21 schrapt artikel 7 van verordening 2030/12?",
            ["art_1.pnt_3"],
        ),
        ("Le règlement 2033/21 insère-t-il un article 7 bis ?", ["art_1.pnt_4"]),
        ("Voegt verordening 2033/21 een artikel 7 bis in?", ["art_1.pnt_4"]),
        ("Par quoi est remplacé l’article 4 du règlement 2030/12 ?", ["art_1.pnt_2"]),
        ("Waardoor wordt artikel 4 van verordening 2030/12 vervangen?", ["art_1.pnt_2"]),
        (
            "Quelles dispositions du règlement 2030/12 le règlement 2033/21 supprime-t-il ?",
            ["art_1.pnt_3"],
        ),
        (
            "Welke artikelen van verordening 2030/12 worden geschrapt door verordening 2033/21?",
            ["art_1.pnt_3"],
        ),
        ("Qu’est-ce que le règlement 2033/21 change à l’article 4 ?", ["art_1.pnt_2"]),
        ("Wat verandert verordening 2033/21 aan artikel 4?", ["art_1.pnt_2"]),
        ("Qu’est-ce qui est supprimé dans le règlement 2030/12 ?", ["art_1.pnt_3"]),
        ("Wat wordt er ingevoegd in verordening 2030/12?", ["art_1.pnt_4"]),
    ],
)
def test_what_an_act_changes_in_a_place_is_its_point_that_does_it(
    amended: Assistant, question: str, places: list[str]
) -> None:
    lang = "fr" if "règlement" in question else "nl"
    assert _cited(amended, question) == [f"32033R0021@{lang}#{p}" for p in places]


@pytest.mark.parametrize(
    ("question", "unavailable"),
    [
        ("Que modifie le règlement 2033/21 à l’article 3 de la directive 2029/8 ?", "2029/8"),
        ("Welke verordening schrapt artikel 3 van richtlijn 2029/8?", "2029/8"),
    ],
)
def test_what_is_changed_in_an_act_that_is_not_here_is_cited_and_that_is_said(
    amended: Assistant, question: str, unavailable: str
) -> None:
    outcome = amended.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    assert [c.anchor.partition("#")[2] for c in outcome.citations] == ["art_2.pnt_1"]
    assert any(unavailable in notice for notice in outcome.notices)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Que dit l’article 3 du règlement 2033/21 ?", "32033R0021@fr#art_3"),
        ("Wat bepaalt artikel 3 van verordening 2033/21?", "32033R0021@nl#art_3"),
        ("Que modifie l’article 2 du règlement 2033/21 ?", "32033R0021@fr#art_2"),
        ("Wat wijzigt artikel 2 van verordening 2033/21?", "32033R0021@nl#art_2"),
        ("Que modifie le règlement 2033/21 par son article 2 ?", "32033R0021@fr#art_2"),
        ("Wat wijzigt verordening 2033/21 in haar artikel 2?", "32033R0021@nl#art_2"),
        ("Que dit l’article 4 du règlement 2030/12 ?", "32030R0012@fr#art_4.par_1"),
    ],
)
def test_an_article_of_its_own_is_that(amended: Assistant, question: str, place: str) -> None:
    assert _cited(amended, question)[0] == place


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Que modifie le règlement 2033/21 à l’article 15 ?", "32033R0021@fr#art_3"),
        ("Wat wijzigt verordening 2033/21 aan artikel 15?", "32033R0021@nl#art_3"),
        ("Que dit l’article 9 du règlement 2033/21 ?", "32033R0021@fr#art_1.pnt_1"),
        ("Wat zegt artikel 12 van verordening 2033/21?", "32033R0021@nl#art_1.pnt_1"),
    ],
)
def test_a_place_that_a_text_has_not_itself_is_cited_where_it_names_it_and_that_is_said(
    amended: Assistant, question: str, place: str
) -> None:
    outcome = amended.ask(question)
    assert _cited(amended, question) == [place]
    assert say(outcome.lang, "notice.names_place") in outcome.notices


@pytest.mark.parametrize(
    "question",
    [
        "Que modifie le règlement 2033/21 à l’article 15 de la directive 2029/8 ?",
        "Wat wijzigt verordening 2033/21 aan artikel 15 van richtlijn 2029/8?",
    ],
)
def test_an_article_of_another_act_that_is_named_is_not_said_to_be_changed(
    amended: Assistant, question: str
) -> None:
    outcome = amended.ask(question)
    assert [p.partition("#")[2] for p in _cited(amended, question)] == ["art_3"]
    assert say(outcome.lang, "notice.no_change") in outcome.notices


@pytest.mark.parametrize(
    "question",
    [
        "Que modifie le règlement 2033/21 à l’article 12 de la directive 2029/8 ?",
        "Wat wijzigt verordening 2033/21 aan artikel 12 van richtlijn 2029/8?",
        "Que modifie le règlement 2033/21 à l’article 44 ?",
        "Wat zegt artikel 44 van verordening 2033/21?",
    ],
)
def test_what_an_act_does_not_change_is_refused(amended: Assistant, question: str) -> None:
    assert isinstance(amended.ask(question), Refusal)


@pytest.mark.parametrize(
    ("question", "first", "said"),
    [
        ("À partir de quand s’applique l’article 2 du règlement 2033/21 ?", "art_4", "mars 2035"),
        ("Vanaf wanneer geldt artikel 2 van verordening 2033/21?", "art_4", "maart 2035"),
        ("Quand entre en vigueur l’article 3 du règlement 2033/21 ?", "art_4", "publication"),
        ("Wanneer treedt artikel 3 van verordening 2033/21 in werking?", "art_4", "bekendmaking"),
        (
            "Depuis quand l’article 1er, point 2, du règlement 2033/21 est-il applicable ?",
            "art_4",
            "publication",
        ),
        ("Date d’application de l’article 2 du règlement 2033/21 ?", "art_4", "mars 2035"),
        (
            "Wat is de uiterste datum voor de toepassing van artikel 2 van verordening 2033/21?",
            "art_4",
            "maart 2035",
        ),
        ("Inwerkingtreding van artikel 3 van verordening 2033/21?", "art_4", "bekendmaking"),
        ("Jusqu’à quand l’article 7 du règlement 2030/12 s’applique-t-il ?", "art_7", "2036"),
        ("Tot wanneer geldt artikel 7 van verordening 2030/12?", "art_7", "2036"),
        ("Quand l’article 9 du règlement 2030/12 entre-t-il en vigueur ?", "art_10", "juillet"),
        ("Quand le canal chôme-t-il selon l’article 9 du règlement 2030/12 ?", "art_9", "août"),
    ],
)
def test_from_when_a_place_applies_is_said_first_where_the_text_says_it(
    amended: Assistant, question: str, first: str, said: str
) -> None:
    outcome = amended.ask(question)
    assert isinstance(outcome, Answer), outcome.text
    place = outcome.citations[0]
    assert place.anchor.partition("#")[2].partition(".")[0] == first
    assert said in place.quote
