"""configured: what the project's configuration says, as defaults of the options of the same names."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
from click.core import ParameterSource

from vidc.config import NotAConfig, found_from, read

ISOLATED = "--isolated"

_WHERE = {
    "strict": ("lint", "compile", "preview", "plan", "submit"),
    "notes": ("lint", "compile"),
    "exclude": ("lint", "timeline", "graph", "diff", "plan", "submit", "measure"),
    "baseline": ("lint", "preview"),
    "rate": ("plan", "submit"),
    "max-minutes": ("plan", "apply", "submit"),
}
"""The commands that have each option."""


def given_by(option: str) -> str:
    """Where the value of an option of the command that runs comes from: the project's configuration, or itself."""
    context = click.get_current_context()
    path = found_from(".") if context.get_parameter_source(option) is ParameterSource.DEFAULT_MAP else None
    return f"`--{option}`" if path is None else f"`{os.path.relpath(path)}`"


def defaults() -> dict[str, dict[str, Any]]:
    """By command, the values of options that are not given; none with `--isolated`."""
    path = None if ISOLATED in sys.argv else found_from(".")
    if path is None:
        return {}
    try:
        found = read(path)
    except NotAConfig as error:
        raise click.UsageError(str(error)) from error
    made: dict[str, dict[str, Any]] = {}
    for name, value in found.items():
        for command in _WHERE[name]:
            made.setdefault(command, {})[name.replace("-", "_")] = value
    return made
