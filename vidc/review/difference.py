"""difference: what differs between versions of specs, as text for a terminal, Markdown for a comment, and data."""

from __future__ import annotations

from json import dumps
from textwrap import wrap
from typing import Any

from vidc.clock import INF, Length, roughly, show
from vidc.diag.sink import clean
from vidc.ir.spec import Json

from .compare import Field, SceneChange, SpecChange, TrackChange
from .words import Words, word_changes

NOTHING = "nothing changes; 0 minutes"
LONGEST_VALUE = 60

SIGNS = {"added": "+", "removed": "-", "moved": ">", "changed": "~"}
_COLORS = {"old": "\x1b[31m", "new": "\x1b[32m", "+": "\x1b[32m", "-": "\x1b[31m"}
_PLAIN = "\x1b[0m"


def minutes(length: Length) -> list[float | None]:
    """`[low, expected, high]` in minutes, to a hundredth; None for no bound."""
    bounds = (length.low, length.expected, length.high)
    return [None if ms == INF else round(ms / 60_000, 2) for ms in bounds]


def paid_of(changes: list[SpecChange]) -> Length:
    """What all of them together cost."""
    lengths = [change.paid for change in changes]
    return Length(
        sum(one.low for one in lengths), sum(one.expected for one in lengths), sum(one.high for one in lengths)
    )


def _about(length: Length) -> str:
    sure = length.low == length.high
    return show(length.expected) if sure else f"about {show(roughly(length.expected))}"


def _cost(length: Length) -> str:
    """`1.2 minutes (0.9 to 1.8)`."""
    low, expected, high = minutes(length)
    if low == expected == high:
        return "0 minutes" if not expected else f"{expected:.2f} minutes"
    return f"about {expected:.2f} minutes ({low:.2f} to {'no bound' if high is None else f'{high:.2f}'})"


def _headline(change: SpecChange) -> str:
    if change.kind == "same":
        return NOTHING
    if change.kind == "removed":
        return f"removed; it was {_about(change.before)} long"
    paid = "its video is there: 0 minutes" if change.known else f"{_cost(change.paid)} to pay"
    if change.kind == "added":
        return f"new, {_about(change.after)} long; {paid}"
    return f"{_about(change.before)} -> {_about(change.after)}; {paid}"


def _scene_line(change: SceneChange) -> str:
    name = _name(change.name)
    called = f"`{name}`" if not name.startswith("scene ") else name
    if change.kind == "added" and change.after is not None:
        return f"scene {change.new}: {called} is new, {_about(change.after)}"
    if change.kind == "removed" and change.before is not None:
        return f"scene {change.old}: {called} is gone, {_about(change.before)}"
    said = [f"scene {change.new}: {called}"]
    if change.moved:
        said.append(f"was scene {change.old}")
    if change.longer:
        word = "longer" if change.longer > 0 else "shorter"
        by = show(roughly(abs(change.longer)))
        said.append(f"{by} {word}")
    return ", ".join(said)


def _name(text: str) -> str:
    return clean(text).replace("`", "'")


def _track_line(change: TrackChange) -> str:
    called = f"{_name(change.type)} `{_name(change.name)}`"
    if change.kind != "changed":
        return f"{called} is {'new' if change.kind == 'added' else 'gone'}"
    said = []
    if change.starts and change.starts == change.ends:
        said.append(f"{_later(change.starts)}")
    else:
        said += [f"starts {_later(change.starts)}"] if change.starts else []
        said += [f"ends {_later(change.ends)}"] if change.ends else []
    return f"{called}: {', '.join(said)}" if said else called


def _later(ms: int) -> str:
    return f"{show(roughly(abs(ms)))} {'later' if ms > 0 else 'earlier'}"


def _field_line(field: Field) -> str:
    return f"{clean(field.name)}: {_value(field.old)} -> {_value(field.new)}"


def _value(value: Json) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else dumps(value, ensure_ascii=False)
    return clean(text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…")


def as_text(changes: list[SpecChange], width: int = 80, color: bool = False) -> str:
    """For a terminal: `+` is new, `-` is gone, `>` has moved, `~` has changed."""
    lines: list[str] = []
    for change in changes:
        if lines:
            lines.append("")
        lines += wrap(f"{clean(change.file)}: {_headline(change)}", width, subsequent_indent="  ")
        lines += [f"  ~ {_field_line(field)}" for field in change.fields]
        for scene in change.scenes:
            lines += _scene_text(scene, width, color)
    if not changes:
        lines = [NOTHING]
    if len(changes) > 1:
        lines += ["", f"{len(changes)} files; {_cost(paid_of(changes))} to pay"]
    return "\n".join(lines) + "\n"


def _scene_text(scene: SceneChange, width: int, color: bool) -> list[str]:
    lines = [_painted(SIGNS[scene.kind], _scene_line(scene), "  ", color)]
    lines += [f"      {_field_line(field)}" for field in scene.fields]
    for track in scene.tracks:
        lines.append(_painted(SIGNS[track.kind], _track_line(track), "    ", color))
        lines += [f"        {_field_line(field)}" for field in track.fields]
        if track.words is not None:
            lines += _words_text(word_changes(*track.words), width, color)
    return lines


def _painted(sign: str, said: str, indent: str, color: bool) -> str:
    paint = _COLORS.get(sign) if color else None
    return f"{indent}{paint}{sign} {said}{_PLAIN}" if paint else f"{indent}{sign} {said}"


def _words_text(words: list[Words], width: int, color: bool) -> list[str]:
    """`Hello [-old-]{+new+} there`, broken into lines; on a terminal that has colours, coloured as well."""
    marks = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
    said = []
    for run in words:
        opening, closing = marks.get(run.kind, ("", ""))
        said.append("…" if run.kind == "left" else f"{opening}{clean(run.text)}{closing}")
    lines = wrap(" ".join(said), width, initial_indent=" " * 8, subsequent_indent=" " * 8)
    if not color:
        return lines
    painted = [line.replace("[-", f"{_COLORS['old']}[-").replace("-]", f"-]{_PLAIN}") for line in lines]
    return [line.replace("{+", f"{_COLORS['new']}{{+").replace("+}", f"+}}{_PLAIN}") for line in painted]


def as_markdown(changes: list[SpecChange]) -> str:
    """For a comment on a pull request."""
    if all(change.kind == "same" for change in changes):
        return f"**vidc**: {NOTHING}\n"
    total = _cost(paid_of(changes))
    lines = [f"**vidc**: {total} to pay", ""]
    for change in changes:
        lines += [f"#### {_code(change.file)}", "", _escaped(_headline(change)), ""]
        lines += [f"- {_escaped(_field_line(field), code=False)}" for field in change.fields]
        for scene in change.scenes:
            lines.append(f"- {_escaped(_scene_line(scene))}")
            lines += [f"  - {_escaped(_field_line(field), code=False)}" for field in scene.fields]
            for track in scene.tracks:
                lines += _track_markdown(track)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _track_markdown(track: TrackChange) -> list[str]:
    lines = [f"  - {_escaped(_track_line(track))}"]
    lines += [f"    - {_escaped(_field_line(field), code=False)}" for field in track.fields]
    if track.words is not None:
        marks = {"same": ("", ""), "old": ("~~", "~~"), "new": ("**", "**")}
        said = []
        for run in word_changes(*track.words):
            opening, closing = marks.get(run.kind, ("", ""))
            said.append("…" if run.kind == "left" else f"{opening}{_escaped(clean(run.text), code=False)}{closing}")
        lines.append(f"    > {' '.join(said)}")
    return lines


def _code(text: str) -> str:
    """As code, whatever back quotes stand in it."""
    return f"`{_name(text)}`"


_MARKUP = {ord(sign): f"&#{ord(sign)};" if sign in "<>@&" else f"\\{sign}" for sign in "\\*_[]<>&#|~@!$`"}


def _escaped(text: str, code: bool = True) -> str:
    """Without markup, links or mentions of a stranger's making. `code`: what stands between back quotes is code."""
    parts = text.split("`") if code else [text]
    for place in range(0, len(parts), 2):
        parts[place] = parts[place].translate(_MARKUP).replace("://", "&#58;//")
    return "`".join(parts)


def as_data(changes: list[SpecChange]) -> dict[str, Any]:
    """What `--format json` prints; lengths in ms, `minutes` to pay."""
    return {
        "minutes": minutes(paid_of(changes)),
        "files": [
            {
                "file": change.file,
                "kind": change.kind,
                "minutes": minutes(change.paid),
                "known": change.known,
                "before": _length(change.before),
                "after": _length(change.after),
                "fields": [_field(field) for field in change.fields],
                "scenes": [_scene(scene) for scene in change.scenes],
            }
            for change in changes
        ],
    }


def _length(length: Length | None) -> dict[str, Any] | None:
    if length is None:
        return None
    high = None if length.high == INF else length.high
    return {"low": length.low, "expected": length.expected, "high": high, "basis": length.basis}


def _field(field: Field) -> dict[str, Any]:
    return {"name": field.name, "before": field.old, "after": field.new}


def _scene(scene: SceneChange) -> dict[str, Any]:
    return {
        "kind": scene.kind,
        "name": scene.name,
        "before": scene.old,
        "after": scene.new,
        "moved": scene.moved,
        "longer": scene.longer,
        "duration": {"before": _length(scene.before), "after": _length(scene.after)},
        "fields": [_field(field) for field in scene.fields],
        "tracks": [_track(track) for track in scene.tracks],
    }


def _track(track: TrackChange) -> dict[str, Any]:
    words = None
    if track.words is not None:
        words = [{"kind": run.kind, "text": run.text} for run in word_changes(*track.words)]
    return {
        "kind": track.kind,
        "type": track.type,
        "name": track.name,
        "starts": track.starts,
        "ends": track.ends,
        "fields": [_field(field) for field in track.fields],
        "words": words,
    }
