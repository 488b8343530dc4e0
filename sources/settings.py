"""Settings of the whole project: read once in a main, then passed on as arguments.

Each has an environment variable with the prefix ``DUCHESSE_`` and a default that needs no
network. The table in docs/operations.md is held against this class by a test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from sources.anchor import Lang
from sources.errors import UsageError


class Settings(BaseSettings):
    """Values from the environment; frozen."""

    model_config = SettingsConfigDict(env_prefix="DUCHESSE_", frozen=True, extra="ignore")

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

    @classmethod
    def read(cls) -> Settings:
        """The settings of this process; ``UsageError`` that names every wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            faults = "; ".join(
                f"DUCHESSE_{'_'.join(map(str, e['loc'])).upper()}={e['input']!r}: {e['msg']}"
                for e in error.errors()
            )
            raise UsageError(
                "settings are not valid", faults, "Correct or unset these variables."
            ) from error
