"""Settings of the whole project: read once in a main, then passed on as arguments.

Each has an environment variable with the prefix ``DUCHESSE_`` and a default that needs no
network. The table in docs/operations.md is held against this class by a test.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sources.anchor import Lang
from sources.errors import UsageError

_PREFIX = "DUCHESSE_"
OF_TESTS = frozenset({"DUCHESSE_CORPUS", "DUCHESSE_TEST_DATA"})  # and measurements: no settings
_ALIKE = 0.9  # of another beginning too: DUCHESE_USERS is .96 like DUCHESSE_USERS
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*")


class Settings(BaseSettings):
    """Values from the environment; frozen."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    data: Path = Field(Path("var"), description="The one data folder.")
    lang: Lang = Field("fr", description="Language of the page where the browser asks for neither.")
    model: str = Field(
        "",
        description="Embedding model: a folder, or a hub name; empty for the packaged weights.",
    )
    model_revision: str = Field("", description="Revision (commit) of a hub model; pin it.")
    embed_url: str = Field(
        "",
        pattern=r"^(https?://.+)?$",
        description="Server that embeds for `index build` with the same model; empty for none.",
    )
    embed_key: SecretStr = Field(SecretStr(""), description="Its key, where it wants one.")
    reranker: str = Field(
        "",
        description="Cross-encoder that reads the first passages: a folder, a hub name, or `none`; "
        "empty for the one that ships.",
    )
    reranker_revision: str = Field("", description="Revision (commit) of a hub reranker; pin it.")
    cellar_url: str = Field(
        "https://publications.europa.eu", description="Base address of the official EU source."
    )
    fetch: Literal["cited", "never"] = Field(
        "cited",
        description="What the page fetches by itself: the EU acts that a text cites, or nothing.",
    )
    hosts: str = Field(
        "", description="Further hosts that may be fetched from, separated by commas."
    )
    cache_mb: int = Field(2048, ge=0, description="Bound of the cache of vectors, in megabytes.")
    store: str = Field(
        "",
        pattern=r"^(qdrant(\+https)?://.+)?$",
        description="Server that keeps the vectors, as `qdrant://host:6333` or "
        "`qdrant+https://host:6333`; empty for the data folder.",
    )
    store_key: SecretStr = Field(SecretStr(""), description="Its key, where it wants one.")
    store_seconds: float = Field(
        5, gt=0, description="Longest wait for it, while a question is answered."
    )
    keep_builds: int = Field(3, ge=2, description="Builds kept, the one in use included.")
    max_question: int = Field(1000, ge=50, description="Longest question, in characters.")
    llm_url: str = Field(
        "",
        pattern=r"^(https?://.+)?$",
        description="Address of a language model that writes answers, up to `/v1`; empty for none.",
    )
    llm_model: str = Field("", description="Its name.")
    llm_key: SecretStr = Field(SecretStr(""), description="Its key, where it wants one.")
    llm_seconds: float = Field(30, gt=0, description="Longest wait for it.")
    users: str = Field("", description="File of the people who may log in; empty for no login.")
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^/?#@\s]+(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?/?$",
        description="Address at which people open the page, as `https://duchesse.example.be` or "
        "`https://example.be/duchesse`; empty where they open it at this machine's own.",
    )
    proxies: str = Field(
        "",
        description="Addresses or networks of the reverse proxies whose `X-Forwarded` lines are "
        "believed, separated by commas; empty for none.",
    )
    session_hours: float = Field(12, gt=0, description="Hours after which a login is asked again.")
    rate: int = Field(30, ge=0, description="Questions a visitor may ask in a minute; 0: no limit.")
    audit_text: bool = Field(
        default=False, description="Keep the text of questions in the audit, not only a hash."
    )

    @field_validator("hosts")
    @classmethod
    def _names_of_hosts(cls, value: str) -> str:
        for host in listed(value):
            if not _HOST.fullmatch(host):
                name = urlsplit(host if "//" in host else f"//{host}").hostname or ""
                good = name if _HOST.fullmatch(name) else "codex.vlaanderen.be"
                raise ValueError(f"{host} is not the name of a host alone, as {good}")
        return value

    @field_validator("proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for proxy in listed(value):
            try:
                ipaddress.ip_network(proxy)
            except ValueError as error:
                raise ValueError(
                    f"{error}; give addresses or networks, as 127.0.0.1 or 10.0.0.0/8 (of a "
                    "name: what `getent hosts` prints)"
                ) from error
        return value

    @classmethod
    def read(cls) -> Settings:
        """The settings of this process; ``UsageError`` that names every wrong variable.

        A name that is like a setting and is none is wrong too: what it was to set is not set.
        """
        faults = list(cls._unknown())
        try:
            settings = cls()
        except ValidationError as error:
            faults += [
                f"{_PREFIX}{'_'.join(map(str, e['loc'])).upper()}={e['input']!r}: "
                + e["msg"].removeprefix("Value error, ")
                for e in error.errors()
            ]
        if faults:
            step = "Correct or unset these variables."
            raise UsageError("settings are not valid", "; ".join(faults), step)
        return settings

    @classmethod
    def _unknown(cls) -> Iterator[str]:
        """What is wrong with each variable that is like a setting and is none; no values."""
        known = [f"{_PREFIX}{name.upper()}" for name in cls.model_fields]
        for name in sorted({n.upper() for n in os.environ} - {*known, *OF_TESTS}):
            ours = name.startswith(_PREFIX)
            near = difflib.get_close_matches(name, known, 1, 0 if ours else _ALIKE)
            if near:
                yield f"{name}: there is no such setting; the nearest is {near[0]}"


def listed(value: str) -> list[str]:
    """The parts of a setting that is a list, separated by commas."""
    return [part.strip() for part in value.split(",") if part.strip()]
