"""From values to HTML: one environment that escapes everything it is given.

Texts of sources, of users and of models reach the page through these templates and no other
way, so that none of them is ever read as markup: no image, link or tag of theirs exists there.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

import jinja2
from markupsafe import Markup

from assistant.locale import say as say_answer
from assistant.web import strings
from assistant.web.grid import laid_out
from sources.anchor import Lang
from sources.dates import date_in_words
from sources.names import celex_of

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    auto_reload=False,  # a page that runs is not mixed with the files of a newer version
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals["laid_out"] = laid_out
_ASSETS = Path(__file__).with_name("assets")
_BREAKS = re.compile(r"(?<=«) | (?=[»:;?!](?:\s|$))")


def permalink(anchor: str, public: str = "") -> str:
    """Permanent address of a passage on the page; ``public`` is that of the page, where it has one.

    Signs at which programs cut an address are encoded, so that it works wherever it is pasted.

    >>> permalink("celex:32016L0680@fr#art_36.pnt_(a)", "https://duchesse.example.be")
    'https://duchesse.example.be/?passage=celex%3A32016L0680%40fr%23art_36.pnt_%28a%29'
    """
    return (
        f"{public}/?passage={quote(anchor, safe='')}"
        if public
        else f"?passage={quote(anchor, safe='')}"
    )


def host(url: str) -> str:
    """Host of an address; "" where it has none, or is no address."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def tight(text: str) -> str:
    r"""A sentence of the page with the no-break spaces of French typography.

    >>> tight("Oui : non ?").split(" ")
    ['Oui\xa0:', 'non\xa0?']
    """
    return _BREAKS.sub("\N{NO-BREAK SPACE}", text)


def render(template: str, lang: Lang, **values: object) -> str:
    """The HTML of a template for a reader of ``lang``; every value is escaped."""
    return _ENVIRONMENT.get_template(template).render(
        lang=lang,
        t=partial(strings.say, lang),
        tn=partial(strings.count, lang),
        day=partial(date_in_words, lang),
        said=strings.say,
        answer=say_answer,
        permalink=permalink,
        host=host,
        number=celex_of,
        tight=tight,
        **values,
    )


def asset(name: str) -> Markup:
    """A file of ours, as it is: style or script."""
    return Markup((_ASSETS / name).read_text("utf-8"))  # noqa: S704 - it ships with the project


def safe_link(url: str | None, hosts: frozenset[str]) -> str | None:
    """The address where it is one of https at a host of the catalogue; None for any other."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and not parts.username and parts.port in (None, 443)
    except ValueError:  # no address, or no port that there can be
        return None
    return url if plain and parts.hostname in hosts else None
