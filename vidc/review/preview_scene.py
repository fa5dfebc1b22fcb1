"""preview_scene: one scene in the page: three pictures, its bars, what is said, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from vidc.diag.finding import Finding
from vidc.diag.sink import brief, clean
from vidc.ir.spec import Track
from vidc.ir.timeline import PlacedScene
from vidc.record import record, replace
from vidc.views.chart import Chart, named
from vidc.views.timeline_svg import bars

from .preview_findings import listed, marked
from .script import Said, Speech
from .storyboard import Stage, drawing
from .storyboard_card import file_name

MOST_WORDS = 40
"""Limit: so many characters of a text name its bar."""


@record
class Scene:
    """What the page says of a scene. `sounds`: the address of each speech's sound, by the path of its track."""

    placed: PlacedScene
    chart: Chart
    said: list[Speech]
    findings: list[Finding]
    sounds: Mapping[str, str]


def section(scene: Scene, stage: Stage, first: bool) -> str:
    """`first`: it brings what the bars of all scenes need."""
    placed, chart = scene.placed, scene.chart
    start, length, number = placed.start.expected, max(placed.duration.expected, 0), chart.number
    name = escape(brief(placed.scene.name or "")) or f"Scene {number}"
    fade = f"; then a {escape(chart.transition)}" if chart.transition else ""
    spoken = "".join(map(_speech, scene.said))
    sounds = "".join(_sound(one, scene.sounds[one.track]) for one in scene.said if one.track in scene.sounds)
    return (
        f'<section class="scene" data-from="{start}" data-to="{start + length}" aria-labelledby="scene-{number}">\n'
        f'<h2 id="scene-{number}"><span class="number">{number}</span> {name}</h2>\n'
        f'<p class="when">from {escape(chart.start.split(" (")[0])}; lasts {escape(chart.length)}, '
        f"{marked(chart.reason)}{fade}</p>\n"
        f"{_stills(scene, stage, start, length)}{listed(scene.findings)}{spoken}"
        f'<div class="bars" data-from="{start}" data-reach="{chart.reach:g}">{bars(_told(chart, placed), first)}'
        f'<div class="now" hidden></div></div>\n{sounds}</section>\n'
    )


def _told(chart: Chart, placed: PlacedScene) -> Chart:
    """The chart with what is in each track that has no name of its own, for bars that are called alike say little."""
    pairs = zip(chart.bars, placed.tracks, strict=True)
    return replace(chart, bars=[bar if bar.name else replace(bar, name=_shown(item.track)) for bar, item in pairs])


def _shown(track: Track) -> str:
    """The first words of a text, the name of a medium's file."""
    if track.type == "text":
        words = brief(" ".join((track.text or "").split()))
        return f"“{words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + '…'}”" if words else ""
    address = track.values.get(f"{track.type}Url")
    return named(file_name(address)) if isinstance(address, str) else ""


def _stills(scene: Scene, stage: Stage, start: int, length: int) -> str:
    """The scene at its start, middle and end; pressing one moves the playhead there."""
    times = (("start", 0), ("middle", length // 2), ("end", max(length - 1, 0)))
    stills = "".join(
        f'<figure><button type="button" data-at="{start + at}">{drawing(scene.placed, stage, at)}</button>'
        f"<figcaption>{name}</figcaption></figure>"
        for name, at in times
    )
    return f'<div class="stills">{stills}</div>\n'


def _speech(speech: Speech) -> str:
    """The words as running text; those that are cut are struck out."""
    runs: list[str] = []
    cut: list[str] = []
    for word in speech.words:
        gap = " " if word.text[:1].isspace() else ""
        if word.heard:
            runs += [_cut(cut), gap + _word(word)]
            cut = []
        else:
            cut.append(gap + _word(word))
    text = "".join([*runs, _cut(cut)])
    language = escape(clean(speech.language), quote=True)
    return (
        f'<p class="script"><b>{escape(clean(speech.name))}</b> <span lang="{language}" dir="auto">{text}</span></p>\n'
    )


def _cut(words: list[str]) -> str:
    if not words:
        return ""
    text = "".join(words)
    gap = " " if text.startswith(" ") else ""
    return f'{gap}<del title="cut off: it is not heard">{text.removeprefix(" ")}</del>'


def _word(word: Said) -> str:
    joined = "" if word.text[:1].isspace() else " data-joined"
    return f'<span data-from="{word.start}" data-to="{word.end}"{joined}>{escape(clean(word.text.strip()))}</span>'


def _sound(speech: Speech, address: str) -> str:
    """`data-length`: what the words should take: the sound is played as much faster or slower."""
    return (
        f'<audio preload="auto" data-from="{speech.start}" data-to="{speech.until}" '
        f'data-length="{speech.end - speech.start}" src="{escape(address)}"></audio>\n'
    )
