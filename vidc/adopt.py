"""adopt: a job as the service takes it -> the text of a spec that compiles to just that job.

The text is in vidc's form where that gives the same job, else in the service's own, which passes through untouched.
Each is compiled before it is given out.
"""

from __future__ import annotations

from functools import lru_cache
from re import fullmatch
from typing import Any

from vidc.clock import with_unit
from vidc.compile import compile, read_tree
from vidc.contract import TooLarge, measure
from vidc.diag.finding import Finding
from vidc.ir.form import OWN_KEYS, is_literal
from vidc.ir.job import SCENE, SETTINGS, TOP, TRACK, ordered
from vidc.ir.tree import plain
from vidc.problems.emit import too_large_job
from vidc.record import record
from vidc.source import Source

MAX_VALUES = 50_000
"""Limit: a job with more values is not turned into a spec: for some of them each way to write it is tried."""

WIDTH = 96
"""Columns at which a long text is broken into a folded block."""

FLOW = 60
"""Limit: a mapping or list of plain values stands on one line where it is at most this long."""

_TIMES = frozenset(("duration", "startTimeGap", "endTimeGap"))
_ORDERS = {"position": ("x", "y"), "size": ("width", "height"), "videoSize": ("width", "height")}
_TRANSITION = ("type", "duration")
_OURS = ("vidc", "settings", "scenes")
_EASY = r"[A-Za-z][A-Za-z0-9_]*(?:[ .!?;/()+-]{1,2}[A-Za-z0-9_]+)*[.!?)]?"
"""A text that stands bare: only a shortcut, since any other is tried."""
_CONSTANTS = frozenset(("true", "false", "null"))
_MARKS = ("{{", "{%", "{#")


@record
class Adopted:
    """`text` is empty where the job does not compile; `findings` then say why. `literal`: in the service's form."""

    text: str
    literal: bool
    findings: list[Finding]


def adopt(source: Source) -> Adopted:
    """The spec of a job's JSON."""
    job, findings = _read_job(source)
    if job is None:
        return Adopted("", False, findings)
    try:
        measure(job, MAX_VALUES)
    except TooLarge as error:
        return Adopted("", False, [too_large_job(source, str(error))])
    for form in (_own_form(job), job, _own_form(_escaped(job)), None):
        if form is not None or "templateJobId" in job:
            text = _as_json(job) if form is None else written(form)
            made = compile(Source(source.path, text))
            if made.job is not None and _same(made.job.data, job):
                return Adopted(text, form is job, [])
    return Adopted("", False, compile(source).findings)


def _as_json(job: dict[str, Any]) -> str:
    """A template request that only JSON says: as a spec, its numbers would become text."""
    from json import dumps

    return dumps(job, ensure_ascii=False, indent=2) + "\n"


def is_spec(source: Source) -> bool:
    """Whether a file is a spec in vidc's own form, which nothing can be made of by adopting it."""
    root, _ = read_tree(source)
    if root is None or is_literal(root) or "videoCreative" in root.entries:
        return False
    return not root.entries.keys().isdisjoint(OWN_KEYS)


def _read_job(source: Source) -> tuple[dict[str, Any] | None, list[Finding]]:
    """The job's data. Findings are those of a spec; where JSON and YAML read a text otherwise, JSON counts."""
    from json import loads

    tree, findings = read_tree(source)
    if tree is None or any(finding.severity == "error" for finding in findings):
        return None, findings
    try:
        job = loads(source.text)
    except ValueError:
        job = plain(tree)
    return (job if isinstance(job, dict) else None), findings


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON, where 1, 1.0 and true differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _own_form(job: dict[str, Any]) -> dict[str, Any] | None:
    """The job with vidc's keys and times with units; None where it has what only the service's form can say."""
    if not job.keys().isdisjoint(_OURS):
        return None
    if "videoCreative" not in job:
        return {"vidc": 1} | ordered(job, TOP)
    creative = job["videoCreative"]
    if not isinstance(creative, dict) or creative.keys() != {"settings", "scenes"}:
        return None
    settings, scenes = creative["settings"], creative["scenes"]
    if not isinstance(settings, dict) or not isinstance(scenes, list):
        return None
    rest = {name: value for name, value in job.items() if name != "videoCreative"}
    variables = {name: rest.pop(name) for name in ("dynamicVariables",) if name in rest}
    settings = ordered({name: _placed(name, value) for name, value in settings.items()}, SETTINGS)
    made = {"vidc": 1, "settings": settings} | variables
    return made | {"scenes": [_scene(scene) for scene in scenes]} | ordered(rest, TOP)


def _scene(scene: Any) -> Any:
    if not isinstance(scene, dict):
        return scene
    made = ordered({name: _timed(name, value) for name, value in scene.items()}, SCENE)
    if isinstance(made.get("transition"), dict):
        transition = {name: _timed(name, value) for name, value in made["transition"].items()}
        made["transition"] = ordered(transition, _TRANSITION)
    if isinstance(made.get("tracks"), list):
        made["tracks"] = [_track(track) for track in made["tracks"]]
    return made


def _track(track: Any) -> Any:
    if not isinstance(track, dict):
        return track
    return ordered({name: _placed(name, _timed(name, value)) for name, value in track.items()}, TRACK)


def _placed(name: str, value: Any) -> Any:
    return ordered(value, _ORDERS[name]) if name in _ORDERS and isinstance(value, dict) else value


def _timed(name: str, value: Any) -> Any:
    """A time with its unit."""
    return with_unit(value) if name in _TIMES and type(value) is int and value > 0 else value


def _escaped(value: Any) -> Any:
    """The value with each opening of a template written as a template that gives it."""
    if isinstance(value, dict):
        return {name: _escaped(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    if not isinstance(value, str) or not any(mark in value for mark in _MARKS):
        return value
    for mark in _MARKS:
        value = value.replace(mark, "{\0{ '{\0" + mark[1:] + "' }}")
    return value.replace("\0", "")


def written(mapping: dict[str, Any]) -> str:
    """A mapping as YAML that vidc reads back as it is."""
    lines: list[str] = []
    before = 1
    for name, value in mapping.items():
        block = _entry(name, value, 0)
        if lines and max(before, len(block)) > 1:
            lines.append("")
        lines += block
        before = len(block)
    return "\n".join(lines) + "\n"


def _entry(name: str, value: Any, indent: int) -> list[str]:
    """The lines of a key and its value, indented."""
    head = " " * indent + f"{_scalar(name, key=True)}:"
    if isinstance(value, dict | list) and value:
        flow = _flow(value)
        if flow and name not in ("settings", "scenes", "tracks") and indent + len(flow) <= WIDTH:
            return [f"{head} {flow}"]
        inner = _entries(value, indent + 2) if isinstance(value, dict) else _items(value, indent + 2, name)
        return [head, *inner]
    if isinstance(value, str):
        block = _block(value, indent + 2)
        if block:
            return [f"{head} {block[0]}", *block[1:]]
    return [f"{head} {_value(value)}"]


def _entries(mapping: dict[str, Any], indent: int) -> list[str]:
    return [line for name, value in mapping.items() for line in _entry(name, value, indent)]


def _items(items: list[Any], indent: int, name: str = "") -> list[str]:
    """The lines of a list; scenes are set apart by an empty line."""
    lines: list[str] = []
    for item in items:
        if lines and name == "scenes":
            lines.append("")
        lines += _item(item, indent)
    return lines


def _item(item: Any, indent: int) -> list[str]:
    if isinstance(item, dict | list) and item:
        inner = _entries(item, indent + 2) if isinstance(item, dict) else _items(item, indent + 2)
        return [" " * indent + "- " + inner[0][indent + 2 :], *inner[1:]]
    return [" " * indent + f"- {_value(item)}"]


def _value(value: Any, flow: bool = False) -> str:
    """A value on one line: a scalar, or an empty collection."""
    if isinstance(value, str):
        return _scalar(value, flow=flow)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, int) else repr(value) if isinstance(value, float) else str(value)


def _flow(value: dict[str, Any] | list[Any]) -> str:
    """Plain values in brackets, where they fit on a line; else empty."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if len(inner) > 6 or any(_is_large(item) for item in inner):
        return ""
    if isinstance(value, list):
        text = f"[{', '.join(_value(item, flow=True) for item in value)}]"
    else:
        pairs = (f"{_scalar(name, flow=True, key=True)}: {_value(item, flow=True)}" for name, item in value.items())
        text = f"{{{', '.join(pairs)}}}"
    return text if len(text) <= FLOW else ""


def _is_large(item: Any) -> bool:
    return len(item) > FLOW if isinstance(item, str) else isinstance(item, dict | list) and item != {} and item != []


def _scalar(text: str, *, flow: bool = False, key: bool = False) -> str:
    """A text on one line: bare where it is read back so, else in quotes."""
    if fullmatch(_EASY, text) and len(text) < 1000 and text.lower() not in _CONSTANTS:
        return text
    single = "'" + text.replace("'", "''") + "'"
    quoted = _quoted(text)
    forms = [text, single, quoted] if "'" not in text and quoted != f'"{text}"' else [text, quoted]
    for form in forms[:-1]:
        if _reads_back(form, text, flow, key):
            return form
    return quoted


@lru_cache(200_000)
def _reads_back(form: str, text: str, flow: bool, key: bool) -> bool:
    if not text or any(_shown(char) != char for char in form):
        return False
    line = f"{form}: value" if key else f"key: {form}"
    expected = {text: "value"} if key else {"key": text}
    return bool(_read(f"{{{line}, more: 1}}") == expected | {"more": 1} if flow else _read(line) == expected)


def _read(text: str) -> Any:
    tree, findings = read_tree(Source("", text))
    return None if tree is None or findings else plain(tree)


def _quoted(text: str) -> str:
    """In double quotes, with what YAML or an editor would not show as escapes."""
    from json import dumps

    return "".join(_shown(char) for char in dumps(text, ensure_ascii=False))


def _shown(char: str) -> str:
    if char.isprintable() or char == "\u200d" or "\ufe0e" <= char <= "\ufe0f":
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _block(text: str, indent: int) -> list[str]:
    """A text of several lines, or a long one, as a block; empty where it is none or would not read back."""
    if "\n" in text:
        body = text.rstrip("\n")
        style = "|" + {0: "-", 1: ""}.get(len(text) - len(body), "+")
        lines = text.removesuffix("\n").split("\n")
    elif len(text) + indent > WIDTH and "  " not in text:
        style, lines = ">-", _folded(text, WIDTH - indent)
    else:
        return []
    if any(line != line.rstrip() for line in lines) or any(_shown(char) != char for char in text if char != "\n"):
        return []
    block = [style, *(" " * indent + line if line else "" for line in lines)]
    return (
        block if _read("\n".join([f"key: {block[0]}", *block[1:], "more: 1", ""])) == {"key": text, "more": 1} else []
    )


def _folded(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, broken at single spaces."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines
