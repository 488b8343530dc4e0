"""The parts of a DOCX file that are read, as trees: found by their relations, as Word does.

The main part may have any name, a relation may lead nowhere, and the file may be Strict Open
XML (ISO/IEC 29500), whose names are those of Transitional in other words. Nothing is fetched,
no entity is expanded, and what is not read is not unpacked.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element

from sources.errors import ReadError
from sources.formats.attributes import check_attributes

MAX_PARTS = 5_000
MAX_PART = 64 * 2**20  # bytes of one unpacked part
MAX_WHOLE = 256 * 2**20  # bytes of all of them
SAVE = "Open it in Word or LibreOffice, save it as DOCX, and add that."

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "officeDocument/relationships": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    "drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "drawingml/wordprocessingDrawing": (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = {"document": "docx", "workbook": "xlsx", "presentation": "pptx"}
_MIME = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_USUAL = "word/document.xml"  # the main part where no relation names it
_LONGEST_TYPE = 200  # bytes
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Extensions of Word have their names in these spaces; it skips what is in any other one.
_KNOWN = (
    "http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)  # fmt: skip
_OFF = {"0", "false", "off"}
_ITEM_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_BUILT_IN = {  # identifiers under which content controls know the properties of a file
    "core-properties": "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}",
    "extended-properties": "{6668398D-A668-4E3E-A5EB-62B293D839F1}",
}


@dataclass(slots=True)
class Package:
    """One DOCX file.

    Attributes:
        document: Root of its main part.
        title: Title from its properties.
    """

    document: _Element
    title: str
    _zip: zipfile.ZipFile
    _main: str
    _whole: dict[str, list[str]] = field(default_factory=dict)
    _related: dict[str, list[str]] = field(default_factory=dict)

    def related(self, kind: str) -> _Element | None:
        """The part that the main part is related to as "styles", "numbering" …; None without."""
        return next(self.every(kind), None)

    def every(self, kind: str) -> Iterator[_Element]:
        """All parts of a kind: "header", "footer" …"""
        for name in self._related.get(kind, []):
            if (root := _tree(self._zip, name)) is not None:
                yield root

    def stores(self) -> dict[str, _Element]:
        """The data to which content controls are bound, by its identifier in capitals."""
        found = {i: _first(self._whole, kind) for kind, i in _BUILT_IN.items()}
        for name in self._related.get("customXml", []):
            properties = _data(self._zip, _first(_relations(self._zip, name), "customXmlProps"))
            found[properties.get(_ITEM_ID, "").upper() if properties is not None else name] = name
        roots = {key: _data(self._zip, name) for key, name in found.items()}
        return {key: root for key, root in roots.items() if root is not None}


def on(element: _Element | None) -> bool:
    """Whether an on-off property is there and on."""
    return element is not None and switched(element.get(f"{W}val", "1"))


def switched(value: str) -> bool:
    """Whether the value of an on-off property means on."""
    return value not in _OFF


def opened(data: bytes, name: str) -> Package:
    """The package; ``ReadError`` where it is beyond the limits or has no text of Word."""
    package = zipfile.ZipFile(BytesIO(data))
    _check(package, name)
    kinds = _relations(package, "")
    main = _first(kinds, "officeDocument", _USUAL)
    document = _tree(package, main)
    if document is None:
        raise ValueError("no main part")
    if document.tag != f"{W}document":
        raise ValueError(f"the main part is <{etree.QName(document).localname}>")
    properties = _tree(package, _first(kinds, "core-properties"))
    title = properties.findtext(_DC_TITLE) if properties is not None else None
    return Package(document, title or "", package, main, kinds, _relations(package, main))


def kind_of(package: zipfile.ZipFile) -> str:
    """What a ZIP holds, as the usual ending of its name: "docx", "xlsx", "odt" …; "" if unknown.

    An Office file is what its main part is, whatever the name of that part.
    """
    names = package.namelist()
    if "mimetype" in names and package.getinfo("mimetype").file_size < _LONGEST_TYPE:
        return _MIME.get(package.read("mimetype").decode("ascii", "replace").strip(), "")
    if any(name.startswith("Index/") or name == "Index.zip" for name in names):
        return "pages"
    with suppress(etree.XMLSyntaxError):
        main = _first(_relations(package, ""), "officeDocument", _USUAL)
        root = _tree(package, main)
        if root is not None:
            return _MAIN.get(str(root.tag).rpartition("}")[2], "")
    return "docx" if _USUAL in names else ""


def _check(package: zipfile.ZipFile, name: str) -> None:
    """Sizes before anything is unpacked, and no document type in any part."""
    parts = package.infolist()
    largest = max((part.file_size for part in parts), default=0)
    whole = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or largest > MAX_PART or whole > MAX_WHOLE:
        raise ReadError(
            "a DOCX file unpacks to more than it may",
            f"{name or 'DOCX'}: {len(parts)} parts, {whole} bytes, the largest {largest}",
            "Take large pictures out, or save it as PDF and add that.",
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _no_doctype(package.read(part), f"{name or 'DOCX'}: {part.filename}")


def _no_doctype(part: bytes, name: str) -> None:
    """A document type may declare entities, and the words behind these would be lost unseen.

    The parser says whether there is one: it knows every encoding, and how far a comment goes.
    """
    check_attributes(part.decode("latin-1"), name)
    try:
        root = etree.fromstring(part, _parser())
    except etree.XMLSyntaxError:  # of a part that matters, its reader says so
        return
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr] # missing in the stubs
        raise ReadError("a DOCX file declares entities, which Word never writes", name, SAVE)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _first(related: dict[str, list[str]], kind: str, default: str = "") -> str:
    return related.get(kind, [default])[0]


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, list[str]]:
    """The parts that a part is related to, by the last word of the kind of relation."""
    folder, bare = posixpath.split(part)
    root = _tree(package, posixpath.join(folder, "_rels", f"{bare}.rels"))
    found: dict[str, list[str]] = {}
    for relation in root.iter(_RELATION) if root is not None else ():
        if relation.get("TargetMode") != "External":
            target = unquote(relation.get("Target", ""))
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = relation.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, []).append(posixpath.normpath(place))
    return found


def _data(package: zipfile.ZipFile, name: str) -> _Element | None:
    """Root of a part that any program may have written; None where it is no XML."""
    with suppress(etree.XMLSyntaxError):
        return _tree(package, name)
    return None


def _tree(package: zipfile.ZipFile, name: str) -> _Element | None:
    """Root of a part, in the names of Transitional; None where there is no such part.

    Of alternatives only the one that Word takes is there. Names of parts ignore case, and some
    programs write them with the slashes of Windows.
    """
    names = {known.replace("\\", "/").lower(): known for known in package.namelist()}
    known = names.get(name.lower())
    if known is None or package.getinfo(known).file_size > MAX_PART:
        return None
    root = etree.fromstring(package.read(known), _parser())
    if any(uri.startswith(_STRICT) for uri in root.nsmap.values() if uri):
        for element in root.iter("*"):
            element.tag = _transitional(element.tag)
            for key, value in list(element.attrib.items()):
                if (other := _transitional(str(key))) != key:
                    del element.attrib[key]
                    element.set(other, str(value))
    for alternatives in list(root.iter(f"{_MC}AlternateContent")):
        _choose(alternatives)
    return root


def _choose(alternatives: _Element) -> None:
    """Put the first choice whose names Word knows, or else the fallback, in their place."""
    parent = alternatives.getparent()
    if parent is None:
        return
    known = (choice for choice in alternatives.iterfind(f"{_MC}Choice") if _is_known(choice))
    kept = next(known, alternatives.find(f"{_MC}Fallback"))
    place = parent.index(alternatives)
    for offset, child in enumerate(list(kept) if kept is not None else ()):
        parent.insert(place + offset, child)
    parent.remove(alternatives)


def _is_known(choice: _Element) -> bool:
    spaces = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
    return all(space.startswith(_KNOWN) for space in spaces)


def _transitional(name: str) -> str:
    if not name.startswith("{" + _STRICT):
        return name
    uri, _, local = name[1:].partition("}")
    other = _TRANSITIONAL.get(uri.removeprefix(_STRICT))
    return f"{{{other}}}{local}" if other else name
