"""A data folder with the fake model, and its builds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from index.registry import BuildRegistry
    from sources.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of an empty data folder."""
    from tests.index.fake import settings_for

    return settings_for(tmp_path)


@pytest.fixture
def registry(settings: Settings) -> BuildRegistry:
    """The builds of these settings."""
    from index.registry import BuildRegistry

    return BuildRegistry.of(settings)
