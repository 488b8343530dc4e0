"""Signatures for values that a browser keeps, so that a changed value is detected."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from sources.errors import DuchesseError
from sources.files import write_atomically
from sources.locks import locked

NAME = "signing.key"
_BYTES = 32
_LONGEST = 500_000  # characters of a signed value


class Signer:
    """Signs values with the key of an installation; a value may only be used where it was meant.

    Args:
        key: Secret of the installation.
    """

    def __init__(self, key: str) -> None:
        self._key = key

    @classmethod
    def of(cls, data: Path) -> Signer:
        """With the key in the data folder, made where there is none; its owner's alone (0600).

        Where the folder cannot be written, with a key that lasts as long as this process.
        ``DuchesseError`` where others may read it: what they sign would be believed.
        """
        path = data / NAME
        if not path.exists():
            made = secrets.token_hex(_BYTES)
            try:
                with locked(data / f"{NAME}.lock"):
                    if not path.exists():
                        write_atomically(path, made.encode("ascii"), mode=0o600)
            except OSError:
                return cls(made)
        if path.stat().st_mode & 0o077:
            raise DuchesseError(
                "the key of the signatures is open to others", path, f"Run `chmod 600 {path}`."
            )
        key = path.read_text("ascii").strip()
        if len(key) < 2 * _BYTES:
            raise DuchesseError(
                "the key of the signatures is not whole",
                path,
                "Remove it: a new one is made, and conversations kept by browsers are asked anew.",
            )
        return cls(key)

    def sign(self, use: str, value: Any) -> str:
        """A text of letters, digits and ``-_.`` that holds a value (of JSON) and its signature."""
        signed: str | bytes = URLSafeSerializer(self._key, salt=use).dumps(value)
        return signed if isinstance(signed, str) else signed.decode("ascii")

    def read(self, use: str, signed: object) -> Any:
        """The value that was signed for a use; None where the signature is missing or wrong."""
        if not isinstance(signed, str) or len(signed) > _LONGEST:
            return None
        try:
            return URLSafeSerializer(self._key, salt=use).loads(signed)
        except (BadData, RecursionError):
            return None
