"""hints: the names that only type checkers read, without `typing`.

Importing `typing` takes 4 ms, a tenth of what reading a small file with PyYAML does, and nothing of it is needed to
run. Type checkers read `hints.pyi`, which says that these are `typing`'s. The modules that `vidc lint` loads take
them from here.
"""

from __future__ import annotations

from collections.abc import Callable


class _Hint:
    """Stands where a type is named and does nothing."""

    def __init__(self, *_names: object, **_options: object) -> None: ...

    def __getitem__(self, _parameters: object) -> _Hint:
        return self


IO = Any = Final = Literal = NoReturn = TypeAlias = _Hint()
ParamSpec = TypeVar = _Hint


def dataclass_transform(**_options: bool) -> Callable[[object], object]:
    return lambda decorator: decorator
