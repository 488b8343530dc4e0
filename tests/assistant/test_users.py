"""Who may log in: passwords are hashed, the file is private, removals count at once."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from assistant import __main__ as command
from assistant import users as users_module
from assistant.users import Users, users_of
from sources.errors import UsageError

GOOD = "quatre chevaux 1964"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "private" / "users.json")


def test_only_the_right_password_of_a_user_is_right(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    assert users.verify("anne", GOOD)
    assert not users.verify("anne", GOOD + " ")
    assert not users.verify("bert", GOOD)
    assert not users.verify("anne", "x" * 10_000)


def test_passwords_are_hashed_where_one_is_checked_and_not_to_look_names_up(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hash_ = users_module._hashed
    monkeypatch.setattr(users_module, "_hashed", lambda p: hashed.append(p) or hash_(p))
    users_module._unknown.cache_clear()
    users.add("anne", "reader", GOOD)
    for each in (users, Users(users.path)):
        assert (each.role("anne"), each.role("bert")) == ("reader", None)
    assert hashed == [GOOD]
    # A name that is known and one that is not take the same work, the first time as well.
    assert Users(users.path).verify("anne", GOOD)
    assert len(hashed) == 2
    assert not Users(users.path).verify("bert", hashed[1])
    assert len(hashed) == 2


def test_the_file_is_private_and_has_no_password_in_it(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    users.add("bert", "admin", GOOD)
    text = users.path.read_text("utf-8")
    assert GOOD not in text
    one, two = json.loads(text)["users"]
    assert one["password"].startswith("$argon2id$")
    assert one["password"] != two["password"]
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    left = {p.name for p in users.path.parent.iterdir()}
    assert left <= {"users.json", "users.json.lock"}


def test_a_credential_changes_with_password_role_and_generation(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    users.add("bert", "reader", GOOD)
    seen = [users.credential("anne")]
    users.password("anne", GOOD)
    seen.append(users.credential("anne"))
    users.change_role("anne", "admin")
    seen.append(users.credential("anne"))
    users.log_out("anne")
    seen.append(users.credential("anne"))
    users.token("anne")
    assert users.credential("anne") == seen[-1]
    users.remove("anne")
    assert users.credential("anne") is None
    assert len({*seen, users.credential("bert")}) == 5
    for change in (users.log_out, lambda name: users.change_role(name, "admin")):
        with pytest.raises(UsageError, match="no such user"):
            change("carla")


def test_a_removal_by_another_process_counts_at_once(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    other = Users(users.path)
    assert other.role("anne") == "reader"
    users.remove("anne")
    assert other.role("anne") is None
    assert not other.verify("anne", GOOD)


@pytest.mark.parametrize("name", ["", " anne", "a/b", "é", "x" * 65, "a\nb", "-x"])
def test_a_strange_name_is_refused(users: Users, name: str) -> None:
    with pytest.raises(UsageError, match="name of a user"):
        users.add(name, "reader", GOOD)


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 1025])
def test_a_password_of_the_wrong_length_is_refused(users: Users, password: str) -> None:
    with pytest.raises(UsageError, match="right length"):
        users.add("anne", "reader", password)
    assert users.all() == ()


def test_a_name_is_taken_once_and_removed_once(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    with pytest.raises(UsageError, match="users password anne"):
        users.add("anne", "admin", GOOD)
    users.remove("anne")
    with pytest.raises(UsageError, match="no such user"):
        users.remove("anne")


def test_a_name_with_other_capitals_is_taken_too(users: Users) -> None:
    users.add("Lies.DeWit", "reader", GOOD)
    with pytest.raises(UsageError, match=r"of this name: Lies\.DeWit\. Run `users password Lies"):
        users.add("lies.dewit", "admin", GOOD)
    assert [u.name for u in users.all()] == ["Lies.DeWit"]


def test_the_length_of_a_password_is_told_as_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHESSE_USERS", str(tmp_path / "users.json"))
    asked: list[str] = []
    monkeypatch.setattr(command, "getpass", lambda prompt: asked.append(prompt) or GOOD)
    assert command.main(["users", "add", "lies"]) == 0
    assert asked[0] == "Password (12 to 1024 characters): "


def test_a_file_that_others_may_read_is_refused(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    users.path.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        Users(users.path).all()


NO_HASH = '{"users": [{"name": "anne", "role": "reader", "password": "quatre chevaux 1964"}]}'


@pytest.mark.parametrize(
    "content", ["", "{}x", '{"users": [{"name": "anne"}]}', '{"user": []}', NO_HASH]
)
def test_a_file_of_another_form_is_refused(users: Users, content: str) -> None:
    users.path.parent.mkdir()
    users.path.touch(0o600)
    users.path.write_text(content)
    with pytest.raises(UsageError, match="cannot be read"):
        users.verify("anne", GOOD)


def test_a_login_that_nobody_can_pass_is_an_error_and_never_open(tmp_path: Path) -> None:
    assert users_of("") is None
    with pytest.raises(UsageError, match="nobody may pass it"):
        users_of(str(tmp_path / "none.json"))


def test_the_command_adds_lists_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUCHESSE_USERS", str(tmp_path / "users.json"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
    add = ["users", "add", "anne", "--role", "admin", "--password-stdin"]
    assert command.main(add) == 0
    monkeypatch.setattr(command, "getpass", lambda _: GOOD)
    assert command.main(["users", "add", "bert"]) == 0
    capsys.readouterr()
    assert command.main(["users", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"name": "anne", "role": "admin"},
        {"name": "bert", "role": "reader"},
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD} too\n"))
    assert command.main(["users", "password", "bert", "--password-stdin"]) == 0
    assert command.main(["users", "role", "bert", "admin"]) == 0
    assert command.main(["users", "logout", "bert"]) == 0
    assert Users(tmp_path / "users.json").verify("bert", f"{GOOD} too")
    assert Users(tmp_path / "users.json").role("bert") == "admin"
    assert command.main(["users", "remove", "bert"]) == 0
    users = Users(tmp_path / "users.json")
    assert [u.name for u in users.all()] == ["anne"]
    assert users.verify("anne", GOOD)


def test_the_command_needs_the_setting_and_two_equal_passwords(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["users", "list"]) == 2
    assert "DUCHESSE_USERS" in capsys.readouterr().err
    monkeypatch.setenv("DUCHESSE_USERS", str(tmp_path / "users.json"))
    typed = iter([GOOD, "another"])
    monkeypatch.setattr(command, "getpass", lambda _: next(typed))
    assert command.main(["users", "add", "anne"]) == 2
    assert not (tmp_path / "users.json").exists()


def test_a_token_opens_for_its_user_until_the_next_one(users: Users) -> None:
    users.add("anne", "reader", GOOD)
    users.add("bert", "reader", GOOD)
    first, other = users.token("anne"), users.token("bert")
    assert (users.holder(first), users.holder(other)) == ("anne", "bert")
    assert first not in users.path.read_text("utf-8")
    second = users.token("anne")
    assert users.holder(first) is None
    assert users.holder(second) == "anne"
    assert users.verify("anne", GOOD)
    assert users.token("anne", revoke=True) == ""
    assert users.holder(second) is None
    assert users.holder("") is None
    with pytest.raises(UsageError, match="no such user"):
        users.token("carla")


def test_the_command_prints_a_token_once(
    users: Users, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    users.add("anne", "reader", GOOD)
    monkeypatch.setenv("DUCHESSE_USERS", str(users.path))
    assert command.main(["users", "token", "anne"]) == 0
    assert users.holder(capsys.readouterr().out.strip()) == "anne"
    assert command.main(["users", "token", "anne", "--revoke"]) == 0
    assert "no longer" in capsys.readouterr().out
    assert command.main(["users", "token", "carla"]) == 2
