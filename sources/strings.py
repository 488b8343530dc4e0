"""Texts that people see, in French and in Dutch: a folder with one TOML file a language.

The file has sections of keys: "answer.first" is the key ``first`` of its section ``answer``.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, RootModel

from sources.anchor import LANGS, Lang
from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.files import read_toml


def _template(text: str) -> str:
    _placeholders(text)  # ``ValueError`` where a brace is not closed
    return text


class _File(RootModel[dict[str, dict[str, Annotated[str, AfterValidator(_template)]]]]):
    """Sections of keys."""


class Strings:
    """The texts of one folder, read and checked when the first of them is needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def say(self, lang: Lang, key: str, **values: object) -> str:
        """The text of a key, with its values; ``KeyError`` where there is none."""
        text = self.texts[lang][key]
        return text.format(**values) if values else text

    def count(self, lang: Lang, key: str, number: int, **values: object) -> str:
        """The text of a key for a number of things; ``key_one`` for a single one."""
        return self.say(lang, f"{key}_one" if number == 1 else key, count=number, **values)

    def bilingual(self, key: str) -> Bilingual:
        """The text of a key in the two languages; ``KeyError`` where there is none."""
        return Bilingual(*(self.texts[lang][key] for lang in LANGS))

    def section(self, name: str) -> dict[str, Bilingual]:
        """The texts of a section by their keys; ``KeyError`` where there is none."""
        keys = [key for key in self.texts["fr"] if key.startswith(f"{name}.")]
        if not keys:
            raise KeyError(name)
        return {key.removeprefix(f"{name}."): self.bilingual(key) for key in keys}

    @cached_property
    def texts(self) -> dict[Lang, dict[str, str]]:
        """All texts by language and "section.key".

        ``ReadError`` where a file cannot be read, or where the languages do not have the same
        keys with the same placeholders; the message lists every fault.
        """
        texts = {lang: _read(self._folder / f"{lang}.toml") for lang in LANGS}
        french, dutch = texts["fr"], texts["nl"]
        faults = [f"{key} is in one language only" for key in sorted(french.keys() ^ dutch.keys())]
        faults += [
            f"{key} has other placeholders in Dutch"
            for key in sorted(french.keys() & dutch.keys())
            if _placeholders(french[key]) != _placeholders(dutch[key])
        ]
        if faults:
            raise ReadError(
                "the texts of the two languages do not agree",
                f"{self._folder}: {'; '.join(faults)}",
                "Correct fr.toml or nl.toml.",
            )
        return texts


def _read(path: Path) -> dict[str, str]:
    sections = read_toml(path, _File, "a list of texts").root
    return {f"{name}.{key}": text for name, keys in sections.items() for key, text in keys.items()}


def _placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
