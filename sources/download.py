"""One request and its answer, within limits of size and time."""

from __future__ import annotations

import functools
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpcore
import httpx

from sources.connection import GuardedTransport
from sources.errors import FetchError, TooSlowError, UnreachableError
from sources.hosts import Guard

Progress = Callable[[int, int | None], None]
_MIB = 2**20
_CONNECT = 10.0  # seconds until a connection stands


class DroppedError(FetchError):
    """The connection broke before the answer was complete; another try may succeed."""


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """How large one answer may be, and how long it may take.

    Attributes:
        max_bytes: Size of a body, as sent and as unpacked.
        timeout: Seconds without anything arriving.
        total_seconds: Seconds from the connection to the last byte.
    """

    max_bytes: int = 32 * _MIB
    timeout: float = 45.0
    total_seconds: float = 120.0

    @property
    def patience(self) -> httpx.Timeout:
        """The same for httpx; a server that is there takes a connection much sooner."""
        return httpx.Timeout(self.timeout, connect=min(self.timeout, _CONNECT))


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. ``content`` is whole and unpacked, or empty where it was not asked for."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def media_type(self) -> str:
        """Type without parameters, lower case: "application/xhtml+xml"."""
        given: str = self.headers.get("content-type", "")
        return given.partition(";")[0].strip().lower()

    @property
    def measured(self) -> bool:
        """Whether the server said where the body ends, so that a part of it would be noticed."""
        chunked = "chunked" in self.headers.get("transfer-encoding", "").lower()
        return chunked or "content-length" in self.headers


@dataclass(frozen=True, slots=True)
class Client:
    """Asks for one address at a time, each over a connection of its own.

    Attributes:
        guard: Which addresses may be asked for.
        limits: Size and time of an answer.
    """

    guard: Guard
    limits: DownloadLimits

    def get(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        *,
        bodies: frozenset[int],
        progress: Progress | None = None,
    ) -> Reply:
        """The answer to one GET; redirects are not followed.

        Args:
            url: Address, already checked by the guard.
            headers: Sent with the request.
            bodies: Status codes whose body is read; others come back without.
            progress: Called with bytes received and, where known, the number to come.

        Raises:
            DroppedError: The connection broke.
            UnreachableError: No connection.
            FetchError: Too slow, too large, or not readable.
        """
        deadline = time.monotonic() + self.limits.total_seconds
        tls = _certificates() if url.scheme == "https" else None
        transport = GuardedTransport(self.guard, deadline, tls)
        sent = {"Accept-Encoding": "gzip", "Connection": "close", **headers}
        try:
            with (
                httpx.Client(
                    transport=transport, timeout=self.limits.patience, trust_env=False
                ) as client,
                client.stream("GET", url, headers=sent, follow_redirects=False) as answer,
            ):
                wanted = answer.status_code in bodies
                content = _body(answer, self.limits.max_bytes, progress) if wanted else b""
                return Reply(url, answer.status_code, answer.headers, content)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise UnreachableError(
                f"no connection ({str(error) or 'the server does not answer'})",
                url,
                "Check the connection to the internet and the address, then try again.",
            ) from error
        except httpcore.TimeoutException as error:
            raise self._late(url, deadline) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            # The library looks at where a redirect leads, though it is not told to follow it.
            raise FetchError(
                f"a redirect leads nowhere ({error})",
                url,
                "Nothing was stored. Open the address in a browser to see where it leads.",
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
            raise DroppedError(
                f"the answer broke off or was not one ({error})",
                url,
                "Nothing was stored. Try again later.",
            ) from error

    def _late(self, url: httpx.URL, deadline: float) -> TooSlowError:
        if time.monotonic() >= deadline:
            seconds = f"{self.limits.total_seconds:g} s for the whole answer"
        else:
            seconds = f"{self.limits.timeout:g} s without an answer"
        return TooSlowError(
            f"the server was too slow ({seconds})", url, "Nothing was stored. Try again later."
        )


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Certificates to trust; reading them takes longer than a request, so only once."""
    return httpx.create_ssl_context()


def _body(answer: httpx.Response, limit: int, progress: Progress | None) -> bytes:
    """The body, unpacked, while it is counted both ways."""
    total = _length(answer)
    if total is not None and total > limit:
        raise _too_large(answer, limit)
    unpack = _unpacker(answer, limit)
    received, content = 0, bytearray()
    for chunk in answer.iter_raw():
        received += len(chunk)
        content += unpack.feed(chunk)
        if received > limit or len(content) > limit:
            raise _too_large(answer, limit)
        if progress:
            progress(received, total)
    unpack.finish()
    return bytes(content)


def _length(answer: httpx.Response) -> int | None:
    text = answer.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _too_large(answer: httpx.Response, limit: int) -> FetchError:
    return FetchError(
        f"the answer is larger than {limit / _MIB:g} MiB",
        answer.url,
        "Nothing was stored. Download it in a browser and look at it before adding it.",
    )


class _Plain:
    """A body that was sent as it is."""

    def feed(self, data: bytes) -> bytes:
        return data

    def finish(self) -> None:
        return


class _Gzip:
    """A body that was sent packed; never unpacks more than ``limit`` bytes and one."""

    def __init__(self, answer: httpx.Response, limit: int) -> None:
        self._answer = answer
        self._left = limit + 1
        self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def feed(self, data: bytes) -> bytes:
        if not self._left:
            return b""
        try:
            content = self._stream.decompress(data, self._left)
        except zlib.error as error:
            raise self._broken(str(error)) from error
        if self._stream.unused_data:
            raise self._broken("data after its end")
        self._left -= len(content)
        return content

    def finish(self) -> None:
        if not self._stream.eof:
            raise self._broken("it breaks off")

    def _broken(self, why: str) -> DroppedError:
        return DroppedError(
            f"the packed answer cannot be unpacked ({why})",
            self._answer.url,
            "Nothing was stored. Try again later.",
        )


def _unpacker(answer: httpx.Response, limit: int) -> _Plain | _Gzip:
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        return _Plain()
    if encoding in ("gzip", "x-gzip"):
        return _Gzip(answer, limit)
    raise FetchError(
        "the answer is packed in a way that was not asked for",
        f"{encoding} ({answer.url})",
        "Nothing was stored. Try again later.",
    )
