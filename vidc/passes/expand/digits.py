"""digits: numbers that know how they were written, on their way from one process to another."""

from __future__ import annotations

from collections.abc import Callable

from vidc.hints import Any

from .values import WrittenFloat, WrittenInt, as_written


def packed(value: Any, found: dict[str, int | float]) -> Any:
    """Plain data in which such numbers, which are put into `found`, are bytes: `marshal` and JSON know none but their
    own. What stands in many places stays one."""

    def bare(value: Any) -> Any:
        if not isinstance(value, WrittenInt | WrittenFloat):
            return value
        found.setdefault(value.written, value)
        return value.written.encode()

    return _changed(value, bare, {})


def unpacked(value: Any) -> Any:
    """What was packed."""
    return _changed(value, lambda one: _told(one.decode()) if isinstance(one, bytes) else one, {})


def _told(written: str) -> int | float:
    value = int(written) if written.lstrip("+-").isdigit() else float(written)
    return as_written(value, written)


def _changed(value: Any, change: Callable[[Any], Any], done: dict[int, Any]) -> Any:
    if not isinstance(value, list | dict):
        return change(value)
    if id(value) not in done:
        if isinstance(value, list):
            done[id(value)] = [_changed(item, change, done) for item in value]
        else:
            done[id(value)] = {name: _changed(item, change, done) for name, item in value.items()}
    return done[id(value)]
