"""The rule and its exceptions: which stands first."""

from __future__ import annotations

import pytest

from assistant.answerability import NAMES, Features
from assistant.answering import Assistant
from assistant.exceptions import around, in_order
from assistant.finding import ScoredPassage
from assistant.question import read
from index.search import Hit
from sources.anchor import Anchor, Lang, levels
from sources.bilingual import Bilingual
from sources.model import Kind, Passage
from tests.web.factory import SmallBuild
from tests.web.factory import passage as passage_of

FEATURES = Features(**dict.fromkeys(NAMES, 0.0))
TEXTS: dict[Lang, dict[str, str]] = {
    "fr": {
        "art_4.par_1": "Le prêt est gratuit à partir du 1er mars 2031.",
        "art_4.par_2": "Par dérogation au paragraphe 1, le prêt de cartes coûte 2 euros.",
        "art_4.par_3": "Le paragraphe 1 ne s’applique pas aux archives.",
        "art_5": "Les livres sont rendus à temps.",
        "art_6.par_1": "La carte est présentée à l’entrée.",
        "art_6.par_2": "Ne sont pas tenues à la carte les personnes de moins de six ans.",
    },
    "nl": {
        "art_4.par_1": "Lenen is gratis vanaf 1 maart 2031.",
        "art_4.par_2": "In afwijking van lid 1 kost het lenen van kaarten 2 euro.",
        "art_4.par_3": "Lid 1 is niet van toepassing op archieven.",
        "art_5": "Boeken worden op tijd teruggebracht.",
        "art_6.par_1": "De kaart wordt aan de ingang getoond.",
        "art_6.par_2": "Van de kaart zijn kinderen onder zes jaar vrijgesteld.",
    },
}


def scored(lang: Lang, portion: str, probability: float) -> ScoredPassage:
    passage = Passage(
        Anchor("w", lang, portion), Kind.PARAGRAPH, TEXTS[lang][portion], (), Bilingual("", "")
    )
    return ScoredPassage(Hit(passage, probability, None, None), FEATURES, probability, True)


@pytest.mark.parametrize(
    ("lang", "question", "found", "first"),
    [
        ("fr", "Le prêt est-il gratuit ?", ["art_4.par_2", "art_4.par_1"], "art_4.par_1"),
        ("nl", "Is lenen gratis?", ["art_4.par_2", "art_4.par_1"], "art_4.par_1"),
        ("fr", "Le prêt est-il gratuit ?", ["art_4.par_2", "art_5"], "art_4.par_2"),  # no rule
        ("nl", "Is lenen gratis?", ["art_5", "art_4.par_2"], "art_5"),
        ("fr", "Quelles exceptions y a-t-il ?", ["art_4.par_1", "art_5"], "art_4.par_3"),
        ("nl", "Welke uitzonderingen zijn er?", ["art_4.par_1", "art_5"], "art_4.par_3"),
        ("nl", "Welke afwijkingen zijn er?", ["art_4.par_2", "art_4.par_1"], "art_4.par_2"),
        ("fr", "Quelles exceptions y a-t-il ?", ["art_6.par_1"], "art_6.par_2"),
        ("nl", "Welke uitzonderingen zijn er?", ["art_6.par_1"], "art_6.par_2"),
        ("fr", "Quels prêts ne relèvent pas de la règle ?", ["art_4.par_1"], "art_4.par_3"),
        ("nl", "Wie is niet verplicht de kaart te tonen?", ["art_6.par_1"], "art_6.par_2"),
        ("fr", "Quelles exceptions y a-t-il ?", ["art_5"], "art_5"),  # none in its article
        ("fr", "Quelles exceptions y a-t-il ?", [], ""),
    ],
)
def test_the_one_that_is_asked_for_stands_first(
    assistant: Assistant, lang: Lang, question: str, found: list[str], first: str
) -> None:
    beside = [scored(lang, portion, 0.5 - n / 10) for n, portion in enumerate(found)]

    def article(passage: Passage) -> list[ScoredPassage]:
        top = passage.anchor.top
        return [scored(lang, p, 0.1) for p in reversed(TEXTS[lang]) if levels(p)[0] == top]

    ordered = in_order(read(question, lang, assistant.mentions), beside, article)
    assert [s.hit.anchor.portion for s in ordered[:1]] == ([first] if first else [])
    assert {s.hit.anchor.portion for s in beside} <= {s.hit.anchor.portion for s in ordered}
    if ordered:
        assert ordered[0].hit.score == max(s.hit.score for s in ordered)
        assert ordered[0].enough


@pytest.mark.parametrize(
    ("own", "beside", "other"),
    [
        ("art_II.2-1.par_1", "art_II.2-1.par_2", "art_II.2-2.par_1"),
        ("art_3.5.par_1", "art_3.5.par_2", "art_3.50"),
        ("art_L311-1.par_1", "art_L311-1.par_2", "art_L311-10"),
    ],
)
def test_what_may_state_an_exception_is_in_the_same_article_however_it_is_numbered(
    own: str, beside: str, other: str
) -> None:
    rule, exception = passage_of(own, "La pêche est libre."), passage_of(beside, "Sauf en mai.")
    build = SmallBuild([rule, exception, passage_of(other, "Sauf en juin.")])
    assert around(rule, build) == [rule, exception]


@pytest.mark.parametrize(
    ("lang", "after", "is_beside"),
    [
        ("fr", "Il ne s’applique pas aux étangs.", True),
        ("fr", "Ce règlement ne vaut pas pour les étangs.", True),
        ("fr", "Les étangs ne sont pas curés.", False),
        ("nl", "Het is niet van toepassing op vijvers.", True),
        ("nl", "Dit reglement geldt evenwel niet voor vijvers.", True),
        ("nl", "Dit reglement treedt niet in werking vóór 2 mei 2031.", False),
    ],
)
def test_the_next_article_is_beside_the_scope_where_it_limits_that(
    lang: Lang, after: str, *, is_beside: bool
) -> None:
    scope = passage_of("art_1", "Vissen mag overal.", lang=lang)
    limit = passage_of("art_2", after, lang=lang)
    assert around(scope, SmallBuild([scope, limit])) == [scope, limit][: 1 + is_beside]
