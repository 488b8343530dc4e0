"""What the page answers while it starts, when it is ready, and when it cannot start."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from assistant.web.starting import StartingPage
from sources.errors import UsageError
from tests.web.conftest import in_a_thread


@asynccontextmanager
async def serving(page: StartingPage) -> AsyncIterator[httpx.AsyncClient]:
    """The page in a server that lives, as uvicorn lets it."""
    to_page: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    from_page: asyncio.Queue[dict[str, object]] = asyncio.Queue()
    life = asyncio.create_task(page({"type": "lifespan"}, to_page.get, from_page.put))
    await to_page.put({"type": "lifespan.startup"})
    assert (await from_page.get())["type"] == "lifespan.startup.complete"
    transport = httpx.ASGITransport(page)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
    await to_page.put({"type": "lifespan.shutdown"})
    assert (await from_page.get())["type"] == "lifespan.shutdown.complete"
    await life


class Opened:
    """An application that is loaded when it is let, and notes what becomes of it."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.life: list[str] = []
        self.ready, self.failed = asyncio.Event(), asyncio.Event()
        self.error: BaseException | None = None

    def load(self) -> FastAPI:
        assert self.let.wait(60)

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            self.life.append("opened")
            yield
            self.life.append("closed")

        application = FastAPI(lifespan=lifespan)
        application.get("/")(lambda: "the page")
        return application

    def fail(self, error: BaseException) -> None:
        self.error = error
        self.failed.set()

    def page(self, load: Callable[[], FastAPI]) -> StartingPage:
        return StartingPage(load, "nl", secure=False, ready=self.ready.set, failed=self.fail)


def test_a_page_that_starts_says_so_in_both_languages_until_it_answers() -> None:
    async def scenario() -> None:
        opened = Opened()
        async with serving(opened.page(opened.load)) as client:
            for path in ("/", "/any/other"):
                notice = await client.get(path, headers={"Accept-Language": "fr-BE"})
                assert notice.status_code == 503
                assert notice.headers["retry-after"] == "2"
                assert notice.headers["cache-control"] == "no-store"
                assert notice.headers["x-frame-options"] == "DENY"
                assert '<html lang="fr">' in notice.text
                assert '<meta http-equiv="refresh" content="2">' in notice.text
                assert "Démarrage en cours" in notice.text
                assert "Bezig met opstarten" in notice.text
            assert '<html lang="nl">' in (await client.get("/")).text
            health = await client.get("/health")
            assert (health.status_code, health.json()) == (503, {"status": "starting"})
            opened.let.set()
            await asyncio.wait_for(opened.ready.wait(), 60)
            assert opened.life == ["opened"]
            page, health = await client.get("/"), await client.get("/health")
            assert (page.status_code, page.json()) == (200, "the page")
            assert (health.status_code, health.json()) == (200, {"status": "ready"})
        assert opened.life == ["opened", "closed"]
        assert opened.error is None

    in_a_thread(scenario())


def test_what_keeps_a_page_from_starting_is_told() -> None:
    def load() -> FastAPI:
        raise UsageError("no index", None, "Run it.")

    async def scenario() -> None:
        opened = Opened()
        async with serving(opened.page(load)) as client:
            await asyncio.wait_for(opened.failed.wait(), 60)
            assert isinstance(opened.error, UsageError)
            assert (await client.get("/health")).status_code == 503

    in_a_thread(scenario())


def test_a_page_that_is_stopped_while_it_starts_waits_for_nothing() -> None:
    async def scenario() -> None:
        opened = Opened()
        async with serving(opened.page(opened.load)):
            pass
        assert opened.life == []
        assert opened.error is None
        opened.let.set()

    in_a_thread(scenario())
