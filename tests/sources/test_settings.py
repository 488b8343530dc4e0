"""Settings: documented as they are, read once, wrong ones named all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from sources.__main__ import main
from sources.errors import UsageError
from sources.settings import OF_TESTS, Settings, listed

DOC = Path(__file__).parents[2] / "docs" / "operations.md"
ROW = re.compile(r"^\|\s*`(DUCHESSE_[A-Z_]+)`\s*\|([^|]*)\|([^|]*\S[^|]*)\|\s*$", re.MULTILINE)
NOTHING = {"", "none", "empty", "(none)", "(empty)", "-", "–", "—", "``", '""'}


def documented() -> dict[str, str]:
    assert DOC.is_file(), f"{DOC} is missing: it must have a row for each setting"
    rows = ROW.findall(DOC.read_text("utf-8"))
    assert len(rows) == len({name for name, _, _ in rows}), "a setting has two rows"
    return {name: default.strip().strip("`") for name, default, _ in rows}


def test_the_table_of_the_documentation_has_every_setting_and_no_other() -> None:
    assert set(documented()) == {f"DUCHESSE_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_the_default_in_the_documentation_is_the_default(name: str) -> None:
    shown = documented()[f"DUCHESSE_{name.upper()}"]
    default = Settings.model_fields[name].default
    if str(default) in ("", "None"):
        assert shown.lower() in NOTHING
    elif isinstance(default, bool):
        assert shown.lower() == str(default).lower()
    else:
        assert shown.rstrip("/") == str(default)


def test_every_setting_says_what_it_is() -> None:
    assert all(f.description for f in Settings.model_fields.values())


def test_without_an_environment_the_defaults_hold() -> None:
    settings = Settings.read()
    assert (settings.data, settings.lang, settings.model) == (Path("var"), "fr", "")
    assert settings.keep_builds >= 2


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "DATA": str(tmp_path),
        "LANG": "nl",
        "KEEP_BUILDS": "5",
    }.items():
        monkeypatch.setenv(f"DUCHESSE_{name}", value)
    settings = Settings.read()
    assert (settings.data, settings.lang, settings.keep_builds) == (tmp_path, "nl", 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANG", "de"),
        ("LANG", "FR"),
        ("KEEP_BUILDS", "1"),
        ("KEEP_BUILDS", "many"),
        ("MAX_QUESTION", "10"),
        ("MAX_QUESTION", "-1"),
    ],
)
def test_a_wrong_value_is_wrong_use_that_names_the_variable_and_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"DUCHESSE_{name}", value)
    with pytest.raises(UsageError) as caught:
        Settings.read()
    assert f"DUCHESSE_{name}={value!r}" in str(caught.value)
    assert caught.value.exit_code == 2
    assert caught.value.next_step


def test_all_wrong_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LANG": "de", "KEEP_BUILDS": "0", "MAX_QUESTION": "x"}.items():
        monkeypatch.setenv(f"DUCHESSE_{name}", value)
    with pytest.raises(UsageError) as caught:
        Settings.read()
    for name in ("LANG", "KEEP_BUILDS", "MAX_QUESTION"):
        assert f"DUCHESSE_{name}=" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("DUCHESSE_USER", "DUCHESSE_USERS"),
        ("DUCHESSE_PUBLIC_ADDRESS", "DUCHESSE_PUBLIC_URL"),
        ("DUCHESE_USERS", "DUCHESSE_USERS"),
        ("DUCHESSE_AUDITTEXT", "DUCHESSE_AUDIT_TEXT"),
        ("duchesse_llm_keys", "DUCHESSE_LLM_KEY"),
        ("DUCHESSE_", "DUCHESSE_"),
    ],
)
def test_a_name_that_is_no_setting_is_wrong_use_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, nearest: str
) -> None:
    monkeypatch.setenv(name, "/srv/geheim")
    assert main(["list"]) == 2
    shown = capsys.readouterr()
    told = f"error: settings are not valid: {name.upper()}: there is no such setting; the nearest"
    assert shown.err.startswith(f"{told} is {nearest}")
    assert "geheim" not in shown.out + shown.err


def test_names_of_others_and_of_the_tests_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*OF_TESTS, "DATA", "USERS", "HTTPS_PROXY", "LANG", "DUC_USERS"):
        monkeypatch.setenv(name, "elsewhere")
    assert Settings.read().users == ""


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PROXIES", "nginx", "'nginx' does not appear to be an IPv4 or IPv6 network; give"),
        ("PROXIES", "127.0.0.1, 10.0.0.5/8", "10.0.0.5/8 has host bits set; give addresses"),
        ("HOSTS", "https://www.ejustice.just.fgov.be/", "alone, as www.ejustice.just.fgov.be"),
        ("HOSTS", "codex.vlaanderen.be:443", "alone, as codex.vlaanderen.be"),
        (
            "HOSTS",
            "wallex.wallonie.be, *.brussels",
            "*.brussels is not the name of a host alone, as codex.vl",
        ),
    ],
)
def test_hosts_and_proxies_that_would_match_nothing_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"DUCHESSE_{name}", value)
    with pytest.raises(UsageError, match=re.escape(told)):
        Settings.read()


def test_hosts_and_proxies_are_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHESSE_PROXIES", "127.0.0.1, ::1,172.16.0.0/12,")
    monkeypatch.setenv("DUCHESSE_HOSTS", " WALLEX.wallonie.be,, codex.vlaanderen.be ")
    settings = Settings.read()
    assert listed(settings.proxies) == ["127.0.0.1", "::1", "172.16.0.0/12"]
    assert listed(settings.hosts) == ["WALLEX.wallonie.be", "codex.vlaanderen.be"]


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().lang = "nl"  # type: ignore[misc]
