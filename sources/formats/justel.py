"""Reader of Belgian legislation in the pages of Justel (ejustice.just.fgov.be).

The text of a law is one run of words with line breaks; each article begins with a named link
("Art.5"), and so does each heading ("LNK0001"). Paragraphs are "§ 1er.", points "1°" and "a)".
Justel's own signs around changed words ("[¹ … ]¹") leave the text; the changes they point to
become notes.

A page that was not found comes with status 200 and no article: that is ``ReadError``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.formats.aligned import rows as aligned
from sources.formats.formula import formula, is_plain
from sources.formats.grid import belong_together, contents, grid
from sources.formats.lists import marked
from sources.formats.markup import BLOCKS, Element, cells, joined
from sources.formats.omissions import FORMULA, LAID_OUT, LINES, NESTED, PICTURE
from sources.formats.printed import cells_of
from sources.formats.printed import lines as lines_of
from sources.numbering import HEADING, LATIN
from sources.standing import FUTURE
from sources.structure import numbers
from sources.structure.blocks import Block, Role, counted, squeezed
from sources.structure.nesting import introduced, nested

_HERE = "\ufdd1"  # stands where an article's named link was
_LISTED = "\ufdd2"  # where that of a heading was
_ROW = "\ufdd3"  # before a row of a table
_BREAK = "\ufdd9"  # of a line that is typed
_ITEM = "\ufdd6"  # around the number of an item of a list
_SEEN = {  # where what is no text was, or words stand otherwise than in the original
    "\ufdd4": PICTURE, "\ufdd5": FORMULA, "\ufdd7": LINES, "\ufdd8": LAID_OUT,
    "\ufdda": NESTED,
}  # fmt: skip
_NOT_SEEN = {ord(sign): " " if sign == "\ufdd4" else None for sign in _SEEN}  # others have words
_SIGNS = str.maketrans("", "", "".join((_HERE, _LISTED, _ROW, _ITEM, *_SEEN)))
_NAME = re.compile(r"Art\.?\s?\S.*", re.IGNORECASE)
_HEADING_NAME = re.compile(r"LNK\w+", re.IGNORECASE)
_ARTICLE = re.compile(
    rf"(?P<open>\(?){_HERE}+\s*(?P<opened>\(?)(?P<heading>(?:Article|Artikel|Art\.?)\s*[^.\s]\S*?"
    rf"(?:\s{LATIN})?(?:{numbers.TO}(?>{HEADING})(?=\s*\.))?)"
    r"(?:(?:\.?\s?[–—-]+|\s*\.|,(?!\s?\d))?(?:\s+|$)"
    r"|(?<=\d)\.(?=§|(?-i:[A-ZÀ-Ý][a-zà-ÿ’'])))(?P<rest>.*)",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"[\s_.(]*(?:DROIT[ _]FUTUR|TOEKOMSTIG[ _]RECHT)\b[\s.)]*")
_REGIONS = {
    "vlg": r"R[EÉ]GION FLAMANDE|VLAAMSE? GEWEST",
    "wal": r"R[EÉ]GION WALLONNE|WAALSE? GEWEST",
    "bru": r"R[EÉ]GION (?:DE )?BRUXELLES(?:-CAPITALE)?|BRUSSELSE? (?:HOOFDSTEDELIJKE? )?GEWEST",
    "vlc": r"COMMUNAUT[EÉ] FLAMANDE|VLAAMSE GEMEENSCHAP",
    "frc": r"COMMUNAUT[EÉ] FRAN[CÇ]AISE|FRANSE GEMEENSCHAP",
    "dgc": r"COMMUNAUT[EÉ] GERMANOPHONE|DUITSTALIGE GEMEENSCHAP",
    "fed": r"(?:AUTORIT[EÉ]|[EÉ]TAT) F[EÉ]D[EÉ]RALE?|FEDERALE (?:OVERHEID|STAAT)",
}
_REGION = re.compile(  # joined to the number of an article ("4_REGION_WALLONNE"), in capitals
    r"[\s_.(]*(?:"
    + "|".join(f"(?P<{step}>{words})" for step, words in _REGIONS.items()).replace(" ", "[ _]")
    + r")\b[\s)]*"
)
_NUMBERED = re.compile(
    rf"{_HERE}*\s*(?:Article|Artikel|Art\.?)\s*[^.\s_]+?(?:\s{LATIN})?(?=[\s_.(]*[A-ZÉ]{{4,}}[ _])",
    re.IGNORECASE,
)
_AND = r"\s?(?:[,–-]|et|en|à|tot|t/m)\s?"
_PARAGRAPHS = re.compile(  # several on one line: they are repealed
    rf"§§\s?(?P<first>\d+)(?:{_AND}\d+)*{_AND}(?P<last>\d+)(?:\.\s*|\s+(?=[(\[]))(?=\S)"
)
_POINT = re.compile(rf"(?P<label>\d+°(?:/\d+)?(?:\s?{LATIN})?|(?:[a-z]|[ivx]{{2,5}})\.)\s+")
_CHANGED = re.compile(r"\[[⁰¹²³⁴-⁹]+\s?|\s?\][⁰¹²³⁴-⁹]+")
_PARTED = re.compile(r"(?<=[\w.,;:°)])\[[⁰¹²³⁴-⁹]+\s|\s\][⁰¹²³⁴-⁹]+(?=\w)")  # by its space alone
_LEFT_OUT = re.compile(r"\[[⁰¹²³⁴-⁹]+\s*(?:\.{3}|…)\s*\][⁰¹²³⁴-⁹]+")  # what was repealed
_CHANGE = re.compile(r"\(\d+\)\s?<.+>")
# The older way: "(§ 2. Le bac.) <L 1999-05-04/33>", "(§ 1er.) Le bac", "Art. 3. <L ...> § 1er."
_BRACKETED = re.compile(r"\((?P<sign>(?:§|\d+°)[^()]*)(?P<closed>\)(?!\s?<))?(?P<rest>.*)")
_BRACKET_CLOSED = re.compile(r"\)(?=\s?<[^<>]+>$)")
_REFERENCE_FIRST = re.compile(r"(?P<reference><[^<>]+>)\s*(?P<rest>\(?§.*)")
_RULE = re.compile(r"-{5,}")
_LOWER = re.compile(r"(?:[A-Z]|[IVX]+|\d+)[.)°]\s")  # a heading below others
_ANNEX = re.compile(r"(?:ANNEXES?|BIJLAGEN?)(?:\b|\.).{0,80}")


def title(root: Element) -> str:
    """Title of the law, without its date in front of a full stop ("8 JANVIER 2020. - Loi …")."""
    for element in root.iter("p"):
        if "list-item--title" in (element.get("class") or ""):
            return squeezed("".join(map(str, element.itertext())))
    return next(_below(root, "titre", "titel"), "")


def blocks(root: Element) -> list[Block]:
    """The printed lines of a law, in reading order; ``ReadError`` where there is no article."""
    start = _text(root)
    if start is None:
        raise ReadError(
            "the page holds no article (Justel did not find the law)",
            squeezed("".join(map(str, root.itertext())))[:60],
            "Check the ELI or the numac, and fetch it again.",
        )
    called = title(root)
    lines = [Block(called, Role.TITLE)] if called else []
    preamble = [*_section(root, "sw_prev")] or _below(root, "préambule", "inleiding", "aanhef")
    lines += [_framed(text, "pbl") for text in preamble]
    future: list[str] = []
    for line in _lines(start):
        _add(lines, line, future)
    signed = [_framed(text, "fnp") for text in _section(root, "sw_sign")]
    articles = [at for at, line in enumerate(lines) if line.role is Role.ARTICLE]
    annexes = (at for at, line in enumerate(lines) if line.role is Role.TITLE and at > articles[0])
    end = next(annexes, len(lines)) if articles else len(lines)
    lines[end:end] = signed
    return nested(_with_their_points(introduced(lines)))


def unsure(lines: list[Block]) -> tuple[str, ...]:
    """What a person should know of lines right above an article, which may head it."""
    found = [
        line.text
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if after.role is Role.ARTICLE
        and line.role is Role.TEXT
        and not (line.depth or line.quoted or line.paragraph or line.doubts)
        and before.role is not Role.ARTICLE
        and before.text.endswith(".")
        and line.text[:1].isupper()
        and line.text[-1].isalnum()
    ]
    return (f"{_ABOVE}: {counted(found)}",) if found else ()


_ABOVE = "lines right above an article, read as text of the one before"


def _framed(text: str, place: str) -> Block:
    doubts = tuple(doubt for sign, doubt in _SEEN.items() if sign in text)
    return Block(squeezed(text.translate(_SIGNS)), place=place, doubts=doubts)


def _with_their_points(lines: list[Block]) -> list[Block]:
    """The lines, where a quotation or a table that a point introduces stands in that point."""
    out: list[Block] = []
    for line in lines:
        before = out[-1] if out else line
        goes_on = (line.quoted and before.quoted) or before.text.endswith(":")
        inside = goes_on or (line.role is before.role is Role.ROW)
        inner = before.depth and inside and (line.quoted or line.role is Role.ROW)
        out.append(replace(line, depth=-1) if inner else line)
    return out


def _text(root: Element) -> Element | None:
    """The element that holds the articles."""
    links = [a for a in root.iter("a") if _NAME.fullmatch(a.get("name") or "")]
    heading = next((h for h in root.iter("h2") if h.get("id") == "text"), None)
    box = heading.getparent() if heading is not None else None
    if not links or box is None:
        return links[0].getparent() if links else None
    return box if any(a in links for a in box.iter("a")) else None


def _section(root: Element, name: str) -> Iterator[str]:
    for box in root.iter("div"):
        if box.get("id") == f"list-title-{name}":
            yield from (line for p in box.iter("p") for line in _lines(p))


def _below(root: Element, *names: str) -> Iterator[str]:
    """The lines below a heading in the older pages, which are made of tables."""
    for head in root.iter("th"):
        named = head.getprevious() is None and squeezed("".join(map(str, head.itertext())))
        row = head.getparent()
        if named and named.lower() in names and row is not None:
            yield from (line for r in row.itersiblings() for line in _lines(r))


def _lines(element: Element) -> Iterator[str]:
    words = _words(element)
    yield from (line for part in words.split("\n") if (line := squeezed(part)))


def _words(element: Element) -> str:
    if element.tag == "table" and (rows := _rows(element)):
        return "\n" + "\n".join(rows) + "\n"
    if element.tag == "pre" and not any(map(_anchor, element.iter("a"))):
        return _laid_out(element)
    if element.tag in {"img", "svg", "canvas"}:
        return "\ufdd4"
    if element.tag == "math":
        return formula(element) + ("" if is_plain(element) else "\ufdd5")
    out = _anchor(element) + (_item(element) if marked(element) else _own(element))
    if element.tag == "table" and _holds_table(element):
        return f"\n{out.rstrip()}\ufdda\n"
    return f"\n{out}\n" if element.tag in _APART else out


def _holds_table(table: Element) -> bool:
    """Whether a table with data has another one within: which cells stand together is lost."""
    framed = any(map(_anchor, table.iter("a"))) or table.find(".//table") is None
    return not framed and any(len(cells_of(row)) > 1 for row in table.iter("tr"))


def _laid_out(element: Element) -> str:
    """Lines that their spaces lay out, and those of a table as its rows."""
    for part in element.iter():
        part.text = (part.text or "").replace("\n", _BREAK)
        part.tail = (part.tail or "").replace("\n", _BREAK if part is not element else " ")
    lines = _own(element).replace(_BREAK, "\n").expandtabs(4).split("\n")
    table = aligned(lines)
    rows = [
        _ROW + " | ".join(table[at]) if at in table else line
        for at, line in enumerate(lines)
        if table.get(at) != []  # a drawn line
    ]
    return "\n" + "".join(f"{row}\ufdd8\n" for row in rows if row.strip())


def _anchor(element: Element) -> str:
    """What a named link stands before: an article, a heading, or nothing."""
    name = (element.get("name") or "") if element.tag == "a" else ""
    if _NAME.fullmatch(name):
        return _HERE
    return _LISTED if _HEADING_NAME.fullmatch(name) else ""


def _item(item: Element) -> str:
    """The lines of an item of a list, the first with the number that a browser prints."""
    lines = (part.strip() for part in _own(item).split("\n"))
    found = [line for line in lines if line]
    first = [] if not found or _ITEM in found[0] else [found.pop(0)]
    within = (line if _ITEM in line else f"{_ITEM}{_ITEM}{line}" for line in found)
    return "\n".join((f"{_ITEM}{marked(item)}{_ITEM}{''.join(first)}", *within))


def _rows(table: Element) -> list[str]:
    """The rows of a table with data, or the points of a list that is printed as a table.

    None where it is a frame around articles or single cells.
    """
    rows = sorted(table.iter("tr"), key=_group)
    found = [cells_of(row) for row in rows]
    framed = any(map(_anchor, table.iter("a"))) or table.find(".//table") is not None
    if framed or max(map(len, found), default=0) < 2:
        return []
    places = grid(map(cells, found), None)
    words = [["" if c is None else _cell(c) for c in contents(row)] for row in places]
    for row, own in zip(words, found, strict=True):
        row[-1:] = [f"{row[-1]}\ufdd7"] if belong_together(map(lines_of, own)) else row[-1:]
    full = [row for row in words if any(row)]
    captions = [squeezed(_own(caption)) for caption in table.iter("caption")]
    points = all(len(row) == 2 and numbers.is_label(row[0]) for row in full)
    return captions + [" ".join(row) if points else _ROW + " | ".join(row) for row in full]


def _cell(cell: Element) -> str:
    return squeezed(_own(cell).replace(_ITEM, " "))


def _group(row: Element) -> int:
    """Where a row is printed: the head of its table first, its foot last."""
    above = row.getparent()
    return {"thead": 0, "tfoot": 2}.get(str(above.tag) if above is not None else "", 1)


def _own(element: Element) -> str:
    if element.tag == "h2":
        return ""
    if element.tag == "br":
        return "\n"
    out = _flat(element.text)
    for child in element:
        out = joined(out, _words(child), {str(child.tag)}) + _flat(child.tail)
    return out


_APART = BLOCKS - {"table", "tbody", "tfoot", "thead"}


def _flat(text: str | None) -> str:
    """Line breaks of the file are spaces; those of the page come from ``br``."""
    return (text or "").replace("\r", " ").replace("\n", " ")


def _add(lines: list[Block], text: str, future: list[str]) -> None:
    """One line of the text; a line that begins an article gives its heading and its first words.

    ``future`` holds a step between the line that announces a version to come and the article.
    """
    text = _CHANGED.sub("", _PARTED.sub(" ", _LEFT_OUT.sub("[...]", text)))
    if doubts := tuple(doubt for sign, doubt in _SEEN.items() if sign in text):
        _doubted(lines, text.translate(_NOT_SEEN), future, doubts)
        return
    item, text = _in_list(text)
    listed, text = _LISTED in text, text.replace(_LISTED, "").strip()
    if _RULE.fullmatch(text):
        return
    if _FUTURE.fullmatch(text):
        future[:] = [FUTURE]
        return
    text, regions = _regions(text)
    if _CHANGE.fullmatch(text) and lines:
        lines[-1] = replace(lines[-1], notes=(*lines[-1].notes, text))
        return
    article = False
    if found := _ARTICLE.fullmatch(text):
        listed, item = False, None
        article = numbers.attached(found["heading"]) is None  # else it is an annex
        versions = (*regions, *future)
        future.clear()
        role = Role.ARTICLE if article else Role.TITLE
        lines.append(Block(found["heading"], role, versions=versions))
        bracket = found["open"] or found["opened"]
        text = _BRACKET_CLOSED.sub("", found["rest"]) if bracket else found["rest"]
    row, text = _ROW in text, text.translate(_SIGNS).strip()
    if not (text or item):
        return
    if row:
        lines.append(Block(text, Role.ROW))
    elif item is not None:
        _again(lines, future)
        lines.append(Block(text, label=item, depth=-1))
    elif not article and _ANNEX.fullmatch(text):
        lines.append(Block(text.rstrip("."), Role.TITLE))
    elif not article and (division := _division(text)):
        heading = text.rstrip(".") if division.title else text
        lines.append(Block(heading, Role.DIVISION, 1))
    elif listed:
        level = 1 if numbers.paragraph_sign(text)[0] or not _LOWER.match(text) else 2
        lines.append(Block(text.rstrip("."), Role.DIVISION, level))
    else:
        _again(lines, future)
        lines += _body(text)


def _in_list(text: str) -> tuple[str | None, str]:
    """The number of the item that a line begins, and its words.

    The number is "" on the further lines of an item, and None on lines outside of lists.
    """
    _, *found = text.split(_ITEM, 2)
    return (found[0], found[1]) if found else (None, text)


def _doubted(
    lines: list[Block], text: str, future: list[str], doubts: tuple[Bilingual, ...]
) -> None:
    """A line with a picture or a formula: the doubts go to its words, or to those before it."""
    _add(lines, squeezed(text), future)
    if not lines or lines[-1].role not in {Role.TEXT, Role.ROW}:
        lines.append(Block(""))
    lines[-1] = replace(lines[-1], doubts=tuple(dict.fromkeys((*lines[-1].doubts, *doubts))))


def _division(text: str) -> numbers.Heading | None:
    """The division that a line opens; a sentence that begins with the name of one opens none."""
    found = numbers.division(text) if len(text) < 200 else None
    if found is None or not found.title[:1].islower():
        return found
    named = text.removesuffix(found.title).rstrip()
    return None if named[-1].isalnum() else found  # "Titre 2. le sel" and "Titre 2 est abrogé"


def _again(lines: list[Block], future: list[str]) -> None:
    """A paragraph to come that stands without the heading of its article gets it again."""
    if not future:
        return
    heading = next((b for b in reversed(lines) if b.role is Role.ARTICLE), None)
    if heading is not None:
        lines.append(replace(heading, versions=(*heading.versions, *future), notes=()))
        future.clear()


def _regions(text: str) -> tuple[str, tuple[str, ...]]:
    """A line without what its article's number says of where and when it holds, and that."""
    head = _NUMBERED.match(text)
    if head is None:
        return text, ()
    end, found = head.end(), list[str]()
    while joined := _REGION.match(text, end) or _FUTURE.match(text, end):
        found.append(joined.lastgroup or FUTURE)
        end = joined.end()
    cut = text[: head.end()] + (". " if found and text[end : end + 1] != "." else "")
    return (cut + text[end:]) if found else text, tuple(found)


def _unbracketed(text: str) -> str:
    """A numbered line without the brackets around what was changed, so that its number is read."""
    found = _BRACKETED.match(text)
    if found is None:
        return text
    whole = "" if found["closed"] else _BRACKET_CLOSED.sub("", found["rest"])
    return found["sign"] + (whole or found["rest"])


def _body(text: str) -> list[Block]:
    if found := _REFERENCE_FIRST.match(text):
        first, *others = _body(found["rest"])
        return [replace(first, notes=(found["reference"],)), *others]
    text = _unbracketed(text)
    sign, rest = numbers.paragraph_sign(text)
    if sign:
        return [Block(rest, paragraph=sign)]
    if found := _PARAGRAPHS.match(text):
        return [Block(text[found.end() :], paragraph=f"§§ {found['first']}-{found['last']}.")]
    if found := _POINT.match(text):
        return [Block(text[found.end() :], label=found["label"], depth=-1)]
    label, rest = numbers.label_head(text)
    if label and not label.startswith("("):  # "(1)" is the sign of a note
        return [Block(rest, label=label, depth=-1)]
    sign, rest = numbers.paragraph_head(text)
    return [Block(rest, paragraph=sign)]
