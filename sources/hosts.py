"""Where fetching may go: named hosts, at public addresses, over https.

A redirect can point anywhere and a name can resolve to anything, so both are checked: the
address of each hop before it is asked for, and every network address a name resolves to before
it is connected to (:mod:`sources.connection` connects to the address that was checked, so a
name that resolves to something else a moment later changes nothing). The one exception is a
base address on this very machine (loopback): it alone may be reached over plain http.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from sources.errors import FetchError, UnreachableError, UsageError

Resolver = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Network addresses of a host, as the system gives them; ``OSError`` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Whether this is an address of the public internet, and the one it may stand for too."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None or address.is_site_local:
            return False
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_loopback(host: str) -> bool:
    """Whether this name or literal address means the machine itself; asks no name server."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be fetched.

    Attributes:
        base: Address of the official source; its host is always allowed.
        hosts: Further hosts, lower case, without port.
        resolver: From host and port to network addresses.
    """

    base: httpx.URL
    hosts: frozenset[str]
    resolver: Resolver = resolve

    @classmethod
    def of(cls, base: str, hosts: frozenset[str], resolver: Resolver = resolve) -> Guard:
        """Guard for a base address; ``UsageError`` where that is not one."""
        try:
            guard = cls(
                httpx.URL(base.rstrip("/")), frozenset(h.strip().lower() for h in hosts), resolver
            )
            guard.checked(guard.base)
        except (httpx.InvalidURL, FetchError) as error:
            raise UsageError(
                f"not a base address to fetch from ({error})",
                base,
                "Set it to https://publications.europa.eu, or to http on this machine.",
            ) from error
        return guard

    @property
    def local(self) -> bool:
        """Whether the base is on this machine."""
        return is_loopback(self.base.host)

    def checked(self, url: httpx.URL) -> httpx.URL:
        """The address to ask for: the same, over https where it was http.

        ``FetchError`` where it may not be asked for.
        """
        if url.scheme not in ("http", "https") or not url.host or url.userinfo:
            raise FetchError(
                "not an address to fetch from",
                url,
                "Give an https address without a user name, or download the file and add it.",
            )
        at_base = (url.host, url.port) == (self.base.host, self.base.port)
        if at_base and self.local:
            return url
        if url.host not in self.hosts | {self.base.host} or is_loopback(url.host):
            raise FetchError(
                f"the host {url.host} is not one to fetch from",
                url,
                "An administrator can allow it in DUCHESSE_HOSTS; or download the file and add it.",
            )
        if url.port is not None and not (at_base and url.scheme == "https"):
            raise FetchError("only the usual port of https is used", url, "Leave the port out.")
        return url.copy_with(scheme="https")

    def addresses(self, host: str, port: int) -> list[str]:
        """Network addresses to connect to; ``FetchError`` where one may not be connected to."""
        try:
            found = self.resolver(host, port)
        except OSError as error:
            raise UnreachableError(
                f"the name of the host cannot be resolved ({error})",
                host,
                "Check the connection to the internet, then try again.",
            ) from error
        for text in found:
            address = ipaddress.ip_address(text.partition("%")[0])
            if not (address.is_loopback if self._may_be_local(host) else is_public(address)):
                raise FetchError(
                    f"the host {host} is at an address that is not public",
                    text,
                    "Check the name, or the name server; or download the file and add it.",
                )
        if not found:
            raise FetchError("the host has no address", host, "Check the name.")
        return found

    def _may_be_local(self, host: str) -> bool:
        return self.local and host == self.base.host
