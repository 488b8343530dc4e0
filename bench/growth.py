"""``python -m bench.growth``: how the time of reading grows with a text.

Each kind of file is made three times, of n, 2n and 4n parts, and read; shown is how many times
longer the second and the third take. About 2 is right: time grows with the text and no faster.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from itertools import pairwise

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sources.formats.file import read_file

_W = nsdecls("w")


def _page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def _word(content: str) -> bytes:
    document = docx.Document()
    for part in parse_xml(f"<w:body {_W}>{content}</w:body>"):
        document.element.body[-1].addprevious(part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def _row(number: int) -> str:
    cells = (f"<w:tc><w:p>{_run(words)}</w:p></w:tc>" for words in (f"Cas {number}", "jours"))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _each(count: int, part: str) -> str:
    return "".join(part.format(n=n, roman="MDCCCLXXXVIII") for n in range(1, count + 1))


_TITLE = "<p class=oj-doc-ti>RÈGLEMENT (UE) 2031/5</p>"
#: What is made of a number of parts, and the smallest such number.
KINDS: dict[str, tuple[Callable[[int], bytes], int]] = {
    "Word, small paragraphs": (
        lambda n: _word(_each(n, f"<w:p>{_run('Le point {n} est lu.')}</w:p>")), 2000),
    "Word, runs of a paragraph": (
        lambda n: _word(f"<w:p>{_each(n, _run('mot{n} '))}</w:p>"), 2000),
    "Word, rows of a table": (
        lambda n: _word(f"<w:tbl>{''.join(map(_row, range(n)))}</w:tbl>"), 1000),
    "HTML, attributes of an element": (
        lambda n: _page(f"<p {_each(n, 'a{n}=x ')}>Le texte est lu.</p>"), 1000),
    "HTML, paragraphs": (lambda n: _page(_each(n, "<p>Le point {n} est lu.</p>")), 2000),
    "HTML, numbered rows of a table": (
        lambda n: _page(f"<table>{_each(n, '<tr><td>7. Cas</td><td>{n} jours</td></tr>')}</table>"),
        500),
    "HTML, lines below a list of an article": (
        lambda n: _page("<p>Article 1. Le bac :</p><ol><li>part ;</li></ol>"
                        + _each(n, "<p>Le point {n} est lu.</p>")), 500),
    "HTML, lines between the items of an article": (
        lambda n: _page("<p>Article 1. Le bac :</p><ol><li>part ;</li></ol>"
                        + _each(n, "<p>Le point {n} est lu.</p>")
                        + "<ol start=2><li>revient.</li></ol>"), 500),
    "HTML, raised signs of a paragraph": (
        lambda n: _page(f"<p>{_each(n, 'mot<sup>2</sup> ')}</p>"), 3000),
    "HTML, notes": (
        lambda n: _page(_each(n, "<p>mot<sup>{n}</sup> dit.</p>") + _each(n, "<p>{n}) Note.</p>")),
        200),
    "HTML, styles": (
        lambda n: _page("<style>" + _each(n, ".c{n}{{display:none}}") + "</style>"
                        + _each(n, "<p class=c{n}>caché</p><p>vu {n}</p>")), 500),
    "Justel, lines of an article": (
        lambda n: _page("<title>Justel</title><div><a name='Art.1'></a>Art. 1. "
                        + _each(n, "Il est dit :<br>« le mot {n}<br>") + "</div>"), 1000),
    "text, Roman numbers": (lambda n: _each(n, "{roman}. Le point est lu.\n\n").encode(), 1000),
    "text, a word of Roman signs": (lambda n: ("IVXLC" * n + " lu.").encode(), 5000),
    "text, wrapped lines": (lambda n: _each(n, "xxxiv. lu\n").encode(), 3000),
    "text, words parted at the ends of lines": (lambda n: _each(n, "mot{n}-\n").encode(), 5000),
    "text, numbered points": (lambda n: _each(n, "{n}. Le point est lu.\n\n").encode(), 1000),
    "text, articles": (lambda n: _each(n, "Article {n}\n\nIl est lu.\n\n").encode(), 1000),
    "text, lines in capitals of an article": (
        lambda n: ("Article 1\n\nIl est lu.\n\n"
                   + _each(n, "LE POINT EST LU\n\nLe point {n} est lu.\n\n")).encode(), 500),
    "text, notes": (
        lambda n: (_each(n, "Mot ({n}) dit.\n\n") + _each(n, "({n}) Note.\n\n")).encode(), 1000),
    "Markdown, headings and points": (
        lambda n: _each(n, "## Titre {n}\n\n- Le point {n} est lu.\n\n").encode(), 1000),
    "e-mail, paragraphs": (
        lambda n: ("From: a@b.test\r\nSubject: Avis\r\n\r\n"
                   + _each(n, "Le point {n} est lu.\r\n\r\n")).encode(), 1000),
    "HTML, rows beside one cell": (
        lambda n: _page(f"<table><tr><td rowspan={n + 1}>A</td><td>x</td></tr>"
                        + _each(n, "<tr><td>{n}</td></tr>") + "</table>"), 1000),
    "act, articles": (
        lambda n: _page(_TITLE + _each(n, "<p class=oj-ti-art>Article {n}</p>"
                                          "<p class=oj-normal>Il est lu {n}.</p>")), 1000),
    "act, rows of a table": (
        lambda n: _page(_TITLE + "<p class=oj-ti-art>Article 1</p><table>"
                        + _each(n, "<tr><td><p>cas {n}</p></td><td><p>dix</p></td></tr>")
                        + "</table>"), 1000),
}  # fmt: skip


def main() -> None:
    """Read each kind of file and print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("kind", nargs="*", help="words of the kinds to read (default: all)")
    wanted = parser.parse_args().kind
    for kind, (made, least) in KINDS.items():
        if wanted and not any(word in kind for word in wanted):
            continue
        spent = [_seconds(made(times * least)) for times in (1, 2, 4)]
        ratios = [after / before for before, after in pairwise(spent)]
        shown = "  ".join(f"× {ratio:.1f}" for ratio in ratios)
        print(f"{kind:42} {shown}   ({spent[-1]:.2f} s)", flush=True)


def _seconds(data: bytes) -> float:
    start = time.process_time()
    read_file(data, work="bench", lang="fr", name="bench", searchable=None)
    return max(time.process_time() - start, 1e-3)


if __name__ == "__main__":
    main()
