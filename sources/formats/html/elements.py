"""What an HTML element is: part of the text, part of the page around it, a control, a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from sources.anchor import LANGS, Lang
from sources.formats.breaks import heads
from sources.formats.printed import BLOCKS, HEADINGS, cells_of, lines, whole
from sources.structure.blocks import squeezed
from sources.structure.language import TELLS, language
from sources.structure.numbers import marker

_SILENT = {
    "script", "style", "template", "head", "noembed", "noframes", "datalist", "param", "rp",
    "title",
}  # fmt: skip
_AROUND = {"nav", "aside", "footer", "menu", "search"}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "toolbar"}
_FIELDS = {"input", "select", "textarea", "button", "option", "optgroup", "label", "legend"}
_TITLES = {*HEADINGS, "summary", "legend", "dt", "th", "caption", "figcaption"}
_UNTYPED = {"hidden", "submit", "button", "reset", "image", "password", "file", "color", "range"}
_COMMENT = re.compile(r"(?<!\w)(?:msocom\w+|MsoCommentReference)")  # as Word saves them
_CRUMBS = re.compile(r"(?:^|[\s_-])bread-?crumbs?(?:$|[\s_-])", re.IGNORECASE)
_OF_PAGES = {"header", "footer"}  # titles of what LibreOffice repeats on each page
_ICON = re.compile(r"(?:^|[\s_-])icons?(?:$|[\s_-])|^fa-")
_TABS = {"tab", "pill"}
FOREIGN = {"iframe", "object", "embed", "frame", "applet", "video", "audio"}
DRAWN = {"img", "svg", "canvas", "picture"}
METERS = {"meter", "progress"}  # drawn too; their words are for browsers that cannot


def silent(element: _Element) -> bool:
    """Whether a browser shows nothing of an element, or draws an icon with it."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return not is_shadow(element)
    unspoken = element.get("aria-hidden") == "true"
    return unspoken and _ICON.search(element.get("class") or "") is not None


def is_shadow(element: _Element) -> bool:
    """Whether a template is shown at once, as what its element holds (a shadow root)."""
    return element.tag == "template" and element.get("shadowrootmode") in {"open", "closed"}


def is_sheet(link: _Element) -> bool:
    """Whether a link leads to a style sheet that a browser uses."""
    kinds = (link.get("rel") or "").lower().split()
    return "stylesheet" in kinds and "alternate" not in kinds


def mark_headings(root: _Element) -> None:
    """Give what a page calls a heading by its role the tag of one, of its level."""
    for element in list(root.iter("div", "p", "span")):
        if (element.get("role") or "").lower() == "heading":
            level = whole(element.get("aria-level"), 2)
            element.tag = f"h{max(1, min(level, len(HEADINGS)))}"


def mark_definitions(root: _Element) -> None:
    """Make the paragraph that begins what a term means part of its line, as it is where it is not
    marked.
    """
    for meant in root.iter("dd"):
        if len(meant) and meant[0].tag == "p" and not (meant.text or "").strip():
            meant[0].tag = "span"
            meant[0].tail = f" {meant[0].tail or ''}"


def is_defined(part: _Element) -> bool:
    """Whether an element is a term on one line, or what it means, that begins with a line."""
    inner = list(part.iterdescendants(*BLOCKS))
    if part.tag == "dd":
        return bool((part.text or "").strip()) or not inner or inner[0] is not part[0]
    return part.tag == "dt" and not inner


def opened(root: _Element) -> dict[_Element, str]:
    """The parts of a page that a click on some words of it shows, as those of an accordion, with
    these words.

    A click on a menu shows links alone.
    """
    found: dict[_Element, str] = {}
    named = {str(e.get("id")): e for e in root.iter() if e.get("id")}
    for control in root.iter("a", "button", "div", "h2", "h3", "h4", "li", "span", "summary"):
        words = words_of(control)
        if not (_is_closed(control) and any(map(str.isalpha, words))):
            continue
        for name in controlled(control).split():
            part = named.get(name.removeprefix("#"))
            if part is not None and not is_menu(part) and control not in part.iterdescendants():
                found[part] = words
    return found


def _is_closed(control: _Element) -> bool:
    tab = is_tab(control) and control.get("aria-selected") != "true"
    return tab or control.get("aria-expanded") == "false"


def is_tab(control: _Element) -> bool:
    """Whether a click on an element shows a panel in the place of another one."""
    return control.get("role") == "tab" or toggles(control) in _TABS


def toggles(control: _Element) -> str:
    """What a click on an element does, as Bootstrap says it."""
    return control.get("data-bs-toggle") or control.get("data-toggle") or ""


def controlled(control: _Element) -> str:
    """The names of the parts that a control shows and hides."""
    names = ("aria-controls", "data-bs-target", "data-target")
    return next(filter(None, map(control.get, names)), None) or control.get("href") or ""


def is_menu(part: _Element) -> bool:
    """Whether a part of the page holds links and buttons alone."""
    links = sum(_letters(words_of(link)) for link in part.iter("a", "button"))
    return links == _letters(words_of(part)) or bool(around(part))


def around(element: _Element) -> str:
    """What an element is of the page around the text; "" for what belongs to the text."""
    tag, parent, title = element.tag, element.getparent(), element.get("title")
    role = (element.get("role") or "").lower()
    outer = parent is not None and parent.tag == "body"
    head = tag == "header" and outer and element.find(".//h1") is None
    said = tag == "footer" and parent is not None and parent.tag == "blockquote"  # by whom
    told = (
        (
            (tag in _AROUND and not said) or role in _ROLES or head or _is_trail(element),
            "menus and the like around the text",
        ),
        (_COMMENT.search(element.get("class") or ""), "comments"),
        (tag == "div" and outer and title in _OF_PAGES, "headers and footers of pages"),
        (tag == "noscript", "shown only without scripts"),
        (tag == "dialog" and element.get("open") is None, "hidden"),
        (tag == "form" and not _own_words(element), "forms of controls alone"),
        (tag == "button" and is_control(element), "buttons"),
    )
    return next((reason for there, reason in told if there), "")


def is_title(summary: _Element) -> bool:
    """Whether what stays when details are closed is a heading, and holds none itself."""
    inner = any(True for _ in summary.iter(*HEADINGS))
    return not inner and heads("".join(map(str, summary.itertext())))


def is_dialog(element: _Element) -> bool:
    """Whether an element is a window over a page, as of what it asks about cookies."""
    return (element.get("role") or "").lower() in {"dialog", "alertdialog"}


def _is_trail(element: _Element) -> bool:
    """Whether an element shows where a page stands in its site, as what makes sites calls it."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    trail = _CRUMBS.search(named) or (element.get("itemtype") or "").endswith("BreadcrumbList")
    return bool(trail) and element.find(".//h1") is None and len(words_of(element)) <= _TRAIL


def is_contents(element: _Element, page: str) -> bool:
    """Whether a list is a table of contents: links within the page whose words stand there again.

    A box with such a list and its heading is one too. ``page`` has the letters of all of it.
    """
    if not any(part.tag in {"ul", "ol"} for part in (element, *element)):
        return False
    links = list(element.iter("a"))
    if not 1 < len(links) <= _LINES or any(
        not (a.get("href") or "").startswith("#") for a in links
    ):
        return False
    words = [words_of(link).replace(" ", "") for link in links]
    heads = (
        [] if element.tag in {"ul", "ol"} else [words_of(e) for e in element.iter(*HEADINGS)][:1]
    )
    whole = sum(map(len, words)) + sum(map(_letters, heads)) == _letters(words_of(element))
    titles = (_NUMBER.sub("", own, count=1) or own for own in words)  # a style may count them
    return whole and all(page.count(title) > 1 for title in titles)


def linked(element: _Element) -> str:
    """The first words of a part whose words all stand in links to other pages; "" for another."""
    links = [a for a in element.iter("a") if not (a.get("href") or "#").startswith("#")]
    words = [words_of(link) for link in links]
    alone = sum(map(_signs, words)) == _signs(words_of(element))
    return next(filter(None, words), "") if alone else ""


def words_of(element: _Element) -> str:
    """What stands in an element, on one line."""
    return squeezed("".join(map(str, element.itertext())))


def spoken(element: _Element) -> str:
    """All words within an element on one line, but for scripts and the like."""
    out: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        if event == "end":
            out.append(" " if part.tag in BLOCKS else "")
            out.append((part.tail or "") if part is not element else "")
        elif silent(part):
            walk.skip_subtree()
        else:
            out.append(part.text or "")
    return squeezed("".join(out))


def _signs(words: str) -> int:
    """Letters and figures of some words, without what parts them ("Contact | Plan")."""
    return sum(map(str.isalnum, words))


def _letters(words: str) -> int:
    return len(words.replace(" ", ""))


def _own_words(form: _Element) -> bool:
    """Whether a form holds words that are not those of its fields."""
    fields = {part for field in form.iter(*_FIELDS, *_SILENT) for part in field.iter()}
    texts = [part.text for part in form.iter() if part not in fields]
    texts += [part.tail for part in form.iterdescendants() if part.getparent() not in fields]
    return any(text and text.strip() for text in texts)


def is_control(button: _Element) -> bool:
    """Whether a button acts; a title, one that opens text, and one in a sentence are read."""
    above = {str(e.tag) for e in button.iterancestors()}
    opens = any(
        button.get(name) is not None for name in ("aria-expanded", "aria-controls")
    ) or toggles(button) in {"collapse", *_TABS}
    words = " ".join("".join(map(str, button.itertext())).split())
    titled = above & _TITLES or any(True for part in button.iter(*HEADINGS, "p"))
    return not (titled or opens or _in_sentence(button) or marker(words, heading=True))


def _in_sentence(element: _Element) -> bool:
    """Whether words stand right beside an element."""
    parent = element.getparent()
    if parent is None:
        return False
    texts = (parent.text, *(child.tail for child in parent))
    return any(text and text.strip() for text in texts)


def value(field: _Element) -> str:
    """What a form field shows: its text, its chosen entry, or whether it is checked."""
    kind = (field.get("type") or "text").lower()
    if field.tag == "textarea":
        return "".join(map(str, field.itertext()))
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return ", ".join(" ".join("".join(map(str, o.itertext())).split()) for o in chosen)
    if kind in {"checkbox", "radio"}:
        return "☑" if field.get("checked") is not None else "☐"
    return "" if kind in _UNTYPED else field.get("value") or ""


def in_another_language(element: _Element) -> bool:
    """Whether an element in a line says that it is in the other language, and is so."""
    own = (element.get("lang") or "")[:2].lower()
    if own not in LANGS or element.tag in BLOCKS:
        return False
    around = next(
        (lang[:2].lower() for e in element.iterancestors() if (lang := e.get("lang"))), ""
    )
    words = "".join(map(str, element.itertext()))
    return around in LANGS and around != own and language(words, least=TELLS) == own


def in_languages(root: _Element) -> dict[_Element, Lang]:
    """The parts that a page marks as French and as Dutch, where each is a text of its own.

    Their words are those of these languages, and there are not many more of the one. Where parts
    of both stand in it, the language of the page itself says nothing of what stands around them.
    """
    marked = {e: lang for e in root.iter(*BLOCKS) for lang in LANGS if _marked(e) == lang}
    parts: dict[Lang, str] = dict.fromkeys(LANGS, "")
    for element in root.iter(*BLOCKS):
        around = next((e for e in (element, *element.iterancestors()) if e in marked), None)
        if around is not None and not silent(element):
            parts[marked[around]] += f" {_own_line(element)}"
    letters = sorted(map(_letters, parts.values()))
    told = all(language(words, least=TELLS) == lang for lang, words in parts.items())
    inner = {e: lang for e, lang in marked.items() if e.tag not in {"html", "body"}}
    found = inner if set(inner.values()) == set(LANGS) else marked
    return found if told and _SHARE * letters[0] >= letters[1] else {}


_SHARE = 3  # of the letters of two texts, at the most


def in_third_language(element: _Element) -> bool:
    """Whether a block within a French or a Dutch page says that it is in another language."""
    own = _marked(element)
    around = (lang for e in element.iterancestors() if (lang := _marked(e)))
    third = element.tag in BLOCKS and own not in {"", *LANGS}
    return third and next(around, "") in LANGS and bool(words_of(element))


def _marked(element: _Element) -> str:
    return (element.get("lang") or "")[:2].lower()


def _own_line(element: _Element) -> str:
    """The words of a block that stand in no block within it."""
    texts = [element.text or ""]
    for child in element:
        inner = [] if child.tag in BLOCKS or silent(child) else list(map(str, child.itertext()))
        texts += [*inner, child.tail or ""]
    return "".join(texts)


def is_picture(element: _Element) -> bool:
    """Whether an image may hold something of the text: it is no ornament and no icon."""
    if element.tag == "svg":
        return any(True for _ in element.iter("text"))
    sizes = [whole(element.get(side), 99) for side in ("width", "height")]
    ornament = element.get("alt") == "" or (element.get("role") or "") in {"presentation", "none"}
    return not ornament and min(sizes) > _ICON_SIZE


_ICON_SIZE = 32  # pixels


def is_table(table: _Element) -> bool:
    """Whether a table holds data; one around headings, tables or long texts is a layout."""
    return _has_data(table) and not any(True for _ in _tables(table))


def holds_table(table: _Element) -> bool:
    """Whether a table with short cells has another one in a cell beside others, and no article."""
    texts = [squeezed(str(text)) for text in table.itertext()]
    short = all(len(text) <= _SHORT and not _is_article(text) for text in texts)
    return short and _has_data(table) and any(map(_beside, _tables(table)))


def beside_articles(table: _Element) -> list[str]:
    """The first words of the cells beside one that holds articles, in a table that is a layout."""
    out: list[str] = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = cells_of(row)
        counts = [sum(map(_is_article, lines(cell))) for cell in cells]
        if max(counts, default=0) > 1:
            others = [cell for cell, count in zip(cells, counts, strict=True) if not count]
            texts = [squeezed(" ".join(map(str, cell.itertext()))) for cell in others]
            out += [words[:_SHORT] for words in texts if words]
    return out


def _is_article(text: str) -> bool:
    found = marker(text)
    return found is not None and found.form == "article"


def _beside(inner: _Element) -> bool:
    cell = next(inner.iterancestors("td", "th"), None)
    row = cell.getparent() if cell is not None else None
    return row is not None and len(cells_of(row)) > 1


_SHORT = 100  # characters in a cell
_LINES = 500  # of a table of contents
_NUMBER = re.compile(r"\A[\d.]+")  # at the head of its lines
_TRAIL = 300  # characters of the way to a page


def _tables(table: _Element) -> Iterator[_Element]:
    return (inner for inner in table.iter("table") if inner is not table)


def _has_data(table: _Element) -> bool:
    if (table.get("role") or "") in {"presentation", "none"}:
        return False
    inner = sum(1 for _ in table.iter("p", "li"))
    cells = sum(1 for _ in table.iter("td", "th"))
    wide = [row for row in table.iter("tr") if sum(c.tag in {"td", "th"} for c in row) > 1]
    headed = any(True for _ in table.iter(*HEADINGS))
    return len(wide) > 1 and not headed and inner <= 3 * cells
