from dataclasses import replace

import pytest

from assistant.answer import KeySentence
from assistant.key_data import KeyData
from assistant.mentions import Mentions
from assistant.outline import Outline
from assistant.web.passage_text import Texts
from assistant.web.reading_pane import ReadingPlace, contents, pane, section, text_changes
from index.glossary import Glossary
from sources.anchor import LANGS, Anchor, Lang
from sources.catalogue import Catalogue
from sources.model import Working
from tests.web.factory import WORK, SmallBuild, passage, passages
from tests.web.tree import Node, parse

BUILD = SmallBuild(passages())
HERE = f"{WORK}@fr#1.1"


def shown(place: ReadingPlace, lang: Lang = "fr", build: SmallBuild = BUILD) -> Node:
    texts = Texts(build, Mentions(Catalogue([]), build), frozenset())
    return parse(pane(texts, place, lang, "s"))


def test_the_cited_passage_is_marked_within_its_section() -> None:
    page = shown(ReadingPlace(HERE, cited=True))
    here = page.css(".here")
    assert [h.get("id") for h in here] == [f"src-{HERE}"]
    assert here[0].get("tabindex") == "-1"
    assert "Passage cité" in here[0].text_content()
    assert [p.get("id")[-3:] for p in page.css(".passage")] == ["0.1", "1.1", "1.2"]


def test_the_whole_document_has_all_passages_and_a_table_of_contents() -> None:
    page = shown(ReadingPlace(HERE, whole=True))
    assert len(page.css(".passage")) == 5
    lines = [a.text_content() for a in page.css("nav a")]
    assert lines == ["Partie A", "1. Moulins", "2. Ânes"]


def test_what_opens_a_list_stands_once_and_with_the_cited_point() -> None:
    opens = "Sont exclus du moulin :"
    build = SmallBuild(
        [
            passage("1", f"Le moulin tourne.\n{opens}"),
            *(passage(f"1.{n}", f"les ânes {n} ;", lead=opens) for n in "abc"),
            passage("2.a", "la paille ;", lead="Sont admis :"),
            passage("2.b", "le grain.", lead="Sont admis :"),
        ]
    )
    place = ReadingPlace(f"{WORK}@fr#1.c", whole=True, cited=True)
    leads = [p.text_content() for p in shown(place, build=build).css(".lead")]
    assert leads == [opens, "Sont admis :"]
    assert opens in shown(place, build=build).css(".here")[0].text_content()


def test_a_passage_says_where_it_stands_and_what_is_uncertain() -> None:
    text = shown(ReadingPlace(HERE), "nl").text_content()
    for told in ("Molenakkoord", "Versie van 1 mei 2020", "Tekst in het Frans", "blz. 3"):
        assert told in text
    assert "A.1.1 (nl)" in text
    assert "“six” is slecht leesbaar." in text


def test_what_was_received_is_compared_word_by_word() -> None:
    page = shown(ReadingPlace(HERE))
    deleted = page.css("del")[0].xpath("text()")
    inserted = page.css("ins")[0].xpath("text()")
    assert (deleted, inserted) == (["I’écluse"], ["l’écluse"])


def test_both_texts_can_be_put_together_from_their_difference() -> None:
    before, after = "a  b c\nd", "a  x c\nd e"
    changes = text_changes(before, after)
    assert "".join(text for kind, text in changes if kind != "added") == before
    assert "".join(text for kind, text in changes if kind != "removed") == after


def test_the_reader_steps_through_the_citations() -> None:
    trail = (f"{WORK}@fr#0.1", HERE, f"{WORK}@fr#2.1")
    steps = shown(ReadingPlace(HERE, trail=trail)).css(".bar .steps button")
    assert [b.get("data-anchor") for b in steps] == [trail[0], trail[2]]
    first = shown(ReadingPlace(trail[0], trail=trail)).css(".bar .steps button")
    assert first[0].get("disabled") is not None


SENTENCES = "Les meuniers ferment à midi. Ils rouvrent à une heure. Le dimanche, nul ne vient."
TRANSLATED = "De molenaars sluiten om twaalf uur. Zij openen om één uur. ’s Zondags komt niemand."
TOLD = {
    "fr": KeySentence("Ils rouvrent à une heure.", "fr", 29, ((15, 24),)),
    "nl": KeySentence("Zij openen om één uur.", "nl", 36, ((14, 21),)),
}


@pytest.mark.parametrize("lang", LANGS)
def test_the_key_sentence_is_marked_in_the_text_that_its_reader_reads(lang: Lang) -> None:
    working = Working("nl", TRANSLATED, ("Deel A", "1. Molens"))
    build = SmallBuild([passage("1.1", SENTENCES, working=working), passage("1.2", SENTENCES)])
    place = ReadingPlace(HERE, trail=(HERE,), keys=(TOLD[lang],), cited=True)
    page = shown(place, lang, build)
    marks = page.css("mark")
    assert "".join(m.text_content() for m in marks) == TOLD[lang].text
    assert [m.text_content() for m in page.css("mark.literal")] == list(TOLD[lang].marked)
    assert marks[0].xpath("ancestor::*[@lang][1]/@lang") == [lang]
    assert len(page.css(".here mark")) == len(marks)
    assert [q.text_content() for q in page.css(".quote")] == [SENTENCES, SENTENCES]
    assert page.css(".here .working")[0].text_content() == TRANSLATED


TABLE = (
    "Le passeur demande :\nPassager | Jour | Nuit\nAdulte | 2 euros | 3 euros\n"
    "Enfant | | 1 euro\nRien d’autre."
)


def test_a_table_is_laid_out_and_is_the_text_as_it_is_stored() -> None:
    key = KeySentence("Adulte | 2 euros | 3 euros", "fr", 44, ((19, 26),))
    build = SmallBuild([passage("1.1", TABLE)])
    page = shown(ReadingPlace(HERE, trail=(HERE,), keys=(key,), cited=True), "fr", build)
    assert [q.text_content() for q in page.css(".quote")] == [TABLE]
    rows = page.css(".quote [role=table] [role=row]")
    cells = [[c.text_content() for c in row.xpath("span")] for row in rows]
    assert [[cell.strip(" |\n") for cell in row] for row in cells] == [
        ["Passager", "Jour", "Nuit"], ["Adulte", "2 euros", "3 euros"], ["Enfant", "", "1 euro"],
    ]  # fmt: skip
    assert [len(row.xpath("span[@role='columnheader']")) for row in rows] == [3, 0, 0]
    assert [m.text_content() for m in page.css("mark.literal")] == ["3 euros"]
    assert "".join(m.text_content() for m in page.css(".grid-row mark")) == "Adulte2 euros3 euros"


def test_the_heads_of_a_row_stand_above_its_cells() -> None:
    row = replace(passage("1.1", "Adulte | 2 euros"), lead="Passager | Jour")
    page = shown(ReadingPlace(HERE, trail=(HERE,), cited=True), "fr", SmallBuild([row]))
    assert not page.css("p.lead")
    assert [c.text_content() for c in page.css("[role=columnheader]")] == ["Passager | ", "Jour"]
    assert [c.text_content() for c in page.css("[role=cell]")] == ["Adulte | ", "2 euros"]


def test_a_passage_that_is_its_key_sentence_is_marked_once() -> None:
    key = KeySentence(passages()[1].text, "fr", 0, ((32, 42),))
    page = shown(ReadingPlace(HERE, trail=(HERE,), keys=(key,), cited=True))
    assert [(m.get("class"), m.text_content()) for m in page.css("mark")] == [
        ("literal", "six heures")
    ]


@pytest.mark.parametrize(
    "place",
    [
        ReadingPlace(HERE, trail=(HERE,), keys=(TOLD["fr"],), cited=True),  # of another text
        ReadingPlace(HERE, trail=(HERE,), keys=(TOLD["fr"],), marked=False),
        ReadingPlace(f"{WORK}@fr#2.1", trail=(HERE,), keys=(TOLD["fr"],)),
    ],
)
def test_nothing_else_is_marked(place: ReadingPlace) -> None:
    build = BUILD if place.cited else SmallBuild([passage("1.1", SENTENCES), *passages()[2:]])
    assert shown(place, build=build).css("mark") == []


def test_a_reader_of_the_other_language_reads_the_translation_first() -> None:
    page = shown(ReadingPlace(HERE, cited=True), "nl")
    here = page.css(".here")[0]
    assert "Werkvertaling, niet officieel" in here.css(".place")[0].text_content()
    translation, original = here.css(".working, .original-text")
    assert translation.text_content().strip() == "De molenaars openen de sluis om zes uur."
    assert original.get("open") is None
    assert original.css(".quote")[0].text_content() == passages()[1].text
    assert [h.css("span")[0].text_content() for h in page.css("h4")][:1] == ["1. Molens"]
    assert page.css("[data-do=working]")[0].text_content() == "Oorspronkelijke tekst (FR)"


def test_a_reader_of_french_reads_the_translation_of_a_dutch_text_first() -> None:
    working = Working("fr", "Les meuniers ouvrent.", ("Partie A", "1. Moulins"))
    headings = ("Deel A", "1. Molens")
    dutch = passage("1.1", "De molenaars openen.", headings, lang="nl", working=working)
    place = ReadingPlace(f"{WORK}@nl#1.1", cited=True)
    here = shown(place, "fr", SmallBuild([dutch])).css(".here")[0]
    translation, original = here.css(".working, .original-text")
    assert translation.text_content().strip() == working.text
    assert original.css(".quote")[0].text_content() == dutch.text
    own = shown(place, "nl", SmallBuild([dutch])).css(".here")[0]
    assert own.css(".original-text") == []
    assert own.css(".quote")[0].text_content() == dutch.text


def test_where_the_reader_stands_among_the_citations_is_said_once() -> None:
    trail = (f"{WORK}@fr#0.1", HERE)
    page = shown(ReadingPlace(HERE, trail=trail, cited=True))
    assert page.text_content().count("2 sur 2") == 1


def test_the_key_data_are_beside_the_whole_document_wherever_it_is_open() -> None:
    dated = SmallBuild([passage("1.1", "Le moulin ferme le 2 mai 2021."), *passages()[2:]])
    mentions = Mentions(Catalogue([]), dated)
    texts = Texts(
        dated,
        mentions,
        frozenset(),
        key_data=KeyData(dated, mentions, Outline(dated), Glossary([])),
    )
    for place, told in (
        (ReadingPlace(HERE, whole=True), True),
        (ReadingPlace(f"{WORK}@fr", whole=True), True),
        (ReadingPlace(HERE), False),
    ):
        assert bool(parse(pane(texts, place, "fr", "s")).css(".key-data")) is told


def test_the_official_twin_is_one_click_away() -> None:
    twin = replace(passages()[3], anchor=Anchor(WORK, "nl", "2.1"), text="De ezels krijgen eten.")
    build = SmallBuild([*passages(), twin])
    button = shown(ReadingPlace(f"{WORK}@fr#2.1"), build=build).css(".bar [data-keep]")
    assert [b.get("data-anchor") for b in button] == [f"{WORK}@nl#2.1"]
    assert "Version officielle en néerlandais" in button[0].text_content()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("address", ["nothing", f"{WORK}@fr#9.9", "a@b", "<img src=x>@fr#1"])
def test_an_unknown_address_is_said_to_be_unknown(address: str, lang: Lang) -> None:
    page = shown(ReadingPlace(address), lang)
    assert page.css(".unknown")
    assert address in page.text_content()
    assert page.css("img") == []


def test_a_long_section_is_shown_in_part() -> None:
    long = [passage(f"1.{n}", f"Texte {n}.") for n in range(1, 101)]
    first, last = section(long, long[50].anchor)
    assert (first, last) == (38, 63)
    page = shown(ReadingPlace(str(long[50].anchor)), build=SmallBuild(long))
    assert len(page.css(".more")) == 2


def test_contents_are_in_the_language_of_the_reader_where_it_is_translated() -> None:
    translated = [p for p in passages() if p.working]
    assert [c.heading for c in contents(translated, "nl")] == ["Deel A", "1. Molens"]
    assert [c.heading for c in contents(translated, "fr")] == ["Partie A", "1. Moulins"]


def test_nothing_is_marked_when_the_page_opens_on_the_first_document() -> None:
    page = shown(ReadingPlace())
    assert page.css(".here") == []
    assert len(page.css(".passage")) == 5
