"""Starting the page: everything local, nothing shared; only cited texts come from outside."""

from __future__ import annotations

import logging
import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.loading import kept
from assistant.users import users_of
from assistant.web import framework
from assistant.web.addresses import Addresses, OwnAddressOnly
from assistant.web.arrivals import Arrivals
from assistant.web.bodies import BoundedBodies
from assistant.web.headers import SecurityHeaders
from assistant.web.login import USER, Cookies, Login, LoginWall, Visitors
from assistant.web.markup import asset
from assistant.web.mended_links import MendedLinks
from assistant.web.starting import StartingPage
from assistant.web.streams import OwnRunsOnly
from assistant.web.theme import ThemedDocument
from sources.errors import UsageError
from sources.settings import listed

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.middleware import Middleware

    from assistant.service import AnswerService
    from assistant.web.signing import Signer
    from sources.settings import Settings

_ASSETS = Path(__file__).with_name("assets")
_FONTS = ["Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "system-ui", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Liberation Mono", "monospace"]
_LOOK = 0.02  # seconds between two looks for a question that waits
_LOOK_FOR_PROGRESS = 0.1
_GRACE = 3  # seconds that answers under way have when the page is stopped


def head() -> str:
    """The page's own style and script."""
    style = asset("page.css") + asset("dossier.css")
    script = asset("storage.js") + asset("navigation.js") + asset("page.js") + asset("dossier.js")
    return f"<style>{style}</style><script>{script}</script>"


def _free(host: str, port: int) -> None:
    """``UsageError`` where another program listens at the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                "the page cannot listen there",
                f"{host}:{port} ({error.strerror})",
                "Give a free port with --port, and an address of this machine with --host.",
            ) from error


def serve(service: AnswerService, *, host: str, port: int) -> None:
    """Open the page and answer until interrupted; what keeps it from starting is raised."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    _free(host, port)
    print("Duchesse: starting; the index and the page are being loaded …", flush=True)
    shown = f"[{host}]" if ":" in host else host
    faults: list[BaseException] = []
    settings = service.settings
    arrivals = Arrivals(settings, tell=lambda line: print(line, flush=True))

    def ready() -> None:
        print(f"Duchesse: http://{shown}:{port}", flush=True)
        arrivals.start()  # the page is open: nobody waits for these texts
        threading.Thread(target=service.warm, name="warming", daemon=True).start()

    def failed(error: BaseException) -> None:
        faults.append(error)
        server.should_exit = True

    def load() -> FastAPI:
        with kept():
            return make(service, port=port, arrivals=arrivals)

    addresses = Addresses.of(settings.public_url)
    application = StartingPage(
        load,
        settings.lang,
        secure=addresses.secure,
        below=addresses.path,
        ready=ready,
        failed=failed,
    )
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Each stream that a reader has open is cut off, and would print a traceback.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await super().shutdown(sockets)

    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # addresses name the runs of the page
        server_header=False,
        proxy_headers=False,  # see _guards
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=_GRACE,
    )
    server = Server(config)
    try:
        server.run()
    finally:
        service.end()
        arrivals.stop(_GRACE)
    if faults:
        raise faults[0]


def make(service: AnswerService, *, port: int, arrivals: Arrivals | None = None) -> FastAPI:
    """The whole application: the page, its programming interfaces, and what stands before them."""
    settings = service.settings
    users = users_of(settings.users)
    login = Login.of(users, settings.session_hours) if users else None
    service.assistant()  # what is wrong with the index is said before the page opens
    framework.load()
    import gradio as gr
    from fastapi import FastAPI
    from starlette.routing import Route

    from assistant.web.events import PageEvents
    from assistant.web.mcp_endpoint import PATH, McpEndpoint
    from assistant.web.page import Page

    page = Page(service, arrivals)
    endpoint = McpEndpoint(page, guarded=login is not None)
    blocks = PageEvents(page, login).blocks()
    blocks.queue(default_concurrency_limit=4, max_size=200)
    # The framework looks a thousand times a second for a question and a hundred times for progress,
    # which costs a page that nobody uses a twentieth of a processor, day and night; these are
    # nearer to what it takes on Windows. No public way leads to them.
    queue = blocks._queue  # noqa: SLF001
    queue.sleep_when_free, queue.progress_update_sleep_when_free = _LOOK, _LOOK_FOR_PROGRESS
    application = FastAPI(
        openapi_url=None,
        routes=[Route(PATH, endpoint)],
        lifespan=endpoint.open,
        middleware=_guards(settings, login, page.signer, port),
    )

    def user(request: Request) -> str | None:
        found: str | None = request.scope.get(USER)
        return found

    mounted: FastAPI = gr.mount_gradio_app(
        application,
        blocks,
        path="/",
        root_path=Addresses.of(settings.public_url).path or None,
        auth_dependency=user if login else None,
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONO),
        head=head(),
        favicon_path=str(_ASSETS / "favicon.svg"),
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        max_file_size=1,  # byte: nothing is uploaded here
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,  # Gradio's own names its tools to who is not logged in
        show_error=False,
    )
    return mounted


def _guards(settings: Settings, login: Login | None, signer: Signer, port: int) -> list[Middleware]:
    """The middleware of the page, outermost first."""
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    addresses = Addresses.of(settings.public_url)
    cookies = Cookies.of(secure=addresses.secure, port=port, path=addresses.path)
    wall = (
        Middleware(
            LoginWall, login=login, cookies=cookies, signer=signer,
            lang=settings.lang, hours=settings.session_hours,
        )
        if login
        else Middleware(Visitors, cookies=cookies)
    )  # fmt: skip
    proxies = listed(settings.proxies)
    return [
        *([Middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)] if proxies else []),
        Middleware(SecurityHeaders, secure=addresses.secure, below=addresses.path),
        Middleware(MendedLinks, below=addresses.path),
        Middleware(OwnAddressOnly, addresses=addresses),
        wall,
        Middleware(BoundedBodies),
        Middleware(OwnRunsOnly),
        Middleware(ThemedDocument),
        # No other origin is allowed. Gradio adds its own, which allows them all, unless this
        # stands here.
        Middleware(CORSMiddleware, allow_origins=[]),
    ]
