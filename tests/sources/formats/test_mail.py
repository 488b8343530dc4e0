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


def plain(text: str, kind: str = "text/plain; charset=utf-8", subject: str = "Tarif") -> bytes:
    head = f"From: a@example.org\nTo: b@example.org\nSubject: {subject}\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{text}".encode()


@pytest.mark.parametrize("disposition", ["inline", "attachment", ""])
@pytest.mark.parametrize("form", ["mixed", "related"])
def test_a_part_with_words_of_its_own_is_told_however_it_hangs(disposition: str, form: str) -> None:
    message = EmailMessage()
    message["Subject"], message["MIME-Version"] = "Tarif", "1.0"
    message.set_content("Article 1er. Le bac est payant.\n")
    getattr(message, f"make_{form}")()
    part = EmailMessage()
    part.set_content(b"PK", maintype="application", subtype="ms-tnef")
    part.replace_header("Content-Type", 'application/ms-tnef; name="bac.dat"')
    if disposition:
        part["Content-Disposition"] = disposition
    else:
        del part["Content-Disposition"]
    message.attach(part)
    told = ("parts of the message are left out: 1 (bac.dat)",)
    assert read(message.as_bytes()).warnings == (
        told if form == "mixed" or disposition == "attachment" else ()
    )


def test_the_same_text_in_another_form_is_no_part_and_a_second_piece_of_it_is_one() -> None:
    pages = "".join(
        f"--in\nContent-Type: {kind}\n\n{words}\n"
        for kind, words in (
            ("text/html", "<p>Article 1er. Le bac est payant.</p>"),
            ("image/png; name=bac.png", "x"),
            ("text/html", "<p>Art. 2. Le bac est vert.</p>"),
        )
    )
    text = (
        "--out\nContent-Type: text/plain\n\nArticle 1er. Le bac est payant.\n"
        f"--out\nContent-Type: multipart/mixed; boundary=in\n\n{pages}--in--\n--out--\n"
    )
    found = read(plain(text, "multipart/alternative; boundary=out"))
    assert found.warnings == ("parts of the message are left out: 2 (bac.png, text/html)",)


QUOTED = {
    "plain": "> Artikel 1. De huur is 7 euro.\n>\n>> Art. 2. De zaal is dicht.\n",
    "cite": "<blockquote type=cite><p>Artikel 1. De huur is 7 euro.</p>"
    "<blockquote type=cite><p>Art. 2. De zaal is dicht.</p></blockquote></blockquote>",
}


@pytest.mark.parametrize(
    ("text", "kind", "head"),
    [
        (
            f"Artikel 1. De huur is 9 euro.\n\nOp 4 mei 2032 schreef An:\n{QUOTED['plain']}",
            "plain",
            "Op 4 mei 2032 schreef An:",
        ),
        (
            f"Artikel 1. De huur is 9 euro.\n\n-----Bericht-----\nOp: 4 mei 2032\n\n"
            f"{QUOTED['plain']}",
            "plain",
            "-----Bericht----- Op: 4 mei 2032",
        ),
        (
            "<p>Artikel 1. De huur is 9 euro.</p><div><p>Op 4 mei 2032 schreef An:</p>"
            f"{QUOTED['cite']}</div>",
            "html",
            "Op 4 mei 2032 schreef An:",
        ),
    ],
)
def test_a_quoted_message_is_left_out_and_told(text: str, kind: str, head: str) -> None:
    found = read_file(plain(text, f"text/{kind}; charset=utf-8"), work="huur", lang="nl")
    assert [p.text for p in found.passages] == ["De huur is 9 euro."]
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("left out, an older message that is quoted: 1 place")
    assert f"“{head}" in found.warnings[0]


@pytest.mark.parametrize(("kind", "form"), [("plain", "plain"), ("html", "cite")])
def test_what_is_nothing_but_a_quotation_is_read(kind: str, form: str) -> None:
    data = plain(QUOTED[form], f"text/{kind}; charset=utf-8")
    found = read_file(data, work="huur", lang="nl")
    assert [p.text for p in found.passages] == ["De huur is 7 euro.", "De zaal is dicht."]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("plain", "Objet : Tarif\n\nArticle 1er. Le bac est bleu.\n"),
        ("html", "<p><b>Objet&nbsp;:</b> TR: Tarif<br></p><p>Article 1er. Le bac est bleu.</p>"),
    ],
)
def test_an_older_message_that_nothing_marks_is_told(kind: str, text: str) -> None:
    text = f"<p>Le bac est vert.</p>{text}" if kind == "html" else f"Le bac est vert.\n\n{text}"
    for subject, told in (("RE: Tarif", 1), ("Tarif", 0), ("RE: Bac", 0)):
        found = read(plain(text, f"text/{kind}; charset=utf-8", subject))
        assert sum("an older message below is read" in w for w in found.warnings) == told


HEADS = {
    "fr": ("De : An Maes", "Envoyé : mardi 4 mai 2032 11:20", "À : Piet", "Objet : essai"),
    "nl": ("Van: An Maes", "Verzonden: dinsdag 4 mei 2032 11:20", "Aan: Piet", "Onderwerp: proef"),
    "other order": ("Objet : essai", "Date : Tue, 4 May 2032 11:20", "De : An Maes"),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_head_of_an_older_message_is_told(head: tuple[str, ...], kind: str) -> None:
    lines = ("Article 1er. Le bac est bleu.", "", *head, "", "Art. 2. Le bac est vert.")
    text = "<br>".join(lines) if kind == "html" else "\n".join(lines)
    found = read(plain(text, f"text/{kind}; charset=utf-8"))
    assert any(
        w.startswith(f"an older message below is read with it (“{head[0]}") for w in found.warnings
    )


def test_lines_with_labels_are_no_head_of_a_message() -> None:
    text = "Article 1er. Le bac.\n\nDate : 4 mai 2032\nObjet : péage\nLieu : Wierde\n"
    assert not any("older message" in warning for warning in read(plain(text)).warnings)


@pytest.mark.parametrize(
    ("head", "signature"),
    [
        ("<div class=gmail_attr>Op di 4 mei 2032 om 11:20 schreef An:</div>", "gmail_signature"),
        ("<div class=moz-cite-prefix>Op 4-5-32 om 11:20 schreef An:</div>", "moz-signature"),
        ("<p>Op di 4 mei. 2032 om 11:20 schreef An:</p>", "gmail_signature"),
    ],
)
def test_the_signature_of_a_page_and_the_head_of_its_quotation_are_left_out(
    head: str, signature: str
) -> None:
    text = (
        f"<p>Artikel 1. De huur is 9 euro.</p><div class={signature}>An Maes<br>Art. 7, Kaai</div>"
        f"<div class=gmail_quote>{head}<blockquote class=gmail_quote type=cite><p>Art. 2. Oud.</p>"
        "</blockquote></div>"
    )
    found = read_file(plain(text, "text/html; charset=utf-8"), work="huur", lang="nl")
    assert [p.text for p in found.passages] == ["De huur is 9 euro."]
    assert [w.partition(":")[0] for w in found.warnings] == [
        "left out, the signature of the message",
        "left out, an older message that is quoted",
    ]
    assert "“Op " in found.warnings[1]


@pytest.mark.parametrize("parted", [True, False])
def test_lines_that_flow_are_one_and_the_signature_is_told(*, parted: bool) -> None:
    wrapped = "Article 1er. Le bac est ouv \nert  \nle soir.\n"
    if not parted:
        wrapped = "Article 1er. Le bac est \nouvert \nle soir.\n"
    text = f"{wrapped}\nArt. 2. Le prix est dû.\n-- \nGreffe de la ville\n"
    kind = "text/plain; charset=utf-8; format=flowed" + "; delsp=yes" * parted
    found = read(plain(text, kind))
    assert [p.text for p in found.passages] == ["Le bac est ouvert le soir.", "Le prix est dû."]
    assert found.warnings == (
        "left out, the signature of the message: 1 place, 4 words (“Greffe de la ville”)",
    )


@pytest.mark.parametrize(
    ("href", "name", "value"),
    [
        ("cid:feuille@pont", "Content-ID", "<feuille@pont>"),
        ("https://pont.example.org/a.css?x=1&amp;y", "Content-Location", None),
        ("../a.css", "Content-Location", "https://pont.example.org/a.css"),
    ],
)
@pytest.mark.parametrize(("media", "left"), [("", True), ("print", False)])
def test_style_sheets_of_a_saved_page_count(
    href: str, name: str, value: str | None, media: str, left: bool
) -> None:
    link = f'<link rel="stylesheet" media="{media}" href="{href}">'
    page = PAGE.replace("<body>", f"<head>{link}</head><body>").replace("fixé", "<i>fixé</i>")
    message = EmailMessage()
    message.set_content(page, subtype="html", cte="quoted-printable")
    message["Content-Location"] = "https://pont.example.org/avis/2031.html"
    message.add_related("i { text-decoration: line-through }", subtype="css")
    message.get_payload()[1][name] = value or "https://pont.example.org/a.css?x=1&y"
    found = read(message.as_bytes(), "péages.mhtml")
    words = "Le péage est à l’entrée." if left else "Le péage est fixé à l’entrée."
    assert [p.text for p in found.passages] == [words]
    assert len(found.warnings) == left


def test_a_style_sheet_that_did_not_come_with_a_saved_page_is_told() -> None:
    message = EmailMessage()
    message.set_content(PAGE.replace("<h1>", '<link rel="stylesheet" href="a.css"><h1>'), "html")
    assert "style sheets in other files" in read(message.as_bytes(), "péages.mhtml").warnings[0]


@pytest.mark.parametrize("address", ["http://[pont", "", "a.css"])
def test_a_link_to_no_sheet_of_a_saved_page_stays(address: str) -> None:
    page = PAGE.replace("<h1>", f'<link rel="stylesheet" href="{address}"><h1>')
    message = EmailMessage()
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.add_related("p { display: none }", subtype="css")
    found = read(message.as_bytes(), "péages.mhtml")
    assert [p.text for p in found.passages] == ["Le péage est fixé à l’entrée."]
    assert "style sheets in other files" in found.warnings[0]


@pytest.mark.parametrize("name", ["", "reglement.eml"])
def test_a_message_within_a_message_is_one_part_with_its_name(name: str) -> None:
    inner = letter()
    inner.replace_header("Subject", "Règlement du pont")
    inner.add_attachment(b"x", maintype="image", subtype="png", filename="plan.png")
    message = letter()
    message.add_attachment(inner, **({"filename": name} if name else {}))
    found = read(message.as_bytes())
    told = name or "Règlement du pont"
    assert found.warnings == (f"parts of the message are left out: 1 ({told})",)
