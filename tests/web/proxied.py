"""A real nginx with TLS before the page, configured as docs/operations.md says."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.conftest import DOMAIN, ROOT, running_process

SISTER = "<!doctype html><title>Another page</title><h1>A page of the same domain</h1>"


@dataclass(frozen=True)
class Proxied:
    """The page behind nginx.

    Attributes:
        address: Of the page, over TLS.
        sister: Of another page, on another host of the same domain.
        direct: Of the page itself, without nginx; of the first, where there are several.
        processes: Of the pages.
    """

    address: str
    sister: str
    direct: str
    processes: list[subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def documented(apps: Sequence[int], port: int, certificate: Path, key: Path, path: str) -> str:
    """The server that the documentation gives, for this machine; with several pages, for those."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    server, several = re.findall(r"```nginx\n(.*?)```", text, re.DOTALL)
    app = f"http://127.0.0.1:{apps[0]};"
    if len(apps) > 1:
        for number, found in zip((11, 12), apps, strict=True):
            assert f"10.0.0.{number}:7860" in several
            several = several.replace(f"10.0.0.{number}:7860", f"127.0.0.1:{found}")
        app = "http://duchesse;"
    changes = {
        "location / {": f"location {path}/ {{",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "duchesse.example.be;": f"app.{DOMAIN};",
        "/etc/ssl/duchesse.pem;": f"{certificate};",
        "/etc/ssl/duchesse.key;": f"{key};",
        "http://127.0.0.1:7860;": app,
    }
    for before, after in changes.items():
        assert before in server
        server = server.replace(before, after)
    return several + server if len(apps) > 1 else server


@contextmanager
def behind_nginx(
    folder: Path, command: list[str], path: str = "", pages: int = 1, **environment: str
) -> Iterator[Proxied]:
    """The page started by ``command`` in a folder, and nginx before it; skips without nginx.

    Args:
        folder: For what they write.
        command: Starts the page.
        path: Below which it is, as ``/duchesse``; "" where it has the host to itself.
        pages: How many processes of it there are.
        environment: Settings of the page.
    """
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    openssl = shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("no nginx, or no openssl, on this machine (Debian: nginx-light, openssl)")
    certificate, key, port = folder / "tls.pem", folder / "tls.key", free_port()
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", key, "-out", certificate, "-subj", f"/CN=*.{DOMAIN}",
         "-addext", f"subjectAltName=DNS:*.{DOMAIN}"],
        check=True, capture_output=True,
    )  # fmt: skip
    public = f"https://app.{DOMAIN}:{port}{path}"
    proxied = environment | {"DUCHESSE_PUBLIC_URL": public, "DUCHESSE_PROXIES": "127.0.0.1"}
    with ExitStack() as started:
        found = [
            started.enter_context(running_process(command, folder / f"errors-{n}.txt", **proxied))
            for n in range(pages)
        ]
        direct = found[0][1]
        apps = [int(address.rstrip("/").rpartition(":")[2]) for _, address in found]
        sister = folder / "sister"
        sister.mkdir()
        (sister / "index.html").write_text(SISTER, "utf-8")
        configuration = folder / "nginx.conf"
        configuration.write_text(
            f"""
            daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
            events {{}}
            http {{
                access_log off;
                client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
                fastcgi_temp_path {folder}/1; uwsgi_temp_path {folder}/2; scgi_temp_path {folder}/3;
                {documented(apps, port, certificate, key, path)}
                server {{
                    listen 127.0.0.1:{port} ssl;
                    server_name other.{DOMAIN};
                    ssl_certificate {certificate}; ssl_certificate_key {key};
                    default_type text/html;
                    root {sister};
                }}
            }}
            """
        )
        with subprocess.Popen(
            [nginx, "-c", configuration, "-e", folder / "nginx.log"], stderr=subprocess.PIPE
        ) as proxy:
            try:
                _listening(port, proxy)
                sister_page = f"https://other.{DOMAIN}:{port}/"
                yield Proxied(f"{public}/", sister_page, direct, [process for process, _ in found])
            finally:
                proxy.terminate()


def _listening(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            assert process.stderr
            raise AssertionError(process.stderr.read().decode())
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
