"""References in the reading pane lead to what they refer to, and leave the text as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import KeySentence
from assistant.mentions import Mentions
from assistant.web.passage_text import Texts
from assistant.web.reading_pane import ReadingPlace, pane
from sources.anchor import LANGS, Anchor, Lang, other
from tests.web.factory import SmallBuild, passage
from tests.web.short_act import CATALOGUE, FERRIES, ferries
from tests.web.tree import Node, parse

HOSTS = frozenset({"eur-lex.europa.eu", "digues.example"})
PASSAGE: dict[Lang, str] = {
    "fr": "l’article 1er, paragraphe 2",
    "nl": "artikel 1, lid 2",
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texts]:
    made = ferries(tmp_path_factory.mktemp("ferries"))
    yield Texts(made.build, Mentions(made.catalogue, made.build), HOSTS)
    made.build.close()


def article(texts: Texts, lang: Lang, reader: Lang | None = None) -> Node:
    """The second article as it is shown to a reader."""
    return parse(pane(texts, ReadingPlace(f"{FERRIES}@{lang}#art_2"), reader or lang, "s"))


def quote(page: Node) -> Node:
    return page.css(".here .quote")[0]


@pytest.mark.parametrize("lang", LANGS)
def test_without_its_tags_the_text_is_the_stored_one(texts: Texts, lang: Lang) -> None:
    page = parse(pane(texts, ReadingPlace(f"{FERRIES}@{lang}"), lang, "s"))
    shown = [q.text_content() for q in page.css(".passage .quote")]
    assert shown == [p.text for p in texts.build.document(FERRIES, lang)]
    assert "< 10 minut" in shown[-1]


@pytest.mark.parametrize("lang", LANGS)
def test_a_reference_within_the_key_sentence_is_a_link_and_marked(texts: Texts, lang: Lang) -> None:
    anchor = f"{FERRIES}@{lang}#art_2"
    text = texts.build.by_anchor[Anchor.parse(anchor)].text
    start, end = text.index("1") - 3, text.index("2029")
    key = KeySentence(text[start:end], lang, start)
    place = ReadingPlace(anchor, trail=(anchor,), keys=(key,), cited=True)
    page = quote(parse(pane(texts, place, lang, "s")))
    assert page.text_content() == text
    assert "".join(m.text_content() for m in page.css("mark.key")) == key.text
    assert page.css("mark a.reference")[0].get("data-anchor") == f"{FERRIES}@{lang}#art_1.par_2"


@pytest.mark.parametrize("lang", LANGS)
def test_a_reference_to_an_indexed_passage_opens_it_in_the_pane(texts: Texts, lang: Lang) -> None:
    link = quote(article(texts, lang)).css("a.reference")
    target = f"{FERRIES}@{lang}#art_1.par_2"
    assert [a.get("data-anchor") for a in link] == [target]
    assert (link[0].get("data-do"), link[0].get("data-keep")) == ("open", "true")
    assert link[0].text_content() in PASSAGE[lang]
    opened = parse(pane(texts, ReadingPlace(link[0].get("data-anchor")), lang, "s"))
    assert [h.get("id") for h in opened.css(".here")] == [f"src-{target}"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_that_is_not_indexed_is_linked_at_its_official_place(
    texts: Texts, lang: Lang
) -> None:
    links = quote(article(texts, lang)).css("a.official")
    address = f"https://eur-lex.europa.eu/legal-content/{lang.upper()}/TXT/?uri=CELEX:32029L0007"
    assert [a.get("href") for a in links] == [address]
    assert links[0].get("rel") == "noopener noreferrer"
    assert "eur-lex.europa.eu" in links[0].get("title")


@pytest.mark.parametrize(
    ("reader", "said"),
    [("fr", "texte connu, non disponible ici"), ("nl", "bekende tekst, hier niet beschikbaar")],
)
@pytest.mark.parametrize("lang", LANGS)
def test_what_has_no_safe_official_place_is_said_to_be_known(
    texts: Texts, lang: Lang, reader: Lang, said: str
) -> None:
    known = quote(article(texts, lang, reader)).css(".unindexed")
    assert len(known) == 2  # one without an address, one whose address is not https
    assert all(said in k.get("title") for k in known)


def test_an_official_place_whose_host_is_not_of_the_catalogue_is_no_link(texts: Texts) -> None:
    strict = Texts(texts.build, texts.mentions, frozenset())
    assert article(strict, "fr").css(".quote a.official") == []
    assert len(article(strict, "fr").css(".here .unindexed")) == 3


def test_a_reference_to_a_portion_that_is_not_there_stays_text(texts: Texts) -> None:
    linked = quote(article(texts, "fr")).css("a, .unindexed")
    assert not any("99" in link.text_content() for link in linked)


@pytest.mark.parametrize("lang", LANGS)
def test_the_official_twin_of_a_built_act_is_one_click_away(texts: Texts, lang: Lang) -> None:
    twin = f"{FERRIES}@{other(lang)}#art_2"
    assert twin in [b.get("data-anchor") for b in article(texts, lang).css(".bar button")]
    page = parse(pane(texts, ReadingPlace(twin), lang, "s"))
    assert [h.get("id") for h in page.css(".here")] == [f"src-{twin}"]
    assert page.css(".text")[0].get("lang") == other(lang)
    assert page.css(".here .working") == []


def test_of_a_very_long_text_only_the_section_has_links() -> None:
    text = "Voir l’accord sur les écluses."
    build = SmallBuild([passage(f"1.{n}", text) for n in range(1, 1101)])
    texts = Texts(build, Mentions(CATALOGUE, build), HOSTS)
    page = parse(pane(texts, ReadingPlace(str(build.passages[500].anchor), whole=True), "fr", "s"))
    assert len(page.css(".passage")) == 1100
    assert len(page.css(".unindexed")) == 25
    first = parse(pane(texts, ReadingPlace(), "fr", "s"))
    assert len(first.css(".unindexed")) == 12
