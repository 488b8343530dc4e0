"""What a PDF page unpacks to, before it is drawn: within limits, or ``LimitReachedError``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject, StreamObject

_MOST_FORMS = 5_000  # painted on one page
_NAME = rb"(/[^\s/<>\[\](){}%]+)\s+"
_PAINTS = re.compile(_NAME + rb"Do\b")
_WRITES = re.compile(_NAME + rb"[-+.\d]+\s+Tf\b")


def unpack(page: PageObject) -> bool:
    """Unpack the content of a page and of the forms that it paints; whether it lacks a font."""
    contents = page.get_contents()
    if contents is None:
        return False
    found = _Unpacking()
    if found.forms(contents.get_data(), dictionary(page.get("/Resources"))) > _MOST_FORMS:
        raise LimitReachedError(f"more than {_MOST_FORMS} forms painted on one page")
    return found.lacks_font


@dataclass(slots=True)
class _Unpacking:
    lacks_font: bool = False
    known: dict[int, int] = field(default_factory=dict)  # forms, and how many each paints

    def forms(self, content: bytes, resources: DictionaryObject) -> int:
        """How many forms a content paints, with those within them; each is unpacked once."""
        self.lacks_font |= not all(_named(_WRITES, content, resources, "/Font"))
        return sum(
            self._form(form, resources)
            for form in _named(_PAINTS, content, resources, "/XObject")
            if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form"
        )

    def _form(self, form: StreamObject, resources: DictionaryObject) -> int:
        if id(form) not in self.known:
            self.known[id(form)] = 0  # a form that paints itself is painted once
            own = dictionary(form.get("/Resources")) or resources
            self.known[id(form)] = 1 + self.forms(form.get_data(), own)
        return self.known[id(form)]


def _named(
    operator: re.Pattern[bytes], content: bytes, resources: DictionaryObject, kind: str
) -> Iterator[DictionaryObject]:
    """What the operators of a content name; an empty dictionary for what is not there."""
    there = dictionary(resources.get(kind))
    for name in operator.findall(content):
        yield dictionary(there.get(name.decode("latin-1")))


def dictionary(value: Any) -> DictionaryObject:
    """The dictionary behind a value, an empty one where there is none."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
