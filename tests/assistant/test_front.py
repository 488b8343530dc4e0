"""What stands in front of an answer is what was asked for, or nothing."""

from __future__ import annotations

import pytest

from assistant import render
from assistant.answer import KeySentence
from assistant.front import FrontLine
from assistant.literal import spans
from assistant.mentions import Mentions
from assistant.question import read
from sources.anchor import Lang
from sources.catalogue import Catalogue
from tests.web.factory import SmallBuild, passage


def front(
    question: str,
    *texts: str,
    lang: Lang = "fr",
    spoken: Lang | None = None,
    before: tuple[str, ...] = (),
) -> str | None:
    """What stands in front of the first of some passages of a text."""
    spoken = spoken or lang
    passages = [passage(f"1.{n}", t, ("A", f"{n}."), lang=spoken) for n, t in enumerate(texts)]
    build = SmallBuild(passages)
    mentions = Mentions(Catalogue([]), build)
    asked = read(question, lang, mentions, before=before)
    first = passages[0]
    key = KeySentence(texts[0], spoken, 0, tuple(spans(asked, texts[0])))
    cited = render.cite(build, first.anchor, 1, lang, key)
    return FrontLine(build, mentions).line(asked, first, first, cited)


@pytest.mark.parametrize(
    ("lang", "question", "sentence", "literal"),
    [
        ("nl", "Hoeveel sluizen zijn hersteld?", "Drie van de negen sluizen zijn hersteld.",
         "Drie van de negen sluizen"),
        ("fr", "Combien de fours sont éteints ?", "Deux des sept fours sont éteints.",
         "Deux des sept fours"),
        ("fr", "Combien de primes vont aux tanneurs ?",
         "Quarante primes sont versées, dont douze à des tanneurs.", None),
        ("nl", "Hoeveel pakjes met glas zijn er?", "Er zijn 90 pakjes, waarvan 12 met glas.", None),
        ("nl", "Hoeveel zakken verwacht men in 2033?",
         "In 2031 waren er 40 zakken; in 2033 verwacht men 70 zakken.", "70 zakken"),
        ("fr", "Combien de sacs attend-on en 2035 ?",
         "En 2031, on a reçu 40 sacs ; en 2033, on attend 70 sacs.", None),
        ("fr", "Combien de fours en 2040 ?", "Six fours seront construits d’ici à 2033.", None),
        ("fr", "Combien de fours seront construits ?", "Six fours seront construits en 2033.",
         "Six fours"),
        ("nl", "Hoeveel gidsen zijn nodig voor 70 wandelaars?",
         "Er is één gids per groep van 20 wandelaars, met een minimum van drie gidsen.", None),
        ("nl", "Hoeveel wachters zijn er nodig?",
         "Er is één wachter per groep wandelaars, met een minimum van drie wachters.", None),
        ("nl", "Wanneer wordt de eerste schijf betaald?",
         "De tweede schijf wordt betaald op 31 januari 2032.", None),
        ("nl", "Wanneer wordt de tweede schijf betaald?",
         "De tweede schijf wordt betaald op 31 januari 2032.", "31 januari 2032"),
        ("fr", "Quand est versée la première tranche ?",
         "La seconde tranche est versée le 31 janvier 2032.", None),
        ("fr", "Quand est versée la première tranche ?",
         "La première tranche est versée le 31 janvier 2032.", "31 janvier 2032"),
        ("nl", "Wanneer is de visdagtijd?", "De visdagtijd loopt van 3 mei tot en met 9 juni.",
         "van 3 mei tot en met 9 juni"),
        ("fr", "Quand pêche-t-on ?", "On pêche du 3 mai au 9 juin et en août 2032.", None),
        ("fr", "Quel est le taux des tanneurs ?",
         "Le taux est de 5 % pour les meuniers et de 7 % pour les tanneurs.", "7 %"),
        ("nl", "Wat is de leentermijn van kaarten?",
         "De leentermijn van kaarten bedraagt drie weken, die van boten twee dagen.", "drie weken"),
        ("nl", "Wie valt niet onder de regeling?", "De regeling is opgesteld door RVX.", None),
    ],
)  # fmt: skip
def test_a_quantity_stands_in_front_only_where_all_that_is_asked_stands_with_it(
    lang: Lang, question: str, sentence: str, literal: str | None
) -> None:
    assert front(question, sentence, lang=lang) == literal


@pytest.mark.parametrize(
    ("lang", "question", "own", "other"),
    [
        ("fr", "Combien de jours de jachère sont dus par an ?",
         "Le labour occupe cinq jours par an.",
         "Deux jours de jachère sont dus par mois."),
        ("nl", "Binnen hoeveel dagen kan men klagen over een weigering?",
         "De raad beslist binnen zestig dagen.",
         "Tegen een weigering kan men klagen binnen dertig dagen."),
    ],
)  # fmt: skip
def test_nothing_stands_in_front_where_another_passage_is_as_much_about_it(
    lang: Lang, question: str, own: str, other: str
) -> None:
    assert front(question, own, other, lang=lang) is None
    assert front(question, other, own, lang=lang) is not None


def test_nothing_stands_in_front_where_the_text_lacks_a_thing_that_is_asked_about() -> None:
    price = "La recharge coûte 14 euros par garde."
    assert front("Combien coûte la recharge ?", price) == "14 euros par garde"
    assert front("Combien coûte la recharge du tambourin ?", price) is None
    drum = "Le tambourin est rouge."
    assert front("Combien coûte la recharge du tambourin ?", price, drum) == "14 euros par garde"


def test_a_moment_is_said_in_the_language_of_the_answer() -> None:
    opened = "Le musée ouvre le 1er mars 2032."
    assert front("Wanneer opent het museum?", opened, lang="nl", spoken="fr") == "1 maart 2032"
    opens = "Het museum opent in april 2032."
    assert front("Quand ouvre le musée ?", opens, lang="fr", spoken="nl") == "avril 2032"
    assert front("Quand ouvre le musée ?", opened) == "1er mars 2032"
    spring = "Le musée ouvre du 1er mars au 3 mai 2032."
    assert front("Quand ouvre le musée ?", spring) == "du 1er mars au 3 mai 2032"
    assert front("Wanneer opent het museum?", spring, lang="nl", spoken="fr") is None


@pytest.mark.parametrize(
    ("lang", "before", "question", "text"),
    [
        ("fr", "Quelle est la taxe des meuniers ?", "Y a-t-il des exceptions ?",
         "L’accord entre en vigueur demain ; il y a des exceptions."),
        ("nl", "Hoeveel betalen de molenaars?", "Zijn er uitzonderingen?",
         "Het akkoord geldt vanaf morgen; er zijn uitzonderingen."),
    ],
)  # fmt: skip
def test_yes_to_a_message_that_goes_on_needs_the_question_before_it(
    lang: Lang, before: str, question: str, text: str
) -> None:
    assert front(question, text, lang=lang, before=(before,)) is None
