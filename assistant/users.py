"""Who may use the page: names, roles and hashed passwords in one file.

No password is kept: scrypt with a salt of its own for each person. A program of a person shows a
token instead: 32 random bytes, of which SHA-256 is kept. The file is its owner's
alone (mode 0600) and is replaced by one rename.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sources.errors import UsageError
from sources.files import sync_folder

Role = Literal["reader", "admin"]
ROLES: tuple[Role, ...] = ("reader", "admin")
SHORTEST, LONGEST = 12, 1024  # characters of a password
_Hex = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{2}){16,64}$")]
_SALT = 16  # bytes


class User(BaseModel):
    """A person who may log in.

    ``n``, ``r`` and ``p`` are what scrypt was told; ``token`` is the hash of that of their
    programs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")
    role: Role
    salt: _Hex
    hash: _Hex
    n: int = Field(2**14, ge=2, le=2**17)
    r: int = Field(8, ge=1, le=16)
    p: int = Field(5, ge=1, le=16)
    token: _Hex | None = None

    def opens_with(self, password: str) -> bool:
        """Is this the password? Takes as long for a wrong one as for the right one."""
        return hmac.compare_digest(bytes.fromhex(self.hash), _scrypt(password, self))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    users: tuple[User, ...] = ()


def _scrypt(password: str, user: User) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"),
        salt=bytes.fromhex(user.salt),
        n=user.n,
        r=user.r,
        p=user.p,
        maxmem=256 * user.n * user.r,  # bytes; twice what it needs
    )


def _new(name: str, role: Role, password: str) -> User:
    blank = User(name=name, role=role, salt=secrets.token_hex(_SALT), hash="00" * 32)
    return blank.model_copy(update={"hash": _scrypt(password, blank).hex()})


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _nobody(name: str) -> UsageError:
    return UsageError("there is no such user", name, "Run `users list`.")


class Users:
    """The file of users; read anew when it has changed, so that a removal counts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int, int], dict[str, User]] | None = None
        self._nobody = _new("nobody", "reader", secrets.token_hex(_SALT))

    def all(self) -> tuple[User, ...]:
        """Everyone, by name; ``UsageError`` where the file is not one of users."""
        return tuple(sorted(self._by_name().values(), key=lambda u: u.name))

    def role(self, name: str) -> Role | None:
        """Role of a person; None for one who may not log in."""
        user = self._by_name().get(name)
        return user.role if user else None

    def verify(self, name: str, password: str) -> bool:
        """May this person come in? An unknown name takes as long as a wrong password."""
        user = self._by_name().get(name)
        if len(password) > LONGEST:
            return False
        right = (user or self._nobody).opens_with(password)
        return right and user is not None

    def holder(self, token: str) -> str | None:
        """Name of the person whose token this is; None for any other."""
        hashed = _token_hash(token)
        held = ((u.name, u.token) for u in self._by_name().values() if u.token)
        return next((name for name, own in held if hmac.compare_digest(own, hashed)), None)

    def token(self, name: str, *, revoke: bool = False) -> str:
        """A new token for the programs of a person; the one before is over, as is any with
        ``revoke``. ``UsageError`` for one who is not there.
        """
        token = "" if revoke else secrets.token_urlsafe(32)
        with self._lock():
            users = dict(self._by_name())
            if name not in users:
                raise _nobody(name)
            kept = _token_hash(token) if token else None
            users[name] = users[name].model_copy(update={"token": kept})
            self._write(users.values())
        return token

    def add(self, name: str, role: Role, password: str) -> None:
        """Let a person in; ``UsageError`` for a name that is taken and for a weak password."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(
                "the password has not the right length",
                f"{len(password)} characters",
                f"Take {SHORTEST} to {LONGEST} characters.",
            )
        try:
            user = _new(name, role, password)
        except ValidationError as error:
            raise UsageError(
                "this cannot be the name of a user",
                name,
                "Take at most 64 letters without accents, digits and the signs . _ @ -",
            ) from error
        with self._lock():
            users = dict(self._by_name())
            if name in users:
                raise UsageError(
                    "there is a user of this name", name, f"Run `users remove {name}` first."
                )
            self._write([*users.values(), user])

    def remove(self, name: str) -> None:
        """Let a person in no longer; ``UsageError`` for one who is not there."""
        with self._lock():
            users = dict(self._by_name())
            if users.pop(name, None) is None:
                raise _nobody(name)
            self._write(users.values())

    def _lock(self) -> FileLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(f"{self.path}.lock")

    def _by_name(self) -> dict[str, User]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        state = (found.st_mtime_ns, found.st_size, found.st_ino)
        held = self._read
        if held is not None and held[0] == state:
            return held[1]
        if found.st_mode & 0o077:
            raise UsageError(
                "the file of users is open to others", self.path, f"Run `chmod 600 {self.path}`."
            )
        users = {u.name: u for u in _parsed(self.path).users}
        self._read = (state, users)
        return users

    def _write(self, users: Iterable[User]) -> None:
        content = _File(users=tuple(users)).model_dump_json(indent=1).encode("utf-8")
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:  # made with mode 0600, and it stays so
            with os.fdopen(handle, "wb") as file:
                file.write(content + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(self.path.parent)


def _parsed(path: Path) -> _File:
    try:
        return _File.model_validate_json(path.read_bytes())
    except PermissionError as error:
        raise UsageError(
            "the file of users belongs to somebody else",
            f"{path} (this process is user {os.geteuid()})",
            "Give it to the user that runs the page (chown).",
        ) from error
    except (OSError, ValidationError) as error:
        raise UsageError(
            "the file of users cannot be read", path, "Restore it, or add the users again."
        ) from error


def users_of(path: str) -> Users | None:
    """The users of the setting; None where there is no login.

    ``UsageError`` where there is a login and nobody who could pass it.
    """
    if not path:
        return None
    users = Users(Path(path))
    if not users.all():
        raise UsageError(
            "there is a login and nobody may pass it",
            path,
            "Run `python -m assistant users add NAME --role admin`, or unset DUCHESSE_USERS.",
        )
    return users
