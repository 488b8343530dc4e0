"""The page for programs that speak the Model Context Protocol: two tools, behind the same login.

Over HTTP a program shows a token of a user; on standard input and output it is the person who
started it. Questions go the same way as those of the page: the same limit a
minute, the same line in the audit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from starlette.requests import Request

from assistant.answer import as_json
from assistant.web.limited_service import Visitor
from assistant.web.login import MCP, USER
from assistant.web.passage_json import passage_json
from sources.errors import DuchesseError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.web.page import Page

PATH = MCP
ASK = (
    "Answers a question from the indexed texts. question: in French or Dutch; lang: language of "
    "the answer (fr or nl), null for that of the question. Returns an answer with citations, or "
    "a refusal without."
)
PASSAGE = (
    "Gives one passage: its whole stored text, its place in both languages, its official twin, "
    "and what it refers to. anchor: permanent address, as in a citation."
)
_USE = (
    "Answers from official texts in French and Dutch. A quote is the stored text of its passage: "
    "give it as it is, with its locator. Where the outcome is a refusal, the texts do not say it."
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_VISITOR = "duchesse.visitor"  # key in the scope of a request


def server(page: Page) -> MCPServer[Any]:
    """The tools ``ask`` and ``passage`` of a page."""
    tools: MCPServer[Any] = MCPServer("Duchesse", instructions=_USE, log_level="WARNING")

    def ask(
        question: str, context: Context, lang: Literal["fr", "nl"] | None = None
    ) -> dict[str, Any]:
        try:
            return as_json(page.limited.ask(question, lang, _visitor(context)))
        except DuchesseError as error:
            raise ToolError(error.for_readers) from error

    def passage(anchor: str) -> dict[str, Any]:
        try:
            return passage_json(page.texts(), anchor)
        except DuchesseError as error:
            raise ToolError(error.for_readers) from error

    tools.add_tool(ask, description=ASK, annotations=_READS)
    tools.add_tool(passage, description=PASSAGE, annotations=_READS)
    return tools


def _visitor(context: Context) -> Visitor:
    request = context.request_context.request
    found = request.scope.get(_VISITOR) if isinstance(request, Request) else None
    return found if isinstance(found, Visitor) else Visitor()


class McpEndpoint:
    """The tools over HTTP. The login, where there is one, comes first.

    Args:
        page: Answers.
        guarded: Is there a login?
    """

    def __init__(self, page: Page, *, guarded: bool) -> None:
        tools = server(page)
        # Without a login, Host and Origin are checked: a website that is open in a browser on
        # this machine must not reach the tools by another name for the loopback address.
        host = "" if guarded else "127.0.0.1"
        made = tools.streamable_http_app(
            streamable_http_path=PATH, json_response=True, stateless_http=True, host=host
        )
        self._tools: ASGIApp = made
        self._manager = tools.session_manager

    @asynccontextmanager
    async def open(self, _: object) -> AsyncIterator[None]:
        """For as long as the page runs."""
        running: AbstractAsyncContextManager[None] = self._manager.run()
        async with running:
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request that has passed the login."""
        client = Request(scope).client
        visitor = Visitor(client.host if client else "", scope.get(USER))
        await self._tools({**scope, _VISITOR: visitor}, receive, send)
