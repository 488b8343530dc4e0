"""What is computed once for each instance, when it is first asked for, without a lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Result = TypeVar("Result")


class lazy(Generic[Result]):  # noqa: N801 - it is written as a decorator is
    """As ``functools.cached_property``, for instances that belong to one thread each.

    In Python 3.11 that one computes under a lock that all instances share: of those who ask at the
    same time only one would be searched for. Since 3.12 it has none either.
    """

    def __init__(self, compute: Callable[[Any], Result]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[Result]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Result: ...
    def __get__(self, instance: object | None, owner: type) -> lazy[Result] | Result:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._compute(instance)
        return found
