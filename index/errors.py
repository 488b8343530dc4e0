"""Errors of the index.

::

    IndexingError              exit 1   a build or a search cannot be done
    ├── ModelError             exit 1   the embedding model is missing or not usable
    ├── NoBuildError           exit 1   there is no build to search
    ├── StaleBuildError        exit 1   the build was made with other settings
    ├── DamagedBuildError      exit 1   a build does not verify
    ├── StoreError             exit 1   the server of the vectors cannot be used
    │   └── AwayError          exit 1   ... now; it may be possible later
    ├── BusyError              exit 1   another process is building
    └── ChatError              exit 1   the language model cannot be asked
"""

from __future__ import annotations

from sources.errors import DuchesseError


class IndexingError(DuchesseError):
    """A build or a search cannot be done."""


class ModelError(IndexingError):
    """The embedding model is missing or not usable."""


class NoBuildError(IndexingError):
    """There is no build to search."""


class StaleBuildError(IndexingError):
    """The build in use was made with other settings than those of this process."""


class DamagedBuildError(IndexingError):
    """A build does not hold what its manifest says."""


class StoreError(IndexingError):
    """The server that keeps the vectors cannot be used as it is configured."""


class AwayError(StoreError):
    """The server that keeps the vectors does not answer, or cannot do what is asked of it now."""


class BusyError(IndexingError):
    """Another process is building."""


class ChatError(IndexingError):
    """The language model cannot be asked, or says nothing usable."""
