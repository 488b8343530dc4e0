"""A reader watches the cited texts come, and asks about one without opening the page again."""

from __future__ import annotations

import os
import signal
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest

from index.manifest import indexed_editions
from index.registry import BuildRegistry
from sources.anchor import LANGS
from sources.settings import Settings
from tests.sources.cellar import Answer, CellarServer
from tests.sources.invented_acts import DUBLIN, answers, lanterns
from tests.web.conftest import Visit, running_process
from tests.web.test_browser import TOURNAI, ask
from tests.web.test_storage import forget

pytestmark = [
    pytest.mark.declaration,
    pytest.mark.timeout(900),  # each opens the whole page, some twice
]

WORK = "celex:32013R0604"
NOWHERE = "http://127.0.0.1:9"  # nobody listens at this port
HAS = answers("32022H0915") | {("32013R0604", la): Answer(body=DUBLIN[la]) for la in LANGS}
# Of the five, one is not there, one is too slow, and one has no Dutch text.
SLOW = {la: Answer(body=lanterns("32024R1347")[la], fault="stall") for la in LANGS}
HALF = {
    **HAS,
    **{("32024R1347", la): answer for la, answer in SLOW.items()},
    ("32024R1348", "fr"): answers("32024R1348")["32024R1348", "fr"],
}
SAYS = {
    "fr": {
        "coming": "5 textes cités arrivent…",
        "arrived": "3 textes cités sont arrivés. Vous pouvez maintenant interroger : "
        "Recommandation (UE) 2022/915, Règlement Dublin III et Règlement (UE) 2024/1348.",
        "one": "Un texte cité est arrivé. Vous pouvez maintenant interroger : "
        "Règlement Dublin III.",
        "missing": "3 textes cités ne sont pas disponibles ici : Règlement (UE) 2024/1351, "
        "Règlement (UE) 2024/1347 et Règlement (UE) 2024/1348 (texte en néerlandais).",
        "why": (
            "Règlement (UE) 2024/1351 – La source officielle n’a pas fourni ce texte.",
            "Règlement (UE) 2024/1347 – La source officielle n’a pas envoyé ce texte à temps.",
            "Règlement (UE) 2024/1348 (texte en néerlandais) – La source officielle ne publie "
            "pas ce texte en néerlandais.",
            "Pour l’administrateur : python -m sources fetch --cited puis python -m index build",
        ),
        "here": "Texte en néerlandais – La source officielle ne publie pas ce texte",
        "unreachable": "La source officielle n’a pas pu être jointe.",
        "question": "Que prévoit l’article 36 du règlement Dublin ?",
        "quote": "Deux phares voisins peuvent convenir par écrit d’échanger leurs gardiens",
        "received": "Reçu le",
    },
    "nl": {
        "coming": "5 geciteerde teksten zijn onderweg…",
        "arrived": "3 geciteerde teksten zijn aangekomen. U kunt nu vragen stellen over: "
        "Aanbeveling (EU) 2022/915, Dublin III-verordening en Verordening (EU) 2024/1348.",
        "one": "Eén geciteerde tekst is aangekomen. U kunt nu vragen stellen over: "
        "Dublin III-verordening.",
        "missing": "3 geciteerde teksten zijn hier niet beschikbaar: Verordening (EU) 2024/1351, "
        "Verordening (EU) 2024/1347 en Verordening (EU) 2024/1348 (tekst in het Nederlands).",
        "why": (
            "Verordening (EU) 2024/1351 – De officiële bron heeft deze tekst niet geleverd.",
            "Verordening (EU) 2024/1347 – De officiële bron heeft deze tekst niet op tijd "
            "verzonden.",
            "Verordening (EU) 2024/1348 (tekst in het Nederlands) – De officiële bron publiceert "
            "deze tekst niet in het Nederlands.",
            "Voor de beheerder: python -m sources fetch --cited en daarna python -m index build",
        ),
        "here": "Tekst in het Nederlands – De officiële bron publiceert deze tekst niet",
        "unreachable": "De officiële bron kon niet worden bereikt.",
        "question": "Wat bepaalt artikel 36 van de Dublinverordening?",
        "quote": "Twee naburige vuurtorens kunnen schriftelijk overeenkomen hun wachters uit te",
        "received": "Ontvangen op",
    },
}


FITS = "document.documentElement.scrollWidth <= innerWidth"  # nothing is cut off at the side


def app(log: Path, cellar: str, **environment: str) -> AbstractContextManager[tuple[Any, str]]:
    """The page with cited texts that come from a server; its process and its address."""
    given = {"DUCHESSE_FETCH": "cited", "DUCHESSE_CELLAR_URL": cellar, **environment}
    return running_process(["-m", "tests.web.impatient"], log, **given)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def shows(page: Any, place: str, words: str) -> None:
    """Wait until a place of the page has these words; a person sees no-break spaces as spaces."""
    page.wait_for_function(
        "([place, words]) => (document.querySelector(place)?.innerText || '')"
        ".replaceAll('\\u00a0', ' ').includes(words)",
        arg=[place, words],
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_texts_come_into_an_open_page_and_answer(
    own: Settings, tmp_path: Path, visit: Visit, lang: str
) -> None:
    says, log = SAYS[lang], tmp_path / "errors.txt"
    with CellarServer(HALF) as server, ExitStack() as builder:
        builder.enter_context(BuildRegistry(own.data).writing())  # somebody builds: they wait
        with app(log, server.url, DUCHESSE_DATA=str(own.data)) as (_, address):
            page = visit(address=address, locale=f"{lang}-BE")
            phone = visit(address=address, locale=f"{lang}-BE", width=390, height=844)
            page.evaluate("window.sameAsBefore = true")
            for seen in (page, phone):
                shows(seen, "#arrivals", says["coming"])
            with phone.expect_event("load"):  # it slept: its next look opens it anew
                forget(phone, "one")
            ask(page, TOURNAI)  # what is there answers meanwhile
            shows(page, "#arrivals", says["coming"])
            assert page.locator("#arrivals progress").count() == 1
            builder.close()
            for seen in (page, phone):
                shows(seen, "#arrivals", says["arrived"])
                shows(seen, "#arrivals", says["missing"])
                seen.locator("#arrivals summary").click()
                for line in says["why"]:
                    shows(seen, "#arrivals", line)
                assert seen.locator("#arrivals progress").count() == 0
                assert seen.evaluate(FITS)
            said = page.locator("#duchesse-live").inner_text()
            assert says["arrived"] in plain(said)
            answer = ask(page, says["question"])
            assert says["quote"] in " ".join(answer.locator(".quote").first.inner_text().split())
            chip = answer.locator("a.chip").first
            assert chip.get_attribute("data-anchor") == f"{WORK}@{lang}#art_36.par_1"
            page.locator("#side [role=tab]").nth(1).click()
            shows(page, "#documents", says["received"])
            shows(page, "#documents", "CELEX 32013R0604")
            shows(page, "#documents", says["here"])
            shows(page, "#documents", says["why"][0].partition(" – ")[2])
            assert page.evaluate("window.sameAsBefore") is True
            page.reload()
            page.locator("html:not(.arriving) #talk .talk:not([data-first])").wait_for()
            assert page.locator("#arrivals .arrivals").count() == 0
            page.locator("#new").click()
            shows(page, "#talk .start .missing", says["missing"])


def test_a_page_that_is_killed_half_way_goes_on_when_it_is_started_again(
    own: Settings, tmp_path: Path, visit: Visit
) -> None:
    half = {**HAS, ("32013R0604", "nl"): Answer(body=DUBLIN["nl"], fault="stall")}
    data = {"DUCHESSE_DATA": str(own.data)}
    log = tmp_path / "errors.txt"
    with CellarServer(half) as server, app(log, server.url, **data) as (first, _):
        assert server.half_sent.wait(120)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    before = indexed_editions(own.data)
    assert WORK not in {work for work, _ in before}
    with CellarServer(HAS) as server, app(log, server.url, **data) as (second, address):
        page = visit(address=address, locale="nl-BE")
        shows(page, "#arrivals", SAYS["nl"]["one"])  # the other had come before it was killed
        answer = ask(page, SAYS["nl"]["question"])
        assert SAYS["nl"]["quote"][:30] in answer.locator(".quote").first.inner_text()
        assert not any("32022H0915" in path for path in server.paths())
        second.send_signal(signal.SIGTERM)
        assert second.wait(60) is not None
    assert {(WORK, la) for la in LANGS} <= indexed_editions(own.data)
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_network_the_page_opens_and_says_what_lacks(
    own: Settings, tmp_path: Path, visit: Visit, lang: str
) -> None:
    log = tmp_path / "errors.txt"
    with app(log, NOWHERE, DUCHESSE_DATA=str(own.data)) as (process, address):
        assert process.stdout
        told = [process.stdout.readline() for _ in range(3)]
        assert told[1].startswith("not fetched: no connection")
        assert "`python -m sources fetch --cited`" in told[2]
        page = visit(address=address, locale=f"{lang}-BE")
        place = page.locator("#talk .start .missing")
        place.wait_for()
        place.locator("summary").click()
        shows(page, "#talk .missing", SAYS[lang]["unreachable"])
        shows(page, "#talk .missing", "python -m sources fetch --cited")
        ask(page, TOURNAI)
        assert place.count() == 0


def test_offline_the_source_is_not_asked_and_the_page_says_what_lacks(
    own: Settings, tmp_path: Path, visit: Visit
) -> None:
    given = {"DUCHESSE_FETCH": "cited", "DUCHESSE_DATA": str(own.data)}
    with CellarServer(HAS) as server:
        given["DUCHESSE_CELLAR_URL"] = server.url
        with running_process(["app.py", "--offline"], tmp_path / "errors.txt", **given) as (_, at):
            page = visit(address=at, locale="fr-BE")
            page.locator("#talk .start .missing summary").click()
            shows(page, "#talk .missing", "La récupération automatique est désactivée.")
        assert server.paths() == []
