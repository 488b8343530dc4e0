"""Properties of every act: whole sentences of a made-up act come back at their address."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from sources.anchor import PORTION, Anchor, Lang
from sources.errors import ReadError
from sources.formats.file import read_act
from sources.model import Document
from tests.sources.formats.act_reading import ACTS, content

WORD = st.text("abcdefghijklmnopqrstuvwxyzéèàçœ’", min_size=3, max_size=9)
SENTENCE = st.lists(WORD, min_size=2, max_size=6).map(lambda words: f"Xy {' '.join(words)}.")
POINTS = st.lists(SENTENCE, min_size=1, max_size=4)
MADE = sorted(p.relative_to(ACTS).as_posix() for p in ACTS.rglob("*ml"))


@dataclass(frozen=True)
class Paragraph:
    """Sentences, then points "a)", "b)"…"""

    sentences: list[str]
    points: list[str]

    def lines(self) -> list[str]:
        return self.sentences + [
            f"{label}) {p}" for label, p in zip("abcd", self.points, strict=False)
        ]

    def markup(self, sign: str) -> str:
        first, *rest = self.sentences
        return (
            _p("normal", sign + first)
            + "".join(_p("normal", s) for s in rest)
            + "".join(_row(f"{label})", p) for label, p in zip("abcd", self.points, strict=False))
        )


@dataclass(frozen=True)
class Article:
    """Numbered paragraphs, or one without number."""

    suffix: str
    title: str
    paragraphs: list[Paragraph]
    numbered: bool

    def expected(self, number: int) -> dict[str, str]:
        base = f"art_{number}{self.suffix}"
        if self.numbered:
            return {
                f"{base}.par_{n}": "\n".join(p.lines()) for n, p in enumerate(self.paragraphs, 1)
            }
        only = self.paragraphs[0]
        points = {f"{base}.pnt_{label}": p for label, p in zip("abcd", only.points, strict=False)}
        return {base: "\n".join(only.sentences), **points}

    def markup(self, number: int, *, ids: bool) -> str:
        paragraphs = self.paragraphs if self.numbered else self.paragraphs[:1]
        inside = ""
        for n, paragraph in enumerate(paragraphs, 1):
            body = paragraph.markup(f"{n}.\u00a0\u00a0\u00a0" if self.numbered else "")
            own = ids and self.numbered
            inside += f'<div id="{number:03}.{n:03}">{body}</div>' if own else body
        heading = _p("ti-art", f"Article\u00a0{number} {self.suffix}") + _p("sti-art", self.title)
        whole = f'<div class="eli-subdivision" id="art_{number}">{heading}{inside}</div>'
        return whole if ids else heading + inside


PARAGRAPH = st.builds(Paragraph, st.lists(SENTENCE, min_size=1, max_size=3), POINTS | st.just([]))
ARTICLE = st.builds(
    Article,
    st.sampled_from(["", "bis", "ter", "quater"]),
    SENTENCE,
    st.lists(PARAGRAPH, min_size=1, max_size=3),
    st.booleans(),
)


def _p(kind: str, text: str) -> str:
    return f'<p class="oj-{kind}">{text}</p>'


def _row(label: str, text: str) -> str:
    cells = f"<td>{_p('normal', label)}</td><td>{_p('normal', text)}</td>"
    return f"<table><tbody><tr>{cells}</tr></tbody></table>"


def _page(body: str) -> bytes:
    start = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
    return f"{start}<body>{_p('doc-ti', 'RÈGLEMENT')}{body}</body></html>".encode()


def check(document: Document) -> None:
    anchors = [p.anchor for p in document.passages]
    assert len({a.portion for a in anchors}) == len(anchors) > 0
    for passage in document.passages:
        assert Anchor.parse(str(passage.anchor)) == passage.anchor
        assert PORTION.fullmatch(passage.anchor.portion)
        assert all(line.strip() == line != "" for line in passage.text.split("\n"))
        assert all(heading and "\n" not in heading for heading in passage.headings)
        assert passage.locator.fr and passage.locator.nl  # noqa: PT018


@given(
    recitals=st.lists(SENTENCE, max_size=3),
    articles=st.lists(ARTICLE, min_size=1, max_size=4),
    ids=st.booleans(),
)
def test_every_sentence_of_an_act_is_found_at_its_address(
    recitals: list[str], articles: list[Article], ids: bool
) -> None:
    expected = {f"rct_{n}": text for n, text in enumerate(recitals, 1)}
    body = _p("normal", "considérant ce qui suit:") if recitals else ""
    body += "".join(_row(f"({n})", text) for n, text in enumerate(recitals, 1))
    for number, article in enumerate(articles, 1):
        expected |= article.expected(number)
        body += article.markup(number, ids=ids)
    document = read_act(_page(body), work="celex:32031R0001", lang="fr")
    check(document)
    found = {p.anchor.portion: p.text for p in document.passages if p.anchor.portion != "pbl"}
    assert found == expected


@given(name=st.sampled_from(MADE), start=st.floats(0, 1), length=st.integers(1, 400))
def test_an_act_with_a_hole_is_refused_or_still_has_good_passages(
    name: str, start: float, length: int
) -> None:
    data = content(name)
    at = int(start * len(data))
    with suppress(ReadError):  # anything else is a crash
        check(read_act(data[:at] + data[at + length :], work="w", lang=_lang(name)))


@given(name=st.sampled_from(MADE), at=st.floats(0, 1), to=st.floats(0, 1))
def test_an_act_with_a_line_out_of_place_still_has_good_passages(
    name: str, at: float, to: float
) -> None:
    text = content(name).decode()
    start = text.find("<p", int(at * len(text)))
    end = text.find("</p>", start) + 4
    if not 0 <= start < end:
        return
    line, rest = text[start:end], text[:start] + text[end:]
    target = max(rest.find("<p", int(to * len(rest))), rest.find("<p"))
    moved = rest[:target] + line + rest[target:]
    with suppress(ReadError):
        check(read_act(moved.encode(), work="w", lang=_lang(name)))


def _lang(name: str) -> Lang:
    return "nl" if ".nl" in name else "fr"
