"""A link to a passage works wherever it is pasted, and whatever a program made of it on the way."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.markup import permalink
from assistant.web.mended_links import MendedLinks
from sources.anchor import LANGS, PORTION, WORK, Anchor
from sources.pasted import passage_of
from tests.web.conftest import GOOD, Visit
from tests.web.factory import WORK as MILLS
from tests.web.test_browser import ask

HERE = f"{MILLS}@fr#1.1"
ENCODED = f"{MILLS}%40fr%231.1"
WAYS = {
    "as it is copied": f"?passage={ENCODED}",
    "with its signs as they are": f"?passage={HERE}",
    "encoded twice": f"?passage={MILLS}%2540fr%25231.1",
    "encoded three times": f"?passage={MILLS}%252540fr%2525231.1",
    "with the full stop of the sentence": f"?passage={ENCODED}.",
    "in brackets": f"?passage={ENCODED})",
    "in brackets at the end of a sentence": f"?passage={ENCODED}).",
    "between quotes": f"?passage={ENCODED}»,",
    "without its hash sign": f"?passage={MILLS}%40fr1.1",
    "with the language in capitals": f"?passage={MILLS}@FR%231.1",
    "wrapped by a mail": f"?passage={MILLS.replace('-', '-%0A')}%40fr%231.1",
    "with an invisible sign": f"?passage={MILLS}%40fr%231.1%E2%80%8B",
    "with what a newsletter adds": f"?passage={ENCODED}&utm_source=mail",
    "behind what a newsletter adds": f"?utm_source=mail&passage={ENCODED}",
    "as HTML": f"?a=1&amp;passage={ENCODED}",
    "as links within the page were": f"#src-{MILLS}@fr%231.1",
    "as a path": f"%3Fpassage%3D{ENCODED}",
    "as links within the page were, as a path": f"%23src-{ENCODED}",
}


@pytest.mark.parametrize("way", [w for w in WAYS if "path" not in w])
def test_the_passage_is_read_from_the_address(way: str) -> None:
    assert passage_of(WAYS[way]) == HERE


@given(
    st.from_regex(WORK, fullmatch=True),
    st.sampled_from(LANGS),
    st.from_regex(PORTION, fullmatch=True),
)
def test_every_link_that_the_page_makes_leads_back(work: str, lang: Any, portion: str) -> None:
    anchor = str(Anchor(work, lang, portion))
    link = permalink(anchor, "https://duchesse.example.be")
    assert re.fullmatch(r"https://[\w./]+\?passage=[\w.%-]+", link)
    ended = re.search(r"[A-Za-z0-9]$", portion) and portion.count("(") == portion.count(")")
    if ended and not re.search(r"@(fr|nl)", work):
        assert passage_of(link) == passage_of(permalink(anchor)) == anchor


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"?passage={MILLS}%40fr", f"{MILLS}@fr"),  # cut at its hash sign: the text is left
        ("?passage=nothing", ""),
        ("?question=celex:32016L0680@fr", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_an_address_is_read(address: str, found: str) -> None:
    assert passage_of(address) == found


@pytest.mark.parametrize("way", [w for w in WAYS if w.startswith(("as", "wi", "wrapped"))])
def test_the_page_opens_on_the_passage(small: str, visit: Visit, way: str) -> None:
    page = visit(WAYS[way], address=small)
    page.wait_for_function("id => document.activeElement.id === id", arg=f"src-{HERE}")
    page.locator("[data-do=link]").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{small}?passage={ENCODED}"


def test_a_citation_opens_in_a_tab_of_its_own_and_is_a_link_where_it_is_pasted(
    small: str, visit: Visit
) -> None:
    page = visit(address=small)
    chip = ask(page, "Quand ?").locator("a.chip").nth(1)
    with page.context.expect_page() as opened:
        chip.click(modifiers=["Control"])
    tab = opened.value
    tab.locator("html:not(.arriving) #reading .here").wait_for()
    assert tab.locator("#reading .here").get_attribute("id") == f"src-{MILLS}@fr#1.2"
    assert page.locator("#reading .here").get_attribute("id") == f"src-{HERE}"
    link = chip.evaluate("a => a.href")
    assert link == f"{small}?passage={MILLS}%40fr%231.2"
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.answered'))")
    pasted = page.evaluate(
        """async () => { document.execCommand("copy");
        const [item] = await navigator.clipboard.read();
        return (await item.getType("text/html")).text(); }"""
    )
    assert link in pasted


@pytest.mark.enable_socket
def test_an_address_of_another_page_is_not_led_to(small: str) -> None:
    for path in ("%2F%2Fevil.example", "%23%0d%0aLocation:%20x", "%3F%0aSet-Cookie:%20a=b"):
        try:
            with urllib.request.urlopen(urllib.request.Request(small + path, method="HEAD")) as got:
                assert got.url.startswith(small)
                assert "a=b" not in str(got.headers)
        except urllib.error.HTTPError as error:
            assert error.code == 404  # noqa: PT017 - either answer is one


@pytest.mark.parametrize(
    ("below", "path", "led"),
    [
        ("", "/?passage=a@fr#1", "/?passage=a%40fr%231"),
        ("/duchesse", "/duchesse/?passage=a@fr#1", "/duchesse/?passage=a%40fr%231"),
        ("/duchesse", "/#src-a@fr#1", "/duchesse/#src-a%40fr%231"),  # as a proxy passes it on
        ("/duchesse", "/duchesse/", None),
        ("", "/gradio_api/info", None),
    ],
)
def test_a_link_is_mended_wherever_the_page_is(below: str, path: str, led: str | None) -> None:
    sent: list[Any] = []

    async def passed(*_: Any) -> None:
        pass

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path}
    with suppress(StopIteration):  # nothing in it waits
        MendedLinks(passed, below)(scope, passed, send).send(None)
    headers = [dict(message["headers"]) for message in sent if "headers" in message]
    assert headers == ([] if led is None else [{**headers[0], b"location": led.encode()}])


def test_a_link_is_followed_after_the_login(closed: str, browser: Any) -> None:
    context = browser.new_context(locale="fr-BE")
    page = context.new_page()
    page.goto(f"{closed}?passage={ENCODED}")
    page.locator("input[type=password]").fill(GOOD)
    page.locator("input[type=text]").fill("anne")
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.activeElement.id === id", arg=f"src-{HERE}")
    context.close()
