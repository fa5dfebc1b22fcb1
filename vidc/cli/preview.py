"""`vidc preview`."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from importlib.util import find_spec
from threading import Thread

import click

from vidc.compile import Compiled
from vidc.diag.sink import clean
from vidc.ir.tree import Node

from . import options
from .end import DONE, ERRORS, WORLD, complain
from .linting import facts_for, read
from .printing import write
from .single import single
from .writing import deliver


@click.command(epilog="Example:  vidc preview welcome.vidc.yaml --output welcome.html")
@click.argument("spec", type=options.FILE)
@options.output("page")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen at this port; 0 takes any free one.")
@click.option("--open/--no-open", "opened", default=None, help="Open the page in a browser.  [default: on a terminal]")
@click.option("--no-sound", "sound", flag_value=False, default=True, is_flag=True, help="Make no voices.")
@click.option("--baseline", type=options.FILE, metavar="FILE", help="Show only findings that are not in this file.")
@options.strict
@options.variables
@options.root
@options.color
@options.isolated
def command(
    spec: str,
    output: str | None,
    port: int | None,
    opened: bool | None,
    sound: bool,
    baseline: str | None,
    strict: bool,
    allowances: bool,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
    isolated: bool,
) -> int:
    """Show a spec as a page: pictures, times, words, and what is wrong with them.

    The page is shown on this machine only, and follows the file as it changes, until Ctrl-C. With --output it is
    written to one file that stands alone. SPEC may be a folder that has one video. Required variables without a value
    take their example.
    """
    from vidc.colossyan.facts import files_of_facts
    from vidc.review.watching import Settings, Spec

    from .known import unknown

    start = root or "."
    known = frozenset[str]() if isolated else frozenset(map(os.path.realpath, files_of_facts(start)))
    sift = None if baseline is None else unknown(baseline)
    settings = Settings(given, root, lambda: facts_for(isolated, start), known, strict, allowances, sift)
    spec = single(spec, root)
    source = read(spec, root)
    watched = Spec(spec, settings, source if spec == "-" else None)
    made = watched.compiled()
    if output is not None:
        options.show_errors(made.findings, source, color=color)
        deliver(_page(made, root, sound), output)
        return ERRORS if any(finding.severity == "error" for finding in made.findings) else DONE
    if spec == "-":
        raise click.UsageError("What is read from standard input does not change; --output writes its page.")
    return _shown(watched, made, port, _opens() if opened is None else opened, sound)


def _page(made: Compiled, root: str | None, sound: bool) -> str:
    """The page that stands alone."""
    from vidc.review.preview import Look, page
    from vidc.review.sound import Voices, is_there
    from vidc.review.storyboard_images import Album

    def hold(content: bytes, kind: str) -> str:
        return f"data:{kind};base64,{b64encode(content).decode('ascii')}"

    wavs: dict[str, bytes] = {}
    how = "unwanted" if not sound else "made" if is_there() else "missing"
    if how == "made":
        voices = Voices()
        voices.make(made)
        wavs = voices.ready(made)
    sounds = {path: hold(wav, "audio/wav") for path, wav in wavs.items()}
    return page(Look(made, made, sounds, how), Album(made.source.file, root, hold))


def _shown(watched: object, made: Compiled, port: int | None, opened: bool, sound: bool) -> int:
    if lacking := [name for name in ("starlette", "uvicorn", "watchfiles") if find_spec(name) is None]:
        complain(f"{', '.join(lacking)} is not installed, which this needs: pip install 'vidc[review]'")
        return WORLD
    from vidc.review.preview_live import Live
    from vidc.review.preview_server import ADDRESS, CannotShow, bound, serve
    from vidc.review.sound import Voices, is_there
    from vidc.review.watching import Spec

    assert isinstance(watched, Spec)
    try:
        listener = bound(port)
    except CannotShow as error:
        complain(str(error))
        return WORLD
    with listener:
        address = f"http://{ADDRESS}:{listener.getsockname()[1]}/"
        live = Live(watched, made, Voices() if sound and is_there() else None, sound)
        write(clean(f"vidc preview: {made.source.path} is at {address}") + "\nIt follows the file; Ctrl-C ends it.\n")
        if opened:
            _open(address)
        serve(live, listener)
    complain("stopped")
    return DONE


def _opens() -> bool:
    """Whether a person sits at a screen here."""
    has_screen = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return has_screen and sys.stdout is not None and sys.stdout.isatty()


def _open(address: str) -> None:
    """Ask for a browser; some take their time to answer."""
    from webbrowser import open as browse

    Thread(target=browse, args=(address,), daemon=True).start()
