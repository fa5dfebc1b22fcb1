"""`record`: a class of named fields with slots, equality and a repr.

It does what `dataclasses.dataclass(slots=True)` does for the few things the IR needs. Importing `dataclasses` and
making forty classes with it takes 30 ms, two thirds of the time that a whole `vidc lint` of a small file should
take; this takes 4 ms. Type checkers treat a record as a frozen dataclass, so that assigning to a field is an error
there, and building one costs no more than a plain object.
"""

from __future__ import annotations

from vidc.hints import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Turn the annotated names of `cls` into its fields, in order; a value in the class body is the default."""
    names = tuple(cls.__annotations__)
    body = {k: v for k, v in cls.__dict__.items() if k not in ("__dict__", "__weakref__")}
    defaults = {name: body.pop(name) for name in names if name in body}
    body |= {"__slots__": names, "__match_args__": names, "__init__": _first_init(defaults)}
    body |= {"__eq__": _equal, "__hash__": _hash, "__repr__": body.get("__repr__", _repr)}
    made: type[T] = type(cls.__name__, cls.__bases__, body)
    return made


def _first_init(defaults: dict[str, Any]) -> Any:
    """An `__init__` that makes the real one when the first of its class is built: many classes never are."""

    def init(self: Any, *args: Any, **fields: Any) -> None:
        cls = type(self)
        cls.__init__ = _init(cls.__slots__, defaults)
        cls.__init__(self, *args, **fields)

    return init


def _init(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    arguments = ", ".join(f"{name}=_default_{name}" if name in defaults else name for name in names)
    lines = [f"def __init__(self, {arguments}):", *(f"    self.{name} = {name}" for name in names), "    pass"]
    scope: dict[str, Any] = {f"_default_{name}": value for name, value in defaults.items()}
    exec("\n".join(lines), scope)  # noqa: S102  # the text is made of the field names
    return scope["__init__"]


def replace(record: T, **changes: Any) -> T:
    """The same record with some fields changed, as a new one."""
    names: tuple[str, ...] = type(record).__dict__["__slots__"]
    return type(record)(**({name: getattr(record, name) for name in names} | changes))


def _equal(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)


def _hash(self: Any) -> int:
    return hash(tuple(getattr(self, name) for name in self.__slots__))


def _repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"
