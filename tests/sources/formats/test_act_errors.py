"""What is no act, or not a whole one, is refused with the reason and the next step."""

from __future__ import annotations

import pytest

from sources.errors import ReadError
from sources.formats.file import read_act
from tests.sources.formats.act_reading import content, files, zipped

JOURNAL = content("journal.fr.xhtml")
OLD = content("before-2004.fr.html")
CHALLENGE = (
    b"<!DOCTYPE html><html><head><script src='https://a.awswaf.com/challenge.js'></script></head>"
    b"<body><div id='challenge-container'></div></body></html>"
)
NOT_FOUND = (
    "<HTML><HEAD><TITLE>ELI - BELGIQUE</TITLE></HEAD><BODY>Désolé, rien ne répond à votre requête."
    "<br>http://www.ejustice.just.fgov.be/eli/</BODY></HTML>"
).encode()
WITHOUT_ANNEX = {k: v for k, v in files("formex.fr").items() if "0100200" not in k}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "the file is empty"),
        (b"%PDF-1.7 ...", "the file is a PDF"),
        (b'{"title": "acte"}', "the file is JSON"),
        (b"\x1f\x8b\x08", "the file is a compressed file"),
        (b"Article premier", "the file is no markup"),
        (b"<?xml version='1.0'?><NOTICE><WORK/></NOTICE>", "XML of another kind"),
        (b"<html><body><p>Bonjour.</p></body></html>", "no article, recital or title"),
        (CHALLENGE, "a test for robots"),
        (NOT_FOUND, "the page holds no article"),
        (JOURNAL[: JOURNAL.index("é".encode(), 9000) + 1], "the file is cut off"),
        (JOURNAL[: JOURNAL.index(b"</p>", 9000)], "broken or cut off"),
        (OLD[:1500], "cut off"),
        (content("justel.nl.html")[:1800], "cut off"),
        (content("formex.fr/L_2031099.01000101.xml")[:2500], "broken or cut off"),
        (JOURNAL.decode().encode("cp1252"), "not in the character set it declares: utf-8"),
        (
            OLD.decode().replace("UNICODE-1-1-UTF-8", "EBCDIC-X").encode("cp1252"),
            "declares: ebcdic-x",
        ),
        (JOURNAL.decode().encode().decode("cp1252", "replace").encode(), "encoded twice"),
        (JOURNAL.replace("é".encode(), b"\xef\xbf\xbd"), "letters were lost"),
        (OLD.replace("é".encode(), b"\xe9", 1), "letters were lost"),
        (zipped({"a.pdf": b"%PDF"}), "no body"),
        (zipped(WITHOUT_ANNEX), "lists a file that is not here: L_2031099.01002001.xml"),
        (content("formex.fr/L_2031099.doc.xml"), "lists a file that is not here"),
        (b"PK\x03\x04 not a zip", "the ZIP cannot be used"),
        (
            b"<html><body><p class='oj-doc-ti'>R\xc3\x88GLEMENT</p></body></html>",
            "no article, recital or numbered point",
        ),
    ],
)
def test_bytes_that_are_no_whole_act_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        read_act(data, work="celex:32031R0417", lang="fr")
    assert caught.value.next_step.endswith(".")


def test_a_text_in_the_other_language_is_refused() -> None:
    with pytest.raises(ReadError, match="the text is in nl, not in fr") as caught:
        read_act(content("journal.nl.xhtml"), work="celex:32031R0417", lang="fr")
    assert caught.value.next_step == "Add it as nl."


def test_a_text_in_a_third_language_is_refused() -> None:
    sentence = "It shall apply to the lending of books by libraries that are open to the public. "
    data = (
        '<html><body><p class="oj-doc-ti">REGULATION</p><p class="oj-ti-art">Article 1</p>'
        f'<p class="oj-normal">{sentence * 5}</p></body></html>'
    )
    with pytest.raises(ReadError, match="the text is in en, not in nl"):
        read_act(data.encode(), work="celex:32031R0417", lang="nl")


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY secret "&a;&a;&a;&a;">]>',
    ],
)
def test_entities_of_a_file_are_never_expanded(doctype: bytes) -> None:
    start = JOURNAL.index(b"<!DOCTYPE")
    end = JOURNAL.index(b">", start) + 1
    data = JOURNAL[:start] + doctype + JOURNAL[end:].replace(b"Romans", b"&secret;")
    with pytest.raises(ReadError, match="declares its own entities"):
        read_act(data, work="celex:32031R0417", lang="fr")


def test_an_entity_that_nothing_declares_is_refused() -> None:
    with pytest.raises(ReadError, match="an entity that nothing declares: &secret;"):
        read_act(JOURNAL.replace(b"Romans", b"&secret;"), work="celex:32031R0417", lang="fr")


@pytest.mark.parametrize("depth", [190, 5000])
@pytest.mark.parametrize("data", [JOURNAL, OLD])
def test_markup_that_is_nested_too_deeply_is_refused(data: bytes, depth: int) -> None:
    deep = data.replace(b"lecteur", b"<span>" * depth + b"lecteur" + b"</span>" * depth, 1)
    deep = deep.replace(b"Article 2", b"<div>" * depth + b"Article 2" + b"</div>" * depth, 1)
    with pytest.raises(ReadError, match=r"nested too deeply|broken"):
        read_act(deep, work="celex:31974R0099", lang="fr")


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.formats.markup.MAX_BYTES", 1000)
    with pytest.raises(ReadError, match="the file is too large"):
        read_act(JOURNAL, work="celex:32031R0417", lang="fr")


def test_formex_files_without_an_act_are_refused() -> None:
    with pytest.raises(ReadError, match="a Formex publication without an act"):
        read_act(zipped({"list.doc.xml": b"<DOC/>"}), work="celex:32031R0417", lang="fr")
