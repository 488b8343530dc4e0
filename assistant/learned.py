"""Reading the weights of the small models that the assistant learned, a JSON file each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import AssistantError
from sources.errors import plain

_Form = TypeVar("_Form", bound=BaseModel)


def read_weights(path: Path, form: type[_Form], what: str, remedy: str) -> _Form:
    """The content of a file; ``AssistantError`` where it cannot be read or has another form.

    Args:
        path: The file.
        form: What it has to be.
        what: Its name in the error ("the calibration").
        remedy: What makes it again.
    """
    try:
        return form.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise AssistantError(f"{what} cannot be read", f"{path}: {plain(error)}", remedy) from error


def of_each(weights: Mapping[str, float], names: Iterable[str], of: str) -> None:
    """``ValueError`` where the weights are not for exactly these features."""
    if odd := set(weights) ^ set(names):
        raise ValueError(f"made for other {of}: {', '.join(sorted(odd))}")
