"""``python -m assistant``: questions from the shell and from programs, and who may log in."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from sources.anchor import LANGS, Lang
from sources.command import Run, by_name, input_lines, main_with, options
from sources.errors import UsageError, plain
from sources.settings import Settings

if TYPE_CHECKING:
    from assistant.answer import Outcome
    from assistant.service import AnswerService
    from assistant.users import Users


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    shared = options()
    ask = commands.add_parser(
        "ask", parents=[shared], help="answer a question from the indexed texts"
    )
    ask.add_argument("question", nargs="?", help="in French or Dutch")
    ask.add_argument(
        "--lang", choices=LANGS, help="language of the answer (default: the question's)"
    )
    ask.add_argument("--json", action="store_true", help="print JSON, one object a question")
    ask.add_argument(
        "--stdin",
        action="store_true",
        help="read questions from standard input, one a line: plain, or "
        '{"question": …, "lang": …, "history": [earlier questions, oldest first]}',
    )
    ask.add_argument(
        "--explain", action="store_true", help="show what was found, and the rule that decided"
    )
    commands.add_parser(
        "mcp",
        parents=[shared],
        help="answer a program that speaks MCP on standard input and output",
    )
    _users_parser(commands.add_parser("users", parents=[shared], help="who may log in to the page"))
    return parser


def _users_parser(users: argparse.ArgumentParser) -> None:
    actions = users.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="let a person in; asks for the password")
    add.add_argument("name")
    add.add_argument("--role", choices=("reader", "admin"), default="reader")
    password = actions.add_parser("password", help="another password; ends all sessions")
    password.add_argument("name")
    for asking in (add, password):
        asking.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
    role = actions.add_parser("role", help="another role; ends all sessions")
    role.add_argument("name")
    role.add_argument("role", choices=("reader", "admin"))
    actions.add_parser("logout", help="end all sessions of a person").add_argument("name")
    listed = actions.add_parser("list", help="who may log in, and their role")
    listed.add_argument("--json", action="store_true", help="print JSON")
    actions.add_parser("remove", help="let a person in no longer").add_argument("name")
    token = actions.add_parser("token", help="print a new token for the programs of a person")
    token.add_argument("name")
    token.add_argument("--revoke", action="store_true", help="end it, and give no new one")


class _Item(BaseModel):
    """A line of a batch that is JSON; other keys are left alone."""

    question: str
    lang: Lang | None = None
    history: list[str] = []


def _lines(
    stream: Iterable[str], lang: Lang | None
) -> Iterable[tuple[int, str, Lang | None, list[str]]]:
    """Questions of a batch; ``UsageError`` names the line that cannot be read."""
    for number, line in enumerate(stream, 1):
        text = line.strip("\ufeff \t\r\n")  # some editors begin a file with a mark
        if not text:
            continue
        if not text.startswith("{"):
            yield number, text, lang, []
            continue
        try:
            item = _Item.model_validate_json(text)
        except ValidationError as error:
            raise UsageError(
                f"line {number} of standard input is not a question",
                f"{text[:80]} ({plain(error)})",
                'Give plain text or {"question": "…", "lang": "fr", "history": ["…"]}.',
            ) from error
        yield number, item.question, item.lang or lang, item.history


def _print(outcome: Outcome, *, as_json: bool, explain: bool) -> None:
    if as_json:
        from assistant.answer import as_json as to_json

        print(json.dumps(to_json(outcome, explain=explain), ensure_ascii=False), flush=True)
        return
    for notice in outcome.notices:
        print(f"({notice})")
    print(outcome.text)
    if explain and outcome.trace:
        from assistant.trace import as_text

        print(f"\n{as_text(outcome.trace)}")


def _users(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.users import Users

    if not settings.users:
        raise UsageError(
            "there is no login", None, "Set DUCHESSE_USERS to the file that the users go into."
        )
    print(_USERS[arguments.action](Users(Path(settings.users)), arguments), end="")
    return 0


def _add_user(users: Users, arguments: argparse.Namespace) -> str:
    users.add(arguments.name, arguments.role, _password(prompted=not arguments.password_stdin))
    return f"{arguments.name} may log in as {arguments.role}\n"


def _change_password(users: Users, arguments: argparse.Namespace) -> str:
    users.password(arguments.name, _password(prompted=not arguments.password_stdin))
    return f"{arguments.name} has another password; their sessions and their token have ended\n"


def _change_role(users: Users, arguments: argparse.Namespace) -> str:
    users.change_role(arguments.name, arguments.role)
    return f"{arguments.name} is {arguments.role}; their sessions have ended\n"


def _log_out(users: Users, arguments: argparse.Namespace) -> str:
    users.log_out(arguments.name)
    return f"the sessions of {arguments.name} have ended\n"


def _remove_user(users: Users, arguments: argparse.Namespace) -> str:
    users.remove(arguments.name)
    return f"{arguments.name} may log in no longer\n"


def _token(users: Users, arguments: argparse.Namespace) -> str:
    token = users.token(arguments.name, revoke=arguments.revoke)
    return (token or f"the programs of {arguments.name} may ask no longer") + "\n"


def _list_users(users: Users, arguments: argparse.Namespace) -> str:
    if arguments.json:
        return json.dumps([{"name": u.name, "role": u.role} for u in users.all()]) + "\n"
    return "".join(f"{u.role:7}{u.name}\n" for u in users.all())


_USERS: dict[str, Callable[[Users, argparse.Namespace], str]] = {
    "add": _add_user,
    "password": _change_password,
    "role": _change_role,
    "logout": _log_out,
    "remove": _remove_user,
    "token": _token,
    "list": _list_users,
}


def _mcp(_: argparse.Namespace, settings: Settings) -> int:
    from assistant.service import AnswerService
    from assistant.web.mcp_endpoint import server
    from assistant.web.page import Page

    service = AnswerService(settings)
    service.assistant()  # what is wrong with the index is said before a program waits for it
    server(Page(service)).run()
    return 0


def _password(*, prompted: bool) -> str:
    if not prompted:
        return sys.stdin.readline().rstrip("\r\n")
    from assistant.users import LONGEST, SHORTEST

    password = getpass(f"Password ({SHORTEST} to {LONGEST} characters): ")
    if getpass("Once more: ") != password:
        raise UsageError("the two passwords differ", None, "Type the same one twice.")
    return password


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.stdin == (arguments.question is not None):
        raise UsageError(
            "give one question, or --stdin", arguments.question, "See `python -m assistant ask -h`."
        )
    _refuse_unreadable(arguments.question or "")
    from assistant.loading import kept

    with kept():
        from assistant.service import AnswerService

        service = AnswerService(settings)
        if not arguments.stdin:
            _one(service, arguments, arguments.question, arguments.lang, [])
            return 0
        service.assistant()
    for number, question, lang, history in _lines(input_lines(sys.stdin), arguments.lang):
        try:
            _one(service, arguments, question, lang, history)
        except UsageError as error:
            where = f"line {number} of standard input: {error.what}"
            raise UsageError(where, error.value, error.next_step) from error
    return 0


def _refuse_unreadable(question: str) -> None:
    """``UsageError`` for bytes of the command line that are no letters of its encoding."""
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            "the question is not in the encoding of the terminal",
            os.fsencode(question)[:80].decode("ascii", "backslashreplace"),
            "Convert the text (`iconv -f cp1252 -t utf-8`), or set `LC_ALL=C.UTF-8`.",
        ) from error


def _one(
    service: AnswerService,
    arguments: argparse.Namespace,
    question: str,
    lang: Lang | None,
    history: list[str],
) -> None:
    outcome = service.ask(question, lang, history=history)
    _print(outcome, as_json=arguments.json, explain=arguments.explain)


_COMMANDS: dict[str, Run] = {"ask": _ask, "mcp": _mcp, "users": _users}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), by_name(_COMMANDS), argv)


if __name__ == "__main__":
    raise SystemExit(main())
