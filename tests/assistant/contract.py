"""The JSON of an answer, as the contract of the command line has it: more keys may come."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sources.anchor import Anchor, Lang


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class CitationJson(_Strict):
    number: int = Field(ge=1)
    anchor: str
    source: str
    lang: Lang
    locator: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    page: int | None
    url: str | None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        anchor = Anchor.parse(self.anchor)
        assert (anchor.work, anchor.lang) == (self.source, self.lang)
        assert self.url is None or self.url.startswith("https://")
        return self


class NearJson(_Strict):
    anchor: str
    locator: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class AnswerJson(_Strict):
    question: str
    lang: Lang
    outcome: Literal["answer", "refusal"]
    text: str = Field(min_length=1)
    citations: list[CitationJson]
    nearest: list[NearJson]
    build: str = Field(pattern=r"^[0-9a-f]{12}$")
    writer: str = Field(min_length=1)
    elapsed_ms: int = Field(ge=0)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        assert bool(self.citations) == (self.outcome == "answer"), "a refusal cites nothing"
        assert [c.number for c in self.citations] == list(range(1, len(self.citations) + 1))
        assert len({c.anchor for c in self.citations}) == len(self.citations)
        assert self.outcome == "refusal" or not self.nearest
        return self
