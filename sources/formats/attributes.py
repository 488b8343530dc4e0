"""Markup before lxml parses it.

It compares each attribute of an element with each, so that there is a bound for them; and it
stops at the end of a page, where a browser reads on.
"""

from __future__ import annotations

import re

from sources.errors import ReadError

_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_MOST = 5_000
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_UNPARSED = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def check_attributes(markup: str, name: str) -> None:
    """``ReadError`` where an element of some markup has more attributes than a text needs."""
    if max((tag.group().count("=") for tag in _TAG.finditer(markup)), default=0) > _MOST:
        raise ReadError(
            f"an element has more than {_MOST} attributes",
            name or markup[:40],
            "Save its text as a plain text file, and add that.",
        )


def shown(page: str) -> str:
    """A page with all that a browser shows, for a parser of HTML.

    >>> shown("<?xml version='1.0'?><html><p><![CDATA[a < b]]></p></html><p>c</p>")
    "<?xml version='1.0'?><html><p>a &lt; b</p><p>c</p>"
    """
    if page.lstrip().startswith("<?xml"):  # elsewhere a browser shows nothing of it
        page = _UNPARSED.sub(_escaped, page)
    return _END_OF_PAGE.sub("", page)


def _escaped(words: re.Match[str]) -> str:
    return words[1].replace("&", "&amp;").replace("<", "&lt;")
