"""difference: what differs between versions of specs, as text for a terminal, Markdown for a comment, and data."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from typing import Any

from vidc.clock import INF, Length, roughly, show
from vidc.diag.as_json import as_object
from vidc.diag.cells import width as cells
from vidc.diag.cells import wrap
from vidc.diag.markdown import code, escaped
from vidc.diag.result import counted, region
from vidc.diag.sink import brief, clean
from vidc.ir.spec import Json

from .compare import Field, SceneChange, SpecChange, TrackChange
from .words import Words, word_changes

NOTHING = "nothing changes; 0 minutes"
LONGEST_VALUE = 60
MOST_ERRORS = 10
"""So many errors of a file are said; data has them all, and so has a lint."""

LONGEST_COMMENT = 60_000
"""Characters of Markdown: GitHub takes comments of 65,536."""

SIGNS = {"added": "+", "removed": "-", "moved": ">", "changed": "~"}
_COLORS = {"old": "\x1b[31m", "new": "\x1b[32m", "+": "\x1b[32m", "-": "\x1b[31m"}
_PLAIN = "\x1b[0m"


def minutes(length: Length | None) -> list[float | None] | None:
    """`[low, expected, high]` in minutes, to a hundredth; None for no bound, and for what is not known."""
    return None if length is None else _minutes(length)


def _minutes(length: Length) -> list[float | None]:
    bounds = (length.low, length.expected, length.high)
    return [None if ms == INF else round(ms / 60_000, 2) for ms in bounds]


def paid_of(changes: list[SpecChange]) -> Length:
    """What all of them together cost, without those that have errors."""
    lengths = [change.paid for change in changes if change.paid is not None]
    return Length(
        sum(one.low for one in lengths), sum(one.expected for one in lengths), sum(one.high for one in lengths)
    )


def _about(length: Length | None) -> str:
    if length is None:
        return "unknown"
    if length.high == INF and not length.expected:
        return "as long as its template"
    sure = length.low == length.high
    return show(length.expected) if sure else f"about {show(roughly(length.expected))}"


def _cost(length: Length) -> str:
    """`1.2 minutes (0.9 to 1.8)`."""
    low, expected, high = _minutes(length)
    if length.high == INF and not length.expected:
        return "an unknown number of minutes"
    if low == expected == high:
        return "0 minutes" if not expected else f"{expected:.2f} minutes"
    return f"about {expected:.2f} minutes ({low:.2f} to {'no bound' if high is None else f'{high:.2f}'})"


def _cost_of(changes: list[SpecChange]) -> str:
    """What all of them together cost, and whose cost is not known."""
    broken = sum(change.paid is None for change in changes)
    if broken == len(changes):
        return f"nothing can be sent: {_with_errors(broken)}"
    without = f", without {_with_errors(broken)}" if broken else ""
    return f"{_cost(paid_of(changes))} to pay{without}"


def _with_errors(files: int) -> str:
    return f"{counted(files, 'file')} with errors"


def _headline(change: SpecChange) -> str:
    was = f"renamed, was `{_name(change.was)}`; " if change.was else ""
    if change.kind in ("same", "renamed"):
        return was + NOTHING
    if change.kind == "removed":
        return "removed; it had errors" if change.before is None else f"removed; it was {_long(change.before)}"
    if change.paid is None:
        before = f"{counted(len(change.had), 'error')} before" if change.had else ""
        return f"{was}{counted(len(change.has), 'error')}{f', {before}' if before else ''}; nothing can be compared"
    paid = f"{_cost(change.paid)} to pay"
    if change.known or change.shared:
        paid = f"{'its video is there' if change.known else 'another file has the same job'}: 0 minutes"
    if change.kind == "added":
        return f"new, {_long(change.after)}; {paid}"
    if change.kind == "mended":
        names = ", ".join(sorted({f"`{one.name}`" for one in change.had}))
        return f"{was}had errors before ({names}), so nothing can be compared; now {_long(change.after)}; {paid}"
    lengths = [_about(change.before), _about(change.after)]
    length = f"still {lengths[1]}" if lengths[0] == lengths[1] else f"{lengths[0]} -> {lengths[1]}"
    return f"{was}{length}; {paid}"


def _error_lines(change: SpecChange) -> list[str]:
    """The first errors that it has now: where, what, and the finding's name."""
    lines = []
    for finding in change.has[:MOST_ERRORS]:
        place = f"{_name(finding.span.source.path)}:{region(finding.span).line}"
        lines.append(f"`{place}`: {brief(finding.words.message)} [{finding.name}]")
    if len(change.has) > MOST_ERRORS:
        lines.append(f"and {len(change.has) - MOST_ERRORS} more: `vidc lint` shows all of them")
    return lines


def _long(length: Length | None) -> str:
    said = _about(length)
    return f"{said} long" if said.endswith(" s") else said


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
    """For a terminal: `+` is new, `-` is gone, `>` has moved, `~` has changed, `!` is an error."""
    lines: list[str] = []
    for change in changes:
        if lines:
            lines.append("")
        lines += _folded(f"{clean(change.file)}: {_headline(change)}", "", width)
        for line in _error_lines(change):
            lines += _folded(line, "  ", width, "!")
        for field in change.fields:
            lines += _folded(_field_line(field), "  ", width, "~")
        for scene in change.scenes:
            lines += _scene_text(scene, width, color)
    if not changes:
        lines = [NOTHING]
    if len(changes) > 1:
        lines += ["", *_folded(f"{len(changes)} files; {_cost_of(changes)}", "", width)]
    return "\n".join(lines) + "\n"


def _scene_text(scene: SceneChange, width: int, color: bool) -> list[str]:
    lines = _painted(SIGNS[scene.kind], _scene_line(scene), "  ", width, color)
    for field in scene.fields:
        lines += _folded(_field_line(field), " " * 6, width)
    for track in _worth_telling(scene):
        lines += _painted(SIGNS[track.kind], _track_line(track), "    ", width, color)
        for field in track.fields:
            lines += _folded(_field_line(field), " " * 8, width)
        if track.words is not None:
            lines += _words_text(word_changes(*track.words), width, color)
    return lines


def _worth_telling(scene: SceneChange) -> list[TrackChange]:
    """Without what only ends with its scene: that the scene is longer is said."""
    return [track for track in scene.tracks if not track.follows]


def _folded(text: str, indent: str, width: int, sign: str = "") -> list[str]:
    """Lines that fit on a terminal, all but the first two cells further in, where the first has its sign."""
    begin = f"{indent}{sign} " if sign else indent
    if cells(text) <= width - len(begin):
        return [begin + text]
    first, *others = wrap(text, width - len(indent) - 2)
    return [f"{begin}{first}", *(f"{indent}  {line}" for line in others)]


def _painted(sign: str, said: str, indent: str, width: int, color: bool) -> list[str]:
    paint = _COLORS.get(sign) if color else None
    lines = _folded(said, indent, width, sign)
    return [f"{paint}{line}{_PLAIN}" for line in lines] if paint else lines


def _words_text(words: list[Words], width: int, color: bool) -> list[str]:
    """`Hello [-old-]{+new+} there`, broken into lines; on a terminal that has colours, coloured as well."""
    marks = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
    said = []
    for run in words:
        opening, closing = marks.get(run.kind, ("", ""))
        said.append("…" if run.kind == "left" else f"{opening}{clean(run.text)}{closing}")
    lines = [f"{' ' * 8}{line}" for line in wrap(" ".join(said), width - 8)]
    if not color:
        return lines
    painted = [line.replace("[-", f"{_COLORS['old']}[-").replace("-]", f"-]{_PLAIN}") for line in lines]
    return [line.replace("{+", f"{_COLORS['new']}{{+").replace("+}", f"+}}{_PLAIN}") for line in painted]


def as_markdown(changes: list[SpecChange]) -> str:
    """For a comment on a pull request, short enough to be one."""
    if all(change.kind == "same" for change in changes):
        return f"**vidc**: {NOTHING}\n"
    lines = [f"**vidc**: {_cost_of(changes)}"]
    left = LONGEST_COMMENT
    for place, change in enumerate(changes):
        for line in _spec_markdown(change):
            left -= len(line) + 1
            if left < 0:
                files = len(changes) - place
                rest = f"and more of {files} files" if files > 1 else "and more"
                return "\n".join([*lines, "", f"… {rest}: `vidc diff` shows all of it"]) + "\n"
            lines.append(line)
    return "\n".join(lines) + "\n"


def _spec_markdown(change: SpecChange) -> Iterator[str]:
    yield from ("", f"#### {code(change.file)}", "", escaped(_headline(change)))
    if change.has or change.fields or change.scenes:
        yield ""
    yield from (f"- {escaped(line)}" for line in _error_lines(change))
    yield from (f"- {escaped(_field_line(field), with_code=False)}" for field in change.fields)
    for scene in change.scenes:
        yield f"- {escaped(_scene_line(scene))}"
        yield from (f"  - {escaped(_field_line(field), with_code=False)}" for field in scene.fields)
        for track in _worth_telling(scene):
            yield from _track_markdown(track)


def _track_markdown(track: TrackChange) -> Iterator[str]:
    yield f"  - {escaped(_track_line(track))}"
    yield from (f"    - {escaped(_field_line(field), with_code=False)}" for field in track.fields)
    if track.words is not None:
        marks = {"same": ("", ""), "old": ("~~", "~~"), "new": ("**", "**")}
        said = []
        for run in word_changes(*track.words):
            opening, closing = marks.get(run.kind, ("", ""))
            said.append("…" if run.kind == "left" else f"{opening}{escaped(run.text, with_code=False)}{closing}")
        yield f"    > {' '.join(said)}"


def as_data(changes: list[SpecChange]) -> dict[str, Any]:
    """What `--format json` prints; lengths in ms, `minutes` to pay, errors as a lint's JSON has them. The minutes and
    lengths of a file with errors are null, and in no sum."""
    return {
        "minutes": minutes(paid_of(changes)),
        "files": [
            {
                "file": change.file,
                "was": change.was or None,
                "kind": change.kind,
                "minutes": minutes(change.paid),
                "known": change.known,
                "errors": {"before": list(map(as_object, change.had)), "after": list(map(as_object, change.has))},
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
