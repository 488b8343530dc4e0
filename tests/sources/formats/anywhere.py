"""The same odd words in every place of a page or a Word file: each place, each sort of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.sources.formats.mutations import Cases, Mutation, docx_with, html_with

Place = Callable[[str], str]

_HTML: Cases = {
    "exponent": ("Il vaut 10<sup>6</sup> euros.", ("10⁶",), ("106",)),
    "note call": ("Il vaut dix<sup>1</sup> euros.", (), ("dix1",)),
    "hidden": (
        "Il vaut dix<span style='display:none'> hermine</span> euros.",
        ("dix euros",), ("hermine",)),
    "struck": ("Il vaut dix<s> hermine</s> euros.", ("dix euros",), ("hermine",)),
    "white": (
        "Il vaut dix<span style='color:#fff'> hermine</span> euros.",
        ("dix euros",), ("hermine",)),
}  # fmt: skip
_ROWS = "<tr><td>Un<td>deux<tr><td>Deux<td>rien</table>"
_HTML_PLACES = {
    "paragraph": "<p>{}</p>",
    "heading": "<h2>{}</h2><p>Sous ce titre.</p>",
    "title": "<h1>{}</h1>",
    "item": "<ul><li>{}</li><li>autre.</li></ul>",
    "item of an item": "<ol><li>Un<ol><li>{}</li></ol></li></ol>",
    "cell": "<table border=1><tr><th>Cas<th>Prix<tr><td>Un<td>{}<tr><td>Deux<td>rien</table>",
    "head of a column": "<table border=1><tr><th>{}<th>Prix" + _ROWS,
    "caption": "<table border=1><caption>{}</caption><tr><th>Cas<th>Prix" + _ROWS,
    "term": "<dl><dt>{}<dd>Oui.</dl>",
    "definition": "<dl><dt>Prix<dd>{}</dl>",
    "quotation": "<blockquote>{}</blockquote>",
    "link": "<p><a href=x>{}</a></p>",
    "summary": "<details open><summary>{}</summary><p>Vu.</p></details>",
    "caption of a figure": "<figure><p>Vu.</p><figcaption>{}</figcaption></figure>",
    "typed": "<pre>{}</pre>",
    "label": "<form><label>{}</label></form>",
    "legend": "<fieldset><legend>{}</legend><p>Vu.</p></fieldset>",
    "article": "<p>Article 1</p><p>{}</p><p>Article 2</p><p>Fin.</p>",
    "aside": "<aside><p>{}</p></aside>",
    "foot": "<footer><p>{}</p></footer>",
    "small type": "<p><small>{}</small></p>",
    "bold type": "<p><b>{}</b></p>",
}


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def _paragraph(content: str, style: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}</w:pPr>{content}</w:p>"


def _table(*rows: tuple[str, str]) -> str:
    cells = ("".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _between(odd: str) -> str:
    return _run("Il vaut dix") + odd + _run(" euros.")


_LEFT_OUT = ("dix euros",), ("hermine",)
_WORD: Cases = {
    "exponent": (
        _run("Il vaut 10") + _run("6", '<w:vertAlign w:val="superscript"/>') + _run(" euros."),
        ("10⁶",), ("106",)),
    "hidden": (_between(_run(" hermine", "<w:vanish/>")), *_LEFT_OUT),
    "struck": (_between(_run(" hermine", "<w:strike/>")), *_LEFT_OUT),
    "white": (_between(_run(" hermine", '<w:color w:val="FFFFFF"/>')), *_LEFT_OUT),
    "deleted": (
        _between(
            '<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve"> hermine'
            "</w:delText></w:r></w:del>"
        ),
        *_LEFT_OUT),
}  # fmt: skip
_REST = (_run("Un"), _run("deux")), (_run("Deux"), _run("rien"))
_WORD_PLACES: dict[str, Place] = {
    "paragraph": _paragraph,
    "heading": lambda odd: _paragraph(odd, "Heading1") + _paragraph(_run("Sous ce titre.")),
    "title": lambda odd: _paragraph(odd, "Title"),
    "item": lambda odd: (
        _paragraph(_run("Liste :"))
        + _paragraph(odd, "ListBullet")
        + _paragraph(_run("autre point."), "ListBullet")
    ),
    "cell": lambda odd: _table((_run("Cas"), _run("Prix")), (_run("Un"), odd), _REST[1]),
    "head of a column": lambda odd: _table((odd, _run("Prix")), *_REST),
    "article": lambda odd: "".join(
        map(_paragraph, (_run("Article 1"), odd, _run("Article 2"), _run("Fin de tout.")))
    ),
    "insertion": lambda odd: _paragraph(f'<w:ins w:id="9" w:author="A">{odd}</w:ins>'),
    "control": lambda odd: f"<w:sdt><w:sdtContent>{_paragraph(odd)}</w:sdtContent></w:sdt>",
    "link": lambda odd: _paragraph(f"<w:hyperlink>{odd}</w:hyperlink>"),
}


def anywhere() -> Iterator[Mutation]:
    """Each sort of odd words in each place."""
    for name, (odd, shows, hides) in _HTML.items():
        for place, around in _HTML_PLACES.items():
            page = html_with(around.format(odd))
            yield Mutation(f"html: {name} in {place}", page, shows, hides)
    for name, (odd, shows, hides) in _WORD.items():
        for place, put in _WORD_PLACES.items():
            yield Mutation(f"docx: {name} in {place}", docx_with(put(odd)), shows, hides)
