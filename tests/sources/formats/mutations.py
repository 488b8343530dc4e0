"""Small files in which one thing is not as a plain reader of the file takes it.

Each has what a person sees on the paper (``shows``) and what nobody sees (``hides``). A reader may
leave something out or read it in another form where it says so; it may not do that in silence.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.sources.formats.pdf_maker import Words, content, raw_pdf

BEFORE = "Le texte commence par une phrase que tous peuvent lire."
AFTER = "Le texte finit par une phrase que tous peuvent lire."
_W = nsdecls("w")
_SPACES = (
    f"{_W} {nsdecls('r')} {nsdecls('a')} {nsdecls('wp')} {nsdecls('pic')}"
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


@dataclass(frozen=True)
class Mutation:
    """One file: what it is, its bytes, what is seen and what is not.

    ``shows`` are words that a passage has, or the reader is told; ``hides`` words that none has,
    or the reader is told.
    """

    name: str
    data: bytes
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


def mutations() -> Iterator[Mutation]:
    """All of them."""
    made_of = {
        "html": (html_with, _HTML), "docx": (docx_with, _DOCX), "pdf": (_pdf, _PDF),
        "mail": (_mail, _MAIL),
    }  # fmt: skip
    for sort, (made, cases) in made_of.items():
        for name, (inner, shows, hides) in cases.items():
            yield Mutation(f"{sort}: {name}", made(inner), shows, hides)


Cases = dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]


def html_with(body: str) -> bytes:
    """A page with these parts between two sentences."""
    head, _, inner = body.rpartition("</style>")
    style = f"{head}</style>" if head else ""
    page = f"<html lang=fr><head><meta charset=utf-8>{style}</head><body><p>{BEFORE}</p>"
    return f"{page}{inner}<p>{AFTER}</p></body></html>".encode()


_TABLE = "<table border=1><tr><th>Cas</th><th>Délai</th><th>Voie</th></tr>{}</table>"
_HTML: Cases = {
    "exponent": ("<p>Le prix est de 10<sup>6</sup> euros.</p>", ("10⁶ euros",), ("106",)),
    "note call": ("<p>Le délai est de 30<sup>1</sup> jours.</p>", ("30¹ jours",), ("301",)),
    "raised by style": (
        "<p>Le prix est de 10<span style='vertical-align:super'>6</span> euros.</p>",
        ("10⁶",), ("106",)),
    "raised by class": (
        "<style>.h{vertical-align:super}</style>"
        "<p>Le prix est de 10<span class=h>6</span> euros.</p>",
        ("10⁶",), ("106",)),
    "raised by position": (
        "<p>Le prix est de 10<span style='position:relative;top:-.5em'>6</span> euros.</p>",
        (), ("106 euros",)),
    "lowered": ("<p>La valeur X<sub>1</sub>2 est lue.</p>", (), ()),
    "rows merged": (
        _TABLE.format("<tr><td rowspan=2>Recours</td><td>30 jours</td><td>écrit</td></tr>"
                      "<tr><td>60 jours</td><td>oral</td></tr>"),
        ("Recours | 60 jours | oral",), ()),
    "columns merged": (
        _TABLE.format("<tr><td colspan=2>Aucun</td><td>oral</td></tr>"),
        ("Aucun | Aucun | oral",), ()),
    "hidden": ("<p hidden>Secret hermine.</p>", (), ("hermine",)),
    "display none": ("<p style='display:none'>Secret hermine.</p>", (), ("hermine",)),
    "visibility": ("<p style='visibility:hidden'>Secret hermine.</p>", (), ("hermine",)),
    "opacity": ("<p style='opacity:0'>Secret hermine.</p>", (), ("hermine",)),
    "size 0": ("<p style='font-size:0'>Secret hermine.</p>", (), ("hermine",)),
    "white on white": ("<p style='color:#fff'>Secret hermine.</p>", (), ("hermine",)),
    "white font": ("<p><font color=white>Secret hermine.</font></p>", (), ("hermine",)),
    "transparent": ("<p style='color:transparent'>Secret hermine.</p>", (), ("hermine",)),
    "white by class": (
        "<style>.b{color:white}</style><p class=b>Secret hermine.</p>", (), ("hermine",)),
    "out of the page": (
        "<p style='position:absolute;left:-9999px'>Secret hermine.</p>", (), ("hermine",)),
    "indented away": ("<p style='text-indent:-9999px'>Secret hermine.</p>", (), ("hermine",)),
    "clipped": (
        "<p style='position:absolute;clip:rect(0,0,0,0)'>Secret hermine.</p>", (), ("hermine",)),
    "clip path": ("<p style='clip-path:inset(100%)'>Secret hermine.</p>", (), ("hermine",)),
    "no height": (
        "<div style='height:0;overflow:hidden'>Secret hermine.</div>", (), ("hermine",)),
    "scaled to nothing": ("<p style='transform:scale(0)'>Secret hermine.</p>", (), ("hermine",)),
    "template": ("<template><p>Secret hermine.</p></template>", (), ("hermine",)),
    "closed dialog": ("<dialog><p>Secret hermine.</p></dialog>", (), ("hermine",)),
    "struck": ("<p>Le délai est de <s>trente</s> soixante jours.</p>", ("soixante",), ("trente",)),
    "deleted": ("<p>Le délai est de <del>trente</del> soixante jours.</p>", (), ("trente",)),
    "struck by style": (
        "<p>Le délai est de <span style='text-decoration:line-through'>trente</span> jours.</p>",
        (), ("trente",)),
    "value": ("<p>Le délai est de <input value='trente'> jours.</p>", ("trente",), ()),
    "choice": (
        "<p>Le délai est de <select><option>dix<option selected>trente</select> jours.</p>",
        ("trente",), ("dix",)),
    "box": ("<p><input type=checkbox checked> accepté</p>", ("☑",), ()),
    "text area": ("<p><textarea>trente jours</textarea></p>", ("trente",), ()),
    "formula": (
        "<p>Le taux est <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>.</p>", ("a",), ()),
    "drawn words": ("<svg><text>Total trente</text></svg>", ("trente",), ()),
    "picture": ("<p>Voir <img src=x.png width=400 height=300> le plan.</p>", ("image",), ()),
    "words of a style": (
        "<style>.d::before{content:'Interdit : '}</style><p class=d>fumer dans la salle.</p>",
        ("Interdit",), ()),
    "list from five": ("<ol start=5><li>cinq pommes</li></ol>", ("point 5 cinq pommes",), ()),
    "numbers by counter": (
        "<style>li{list-style:none;counter-increment:c}li::before{content:counter(c)') '}</style>"
        "<ol><li>des pommes</li></ol>", ("1",), ()),
    "order by style": (
        "<div style='display:flex;flex-direction:column-reverse'><p>Deuxième ligne lue.</p>"
        "<p>Première ligne lue.</p></div>", ("retourn",), ()),
    "turned letters": (
        "<p><bdo dir=rtl>siom ertauq</bdo> de délai.</p>", ("quatre mois",), ("ertauq",)),
    "turned by style": (
        "<p style='direction:rtl;unicode-bidi:bidi-override'>siom ertauq</p>",
        ("quatre mois",), ("ertauq",)),
    "frame": ("<iframe srcdoc='<p>Le délai est de trente jours.</p>'></iframe>", ("trente",), ()),
    "in capitals by style": ("<p style='text-transform:uppercase'>le délai</p>", ("le délai",), ()),
    "soft hyphen": ("<p>La res&shy;pon&shy;sa&shy;bi&shy;li&shy;té.</p>", ("responsabilité",), ()),
    "ruby": ("<p>Le <ruby>terme<rt>note</rt></ruby> est lu.</p>", ("terme",), ("termenote",)),
    "foot of a table": (
        "<table><tfoot><tr><td>Total</td><td>9</td></tr></tfoot><tbody><tr><td>Un</td><td>4</td>"
        "</tr><tr><td>Deux</td><td>5</td></tr></tbody></table>", ("Total | 9",), ()),
    "printed only": (
        "<style>@media print{.p{display:none}}</style><p class=p>Texte à l’écran.</p>",
        ("à l’écran",), ()),
    "screen only hidden": (
        "<style>@media screen{.p{display:none}}</style><p class=p>Secret hermine.</p>",
        (), ("hermine",)),
}  # fmt: skip


def docx_with(inner: str) -> bytes:
    """A Word file with these parts between two sentences."""
    document = docx.Document()
    document.add_paragraph(BEFORE)
    for part in parse_xml(f"<w:body {_SPACES}>{inner}</w:body>"):
        document.element.body[-1].addprevious(part)
    document.add_paragraph(AFTER)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def _r(words: str, properties: str = "") -> str:
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(_r(words))}</w:tc>"


def _rows(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
    '<a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>'
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>"
    "<w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_DOCX: Cases = {
    "exponent": (
        _p(_r("Le prix est de 10"), _r("6", '<w:vertAlign w:val="superscript"/>'), _r(" euros.")),
        ("10⁶",), ("106",)),
    "raised by position": (
        _p(_r("Le prix est de 10"), _r("6", '<w:position w:val="8"/>'), _r(" euros.")),
        ("10⁶",), ("106",)),
    "rows merged": (
        _rows(_cell("Cas") + _cell("Délai"),
              _cell("Recours", '<w:vMerge w:val="restart"/>') + _cell("30 jours"),
              _cell("", "<w:vMerge/>") + _cell("60 jours")),
        ("Recours | 60 jours",), ()),
    "columns merged": (
        _rows(_cell("Cas") + _cell("Délai") + _cell("Voie"),
              _cell("Aucun", '<w:gridSpan w:val="2"/>') + _cell("oral")),
        ("Aucun | Aucun | oral",), ()),
    "hidden": (_p(_r("Vu. "), _r("Secret hermine.", "<w:vanish/>")), (), ("hermine",)),
    "white": (
        _p(_r("Vu. "), _r("Secret hermine.", '<w:color w:val="FFFFFF"/>')), (), ("hermine",)),
    "white on black": (
        _p(_r("Texte clair.", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>')),
        ("Texte clair",), ()),
    "tiny": (_p(_r("Vu. "), _r("Secret hermine.", '<w:sz w:val="2"/>')), (), ("hermine",)),
    "struck": (_p(_r("Il a "), _r("trente ", "<w:strike/>"), _r("jours.")), (), ("trente",)),
    "struck twice": (_p(_r("Il a "), _r("trente ", "<w:dstrike/>"), _r("jours.")), (), ("trente",)),
    "deleted": (
        _p(_r("Il a "), '<w:del w:id="1" w:author="A"><w:r><w:delText>trente</w:delText></w:r>'
           "</w:del>", _r("dix jours.")), ("dix",), ("trente",)),
    "inserted": (
        _p(_r("Il a "), f'<w:ins w:id="1" w:author="A">{_r("dix ")}</w:ins>', _r("jours.")),
        ("dix",), ()),
    "paragraph deleted": (
        '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>' + _r("Il a ")
        + "</w:p>" + _p(_r("dix jours.")), ("Il a dix jours.",), ()),
    "moved": (
        _p('<w:moveFrom w:id="1" w:author="A">' + _r("Phrase ancienne.") + "</w:moveFrom>")
        + _p('<w:moveTo w:id="2" w:author="A">' + _r("Phrase nouvelle.") + "</w:moveTo>"),
        ("nouvelle",), ("ancienne",)),
    "symbol": (
        _p(_r("L’âge est "), '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', _r(" 18 ans.")),
        ("≥ 18",), ()),
    "formula": (
        _p(_r("Le taux est "), "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r>"
           "<m:t>b</m:t></m:r></m:den></m:f></m:oMath>", _r(".")), ("a",), ()),
    "text box": (_p(_r("Vu."), _BOX.format(_p(_r("Le délai est de trente jours.")))),
                 ("trente",), ()),
    "check box": (
        _p("<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox></w:sdtPr>"
           f"<w:sdtContent>{_r('☒')}</w:sdtContent></w:sdt>", _r(" accepté")), ("☒",), ()),
    "field": (_p(_r("Il a "), _FIELD.format(" REF x ", _r("trente")), _r(" jours.")),
              ("trente jours",), ("REF",)),
    "drop-down": (
        _p(_r("Il a "), '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result '
           'w:val="1"/><w:listEntry w:val="dix"/><w:listEntry w:val="trente"/></w:ddList>'
           '</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>'
           '<w:r><w:fldChar w:fldCharType="end"/></w:r>', _r(" jours.")), ("trente",), ("dix",)),
    "form check box": (
        _p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
           '<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX '
           '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', _r(" accepté")),
        ("☑",), ()),
    "large first letter": (
        '<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/></w:pPr>'
        + _r("L") + "</w:p>" + _p(_r("e délai est de trente jours.")),
        ("Le délai est de trente jours.",), ()),
    "turned cell": (
        _rows(_cell("Cas") + _cell("Délai", '<w:textDirection w:val="btLr"/>'),
              _cell("Un") + _cell("dix")), ("Délai",), ()),
    "no-break hyphen": (
        _p(_r("Le rendez"), "<w:r><w:noBreakHyphen/></w:r>", _r("vous.")), ("rendez-vous",), ()),
    "placeholder": (
        _p(_r("Nom : "), "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
           + _r("Cliquez ici.") + "</w:sdtContent></w:sdt>"), (), ("Cliquez",)),
    "ruby": (
        _p("<w:r><w:ruby><w:rt><w:r><w:t>note</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>terme</w:t>"
           "</w:r></w:rubyBase></w:ruby></w:r>", _r(" lu.")), ("terme",), ("noteterme",)),
    "drawing": (
        _p(_r("Vu. "), "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="
           '"http://schemas.openxmlformats.org/drawingml/2006/diagram"/></a:graphic></wp:inline>'
           "</w:drawing></w:r>"), ("image",), ()),
    "embedded object": (
        _p(_r("Vu. "), '<w:r><w:object><v:shape><v:imagedata r:id="rId99"/></v:shape></w:object>'
           "</w:r>"), ("image",), ()),
    "nested table": (
        "<w:tbl><w:tr><w:tc>" + _rows(_cell("dix") + _cell("trente")) + "<w:p/></w:tc><w:tc>"
        + _p(_r("oral")) + "</w:tc></w:tr></w:tbl>", ("dix", "trente", "oral"), ()),
    "in capitals": (_p(_r("le délai", "<w:caps/>")), ("le délai",), ()),
    "tab": (_p(_r("Cas"), "<w:r><w:tab/></w:r>", _r("dix")), ("Cas dix",), ("Casdix",)),
    "absolute tab": (
        _p(_r("Cas"), '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>'
           "</w:r>", _r("dix")), (), ("Casdix",)),
}  # fmt: skip


def _pdf(inner: str) -> bytes:
    lines = [Words(60, 760, BEFORE), Words(60, 600, AFTER)]
    return raw_pdf([content(lines) + b"\n" + inner.encode("cp1252")])


def _at(x: float, y: float, words: str, size: float = 10, before: str = "") -> str:
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET"


_LINE = "Secret hermine du texte."
_PDF: Cases = {
    "exponent": (
        _at(60, 700, "Le prix est de 10") + _at(162, 704, "6", 6) + _at(172, 700, "euros."),
        ("10⁶",), ("106",)),
    "white": (f"1 g {_at(60, 700, _LINE)} 0 g", (), ("hermine",)),
    "invisible": (_at(60, 700, _LINE, before="3 Tr"), (), ("hermine",)),
    "covered": (f"{_at(60, 700, _LINE)} 1 g 50 690 400 20 re f 0 g", (), ("hermine",)),
    "clipped": (f"q 0 0 10 10 re W n {_at(60, 700, _LINE)} Q", (), ("hermine",)),
    "out of the page": (_at(60, 2000, _LINE), (), ("hermine",)),
    "tiny": (_at(60, 700, _LINE, 0.5), (), ("hermine",)),
    "struck": (
        _at(60, 700, "Il a trente jours.") + " 0.5 w 90 703 m 125 703 l S", (), ("trente",)),
    "turned": (
        "BT /F1 10 Tf 0 1 -1 0 500 400 Tm (Mention en marge) Tj ET", ("Mention en marge",), ()),
    "upside down": (
        "BT /F1 10 Tf -1 0 0 -1 400 700 Tm (Il a quatre mois) Tj ET", ("quatre mois",), ()),
    "mirrored": (
        "BT /F1 10 Tf -1 0 0 1 400 700 Tm (Il a quatre mois) Tj ET", ("quatre mois",), ()),
    "spaced letters": (
        "BT /F1 10 Tf 4 Tc 1 0 0 1 60 700 Tm (ARTICLE) Tj ET", ("ARTICLE",), ("A R T",)),
    "written twice": (
        _at(60, 700, "Il a trente jours.") + _at(60.3, 700, "Il a trente jours."),
        ("Il a trente jours.",), ("trente jours. Il a",)),
    "right words first": (
        _at(162, 700, "trente jours.") + _at(60, 700, "Le délai est de"),
        ("Le délai est de trente jours.",), ()),
    "faint": (f"0.995 g {_at(60, 700, _LINE)} 0 g", (), ("hermine",)),
    "drawn letters": ("60 700 m 60 710 l 65 705 l S 70 700 m 70 710 l S", (), ()),
}  # fmt: skip


def _mail(inner: str) -> bytes:
    head = "From: a@exemple.test\r\nTo: b@exemple.test\r\nSubject: Avis\r\nMIME-Version: 1.0\r\n"
    shown = inner.replace("BEFORE", BEFORE).replace("AFTER", AFTER).replace("\n", "\r\n")
    return (head + shown).encode()


_PLAIN = "Content-Type: text/plain; charset=utf-8\n{}\nBEFORE\n\n{}\n\nAFTER\n"
_MIXED = (
    'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
    "Content-Type: text/plain; charset=utf-8\n\nBEFORE\n\nAFTER\n--b\n{}\n--b--\n"
)
_MAIL: Cases = {
    "accents": (
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "Le d=C3=A9lai est de tren=\nte jours.\n", ("délai est de trente",), ("=C3",)),
    "two forms": (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; '
        "charset=utf-8\n\nIl a dix jours.\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Il a "
        "dix jours, <b>BEFORE</b></p>\n--b--\n", ("dix jours",), ()),
    "attachment": (
        _MIXED.format('Content-Type: text/plain; name="a.txt"\nContent-Disposition: attachment; '
                      'filename="a.txt"\n\nIl a trente jours.'), ("trente",), ()),
    "attached mail": (
        _MIXED.format("Content-Type: message/rfc822\n\nSubject: Autre\nContent-Type: text/plain"
                      "\n\nIl a trente jours."), ("trente",), ()),
    "second part": (
        _MIXED.format("Content-Type: text/plain; charset=utf-8\n\nIl a trente jours."),
        ("trente",), ()),
    "hidden": (
        "Content-Type: text/html; charset=utf-8\n\n<p>BEFORE</p><p style='display:none'>Secret "
        "hermine.</p><p>AFTER</p>\n", (), ("hermine",)),
    "wrong set of letters": (
        _PLAIN.format("", "Le délai est lu.").replace("utf-8", "us-ascii"), ("délai",), ()),
    "calendar": (
        _MIXED.format("Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR"),
        ("calendar",), ()),
    "encrypted": (
        'Content-Type: application/pkcs7-mime; name="smime.p7m"\nContent-Transfer-Encoding: base64'
        "\n\nMIIB\n", ("refused",), ()),
}  # fmt: skip

Made = Callable[[str], bytes]
