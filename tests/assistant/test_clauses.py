"""Of several numbers of a sentence, the one is marked whose clause says what is asked."""

from __future__ import annotations

import pytest

from assistant.clauses import AskedThing, meant
from assistant.literal import spans
from assistant.mentions import Mentions
from assistant.question import read
from sources.anchor import Lang
from sources.catalogue import Catalogue
from tests.web.factory import SmallBuild, passage


def marked(question: str, sentence: str, lang: Lang, spoken: Lang) -> list[str]:
    mentions = Mentions(Catalogue([]), SmallBuild([passage("1.1", sentence, lang=spoken)]))
    asked = read(question, lang, mentions)
    found = spans(asked, sentence, spoken)
    return [sentence[a:b] for a, b in meant(AskedThing(asked, spoken), sentence, found)]


@pytest.mark.parametrize(
    ("question", "lang", "spoken", "sentence", "wanted"),
    [
        ("Combien de moulins ont été réparés ?", "fr", "fr",
         "Quatorze moulins mesurent le vent ; neuf d’entre eux ont été réparés.",
         ["neuf d’entre eux"]),
        ("Combien de moulins mesurent le vent ?", "fr", "fr",
         "Quatorze moulins mesurent le vent ; neuf d’entre eux ont été réparés.",
         ["Quatorze moulins"]),
        ("Hoeveel hectare water telt het park?", "nl", "nl",
         "Het park telt 90 hectare, waarvan 20 hectare water.", ["20 hectare"]),
        ("Quelle est la superficie du bassin ?", "fr", "fr",
         "Le bassin a une superficie de 90 km², dont 20 km² en Flandre.", ["90 km²"]),
        ("Quelle surface du bassin est boisée ?", "fr", "fr",
         "Le bassin couvre 90 km², dont 20 km² de prés.", ["90 km²", "20 km²"]),
        ("Combien de meuniers salariés le moulin compte-t-il ?", "fr", "fr",
         "Le moulin compte 12 meuniers salariés et 8 meuniers bénévoles.", ["12 meuniers"]),
        ("Tous les salariés : combien de meuniers ?", "fr", "fr",
         "Le moulin compte 12 meuniers salariés et 8 meuniers bénévoles.",
         ["12 meuniers", "8 meuniers"]),
        ("Combien de meuniers le moulin compte-t-il ?", "fr", "fr",
         "Le moulin compte 12 meuniers salariés et 8 meuniers bénévoles.",
         ["12 meuniers", "8 meuniers"]),
        ("Wat kost een weekkaart?", "nl", "nl", "Een dagkaart kost 9 euro, een weekkaart 32 euro.",
         ["32 euro"]),
        ("Wat kost een dagkaart?", "nl", "nl", "Een dagkaart kost 9 euro, een weekkaart 32 euro.",
         ["9 euro", "32 euro"]),
    ],
)  # fmt: skip
def test_the_number_whose_clause_says_what_is_asked_is_marked(
    question: str, lang: Lang, spoken: Lang, sentence: str, wanted: list[str]
) -> None:
    assert marked(question, sentence, lang, spoken) == wanted
