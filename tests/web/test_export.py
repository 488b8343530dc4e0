import io
import re
from dataclasses import replace

import docx
import pypdf
import pytest

from assistant import render
from assistant.answer import (
    Answer,
    CitedGroup,
    CitedSection,
    KeySentence,
    UnindexedText,
    WrittenSentence,
)
from assistant.web.conversation import Conversation, Turn
from assistant.web.export import markdown as markdown_file
from assistant.web.export import pdf as pdf_file
from assistant.web.export import word as word_file
from assistant.web.export.conversation import conversation_document, plain
from sources.anchor import LANGS, Anchor, Lang
from tests.web.factory import HOSTILE, WORK, SmallBuild, answer, passage, passages, refusal

BUILD = SmallBuild(passages())
CONVERSATION = Conversation(
    "0" * 32,
    "2026-03-02T10:00:00+00:00",
    "Moulins",
    (
        Turn("Quand ?", answer(BUILD, "1.1", "2.2", lang="nl")),
        Turn("Combien ?", refusal(BUILD, "2.1")),
        Turn("Et ?", note="stopped"),
    ),
)


def markdown(conversation: Conversation, lang: Lang) -> str:
    return markdown_file.markdown(conversation_document(conversation, lang)).decode()


def word(conversation: Conversation, lang: Lang) -> bytes:
    return word_file.word(conversation_document(conversation, lang))


def pdf(conversation: Conversation, lang: Lang) -> bytes:
    return pdf_file.pdf(conversation_document(conversation, lang))


def test_a_copied_answer_has_its_numbered_references() -> None:
    text = plain(answer(BUILD, "1.1", "2.1"))
    assert "Les meuniers ouvrent l’écluse à six heures.\xa0» [1]" in text
    *_, last, doubt, empty, automatic = text.splitlines()
    assert doubt == "[1] Lecture à vérifier\xa0: « six » se lit mal."
    assert (empty, automatic.split(" à ")[0]) == ("", "Réponse produite automatiquement")
    assert last == "[2] Accord des moulins, A.2.1, p. 3 (accord-des-moulins-2020@fr#2.1)"


def test_a_copied_list_of_translated_sentences_has_the_originals_too() -> None:
    key = KeySentence("De molenaars openen de sluis om zes uur.", "nl", 0)
    cited = render.cite(BUILD, Anchor(WORK, "fr", "1.1"), 1, "nl", key)
    group = CitedGroup("Molenakkoord", ("1. Molens",), (1,))
    listed = Answer("Wanneer?", "nl", "", (cited,), BUILD.id, groups=(group,))
    text = plain(render.worded(BUILD, listed))
    shown, _, below = text.partition("Verwijzingen")
    assert "om zes uur" in shown
    assert "«\xa0Les meuniers ouvrent l’écluse à six heures.\xa0» [1]" in below
    assert f"(index {BUILD.id})" in below


def test_markdown_has_quotes_references_and_no_foreign_markup() -> None:
    text = markdown(CONVERSATION, "fr")
    assert "# Conversation du 2 mars 2026" in text
    assert "> Les meuniers ouvrent l’écluse à six heures." in text
    assert re.search(r"(?<!\\)[\[\]<!]", text) is None
    assert "Et ?" not in text


def test_a_word_document_has_the_questions_as_headings_and_the_quotes_whole() -> None:
    document = docx.Document(io.BytesIO(word(CONVERSATION, "nl")))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    quotes = [p.text for p in document.paragraphs if p.style.name == "Quote"]
    assert headings == ["Quand ?", "Combien ?"]
    assert quotes == ["Les meuniers ouvrent l’écluse à six heures.", HOSTILE]


def test_a_word_document_says_its_date_and_the_language_of_each_text() -> None:
    document = docx.Document(io.BytesIO(word(CONVERSATION, "nl")))
    about = document.core_properties
    assert (about.language, about.comments, about.author) == ("nl", "", "Duchesse")
    assert about.created is not None
    assert about.created.year > 2025
    spoken = {
        p.style.name: p._p.xpath("string(.//w:lang/@w:val)") for p in reversed(document.paragraphs)
    }
    assert spoken["Heading 1"] == "nl-BE"
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.footer.paragraphs[0]._p.xpath("string(.//w:fldSimple/@w:instr)") == "PAGE"
    assert any("(oorspronkelijke tekst in het Frans)" in p.text for p in document.paragraphs)
    assert spoken["Quote"] == "fr-BE"
    default = document.styles.element.xpath("string(.//w:docDefaults//w:lang/@w:val)")
    assert default == "nl-BE"


def test_for_a_reader_of_another_language_the_working_translation_comes_first() -> None:
    given = answer(BUILD, "1.1", lang="nl")
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("Wanneer ?", given),))
    kinds = [b.kind for b in conversation_document(conversation, "nl").blocks]
    assert kinds.index("label") < kinds.index("working") < kinds.index("quote")


def test_each_reference_leads_to_its_passage_where_the_page_has_an_address() -> None:
    given = answer(BUILD, "1.1", "2.1")
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("Quand ?", given),))
    public = "https://duchesse.example.be"
    links = [f"{public}/?passage={WORK}%40fr%23{portion}" for portion in ("1.1", "2.1")]
    assert [link in plain(given, public) for link in links] == [True, True]
    document = conversation_document(conversation, "fr", public)
    made = docx.Document(io.BytesIO(word_file.word(document)))
    relations = [r.target_ref for r in made.part.rels.values() if r.is_external]
    assert relations == links
    (page,) = pypdf.PdfReader(io.BytesIO(pdf_file.pdf(document))).pages
    assert [a.get_object()["/A"]["/URI"] for a in page["/Annots"]] == links
    assert f"](<{links[0]}>)" in markdown_file.markdown(document).decode()
    assert "passage=" not in plain(given)


def test_a_text_that_is_named_and_not_indexed_is_among_the_references() -> None:
    where = UnindexedText(
        "celex:32016L0680", "Directive [2016]", "https://eur-lex.europa.eu/x", None
    )
    given = answer(BUILD, "1.1", known=(where,))
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("Quand ?", given),))
    document = docx.Document(io.BytesIO(word(conversation, "fr")))
    printed = pypdf.PdfReader(io.BytesIO(pdf(conversation, "fr"))).pages[0].extract_text()
    for text in (plain(given), document.paragraphs[-2].text, folded(printed)):
        assert "Directive[2016],https://eur-lex.europa.eu/x" in folded(text)
    assert "Directive \\[2016\\], https://eur-lex.europa.eu/x" in markdown(conversation, "fr")


def test_an_export_says_what_is_missing_and_where_the_text_says_more() -> None:
    part = CitedSection("1. Moulins", "a@fr#1.1", 9, 1)
    given = answer(BUILD, "1.1", missing=("combien",), sections=(part,))
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("Quand ?", given),))
    document = docx.Document(io.BytesIO(word(conversation, "fr")))
    printed = pypdf.PdfReader(io.BytesIO(pdf(conversation, "fr"))).pages[0].extract_text()
    paragraphs = "".join(p.text for p in document.paragraphs)
    for text in (paragraphs, markdown(conversation, "fr"), printed):
        assert "«combien»" in folded(text)
        assert "«1.Moulins»" in folded(text)
        assert "1deses9passages" in folded(text)


def test_an_export_has_what_was_written_and_says_who_wrote_it() -> None:
    sentence = WrittenSentence("Les meuniers ouvrent l’écluse.", (1,))
    given = answer(BUILD, "1.1", writer="un-modèle", written=(sentence,))
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("Quand ?", given),))
    document = docx.Document(io.BytesIO(word(conversation, "fr")))
    printed = pypdf.PdfReader(io.BytesIO(pdf(conversation, "fr"))).pages[0].extract_text()
    paragraphs = "\n".join(p.text for p in document.paragraphs)
    for text in (paragraphs, markdown(conversation, "fr").replace("\\", ""), printed):
        assert folded(
            "Les meuniers ouvrent l’écluse. [1]Rédigé par le modèle «\xa0un-modèle\xa0»"
        ) in folded(text)


def test_what_is_uncertain_in_a_reading_goes_along() -> None:
    document = docx.Document(io.BytesIO(word(CONVERSATION, "nl")))
    paragraphs = "\n".join(p.text for p in document.paragraphs)
    for text in (paragraphs, markdown(CONVERSATION, "nl")):
        assert "“six” is slecht leesbaar." in text


def test_signs_that_word_cannot_hold_are_left_out() -> None:
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("a\x00b", refusal(BUILD)),))
    document = docx.Document(io.BytesIO(word(conversation, "fr")))
    assert "ab" in [p.text for p in document.paragraphs]


def folded(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lang", LANGS)
def test_a_pdf_has_every_quote_as_text_with_its_place_and_link(lang: Lang) -> None:
    quotes = [
        "L’œuvre : « Noël » – ça coûte 3 €, ë/ï/ü, efficace, affluent, reçu à l’Élysée.",
        "De reëele coöperatie – ‘zo’ en “zo” – vóór 1 januari.\n1° één;\n2° twee.",
        '#let x = 3 $a$ *gras* _it_ `code` <a> \\ "x" -- ... // fin [lien](http://evil.example)',
        " ".join(f"Le bateau {n} quitte le port à l’aube." for n in range(300)),
    ]
    build = SmallBuild([passage(f"1.{n}", text) for n, text in enumerate(quotes)])
    given = answer(build, *(f"1.{n}" for n in range(4)), lang=lang)
    linked = replace(given.citations[0], url="https://ports.example/acte")
    given = replace(given, citations=(linked, *given.citations[1:]))
    conversation = Conversation("0" * 32, "2026-03-02", "", (Turn("Où ?", given),))
    reader = pypdf.PdfReader(io.BytesIO(pdf(conversation, lang)))
    text = folded("".join(page.extract_text() for page in reader.pages))
    pages = len(reader.pages)
    for number in range(1, pages + 1):
        text = text.replace(f"{number}/{pages}", "")
    assert pages > 1
    for quote in quotes:
        assert folded(quote) in text
    assert folded(f"[1] {given.citations[0].locator}") in text
    assert given.build in text
    links = [a.get_object()["/A"]["/URI"] for a in reader.pages[-1]["/Annots"]]
    assert links == ["https://ports.example/acte"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_pdf_is_tagged_and_says_its_language_and_title(lang: Lang) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(CONVERSATION, lang)))
    root = reader.root_object
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/StructTreeRoot"]["/K"] is not None
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert reader.metadata is not None
    assert "2026" in str(reader.metadata.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert "Et ?" not in reader.pages[0].extract_text()


def test_signs_without_a_letter_in_the_fonts_still_give_a_tagged_pdf() -> None:
    turns = (Turn("\x00\ud800中 🙂 ?", refusal(BUILD)),)
    conversation = Conversation("0" * 32, "2026-03-02", "", turns)
    root = pypdf.PdfReader(io.BytesIO(pdf(conversation, "nl"))).root_object
    assert root["/MarkInfo"]["/Marked"].value
