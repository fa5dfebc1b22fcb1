"""timeline_html: timelines as one page that stands alone: drawings and tables, no scripts, nothing fetched."""

from __future__ import annotations

from html import escape

from vidc.clock import Length
from vidc.diag.sink import brief
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack

from .chart import Shown, brief_seconds, cuts_by_path, rough, spoken
from .timeline_svg import figure, style

_PAGE = """:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1000px;padding:20px 16px 48px;background:#fff;color:#1b2129;
font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
h1{font-size:20px;margin:0 0 16px}
section{margin:0 0 40px}
section>svg{display:block}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:6px 0}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #d3d9e0;white-space:nowrap}
td:first-child{white-space:normal;min-width:9em}
td.number,th.number{text-align:right}
th[scope=rowgroup]{padding-top:12px;white-space:normal}
td.lost{color:#b3261e}
@media(prefers-color-scheme:dark){td.lost{color:#ff8a80}body{background:#14181d;color:#e8ebef}th,td{border-color:#39424d}}
"""


def timeline_html(files: list[Shown]) -> str:
    from base64 import b64encode
    from hashlib import sha256

    css = _PAGE + style()
    digest = b64encode(sha256(css.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    sections = "".join(_section(shown, index == 0) for index, shown in enumerate(files))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<title>Timeline</title>\n'
        f"<style>{css}</style>\n</head>\n<body>\n<h1>Timeline</h1>\n{sections}</body>\n</html>\n"
    )


def _section(shown: Shown, first: bool) -> str:
    cuts = cuts_by_path(shown.cuts)
    rows = "".join(_rows(placed, cuts) for placed in shown.timeline.scenes)
    return (
        f'<section>\n{figure(shown, first)}<div class="scroll" tabindex="0" role="region" '
        f'aria-label="Times of {_text(shown.file)}">\n<table>\n<caption>Times of {_text(shown.file)}, '
        "in seconds from the scene’s start</caption>\n"
        '<thead><tr><th scope="col">Track</th><th scope="col" class="number">Start</th>'
        '<th scope="col" class="number">End</th><th scope="col">End lies in</th><th scope="col">Seen</th>'
        f'<th scope="col">Medium</th></tr></thead>\n{rows}</table>\n</div>\n</section>\n'
    )


def _rows(placed: PlacedScene, cuts: dict[str, list[str]]) -> str:
    about = f"{placed.scene.label}: from {spoken(placed.start)}, lasts {spoken(placed.duration)}"
    tracks = "".join(_row(track) + _lost(cuts.get(track.track.path, [])) for track in placed.tracks)
    return f'<tbody>\n<tr><th scope="rowgroup" colspan="6">{_text(about)}</th></tr>\n{tracks}</tbody>\n'


def _row(placed: PlacedTrack) -> str:
    track = placed.track
    seen = placed.visible
    cells = (
        ("", f"{track.type} {track.reference_id or ''}"),
        (' class="number"', brief_seconds(placed.start)),
        (' class="number"', brief_seconds(placed.end)),
        ("", _bounds(placed.end)),
        ("", f"{brief_seconds(seen.start)}–{brief_seconds(seen.end)}" if seen else "nothing"),
        ("", spoken(placed.medium) if placed.medium else ""),
    )
    return "<tr>" + "".join(f"<td{kind}>{_text(text)}</td>" for kind, text in cells) + "</tr>\n"


def _lost(cuts: list[str]) -> str:
    return "".join(f'<tr><td class="lost" colspan="6">{_text(cut)}</td></tr>\n' for cut in cuts)


def _bounds(at: Moment | Length) -> str:
    if at.low == at.high:
        return "exact"
    high = "or more" if at.high == float("inf") else f"to {rough(at.high)}"
    return f"{rough(at.low)} {high}"


def _text(text: str) -> str:
    return escape(brief(text).strip())
