"""From passages to what a person reads: no word of a quote is changed or cut."""

from __future__ import annotations

import pytest

from assistant import render
from assistant.answer import CitedSection, KeySentence
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import Anchor, Lang
from tests.index.fake import Texts, make, passage, settings_for

PORTS, ACT = "ports-2031", "celex:32031L0007"
LONG = "Le quai est long. " * 40
SIGNS = "« {quote} » <b>gras</b> [1] ![x](http://y) \\n\n1. second point ; fin"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    settings = settings_for(tmp_path_factory.mktemp("render"))
    texts = Texts(
        {
            (PORTS, "fr"): [
                passage(PORTS, "fr", 1, "Les quais.", "De kaaien.", heading="Quais"),
                passage(PORTS, "fr", 2, LONG),
                passage(PORTS, "fr", 3, SIGNS),
            ],
            (ACT, "fr"): [passage(ACT, "fr", 1, "Les navires.", heading="Navires")],
            (ACT, "nl"): [passage(ACT, "nl", 1, "De schepen.", heading="Schepen")],
        }
    )
    return Build(BuildRegistry(settings.data).path(make(settings, texts).build))


def cited(build: Build, text: str, lang: Lang) -> str:
    citation = render.cite(build, Anchor.parse(text), 1, lang)
    return render.paragraph(build, citation, lang)


def test_a_citation_is_rendered_from_storage(build: Build) -> None:
    citation = render.cite(build, Anchor.parse(f"{PORTS}@fr#art_1"), 4, "fr")
    assert (citation.number, citation.quote, citation.source) == (4, "Les quais.", PORTS)
    assert citation.locator == f"Texte {PORTS}, art. 1"
    assert citation.headings == ("Quais",)
    assert citation.working is None
    assert citation.url is None


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_a_quote_is_whole_whatever_signs_it_has(build: Build, lang: Lang) -> None:
    for number, text in ((2, LONG), (3, SIGNS)):
        address = f"{PORTS}@fr#art_{number}"
        assert render.cite(build, Anchor.parse(address), 1, lang).quote == text
        assert text in cited(build, address, lang)


def test_a_quote_has_the_marks_of_its_own_language(build: Build) -> None:
    assert "«\xa0Les quais.\xa0» [1]" in cited(build, f"{PORTS}@fr#art_1", "nl")
    assert "“De schepen.” [1]" in cited(build, f"{ACT}@nl#art_1", "fr")


def test_headings_are_in_the_language_of_the_reader_where_they_exist_there(build: Build) -> None:
    def headings(text: str, lang: Lang) -> tuple[str, ...]:
        return render.cite(build, Anchor.parse(text), 1, lang).headings

    assert headings(f"{ACT}@fr#art_1", "nl") == ("Schepen",)  # of the official twin
    assert headings(f"{PORTS}@fr#art_1", "nl") == ("Quais",)  # of the working translation
    assert headings(f"{PORTS}@fr#art_2", "nl") == ("Ports",)  # there is none


def test_a_translation_is_shown_to_readers_of_the_other_language_alone(build: Build) -> None:
    assert "niet officieel: “De kaaien.”" in cited(build, f"{PORTS}@fr#art_1", "nl")
    assert "kaaien" not in cited(build, f"{PORTS}@fr#art_1", "fr")


def test_a_near_passage_is_cut_at_a_word_and_says_so(build: Build) -> None:
    near = render.nearest_passage(build, build.by_anchor[Anchor.parse(f"{PORTS}@fr#art_2")], "nl")
    assert near.quote.endswith(" …")
    assert LONG.startswith(near.quote.removesuffix(" …"))
    assert near.quote.removesuffix(" …").split()[-1] in LONG.split()
    short = render.nearest_passage(build, build.by_anchor[Anchor.parse(f"{PORTS}@fr#art_1")], "nl")
    assert (short.quote, short.lang, short.locator) == (
        "Les quais.",
        "fr",
        f"Tekst {PORTS}, art. 1",
    )


def test_the_texts_that_were_searched_are_named_once_each(build: Build) -> None:
    assert render.searched(build, "nl") == (f"Tekst {PORTS}", f"Tekst {ACT}")


@pytest.mark.parametrize(
    ("start", "length", "shown"),
    [(0, 17, "Le quai est long. […]"), (18, 17, "[…] Le quai est long. […]")],
)
def test_a_sentence_for_a_whole_passage_says_that_the_text_goes_on(
    build: Build, start: int, length: int, shown: str
) -> None:
    key = KeySentence(LONG[start : start + length], "fr", start)
    citation = render.cite(build, Anchor(PORTS, "fr", "art_2"), 1, "fr", key)
    assert key.text.join(render.around(citation)) == shown


def test_a_whole_text_has_no_sign_that_it_goes_on(build: Build) -> None:
    key = KeySentence("De kaaien.", "nl", 0)
    citation = render.cite(build, Anchor(PORTS, "fr", "art_1"), 1, "nl", key)
    assert key.text.join(render.around(citation)) == "De kaaien."


@pytest.mark.parametrize(
    ("lang", "number", "sentence"),
    [
        (
            "fr",
            1,
            "La partie «\xa0Écluses\xa0» y est consacrée\xa0: 1 de ses 6 passages est cité ici.",
        ),
        (
            "fr",
            2,
            "La partie «\xa0Écluses\xa0» y est consacrée\xa0: 2 de ses 6 passages sont cités ici.",
        ),
        ("nl", 1, "Het deel “Écluses” gaat hierover: 1 van de 6 passages staat hier."),
        ("nl", 2, "Het deel “Écluses” gaat hierover: 2 van de 6 passages staan hier."),
    ],
)
def test_the_verb_agrees_with_how_many_are_cited(lang: Lang, number: int, sentence: str) -> None:
    assert render.section(CitedSection("Écluses", "", 6, number), lang) == sentence


@pytest.mark.parametrize(
    ("lang", "ends"), [("fr", ["3 passages)", "1 passage)"]), ("nl", ["3 passages)", "1 passage)"])]
)
def test_one_passage_of_a_text_is_a_passage(build: Build, lang: Lang, ends: list[str]) -> None:
    lines = render.coverage(build, (), (), lang)[1:]
    assert [line.rsplit("; ", 1)[1] for line in lines] == ends
