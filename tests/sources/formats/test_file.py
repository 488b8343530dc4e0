from __future__ import annotations

import pytest

from sources.errors import ReadError
from sources.formats.file import sniff


@pytest.mark.parametrize(
    ("data", "step"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as DOCX"),
        (b"{\\rtf1 bonjour}", "save it as DOCX"),
        (b"\x89PNG\r\n\x1a\n", "OCRmyPDF"),
        (b" \n", "Give the file again."),
        (b"PK\x03\x04 broken", "Give the file again, whole."),
        (b"<?xml version='1.0'?><NOTICE><P>x</P></NOTICE>", "Give a PDF"),
    ],
)
def test_a_foreign_format_is_refused_with_the_way_out(data: bytes, step: str) -> None:
    with pytest.raises(ReadError) as raised:
        sniff(data, "x")
    assert step in raised.value.next_step


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "an old Word file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a protected Office file"),
        (b"\xd0\xcf\x11\xe0" + "__substg1.0".encode("utf-16-le"), "a message of Outlook"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture .WebP."),
        (b"\0\0\0\x18ftypheic\0\0", "a picture .HEIC"),
        (b"BM\x9a\x02\0\0\0\0\0\0", "a picture .BMP."),
        (b"%!PS-Adobe-3.0\n", "a PostScript file"),
        (b"\\documentclass{article}\n", "a LaTeX file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>Pont</text></svg>", "a picture .SVG."),
        (b"<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>", "a Word 2003 XML file"),
        (b"<liste><pont>Nord</pont></liste>", "an XML file of an unknown kind"),
        (b'{"articles": ["1"]}', "JSON is data"),
        (b'{"article": "1"}\n\n{"article": "2"}\n', "JSON is data"),
    ],
)
def test_a_foreign_format_is_called_by_its_name(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=f"{what}.*(?:add that|Give a PDF)"):
        sniff(data, "x")


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (b"<!DOCTYPE html><p>Bonjour", "html"),
        ("<html><p>Bonjour".encode("utf-16"), "html"),
        (b"<p class='oj-ti-art'>Article 1</p>", "act"),
        (b"<html><body><div class=\"x eli-subdivision\" id='art_1'>", "act"),
        (b"<html><body><p class='title-article-norm'>Artikel 1</p>", "act"),
        (
            b"<?xml version='1.0' encoding='UTF-8'?>\n<ACT xmlns:xsi='x'><BIB.INSTANCE/></ACT>",
            "act",
        ),
        (b"<html><p class='project-article'>Article 1</p>", "html"),
        (b"<html><head><title>Banque de donn&eacute;es Justel</title>", "act"),
        (b"Article 1 <p> is a tag.", "text"),
        (b"BMW Brabant\n\nUn texte.", "text"),
        (b"[1] Un texte {entre crochets}", "text"),
        (b"Objet : pont\nDate : demain\n\nLe pont ferme.", "text"),
        (b"<section><h2>Pont</h2></section>", "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Pont", "mail"),
        (b"a < b and c > d", "text"),
    ],
)
def test_the_format_comes_from_the_content(data: bytes, form: str) -> None:
    assert sniff(data) == form
