import dataclasses
import json
from pathlib import Path

import pytest

from assistant import render
from assistant.answer import (
    Answer,
    CitedSection,
    KeySentence,
    Outcome,
    TextChoice,
    WrittenSentence,
)
from assistant.web.conversation import Conversation, Turn
from assistant.web.conversation_view import conversation_html
from assistant.web.markup import host, safe_link
from sources.anchor import LANGS, Anchor, Lang
from tests.web.factory import HOSTILE, WORK, SmallBuild, answer, known, passage, passages, refusal
from tests.web.tree import Node, parse

HOSTS = frozenset({"eur-lex.europa.eu"})
BUILD = SmallBuild(passages())


def shown(*turns: Turn, lang: Lang = "fr") -> Node:
    conversation = Conversation("0" * 32, "2026-01-01T00:00:00+00:00", "x", turns)
    return parse(conversation_html(conversation, BUILD, lang, HOSTS))


def of(outcome: Outcome) -> Turn:
    return Turn(outcome.question, outcome)


def test_a_quote_is_the_stored_text_in_its_own_language() -> None:
    page = shown(of(answer(BUILD, "1.2", lang="nl")), lang="nl")
    quote = page.css("blockquote")[0]
    assert quote.text_content() == "La farine est pesée\net marquée."
    assert quote.get("lang") == "fr"
    assert page.css(".answered")[0].get("lang") == "nl"


@pytest.mark.parametrize("is_list", [False, True])
def test_what_opens_the_list_of_a_quote_stands_above_it(is_list: bool) -> None:
    build = SmallBuild([passage("1.1", "les ânes ;", lead="Sont exclus du moulin :")])
    cited = render.cite(build, Anchor(WORK, "fr", "1.1"), 1, "nl")
    given = dataclasses.replace(answer(build, "1.1", lang="nl"), citations=(cited,))
    if is_list:
        given = dataclasses.replace(given, groups=render.groups(build, given.citations, "nl"))
    page = shown(of(given), lang="nl")
    (lead,) = page.css(".lead")
    assert (lead.text_content(), lead.get("lang")) == ("Sont exclus du moulin :", "fr")
    text = page.css(".answered")[0].text_content()
    assert text.index("Sont exclus") < text.index("les ânes ;")


def test_a_citation_is_a_named_link_to_its_passage() -> None:
    chip = shown(of(answer(BUILD, "1.1", "2.1"))).css("a.chip")[1]
    assert chip.text_content() == "[2]"
    assert chip.get("href") == "?passage=accord-des-moulins-2020%40fr%232.1"
    assert chip.get("data-anchor") == "accord-des-moulins-2020@fr#2.1"
    assert chip.get("aria-label") == "Citation 2\N{NO-BREAK SPACE}: Accord des moulins, A.2.1"


def test_a_reader_of_the_other_language_gets_the_working_translation_labelled() -> None:
    dutch = shown(of(answer(BUILD, "1.1", lang="nl")), lang="nl").css(".working")
    assert "Werkvertaling, niet officieel" in dutch[0].text_content()
    assert "De molenaars openen de sluis" in dutch[0].text_content()
    assert shown(of(answer(BUILD, "1.1"))).css(".working") == []


def keyed(portion: str, key: KeySentence, lang: Lang = "fr") -> Answer:
    cited = render.cite(BUILD, Anchor(WORK, "fr", portion), 1, lang, key)
    return dataclasses.replace(answer(BUILD, portion, lang=lang), citations=(cited,))


def test_the_key_sentence_and_what_answers_in_it_are_marked() -> None:
    key = KeySentence("La farine est pesée", "fr", 0, ((3, 9),))
    quote = shown(of(keyed("1.2", key))).css("blockquote .quote")[0]
    assert quote.text_content() == "La farine est pesée\net marquée."
    marks = [(m.get("class"), m.text_content()) for m in quote.css("mark")]
    assert marks == [("key", "La "), ("literal", "farine"), ("key", " est pesée")]


def test_a_reader_of_the_other_language_sees_the_mark_in_the_translation() -> None:
    key = KeySentence("De molenaars openen de sluis om zes uur.", "nl", 0, ((32, 39),))
    page = shown(of(keyed("1.1", key, "nl")), lang="nl")
    assert [m.text_content() for m in page.css(".working mark")] == ["zes uur"]
    assert page.css("blockquote mark") == []
    assert page.css("details blockquote .quote")[0].get("class") == "quote"


def test_a_key_sentence_of_another_version_of_the_text_marks_nothing() -> None:
    assert shown(of(keyed("1.2", KeySentence("Autre phrase.", "fr", 2)))).css("mark") == []


@pytest.mark.parametrize("lang", LANGS)
def test_many_citations_are_a_list_under_their_headings(lang: Lang) -> None:
    listed = answer(BUILD, "1.1", "1.2", "2.1", "2.2", lang=lang)
    groups = render.groups(BUILD, listed.citations, lang)
    page = shown(of(dataclasses.replace(listed, groups=groups)), lang=lang)
    assert page.css(".intro")[0].text_content().startswith("4 passages")
    assert len(page.css(".group")) == 2  # though one passage alone has its headings in Dutch
    assert [c.text_content() for c in page.css(".points a.chip")] == ["[1]", "[2]", "[3]", "[4]"]
    places = [c.locator.partition(", ")[2] for c in listed.citations]
    assert [p.text_content() for p in page.css(".points .place")] == places
    assert page.css("img") == []


def test_an_answer_keeps_its_language_when_the_page_changes() -> None:
    page = shown(of(answer(BUILD, "1.1")), lang="nl")
    assert "le texte prévoit" in page.text_content()
    assert "Kopiëren" in page.text_content()


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_texts_are_shown_as_text(lang: Lang) -> None:
    outcomes = [
        answer(BUILD, "2.2", question=HOSTILE, lang=lang, notices=(HOSTILE,), missing=(HOSTILE,)),
        refusal(BUILD, "2.2", lang=lang, notices=(HOSTILE,), searched=(HOSTILE,)),
    ]
    page = shown(*map(of, outcomes), Turn(HOSTILE, note="failed", detail=HOSTILE), lang=lang)
    assert page.css("img, script, iframe, object, style") == []
    assert [e for e in page.iter() if any(a.startswith("on") for a in e.attrib)] == []
    assert all(a.get("href").startswith("?passage=") for a in page.css("a"))
    assert page.text_content().count("onerror=") >= 8


def test_only_official_hosts_are_linked() -> None:
    good = known("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32016L0680")
    bad = known("https://eur-lex.europa.eu.evil.example/")
    page = shown(of(refusal(BUILD, reason="known", known=(good, bad))))
    links = page.css("a.official")
    assert [a.get("href") for a in links] == [good.url]
    assert "noopener" in links[0].get("rel")
    assert "python -m sources fetch 32016L0680" in page.text_content()


def test_where_the_state_of_a_text_is_to_be_seen_is_a_link() -> None:
    url = "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32016L0680"
    page = shown(of(refusal(BUILD, reason="still", official=url)))
    assert [a.get("href") for a in page.css("a.official")] == [url]
    assert "refused" not in page.css(".answered")[0].get("class").split()
    other = shown(of(refusal(BUILD, reason="still", official="https://eur-lex.example/")))
    assert other.css("a.official") == []


@pytest.mark.parametrize(
    "url",
    [
        "http://eur-lex.europa.eu/x",
        "javascript:alert(1)",
        "https://a@eur-lex.europa.eu/",
        "https://eur-lex.europa.eu:8443/",
        "https://eur-lex.europa.eu:99999/",
        "https://[",
        "",
        None,
    ],
)
def test_other_addresses_are_no_links(url: str | None) -> None:
    assert safe_link(url, HOSTS) is None


def test_the_host_of_what_is_no_address_is_none() -> None:
    assert host("https://eur-lex.europa.eu:99999/") == "eur-lex.europa.eu"
    assert host("https://[") == ""


def test_a_refusal_says_what_was_searched_and_cites_nothing() -> None:
    page = shown(of(refusal(BUILD, "1.1", "2.1", lang="nl")), lang="nl")
    assert page.css(".verdict")[0].text_content() == "Geen antwoord gevonden in de teksten"
    assert "Geraadpleegde teksten: Accord des moulins" in page.text_content()
    assert page.css(".chip, blockquote") == []
    assert [t.text_content() for t in page.css(".tag")] == ["geen zeker antwoord"] * 2
    assert len(page.css(".nearest a[data-do=open]")) == 2
    translated, as_it_is = page.css(".nearest li")
    texts = [t.get("class") for t in translated.css(".working, .original-text")]
    assert texts == ["working", "original-text"]
    assert translated.css("details .near")[0].get("lang") == "fr"
    assert as_it_is.css("details") == []
    assert len(as_it_is.css(".near")) == 1


def test_texts_like_one_that_is_not_here_are_questions_to_press() -> None:
    """Above the nearest passages, and with how many more there are."""
    choices = tuple(
        TextChoice(f"r-{n}", f"Règlement {n} › Article 2", f"article 2 (Règlement {n}) ?")
        for n in (1, 2)
    )
    text = "\n".join(["Pas ici.", *(f"– {c.title}" for c in choices), "– et 4 autres", "", "Près"])
    refused = refusal(BUILD, "1.1", reason="no_portion", choices=choices)
    page = shown(of(dataclasses.replace(refused, text=text)))
    assert page.css(".opening")[0].text_content() == "Pas ici."
    asked = [b.get("data-question") for b in page.css(".examples button")]
    assert asked == [c.question for c in choices]
    assert "et 4 autres" in page.text_content()
    assert len(page.css(".nearest a[data-do=open]")) == 1


@pytest.mark.parametrize(("count", "said"), [(7, "Texte 7"), (9, "Texte 6 et 3 autres")])
def test_of_many_texts_that_were_searched_a_refusal_names_six(count: int, said: str) -> None:
    texts = tuple(f"Texte {n}" for n in range(1, count + 1))
    page = shown(of(refusal(BUILD, "1.1", searched=texts)))
    assert page.css(".opening")[0].text_content().endswith(said)


def test_a_partial_answer_says_what_is_missing() -> None:
    page = shown(of(answer(BUILD, "1.1", missing=("combien d’ânes",))))
    assert "combien d’ânes" in page.css(".partly")[0].text_content()


@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_leads_to_the_part_that_says_more(lang: Lang) -> None:
    part = CitedSection("1. Moulins <b>", f"{WORK}@fr#1.1", 2, 1)
    page = shown(of(answer(BUILD, "1.1", lang=lang, sections=(part,))), lang=lang)
    (notice,) = page.css(".section")
    assert "1. Moulins <b>" in notice.text_content()
    link = notice.css("a")[0]
    assert link.get("data-anchor") == part.anchor
    assert link.text_content() == {"fr": "Lire cette partie", "nl": "Dit deel lezen"}[lang]


def test_a_kept_quote_that_is_no_longer_the_text_says_so() -> None:
    old = passages()
    first = answer(SmallBuild(old), "1.1", "2.1")
    changed = [p for p in passages() if p.anchor.portion != "2.1"]
    changed[1] = type(changed[1])(
        changed[1].anchor, changed[1].kind, "Autre.", (), changed[1].locator
    )
    conversation = Conversation("0" * 32, "", "", (of(first),))
    page = parse(conversation_html(conversation, SmallBuild(changed), "fr", HOSTS))
    notices = [n.text_content() for n in page.css(".citation .notice")]
    assert "a changé" in notices[0]
    assert "n’est plus" in notices[1]


def test_written_sentences_come_first_and_name_their_writer_and_their_passages() -> None:
    said = ("Les meuniers <b>ouvrent</b> l’écluse.", "Les ânes sont nourris.")
    sentences = (WrittenSentence(said[0], (1, 2)), WrittenSentence(said[1], (2,)))
    page = shown(of(answer(BUILD, "1.1", "2.1", writer="a <i>model</i>", written=sentences)))
    found = page.css(".said")
    assert [n.get("data-cites") for n in found] == ["1 2", "2"]
    assert [n.text_content().split(" [")[0] for n in found] == list(said)
    assert [len(n.css("a.chip")) for n in found] == [2, 1]
    assert [n.get("data-number") for n in page.css("section.citation")] == ["1", "2"]
    assert "a <i>model</i>" in page.css(".written .notice")[0].text_content()
    text = page.css(".answered")[0].text_content()
    assert text.index(said[1]) < text.index("Voir aussi")


def test_nobody_is_named_where_nothing_is_written() -> None:
    assert not shown(of(answer(BUILD, "1.1"))).css(".written")


@pytest.mark.parametrize("lang", LANGS)
def test_every_state_of_a_turn_can_be_shown(lang: Lang) -> None:
    notes = ("searching", "stopped", "failed", "lost")
    turns = [Turn("Quand ?", note=n) for n in notes]
    page = shown(*turns, Turn("x" * 300, note="too_long", detail="100"), lang=lang)
    assert len(page.css(".noted")) == 5
    assert "300" in page.css(".too_long")[0].text_content()


def test_templates_never_switch_escaping_off() -> None:
    folder = Path(conversation_html.__code__.co_filename).with_name("templates")
    texts = [p.read_text("utf-8") for p in folder.glob("*.html")]
    assert len(texts) > 8
    assert not any("|safe" in t or "| safe" in t or "autoescape" in t for t in texts)


def test_what_is_put_aside_says_which_text_its_reader_saw() -> None:
    before = SmallBuild([passage("1.1", "L’écluse ouvre à six heures."), *passages()[2:]])
    before.id = "f" * 12
    old = answer(before, "1.1", "1.2")
    conversation = Conversation("0" * 32, "2026-03-02T10:00:00+00:00", "", (Turn("Q ?", old),))
    page = parse(conversation_html(conversation, BUILD, "fr", frozenset()))
    changed, same, whole = (
        json.loads(button.get("data-passages") or "") for button in page.css("[data-do=aside]")
    )
    assert (changed[0]["build"], changed[0]["seen"]) == (before.id, conversation.started)
    assert same[0]["build"] == BUILD.id
    assert same[0]["seen"] > conversation.started
    assert [p["anchor"] for p in whole] == [c.anchor for c in old.citations]
