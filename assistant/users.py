"""Who may use the page: names, roles and hashed passwords in one file.

No password is kept: Argon2id (argon2-cffi) with a salt of its own for each person. A program of a
person shows a token instead: 32 random bytes, of which SHA-256 is kept. The file is its owner's
alone (mode 0600) and is replaced by one rename.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sources.errors import UsageError
from sources.files import write_atomically
from sources.locks import locked

Role = Literal["reader", "admin"]
SHORTEST, LONGEST = 12, 1024  # characters of a password
_Hex = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{2}){16,64}$")]
# The library's parameters (RFC 9106, low memory), with one lane: a login takes one core, not all.
_HASHER = PasswordHasher(parallelism=1)


class User(BaseModel):
    """A person who may log in.

    Attributes:
        name: Name at the login.
        role: What they may do.
        password: Hash of the password with its parameters, as argon2-cffi writes it.
        generation: Changes when all sessions of this person are to end.
        token: SHA-256 of the token of their programs; None where they have none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")
    role: Role
    password: str = Field(pattern=r"^\$argon2", max_length=400)
    generation: str = Field("", max_length=64)
    token: _Hex | None = None

    def opens_with(self, password: str) -> bool:
        """Is this the password? Takes as long for a wrong one as for the right one."""
        try:
            return _HASHER.verify(self.password, password.encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):
            return False

    @property
    def credential(self) -> str:
        """Changes with the role, the password and the generation; neither can be read from it."""
        parts = repr((self.name, self.role, self.password, self.generation))
        return hashlib.sha256(parts.encode()).hexdigest()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    users: tuple[User, ...] = ()


def _hashed(password: str) -> str:
    """Hash of a new password; ``UsageError`` for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            "the password has not the right length",
            f"{len(password)} characters",
            f"Take {SHORTEST} to {LONGEST} characters.",
        )
    return _HASHER.hash(password.encode("utf-8", "replace"))


def token_hash(token: str) -> str:
    """What is kept of a token, of a program or of a session."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@cache
def _unknown() -> User:
    """Whom the password of an unknown name is checked against; nobody knows the right one."""
    return User(name="nobody", role="reader", password=_hashed(secrets.token_hex(SHORTEST)))


def _nobody(name: str) -> UsageError:
    return UsageError("there is no such user", name, "Run `users list`.")


class Users:
    """The file of users; read anew when it has changed, so that a removal counts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int, int], dict[str, User]] | None = None

    def all(self) -> tuple[User, ...]:
        """Everyone, by name; ``UsageError`` where the file is not one of users."""
        return tuple(sorted(self._by_name().values(), key=lambda u: u.name))

    def role(self, name: str) -> Role | None:
        """Role of a person; None for one who may not log in."""
        user = self._by_name().get(name)
        return user.role if user else None

    def credential(self, name: str) -> str | None:
        """What a session of a person depends on (:attr:`User.credential`); None for nobody."""
        user = self._by_name().get(name)
        return user.credential if user else None

    def verify(self, name: str, password: str) -> bool:
        """Are name and password right? An unknown name takes as long as a wrong password."""
        nobody = _unknown()  # made for a known name as well: the first login tells nothing either
        user = self._by_name().get(name)
        if len(password) > LONGEST:
            return False
        right = (user or nobody).opens_with(password)
        return right and user is not None

    def holder(self, token: str) -> str | None:
        """Name of the person whose token this is; None for any other."""
        hashed = token_hash(token)
        tokens = ((u.name, u.token) for u in self._by_name().values() if u.token)
        return next((name for name, kept in tokens if secrets.compare_digest(kept, hashed)), None)

    def token(self, name: str, *, revoke: bool = False) -> str:
        """A new token for the programs of a person, in place of the previous one; with
        ``revoke`` there is none afterwards. ``UsageError`` for an unknown name.
        """
        token = "" if revoke else secrets.token_urlsafe(32)
        self._change(name, token=token_hash(token) if token else None)
        return token

    def password(self, name: str, password: str) -> None:
        """Give a person another password: their sessions end, and the token of their programs."""
        self._change(name, password=_hashed(password), token=None)

    def change_role(self, name: str, role: Role) -> None:
        """Give a person another role; their sessions end."""
        self._change(name, role=role)

    def log_out(self, name: str) -> None:
        """End all sessions of a person, on every machine."""
        self._change(name, generation=secrets.token_hex(16))

    def add(self, name: str, role: Role, password: str) -> None:
        """Add a person; ``UsageError`` for a weak password and for a name that is taken, be it
        with other capitals: people would take the two for one.
        """
        hashed = _hashed(password)
        try:
            user = User(name=name, role=role, password=hashed, generation=secrets.token_hex(16))
        except ValidationError as error:
            raise UsageError(
                "this cannot be the name of a user",
                name,
                "Take at most 64 letters without accents, digits and the signs . _ @ -",
            ) from error
        with self._lock():
            users = dict(self._by_name())
            if taken := next((n for n in users if n.lower() == name.lower()), None):
                raise UsageError(
                    "there is a user of this name",
                    taken,
                    f"Run `users password {taken}`, `users role {taken}`, or remove them first.",
                )
            self._write([*users.values(), user])

    def remove(self, name: str) -> None:
        """Remove a person; ``UsageError`` for one who is not there."""
        with self._lock():
            users = dict(self._by_name())
            if users.pop(name, None) is None:
                raise _nobody(name)
            self._write(users.values())

    def _change(self, name: str, **fields: object) -> None:
        with self._lock():
            users = dict(self._by_name())
            if name not in users:
                raise _nobody(name)
            users[name] = users[name].model_copy(update=fields)
            self._write(users.values())

    def _lock(self) -> AbstractContextManager[None]:
        return locked(Path(f"{self.path}.lock"))

    def _by_name(self) -> dict[str, User]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        state = (found.st_ctime_ns, found.st_size, found.st_ino)  # of a change of mode as well
        cached = self._read
        if cached is not None and cached[0] == state:
            return cached[1]
        if found.st_mode & 0o077:
            raise UsageError(
                "the file of users is open to others", self.path, f"Run `chmod 600 {self.path}`."
            )
        users = {u.name: u for u in _parsed(self.path).users}
        self._read = (state, users)
        return users

    def _write(self, users: Iterable[User]) -> None:
        content = _File(users=tuple(users)).model_dump_json(indent=1).encode("utf-8")
        write_atomically(self.path, content + b"\n", mode=0o600)


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
