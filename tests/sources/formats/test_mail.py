from __future__ import annotations

from email.message import EmailMessage

import pytest

from sources.errors import ReadError
from sources.formats.file import read_file, sniff
from sources.model import Document

PAGE = "<html><body><h1>Péages du pont</h1><p>Le péage est fixé à l’entrée.</p></body></html>"


def read(data: bytes, name: str = "péages.eml") -> Document:
    return read_file(data, work="peages", lang="fr", name=name)


def letter(encoding: str = "quoted-printable", charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "pont@example.org", "ville@example.org"
    message["Subject"] = "Péages du pont à partir d’avril"
    message.set_content(PAGE.replace("’", "'"), subtype="html", charset=charset, cte=encoding)
    return message


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_message_is_decoded_and_its_attachments_are_told(encoding: str, charset: str) -> None:
    message = letter(encoding, charset)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="plan.pdf")
    found = read(message.as_bytes())
    assert sniff(message.as_bytes()) == "mail"
    assert found.title == "Péages du pont"
    assert [p.text for p in found.passages] == ["Le péage est fixé à l'entrée."]
    assert found.warnings == ("parts of the message are left out: 1 (plan.pdf)",)


def test_a_message_of_plain_text_has_its_subject_as_title() -> None:
    message = letter()
    message.set_content("Le péage est fixé à l’entrée.\n\nIl est dû chaque jour.\n")
    found = read(message.as_bytes())
    assert found.title == "Péages du pont à partir d’avril"
    assert [p.text for p in found.passages] == [
        "Le péage est fixé à l’entrée.",
        "Il est dû chaque jour.",
    ]


def test_a_saved_page_is_read_as_the_page_that_it_holds() -> None:
    act = (
        "<html><body><p class='oj-doc-ti'>RÈGLEMENT (UE) 2031/7</p>"
        "<p class='oj-ti-art'>Article 1</p><p class='oj-normal'>Le pont est ouvert.</p>"
        "</body></html>"
    )
    for page, portion in ((PAGE, "par_1"), (act, "art_1")):
        message = EmailMessage()
        message["Snapshot-Content-Location"] = "https://pont.example.org/"
        message.set_content(page, subtype="html", cte="quoted-printable")
        message.add_related(b"\x89PNG", maintype="image", subtype="png")
        found = read(message.as_bytes(), "péages.mhtml")
        assert [p.anchor.portion for p in found.passages] == [portion]
        assert found.warnings == ()


@pytest.mark.parametrize(
    ("kind", "what"),
    [("application/pkcs7-mime", "encrypted"), ("image/png", "holds no text")],
)
def test_a_message_without_text_to_read_is_refused(kind: str, what: str) -> None:
    message = EmailMessage()
    main, sub = kind.split("/")
    message.set_content(b"x", maintype=main, subtype=sub)
    with pytest.raises(ReadError, match=f"{what}.*print it to PDF"):
        read(message.as_bytes())
