"""Content controls that are bound to other data of the file, which Word shows in their place.

What the text last had is replaced where Word surely does so; else the passage has a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree
from lxml.etree import _Element

from sources.formats.docx.doubts import BOUND, mark
from sources.formats.docx.package import W, on
from sources.structure.blocks import squeezed

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PREFIX = re.compile(r"xmlns:(\w+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")


def filled(body: _Element, stores: dict[str, _Element]) -> list[str]:
    """Change the tree in place; what was replaced, as "“120” by “150”"."""
    replaced: list[str] = []
    for control in body.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        within = control.iterfind(f"{W}sdtContent//{W}sdt")
        if properties is None or next(within, None) is not None:
            continue
        for value, sure in _values(properties, stores):
            before = _words(control)
            shown = _shown(properties, value)
            if squeezed(shown) == before or _agrees(properties, value):
                continue
            if sure and shown.strip() and _put(control, shown):
                replaced.append(f"“{before}” by “{squeezed(shown)}”")
            else:
                mark(control, BOUND)
    return replaced


def _values(properties: _Element, stores: dict[str, _Element]) -> Iterator[tuple[str, bool]]:
    """The value to which a control is bound, and whether it is surely this one that Word takes."""
    binding = next((c for c in properties.iter("{*}dataBinding")), None)
    if binding is None:
        return
    named = {etree.QName(key).localname: str(value) for key, value in binding.attrib.items()}
    store = stores.get(named.get("storeItemID", "").upper())
    for root in stores.values() if store is None else (store,):
        for found in _found(root, named.get("xpath", ""), named.get("prefixMappings", "")):
            text = properties.find(f"{W}text") is not None
            listed = next(properties.iter(f"{W}listItem"), None) is not None
            yield found, store is not None and (text or listed)
            return


def _found(root: _Element, path: str, mappings: str) -> list[str]:
    """The first value at a path; none where there is none, or the path cannot be read."""
    spaces = {prefix: one or two for prefix, one, two in _PREFIX.findall(mappings)}
    with suppress(etree.XPathError, ValueError):
        found = etree.XPath(path, namespaces=spaces, regexp=False)(root)
        if isinstance(found, list) and found:
            first = found[0]
            whole = "".join(map(str, first.itertext())) if etree.iselement(first) else str(first)
            return [whole]
    return []


def _shown(properties: _Element, value: str) -> str:
    """What a control shows for a value: the words of the entry that it chooses, or itself."""
    entries = (e for e in properties.iter(f"{W}listItem") if e.get(f"{W}value") == value)
    entry = next(entries, None)
    return entry.get(f"{W}displayText", value) if entry is not None else value


def _agrees(properties: _Element, value: str) -> bool:
    """Whether a control that shows values in another form has it: a date, a box, marked-up text."""
    date, box = properties.find(f"{W}date"), properties.find(f"{_W14}checkbox")
    if date is not None:
        return date.get(f"{W}fullDate", "")[:10] == value[:10]
    if box is not None:
        state = box.find(f"{_W14}checked")
        checked = state is not None and state.get(f"{_W14}val", "1") in {"1", "true"}
        return checked == (value in {"1", "true"})
    rich = properties.find(f"{W}picture") is not None or value.lstrip().startswith("<")
    return rich or (not value.strip() and on(properties.find(f"{W}showingPlcHdr")))


def _put(control: _Element, value: str) -> bool:
    """Put a value in place of the words of a control; False where it has no place for words."""
    texts = list(control.iter(f"{W}t"))
    if not texts:
        return False
    for text in texts:
        text.text = value if text is texts[0] else ""
    for prompt in control.iterfind(f"{W}sdtPr/{W}showingPlcHdr"):
        prompt.set(f"{W}val", "0")
    return True


def _words(control: _Element) -> str:
    return squeezed("".join(t.text or "" for t in control.iter(f"{W}t")))
