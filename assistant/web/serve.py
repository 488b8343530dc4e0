"""Starting the page: everything local, nothing shared, nothing fetched from outside."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.users import users_of
from assistant.web.entrance import Entrance, asset
from assistant.web.login import Login, Tokens
from sources.errors import UsageError

if TYPE_CHECKING:
    from assistant.desk import Desk

_ASSETS = Path(__file__).with_name("assets")
_FONTS = ["Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "system-ui", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Liberation Mono", "monospace"]


def head() -> str:
    """The page's own style and script, in the document itself."""
    return f"<style>{asset('page.css')}</style><script>{asset('page.js')}</script>"


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


def serve(desk: Desk, *, host: str, port: int) -> None:
    """Open the page and answer until interrupted."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    users = users_of(desk.settings.users)
    login = Login(users) if users else None
    desk.assistant()  # what is wrong with the index is said before the page opens
    import gradio as gr
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from assistant.web.actions import Page
    from assistant.web.blocks import Wiring
    from assistant.web.tools import PATH, Door

    _free(host, port)
    page = Page(desk)
    door = Door(page, login)
    blocks = Wiring(page, login).blocks()
    blocks.queue(default_concurrency_limit=4, max_size=200)
    blocks.launch(
        server_name=host,
        server_port=port,
        auth=login.check if login else None,
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONO),
        head=head(),
        favicon_path=_ASSETS / "favicon.svg",
        footer_links=[],
        run_history=False,
        share=False,
        allowed_paths=[],
        max_file_size=1,  # byte: nothing is uploaded here
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,  # Gradio's own names its tools to who is not logged in
        app_kwargs={
            "routes": [Route(PATH, door)],
            "lifespan": door.open,
            "middleware": [Middleware(Entrance, lang=desk.settings.lang)] if login else [],
        },
        show_error=False,
        quiet=True,
        prevent_thread_lock=True,
    )
    if login:
        blocks.app.tokens = Tokens(login)
    print(f"Duchesse: http://{host}:{port}", flush=True)
    blocks.block_thread()
