"""render_spec: what `render`, `frame` and `sheet` share: a spec made ready to be filmed, and what is said about it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from vidc.compile import Compiled, compile
from vidc.diag.sink import brief
from vidc.ir.facts import Facts
from vidc.ir.tree import Node
from vidc.project import reader, root_of
from vidc.source import Source

from . import options
from .end import ERRORS, WORLD, complain

Command = Callable[..., Any]

MISSING = "the renderer is not installed: pip install 'vidc[render]'"

_LIBRARIES = ("av", "espeakng_loader", "numpy", "pymupdf_fonts", "resvg_py", "uharfbuzz")


def badge(command: Command) -> Command:
    """Add `--no-badge`; the command takes `badge`."""
    return click.option("--no-badge", "badge", flag_value=False, default=True, is_flag=True, help="No PREVIEW badge.")(
        command
    )


def drawn(command: Command) -> Command:
    """Add what decides how a scene is drawn; the command takes `captions`, `overlay` and `fetch`."""
    words = click.option("--captions", is_flag=True, help="Write what is said below, word by word.")
    overlay = click.option("--overlay", is_flag=True, help="Draw the tracks' boxes, and what is cut in red.")
    fetch = click.option("--fetch", is_flag=True, help="Fetch media: https, from public addresses.")
    return words(overlay(fetch(command)))


def scene(command: Command) -> Command:
    """Add `--scene`; the command takes `scene`, counted from 1."""
    return click.option("--scene", type=click.IntRange(1), metavar="N", help="Only this scene, counted from 1.")(
        command
    )


def is_installed() -> bool:
    """Whether the renderer's libraries are there; says so where they are not."""
    from importlib.util import find_spec

    if all(find_spec(name) is not None for name in _LIBRARIES):
        return True
    complain(MISSING)
    return False


def in_project(source: Source, root: str | None) -> str | None:
    """The root of the project that a spec belongs to; None where it stands alone."""
    folder = os.path.dirname(source.file) if source.file else None
    found = root or (root_of(folder) if folder else None)
    marks = ("vidc.toml", "vidc.lock", ".git", "pyproject.toml", ".vidc")
    return found if found and any(os.path.exists(os.path.join(found, mark)) for mark in marks) else None


def kept_in(source: Source, root: str | None, what: str) -> str:
    """The folder for what is kept between two runs: the project's own, else the user's cache."""
    project = in_project(source, root)
    if project is not None:
        from vidc.ledger.place import folder

        with contextlib.suppress(OSError):
            return os.path.join(folder(project), what)
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(cache, "vidc", what)


def produced(
    source: Source,
    given: Mapping[str, Node],
    root: str | None,
    color: bool | None,
    *,
    fetch: bool,
    shown: Any,
    scale: Callable[[tuple[int, int]], float] | float,
) -> Any:
    """The spec as a `Production`; None where it has errors, which are shown. Raises CannotFilm."""
    from vidc.render.media_library import library_of
    from vidc.render.staging_film import produce

    def compiled(facts: Facts) -> Compiled:
        return compile(source, given=given, read=reader(root), facts=facts, draft=True)

    cache = kept_in(source, root, "media") if fetch else None
    made = produce(compiled, library_of(source.file, root, cache), shown, scale)
    options.show_errors(made if isinstance(made, list) else made.made.findings, source, color=color)
    return None if isinstance(made, list) else made


def index_of(production: Any, scene: int | None) -> int | None:
    """The index of a scene that is counted from 1."""
    count = len(production.timeline.scenes)
    if scene is not None and scene > count:
        raise click.BadParameter(f"there are {count} scenes", param_hint="--scene")
    return None if scene is None else scene - 1


def tell_drawn(production: Any, source: Source, color: bool | None) -> None:
    """Say what is not drawn as the service would draw it, and what stands in for what."""
    from vidc.render.measure import notes

    options.show_errors(production.findings(), source, color=color)
    found = notes(production.sources)
    missing = [note.text for note in found if note.is_missing]
    for text in missing[:2]:
        complain(brief(f"not here: {text}"))
    if len(missing) > 2:
        complain(f"not here: {len(missing) - 2} more")
    for note in found:
        if not note.is_missing:
            complain(brief(f"{note.path}: {note.text}"))


def failed(error: Exception, source: Source) -> int:
    """Say why there is no film; the exit code."""
    from vidc.render.staging_film import CannotFilm

    if isinstance(error, CannotFilm):
        complain(f"cannot make a film of {source.path}: {error}")
        return ERRORS
    complain(str(error))
    return WORLD
