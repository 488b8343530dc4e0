"""The page with a fetcher that waits for seconds only: ``python -m tests.web.impatient``."""

from __future__ import annotations

from app import main
from sources import acquire
from sources.download import DownloadLimits
from sources.fetch import HOSTS, Fetcher

if __name__ == "__main__":
    limits = DownloadLimits(timeout=3)  # seconds; what comes from this machine comes sooner
    acquire.fetcher = lambda settings: Fetcher(settings.cellar_url, HOSTS, limits=limits)
    raise SystemExit(main())
