"""A note: texts from storage, comments of its reader, and what it says of what has changed."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import KeySentence
from assistant.mentions import Mentions
from assistant.web.conversation import Conversation, Turn
from assistant.web.dossier import COMMENT, MOST, Dossier, from_browser, keepable
from assistant.web.export.conversation import conversation_document
from assistant.web.export.document import ExportDocument
from assistant.web.export.markdown import markdown
from assistant.web.export.note import note_document
from assistant.web.export.pdf import pdf
from assistant.web.export.plain import plain_text
from assistant.web.export.word import word
from assistant.web.note import Note, note
from assistant.web.page import Page
from assistant.web.passage_text import Texts
from assistant.web.state import PageState
from index.build import Build
from index.registry import BuildRegistry
from sources.anchor import LANGS, Lang
from sources.bilingual import Bilingual
from sources.catalogue import Catalogue, Source
from sources.model import Working
from tests.index.fake import make, settings_for
from tests.web.answering import ENTRY
from tests.web.factory import HOSTILE, WORK, QueueService, SmallBuild, answer, passage, passages
from tests.web.test_export import folded
from tests.web.test_superseded_text import ANCHOR, NEW, OLD, bacs
from tests.web.tree import parse

BUILD = SmallBuild(passages())
SLUICE = "Les meuniers ouvrent l’écluse à six heures."
EARLY, LATE = "2020-01-01T00:00:00+00:00", "2100-01-01T00:00:00+00:00"


def texts(build: Build = BUILD) -> Texts:
    hosts = frozenset({"moulins.example"})
    return Texts(build, Mentions(Catalogue([]), build), hosts)


def item(number: int, *portions: str, **fields: Any) -> dict[str, Any]:
    kept = [keepable(f"{WORK}@fr#{p}", BUILD.id) for p in portions]
    return {"id": f"{number:032x}", "lang": "fr", "question": "Quand ?", "passages": kept} | fields


def dossier(*items: Any, title: str = "") -> Dossier:
    return from_browser(json.loads(json.dumps({"title": title, "items": items})), 1000)


def made(*items: Any, lang: Lang = "fr", title: str = "", public: str = "") -> Note:
    return note(dossier(*items, title=title), texts(), lang, public)


def read_back(document: ExportDocument) -> dict[str, str]:
    """The text of each form, as a reader has it."""
    paragraphs = docx.Document(io.BytesIO(word(document))).paragraphs
    pages = pypdf.PdfReader(io.BytesIO(pdf(document))).pages
    return {
        "word": "\n".join(p.text for p in paragraphs),
        "pdf": "\n".join(page.extract_text() for page in pages),
        "markdown": markdown(document).decode(),
        "text": plain_text(document),
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_has_title_questions_quotes_comments_and_reservation(lang: Lang) -> None:
    comment = "À confirmer.\nVoir aussi le protocole."
    given = made(item(1, "1.1", comment=comment), item(2, "2.1"), lang=lang, title="Les moulins")
    for form, text in read_back(note_document(given)).items():
        wanted = [
            "Les moulins",
            {"fr": "Note au dossier", "nl": "Dossiernota"}[lang],
            "Quand ?",
            SLUICE,
            "À confirmer.",
            "Voir aussi le protocole.",
            {"fr": "« six » se lit mal.", "nl": "“six” is slecht leesbaar."}[lang],
            {"fr": "Accord des moulins, A.2.1", "nl": "Molenakkoord, A.2.1 (nl)"}[lang],
            {"fr": "seul le texte officiel fait foi", "nl": "alleen de officiële tekst"}[lang],
            {"fr": f"index {BUILD.id} du 1er janvier 2026", "nl": f"{BUILD.id} van 1 januari"}[
                lang
            ],
        ]
        for words in wanted:
            assert folded(words) in folded(text), (form, words)


def test_an_item_of_a_list_is_quoted_below_what_opens_it_in_every_form() -> None:
    lead = "Le moulin est fermé\u202f:"
    build = SmallBuild([passage("1.1", "aux *ânes* ;", lead=lead)])
    kept = note(dossier(item(1, "1.1")), texts(build), "fr")
    answered = Turn("Quand ?", answer(build, "1.1"))
    conversation = Conversation("0" * 32, "2026-01-01T00:00:00+00:00", "x", (answered,))
    for document in (note_document(kept), conversation_document(conversation, "fr")):
        for form, text in read_back(document).items():
            plain = folded(text).translate(str.maketrans("", "", "\\>"))
            assert folded(f"{lead} aux *ânes* ;") in plain, form


def test_for_a_reader_of_another_language_the_working_translation_comes_first() -> None:
    document = note_document(made(item(1, "1.1", lang="nl"), lang="nl"))
    kinds = [(b.kind, b.lang, b.text) for b in document.blocks if b.kind in ("working", "quote")]
    working = "Werkvertaling, niet officieel: De molenaars openen de sluis om zes uur."
    assert kinds == [("working", "nl", working), ("quote", "fr", SLUICE)]
    label = next(b for b in document.blocks if b.kind == "label")
    assert label.text == "Molenakkoord, A.1.1 (nl) (oorspronkelijke tekst in het Frans)"


@pytest.mark.parametrize("lang", LANGS)
def test_a_note_speaks_one_language_where_the_text_has_an_official_version_in_it(
    lang: Lang,
) -> None:
    twin = passage("2.1", "De ezels krijgen te eten.", ("Deel A", "2. Ezels"), lang="nl")
    build = SmallBuild([*passages(), twin])
    kept = [keepable(f"{WORK}@{la}#2.1", build.id, key=KeySentence("De", la, 0)) for la in LANGS]
    given = from_browser({"items": [item(1) | {"passages": [k]} for k in kept]}, 1000)
    blocks = note_document(note(given, texts(build), lang)).blocks
    spoken = {"fr": "Les ânes sont nourris.", "nl": "De ezels krijgen te eten."}[lang]
    quotes = [(b.lang, b.text) for b in blocks if b.kind == "quote"]
    assert quotes == [(lang, spoken), (lang, spoken)]
    assert not any("original" in b.text or "oorspr" in b.text for b in blocks)


def test_a_question_stands_once_above_all_that_answered_it() -> None:
    items = (item(1, "1.1"), item(2, "1.2"), item(3, "2.1", question="Qui ?"), item(4, "0.1"))
    document = note_document(made(*items))
    headings = [b.text for b in document.blocks if b.kind == "heading"]
    assert headings == ["Quand ?", "Qui ?", "Quand ?"]  # the order is the reader's


def test_the_key_sentence_is_marked_and_said_to_be_in_the_forms_that_show_it() -> None:
    build = SmallBuild([passage("1.1", f"Un moulin tourne. {SLUICE}")])
    kept = keepable(f"{WORK}@fr#1.1", build.id, key=KeySentence(SLUICE, "fr", 18))
    made_of = from_browser({"items": [item(1) | {"passages": [kept]}]}, 1000)
    document = note_document(note(made_of, texts(build), "fr"))
    quote = next(b for b in document.blocks if b.kind == "quote")
    assert [(r.text, r.role) for r in quote.runs] == [("Un moulin tourne. ", ""), (SLUICE, "key")]
    forms = read_back(document)
    assert f"> Un moulin tourne. **{SLUICE}**" in forms["markdown"]
    assert [f for f, text in forms.items() if "mise en évidence" in text] == [
        "word", "pdf", "markdown",
    ]  # fmt: skip
    assert f"Un moulin tourne. {SLUICE}" in forms["text"]
    dutch = note_document(note(made_of, texts(build), "nl"))
    assert "Un moulin tourne." in next(b for b in dutch.blocks if b.kind == "quote").text


@pytest.mark.parametrize(("start", "end"), [(5, 5000), (9, 3), (10**30, 10**31)])
def test_a_key_sentence_at_no_place_of_the_text_marks_nothing(start: int, end: int) -> None:
    kept = keepable(f"{WORK}@fr#1.1", BUILD.id) | {"start": start, "end": end}
    document = note_document(made(item(1) | {"passages": [kept]}))
    quote = next(b for b in document.blocks if b.kind == "quote")
    assert (quote.text, [r.role for r in quote.runs]) == (SLUICE, [""])


def test_official_and_permanent_links_are_links_in_every_form() -> None:
    url = "https://moulins.example/acte"
    build = SmallBuild(passages())
    entry = build.manifest.documents[0].model_copy(update={"url": Bilingual(url, url)})
    build.manifest = build.manifest.model_copy(update={"documents": (entry,)})
    permalink = f"https://duchesse.example.be/?passage={WORK}%40fr%231.1"
    given = note(dossier(item(1, "1.1")), texts(build), "fr", "https://duchesse.example.be")
    document = note_document(given)
    (page,) = pypdf.PdfReader(io.BytesIO(pdf(document))).pages
    links = [a.get_object()["/A"]["/URI"] for a in page["/Annots"]]
    assert links == [url, permalink]
    file = docx.Document(io.BytesIO(word(document)))
    assert {r.target_ref for r in file.part.rels.values() if r.is_external} == {url, permalink}
    assert f"[Texte officiel](<{url}>)" in markdown(document).decode()
    other_host = Texts(build, Mentions(Catalogue([]), build), frozenset())
    without = note_document(note(dossier(item(1, "1.1")), other_host, "fr"))
    assert url not in markdown(without).decode()


@pytest.mark.parametrize(
    ("lang", "title", "licence"),
    [("fr", "Accord des moulins", "libre"), ("nl", "Akkoord over de molens", "vrij")],
)
def test_a_note_ends_with_the_texts_that_it_quotes(lang: Lang, title: str, licence: str) -> None:
    known = ENTRY | {
        "title": {"fr": "Accord des moulins", "nl": "Akkoord over de molens"},
        "licence": {"fr": "libre", "nl": "vrij"},
    }
    items = dossier(item(1, "1.1", "1.2"), item(2, "2.1"))
    given = note(items, texts(), lang, catalogue=[Source.model_validate(known)])
    *_, part, source = note_document(given).blocks
    assert part.text == {"fr": "Sources", "nl": "Bronnen"}[lang]
    for told in (title, licence, {"fr": "1er mai 2020", "nl": "1 mei 2020"}[lang]):
        assert told in source.text
    assert {"fr": "sans adresse officielle", "nl": "zonder officieel adres"}[lang] in source.text


@pytest.mark.parametrize(("lang", "number"), [("fr", 6), ("fr", 8), ("nl", 5)])
def test_a_note_with_short_quotes_fits_one_page(lang: Lang, number: int) -> None:
    text = " ".join(["Les deux parties veillent à ce que les meuniers soient formés."] * 5)
    working = Working("nl", "De twee partijen zien erop toe. " * 9, ("Deel A", "1. Molens"))
    portions = [f"1.{n}" for n in range(number)]
    build = SmallBuild([passage(p, text, working=working) for p in portions])
    items = [
        item(n, p, comment="Position à confirmer avec la capitale avant la réunion.")
        for n, p in enumerate(portions)
    ]
    document = note_document(note(dossier(*items, title="Les moulins"), texts(build), lang))
    assert len(pypdf.PdfReader(io.BytesIO(pdf(document))).pages) == 1


def test_a_list_of_many_passages_is_quoted_whole() -> None:
    build = SmallBuild([passage(f"1.{n}", f"Le moulin {n} tourne.") for n in range(40)])
    kept = item(1, *(f"1.{n}" for n in range(40)))
    for form, text in read_back(note_document(note(dossier(kept), texts(build), "fr"))).items():
        assert all(folded(f"Le moulin {n} tourne.") in folded(text) for n in range(40)), form


def test_hostile_texts_are_text_in_every_form() -> None:
    comment = f"{HOSTILE}\x00\x1b\n# Titre\n- liste\n1. un\n    code\n=== \n#let x = 1 $a$ *b*"
    document = note_document(made(item(1, "2.2", comment=comment, question=HOSTILE)))
    forms = read_back(document)
    for form in ("word", "pdf", "text"):
        assert folded("#let x = 1 $a$ *b*") in folded(forms[form])
        assert folded(forms[form]).count(folded(HOSTILE)) == 3
    lines = [line.strip() for line in forms["markdown"].splitlines()]
    for shown in ("\\# Titre", "\\- liste", "1\\. un", "code", "\\==="):
        assert shown in lines
    assert "\n    code" not in forms["markdown"]
    assert "<img" not in forms["markdown"].replace("\\<img", "")
    assert "\x1b" not in "".join(forms.values())


# A passage that is gone, or that says something else now


@pytest.fixture(params=["changed", "gone"])
def since(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Texts, str]]:
    """What happened to a passage, the texts as they are now, and the build before."""
    settings = settings_for(tmp_path)
    registry = BuildRegistry(settings.data)
    make(settings, bacs("Un texte.", OLD))
    before = registry.current()
    make(settings, bacs("Un texte.", NEW) if request.param == "changed" else bacs())
    build = Build(registry.path(registry.current()))
    yield (
        request.param,
        Texts(build, Mentions(Catalogue([]), build), frozenset(), data=settings.data),
        before,
    )
    build.close()


@pytest.mark.parametrize("lang", LANGS)
def test_what_became_of_a_passage_is_said(since: tuple[str, Texts, str], lang: Lang) -> None:
    case, now, before = since
    kept = [keepable(ANCHOR, before, seen=EARLY, key=KeySentence("Les bacs", "fr", 0))]
    document = note_document(note(dossier(item(1) | {"passages": kept}), now, lang))
    told = {
        ("changed", "fr"): "a changé le",
        ("changed", "nl"): "gewijzigd",
        ("gone", "fr"): "ne figure plus",
        ("gone", "nl"): "niet meer in de beschikbare teksten",
    }[case, lang]
    notice = next(b for b in document.blocks if b.kind == "notice")
    quote = next(b for b in document.blocks if b.kind == "quote")
    assert told in notice.text
    assert (before in notice.text) == (case == "changed")
    assert quote.text == (NEW if case == "changed" else OLD)
    assert {run.role for run in quote.runs} == {""}  # the sentence was one of the other text


def test_what_was_seen_after_the_change_has_not_changed(since: tuple[str, Texts, str]) -> None:
    case, now, _ = since
    kept = [keepable(ANCHOR, "", seen=LATE)]
    (seen,) = note(dossier(item(1) | {"passages": kept}), now, "fr").items
    assert seen.passages[0].state == ("current" if case == "changed" else "gone")


def test_an_address_that_never_was_is_said_to_be_unknown() -> None:
    kept = [keepable("<b>nulle</b>@fr#1", ""), keepable(f"{WORK}@fr#9.9", "")]
    given = made(item(1) | {"passages": kept})
    assert [p.state for p in given.items[0].passages] == ["unknown", "unknown"]
    assert f"introuvable dans les textes disponibles : {WORK}@fr#9.9" in plain_text(
        note_document(given)
    ).replace("\u00a0", " ")


# What a browser may send


@pytest.mark.parametrize(
    "broken",
    [
        None,
        3,
        "x" * 1000,
        [],
        {},
        item(1),
        item(1, "1.1", id="../../etc"),
        item(1, "1.1", lang="de"),
        item(1, "1.1", comment="x" * (COMMENT + 1)),
        item(1, "1.1", comment=["x"]),
        item(1) | {"passages": [{"anchor": "x" * 301}]},
        item(1) | {"passages": [{"anchor": "a@fr#1", "seen": "hier"}]},
        item(1) | {"passages": [{"anchor": "a@fr#1", "seen": "0001-01-01T00:00:00+23:00"}]},
        item(1) | {"passages": [{"anchor": "a@fr#1", "build": "<script>"}]},
        item(1) | {"passages": [{"anchor": "a@fr#1", "start": -1}]},
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_an_item_that_is_none_is_named_and_no_note_is_made(
    tmp_path: Path, broken: Any, lang: Lang
) -> None:
    page, view = Page(QueueService(tmp_path)), PageState(lang, Conversation.new())
    sent = {"title": "x", "items": [item(7, "1.1"), broken]}
    told = page.act(view, {"do": "note", "form": "pdf", "dossier": sent}).message or {}
    assert "save" not in told
    assert {"fr": "l’élément 2 est illisible", "nl": "element 2 is onleesbaar"}[lang] in told[
        "noted"
    ]
    panel = page.act(view, {"do": "dossier", "dossier": sent}).message or {}
    rows = parse(panel["dossier"]).css("li")
    assert len(rows) == 2
    assert "unreadable" in rows[1].get("class", "")


def test_more_passages_than_a_dossier_may_have_are_refused_in_words(tmp_path: Path) -> None:
    page, view = Page(QueueService(tmp_path)), PageState("fr", Conversation.new())
    for items in (
        [item(n, "1.1") for n in range(MOST + 1)],
        [None] * 40_000,
        [item(1, *["1.1"] * MOST), item(2, "1.1")],
    ):
        sent = {"do": "note", "form": "pdf", "dossier": {"items": items}}
        told = page.act(view, sent).message or {}
        assert f"plus de {MOST} passages" in told["noted"]
    nothing = page.act(view, {"do": "note", "form": "pdf", "dossier": None}).message or {}
    assert "Le dossier est vide" in nothing["noted"]


@given(st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: (
    st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["title", "items", "id", "passages", "lang"]), inner)
)))  # fmt: skip
def test_whatever_is_sent_is_a_dossier(sent: Any) -> None:
    found = from_browser(sent, 1000)
    assert found.fault("fr")


def test_the_panel_shows_texts_of_storage_and_nothing_as_markup(tmp_path: Path) -> None:
    page, view = Page(QueueService(tmp_path)), PageState("nl", Conversation.new())
    sent = {"items": [item(1, "1.1", "2.2", comment="</textarea><script>", question="<b>Q</b>")]}
    told = page.act(view, {"do": "dossier", "dossier": sent}).message or {}
    shown = parse(told["dossier"])
    assert shown.css("script, b, img") == []
    assert shown.css("textarea")[0].text_content() == "</textarea><script>"
    assert "De molenaars openen de sluis om zes uur." in shown.text_content()
    assert shown.css(".answered-to")[0].text_content() == "<b>Q</b>"


@pytest.mark.parametrize(("form", "start"), [("word", b"PK"), ("pdf", b"%PDF"), ("", b"# ")])
def test_a_note_is_told_to_the_browser_as_a_file(tmp_path: Path, form: str, start: bytes) -> None:
    page, view = Page(QueueService(tmp_path)), PageState("nl", Conversation.new())
    sent = {"do": "note", "form": form, "dossier": {"items": [item(1, "1.1")]}}
    told = page.act(view, sent).message or {}
    assert base64.b64decode(told["save"]["base64"]).startswith(start)
    assert told["save"]["name"].startswith("duchesse-nota-20")
    assert told["save"]["name"] in told["noted"]
