"""timeline_svg: a timeline as a drawing that fits any width.

Places from left to right are percentages, so that the drawing need not be scaled and its text stays readable.
"""

from __future__ import annotations

from html import escape

from vidc.diag.sink import brief

from .chart import Bar, Chart, Piece, Shown, charts, summed

WIDTH = 960
"""Pixels of a drawing that stands alone."""

_HEAD, _STRIP, _SCENE, _ROW, _CUT, _AXIS, _GAP = 46, 36, 60, 36, 18, 18, 26
_MARGIN = 16
_NARROW, _NARROWEST = 480, 240
"""So wide in px is the strip of a whole video in a page at least, and on a telephone."""

_TICKS = 6
_STEPS_MS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000, 1_800_000)
_COLORS = {
    "actor": ("#3b6fd4", "#7aa5f8"),
    "video": ("#7d4fc4", "#b394f0"),
    "image": ("#1f8a70", "#4fc3a1"),
    "audio": ("#b8651b", "#e8a15a"),
    "text": ("#5d6b7c", "#a3b1c2"),
    "other": ("#8a7a2a", "#cdbd62"),
}
_INK = {
    "text": (("#1b2129", "#e8ebef"), "fill"),
    "text.soft": (("#56606c", "#a2acb8"), "fill"),
    "text.lost": (("#b3261e", "#ff8a80"), "fill"),
    ".lane": (("#eceff3", "#232a33"), "fill"),
    ".tick": (("#d3d9e0", "#39424d"), "stroke"),
    ".end": (("#56606c", "#a2acb8"), "stroke"),
    ".idle": (("#8b95a1", "#7c8794"), "stroke"),
    ".lostline": (("#b3261e", "#ff8a80"), "stroke"),
    ".block": (("#d7dee8", "#313b47"), "fill"),
    ".paper": (("#ffffff", "#14181d"), "fill"),
    "text.halo": (("#ffffff", "#14181d"), "stroke"),
}

_LAYOUT = """.timeline text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.timeline text.file{font-weight:650;font-size:15px}
.timeline text.name{font-weight:600}
.timeline text.right{text-anchor:end}
.timeline text.middle{text-anchor:middle}
.timeline text.small{font-size:11px}
@media(max-width:600px){.timeline text.roomy{display:none}}
.timeline .end{stroke-dasharray:4 3}
.timeline .idle{fill:none;stroke-dasharray:3 3}
.timeline .likely{fill-opacity:.5}
.timeline .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
.timeline rect{shape-rendering:crispEdges}
"""

_DEFINITIONS = "".join(
    f'<linearGradient id="g-{name}"><stop offset="0" stop-color="#fff" stop-opacity="{first}"/>'
    f'<stop offset="1" stop-color="#fff" stop-opacity="{last}"/></linearGradient>'
    f'<mask id="m-{name}" maskContentUnits="objectBoundingBox" x="0" y="0" width="1" height="1">'
    f'<rect width="1" height="1" fill="url(#g-{name})"/></mask>'
    for name, first, last in (
        ("likely-before", ".45", "1"),
        ("likely-after", "1", ".45"),
        ("possible-before", "0", ".45"),
        ("possible-after", ".45", "0"),
    )
) + (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="lostline" x1="1" y1="0" x2="1" y2="6" stroke-width="2"/></pattern>'
)


def style() -> str:
    """The drawing's colours, for light and for dark."""
    colors = [(f".{kind}", pair, "fill") for kind, pair in _COLORS.items()]
    colors += [(name, pair, field) for name, (pair, field) in _INK.items()]
    light, dark = (
        "".join(f".timeline {name}{{{field}:{pair[index]}}}" for name, pair, field in colors) for index in (0, 1)
    )
    return f"{_LAYOUT}{light}\n@media(prefers-color-scheme:dark){{{dark}}}\n"


def timeline_svg(files: list[Shown]) -> str:
    """One drawing that stands alone, the files one below the other."""
    parts, height = [], _MARGIN
    for shown in files:
        inner, tall = _file(shown)
        parts.append(f'<svg x="{_MARGIN}" y="{height}" width="{WIDTH - 2 * _MARGIN}" height="{tall}">{inner}</svg>\n')
        height += tall + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img">\n<title>{_text(_names(files))}</title>\n'
        f"<style>{style()}</style>\n<defs>{_DEFINITIONS}</defs>\n"
        f'<rect class="paper" width="100%" height="100%"/>\n{"".join(parts)}</svg>\n'
    )


def figure(shown: Shown, first: bool) -> str:
    """One file's drawing inside a page, as wide as its place; the page has the style, its first drawing the masks."""
    inner, tall = _file(shown)
    definitions = f"<defs>{_DEFINITIONS}</defs>\n" if first else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" width="100%" height="{tall}" role="img">\n'
        f"<title>{_text(_names([shown]))}</title>\n{definitions}{inner}</svg>\n"
    )


def overview(drawn: list[Chart]) -> str:
    """The whole video inside a page: a block for each scene."""
    return f'<svg class="timeline strip" width="100%" height="20" aria-hidden="true">{_strip(drawn, 0)}</svg>'


def bars(chart: Chart, first: bool) -> str:
    """One scene's tracks inside a page, without a heading; the page's first drawing has the masks of all."""
    inner, tall = _rows(chart, 0)
    definitions = f"<defs>{_DEFINITIONS}</defs>" if first else ""
    return (
        f'<svg class="timeline" width="100%" height="{tall}" role="img">'
        f"<title>Tracks of {_text(_heading(chart))}</title>{definitions}{inner}</svg>"
    )


def _names(files: list[Shown]) -> str:
    return "Timeline of " + ", ".join(shown.file for shown in files)


def _file(shown: Shown) -> tuple[str, int]:
    """The marks of one file's drawing and their height."""
    drawn = charts(shown)
    parts = [_line(14, shown.file, "file"), _line(33, summed(shown.timeline), "soft")]
    height = _HEAD
    if len(drawn) > 1:
        parts.append(_strip(drawn, height))
        height += _STRIP
    for chart in drawn:
        inner, tall = _scene(chart)
        parts.append(f'<svg y="{height}" width="100%" height="{tall}">{inner}</svg>\n')
        height += tall
    return "".join(parts), height


def _strip(drawn: list[Chart], top: int) -> str:
    """The whole video at the expected lengths: a block for each scene."""
    whole = sum(chart.end for chart in drawn) or 1
    parts, at = [], 0
    for chart in drawn:
        left, wide = _percent(at, whole), _percent(chart.end, whole)
        gap = 4 if chart.end * _NARROWEST > 24 * whole else 2
        parts.append(
            f'<svg x="{left}" y="{top}" width="{wide}" height="22"><title>{_text(_heading(chart))}</title>'
            f'<rect class="block" width="100%" height="20"/><rect class="paper" x="100%" width="{gap}" height="20" '
            f'transform="translate({-gap // 2} 0)"/>{_number(chart, whole)}</svg>'
        )
        at += chart.end
    return "".join(parts) + "\n"


def _number(chart: Chart, whole: int) -> str:
    """Of a block as long as it has room: none at all, or none where the strip is narrow."""
    needs = (8 + 7 * len(str(chart.number))) * whole
    if chart.end * _NARROW < needs:
        return ""
    kind = "" if chart.end * _NARROWEST >= needs else " roomy"
    return f'<text class="small middle{kind}" x="50%" y="14">{chart.number}</text>'


def _scene(chart: Chart) -> tuple[str, int]:
    parts = [
        _line(14, _heading(chart), "name", "68%"),
        f'<text class="soft right" x="100%" y="14">from {_text(chart.start.split(" (")[0])}</text>',
        _line(31, f"{chart.length}", "soft"),
        _line(47, f"{chart.reason}{', then a ' + chart.transition if chart.transition else ''}", "soft"),
    ]
    rows, end = _rows(chart, _SCENE)
    return "".join(parts) + rows, end + _GAP


def _rows(chart: Chart, top: int) -> tuple[str, int]:
    """The bars from `top` on with the axis below them, and where that ends."""
    rows: list[str] = []
    at = 0
    for bar in chart.bars:
        rows.append(f'<svg y="{top + at}" width="100%" height="{_ROW}">{_bar(bar, chart)}</svg>')
        at += _ROW
        for cut in bar.cuts:
            rows.append(_line(top + at + 9, cut, "lost small halo"))
            at += _CUT
    return "".join([_axis(chart, top, at), *rows]), top + at + _AXIS


def _heading(chart: Chart) -> str:
    return f"scene {chart.number}: {chart.name}" if chart.name else f"scene {chart.number}"


def _axis(chart: Chart, top: int, tall: int) -> str:
    """Lines at round times, with the seconds below, and the scene's expected end where bars reach past it."""
    step = next((step for step in _STEPS_MS if chart.reach / step <= _TICKS), _STEPS_MS[-1] * 4)
    parts = []
    for at in range(0, int(chart.reach) + 1, step):
        x = _percent(at, chart.reach)
        side = "" if at == 0 else " right" if at > chart.reach * 0.95 else " middle"
        parts.append(f'<line class="tick" x1="{x}" x2="{x}" y1="{top}" y2="{top + tall + 4}"/>')
        parts.append(f'<text class="small soft{side}" x="{x}" y="{top + tall + 16}">{at / 1000:g} s</text>')
    if chart.end < chart.reach:
        x = _percent(chart.end, chart.reach)
        parts.append(f'<line class="end" x1="{x}" x2="{x}" y1="{top}" y2="{top + tall}"/>')
    return "".join(parts)


def _bar(bar: Bar, chart: Chart) -> str:
    kind = bar.type if bar.type in _COLORS else "other"
    kinds = [piece.kind for piece in bar.pieces]
    core = next((kinds.index(name) for name in ("sure", "likely") if name in kinds), 0)
    pieces = "".join(
        _piece(piece, kind, "" if index == core else "before" if index < core else "after", chart)
        for index, piece in enumerate(bar.pieces)
    )
    return (
        f"<title>{_text('; '.join([f'{bar.type} {bar.name}: {bar.times}', *bar.cuts]))}</title>"
        f"{_line(12, f'{bar.type} {bar.name}', 'halo', '64%')}"
        f'<text class="soft right halo" x="100%" y="12">{_text(bar.times)}</text>'
        f'<rect class="lane" y="17" width="{_percent(chart.end, chart.reach)}" height="14"/>{pieces}'
    )


def _piece(piece: Piece, kind: str, side: str, chart: Chart) -> str:
    """`side`: whether it stands before or after the bar's surest piece, from which it fades; empty for that piece."""
    place = (
        f'x="{_percent(piece.start, chart.reach)}" y="17" '
        f'width="{_percent(piece.end - piece.start, chart.reach)}" height="14"'
    )
    match piece.kind:
        case "cut":
            return f'<rect class="lostline" fill="url(#hatch)" {place}/>'
        case "idle":
            return f'<rect class="idle" {place}/>'
        case "sure":
            return f'<rect class="{kind}" {place}/>'
        case "likely" if not side:
            return f'<rect class="{kind} likely" {place}/>'
    return f'<rect class="{kind}" mask="url(#m-{piece.kind}-{side})" {place}/>'


def _line(baseline: int, text: str, kind: str, wide: str = "100%") -> str:
    """A line of text, cut off where its place ends."""
    return (
        f'<svg width="{wide}" height="{baseline + 6}">'
        f'<text class="{kind}" x="0" y="{baseline}">{_text(text)}</text></svg>'
    )


def _text(text: str) -> str:
    return escape(brief(text).strip())


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.3f}".rstrip("0").rstrip(".") + "%"
