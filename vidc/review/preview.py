"""preview: a spec as one page: what is seen, when, what is said, and what is wrong with it.

The page stands alone: it fetches nothing from elsewhere, its one script and one style are named by their hashes in its
policy, and the same spec gives the same bytes.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from vidc.compile import Compiled
from vidc.diag.sink import brief, clean
from vidc.ir.timeline import Timeline
from vidc.record import record
from vidc.views.chart import Shown, charts, spoken
from vidc.views.timeline_svg import overview, style

from .preview_findings import listed, scene_of, totals
from .preview_scene import Scene, section
from .script import speeches
from .storyboard import Stage, drawing
from .storyboard_images import Album
from .versions import brings_names

BUBBLE = (
    '<svg class="held" width="0" height="0" aria-hidden="true"><clipPath id="bubble"><circle cx="50" cy="50" r="50"/>'
    "</clipPath></svg>\n"
)

VOICES = {
    "made": "The voices are this machine’s, at the pace that is expected of the service’s.",
    "awaited": "The voices of this machine are being made.",
    "missing": "No sound: <code>pip install 'vidc[render]'</code> brings voices.",
    "unwanted": "",
}
"""What is said of the sound, by how it is."""


@record
class Look:
    """What a page shows. `picture`: the spec whose scenes are drawn: `made`, or the last one that could be drawn.

    `sounds`: the address of each speech's sound, by the path of its track; `voices`: a key of VOICES. `trouble`: why
    the file could not be read again.
    """

    made: Compiled
    picture: Compiled
    sounds: Mapping[str, str] = {}  # never changed once made
    voices: str = "unwanted"
    trouble: str = ""

    @property
    def is_old(self) -> bool:
        return self.picture is not self.made


def page(look: Look, album: Album, live: bool = False) -> str:
    """The whole page, fit to be a file. `live`: it comes from a server, and follows the server's changes."""
    body = _body(look, album)
    version = f' data-version="{sha256(body.encode()).hexdigest()[:16]}"' if live else ""
    css, script = _parts()
    return (
        f'<!doctype html>\n<html lang="en"{version}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(live)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(_name(look.picture))} · preview</title>\n'
        f"<style>{css}</style>\n</head>\n<body>\n{body}<script>{script}</script>\n</body>\n</html>\n"
    )


def policy(live: bool) -> str:
    """The content-security policy of a page. A live one asks its own server for sounds, pictures and changes."""
    css, script = map(_hash, _parts())
    media, connect = ("'self'", "connect-src 'self'; ") if live else ("data:", "")
    return (
        f"default-src 'none'; {connect}img-src data:{' ' + media if live else ''}; media-src {media}; "
        f"style-src '{css}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
    )


def version_of(html: str) -> str:
    """The version that a live page says it is."""
    return html.partition('data-version="')[2][:16]


@lru_cache(maxsize=1)
def _parts() -> tuple[str, str]:
    """The page's style and its script."""
    folder = files("vidc.review")
    css, script = (folder.joinpath(name).read_text("utf-8") for name in ("preview.css", "preview.js"))
    return css + style(), script


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")


def _name(made: Compiled) -> str:
    name = made.spec.settings.get("name") if made.spec is not None else None
    return brief(name) if isinstance(name, str) and name.strip() else clean(os.path.basename(made.source.path))


def _body(look: Look, album: Album) -> str:
    timeline = look.picture.timeline
    shown = {placed.scene.path for placed in timeline.scenes} if timeline is not None and not look.is_old else set()
    apart = [one for one in look.made.findings if scene_of(one) not in shown]
    drawn = "" if timeline is None else _drawn(look, timeline, album)
    file = clean(look.made.source.path)
    found = f"{_trouble(look)}{listed(apart)}{drawn}".replace('<li class="error">', '<li class="error" id="error">', 1)
    return (
        f'<header>\n<h1>{escape(_name(look.picture))}</h1>\n<p class="file">{escape(file)}</p>\n'
        f'<p class="summary">{_summary(look)}</p>\n<p role="status" id="news" hidden></p>\n</header>\n'
        f"<main>\n{found}</main>\n"
    )


def _summary(look: Look) -> str:
    timeline = look.picture.timeline
    total = "" if timeline is None or not timeline.scenes else f"{escape(spoken(timeline.total))} · "
    return total + totals(look.made.findings)


def _trouble(look: Look) -> str:
    told = []
    if look.trouble:
        told.append(escape(clean(look.trouble)))
    if look.is_old:
        told.append("The file as it is now cannot be drawn. The pictures show it as it was before.")
    elif look.picture.timeline is None or not look.picture.timeline.scenes:
        told.append(f"There is nothing to draw{_why(look.picture)}.")
    elif not look.picture.timeline.complete:
        told.append("Scenes with errors are left out.")
    return "".join(f'<p class="trouble">{one}</p>\n' for one in told)


def _alarm(look: Look) -> str:
    """The number of errors, where it is seen however far the page is scrolled."""
    errors = [one for one in look.made.findings if one.severity == "error"]
    return f'<p class="alarm"><a href="#error">{totals(errors)}</a></p>\n' if errors else ""


def _why(made: Compiled) -> str:
    if made.spec is not None and made.spec.kind == "template":
        return ": the scenes are the template’s, which only the service has"
    if brings_names(made):
        return ": this file only brings names to those that include it"
    return ""


def _drawn(look: Look, timeline: Timeline, album: Album) -> str:
    if not timeline.scenes:
        return ""
    made = look.picture
    variables = made.spec.dynamic_variables if made.spec is not None else {}
    stage = Stage(timeline.size or (1920, 1080), album.image, variables)
    drawn = charts(Shown(made.source.path, timeline, []))
    said = speeches(made)
    findings = [] if look.is_old else made.findings
    sections = "".join(
        section(
            Scene(
                placed,
                chart,
                said.get(placed.scene.index, []),
                [one for one in findings if scene_of(one) == placed.scene.path],
                look.sounds,
            ),
            stage,
            index == 0,
        )
        for index, (placed, chart) in enumerate(zip(timeline.scenes, drawn, strict=True))
    )
    screens = "".join(drawing(placed, stage) for placed in timeline.scenes)
    total = timeline.total.expected
    voices = f'<p class="voices">{VOICES[look.voices]}</p>\n' if VOICES[look.voices] else ""
    return (
        f'{BUBBLE}{album.definitions()}<div class="layout">\n<section class="theatre" aria-label="Player">\n'
        f'<div class="screen">{screens}</div>\n<p class="caption" id="caption"></p>\n'
        '<div class="player" role="group" aria-label="Controls">'
        '<button type="button" id="play" aria-label="Play" title="Play or pause (space)">'
        '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path class="go" d="M7 4V20L20 12Z"/>'
        '<path class="stop" d="M6 4H10V20H6ZM14 4H18V20H14Z"/></svg></button>'
        f'<div class="scrub">{overview(drawn)}<input type="range" id="at" min="0" max="{max(total, 0)}" value="0" '
        'step="10" aria-label="Time in the video"></div><span id="clock" aria-hidden="true">0.0 s</span></div>\n'
        f"{_alarm(look)}{voices}</section>\n"
        f'<div class="scenes">\n{sections}</div>\n</div>\n'
    )
