"""config: what a project always wants, from `vidc.toml` or `[tool.vidc]` in `pyproject.toml` at its root.

    NotAConfig   the file cannot be heeded; its text says why and what to do

Data only: no code, no address and no token, so that a stranger's branch cannot send a secret elsewhere. Keys that are
not known are errors.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from math import inf
from typing import Any

from vidc.diag.sink import brief
from vidc.project import is_configured, load, root_of

NAME = "vidc.toml"


class NotAConfig(Exception):  # noqa: N818  # named as what is the case
    def __init__(self, path: str, reason: str) -> None:
        super().__init__(brief(f"{path}: {reason}"))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < inf


def _is_file(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


KEYS: dict[str, tuple[Callable[[object], bool], str]] = {
    "strict": (lambda value: isinstance(value, bool), "true or false"),
    "notes": (lambda value: isinstance(value, bool), "true or false"),
    "exclude": (_is_names, 'a list of patterns, such as ["drafts/*"]'),
    "baseline": (_is_file, "a file's name in quotes"),
    "rate": (lambda value: isinstance(value, str), 'a price in quotes, such as "3.50 EUR"'),
    "max-minutes": (_is_number, "a number of minutes"),
}
"""Each key is the option of the same name; what its value must be, and how that is said."""


def found_from(start: str) -> str | None:
    """The file that holds the project's configuration, seen from a folder; None where there is none."""
    root = root_of(start)
    own = os.path.join(root, NAME)
    if os.path.lexists(own):
        return own
    return os.path.join(root, "pyproject.toml") if is_configured(root) else None


def read(path: str) -> dict[str, Any]:
    """The keys of a configuration and their values, `baseline` as seen from here."""
    from tomllib import TOMLDecodeError, loads

    folder = os.path.dirname(path)
    shown = os.path.relpath(path)
    try:
        data: Any = loads(load(path, folder).text)
    except (TOMLDecodeError, RecursionError) as error:
        raise NotAConfig(shown, f"it is no TOML: {error}") from error
    if os.path.basename(path) != NAME:
        data = data.get("tool", {}).get("vidc", {}) if isinstance(data.get("tool", {}), dict) else {}
    if not isinstance(data, dict):
        raise NotAConfig(shown, "`tool.vidc` must be a table")
    for name, value in data.items():
        _check(name, value, shown)
    if "baseline" in data:
        data["baseline"] = os.path.relpath(os.path.join(folder, data["baseline"]))
    return data


def _check(name: str, value: object, shown: str) -> None:
    if name not in KEYS:
        from vidc.diag.near import nearest

        near = nearest(name, KEYS)
        known = f"did you mean `{near}`?" if near else f"known are {', '.join(KEYS)}"
        raise NotAConfig(shown, f"there is no setting `{name}`; {known}")
    holds, said = KEYS[name]
    if not holds(value):
        raise NotAConfig(shown, f"`{name}` must be {said}")


def excludes(patterns: Sequence[str], path: str, root: str) -> bool:
    """Whether a file, or a folder that it is in, fits a pattern, both seen from the root."""
    from fnmatch import fnmatch

    parts = os.path.relpath(os.path.realpath(path), os.path.realpath(root)).replace(os.sep, "/").split("/")
    begins = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    return any(fnmatch(begin, pattern.rstrip("/")) for pattern in patterns for begin in begins)
