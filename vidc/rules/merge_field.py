"""merge-field: a gap for a value as mailing tools write it, which nothing fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.diag.near import nearest
from vidc.ir.timeline import PlacedTrack
from vidc.record import replace
from vidc.source import Span

from .looked import Looked, spans_of

_WINDOWS = (
    r"allusersprofile|appdata|comspec|computername|homedrive|homepath|localappdata|path|programdata|programfiles|public"
    r"|systemdrive|systemroot|temp|tmp|userdomain|userprofile|windir|\w+_home"
)
_NAME = r"[A-Za-z_][A-Za-z0-9_.]{1,60}"
_PATH = r"[A-Za-z_][A-Za-z0-9_]{1,40}(?:\.[A-Za-z_][A-Za-z0-9_]{0,40})?"
_FIELD = (
    rf"(?<![\w%])(%%?)(?!(?i:{_WINDOWS})%)(?P<percent>{_NAME})\1(?![\w%])"
    rf"|\*\|(?P<bar>[A-Za-z_][A-Za-z0-9_:]{{1,60}})\|\*"
    rf"|\[\[ ?(?P<square>{_NAME}) ?\]\]"
    r"|«(?P<guillemets>[^\W_]{1,30}_\w{1,30})»"
    r"|<%[-=] ?@?(?P<tag>[A-Za-z_][A-Za-z0-9_.]{0,60}) ?-?%>"
    rf"|(?<![\w${{\\])\$(?P<dollar>{_PATH})(?![\w($])"
    rf"|(?<![\w.@/-])@(?P<at>{_PATH})(?![\w@/-])"
    rf"|%\((?P<python>{_PATH})\)[ds]"
    rf"|&lt;(?P<entity>{_PATH})&gt;"
    rf"|(?<![\[\w])\[ ?(?P<one>{_PATH}(?:[ -]\w{{1,40}}){{0,4}}) ?\](?![\](\w])"
)
"""A script about Windows may well speak of `%APPDATA%`; and `«name»` without a `_` is a word in quotes."""
_DOUBTFUL = frozenset(("at", "dollar", "entity", "one"))
"""What is meant as a value only where it has a variable's name."""
_SIGNS = "%_[|$@&"
MOST = 8
"""So many of a text are told."""


@problem("warning", "rule")
def merge_field(at: Place, written: str, name: str, right: str) -> Words:
    """A text holds a gap for a value as other tools write it, such as `%first_name%`, which nothing fills in.

    It stays in the text: an actor says it, and a viewer reads it. What the service fills in is written `{first_name}`,
    and what is known when the spec is compiled `<first_name>`. `$name` is told where it looks like a gap; `@name`,
    which may be an account's, `[name]` and `&lt;name&gt;` only where a variable has that name. What stands between
    backticks is code.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello %first_name%, welcome."}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    dynamicVariables: {first_name: Ann}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {first_name}, welcome."}
    ```
    """
    message = f"nothing fills in `{written}`: it stays in the text"
    if right:
        return Words(message, at, help=f"write `{right}`")
    help = f"write `{{{name}}}` with a value under `dynamicVariables`, or `<{name}>` with one under `variables`"
    return Words(message, at, help=help)


def check_merge_field(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Sequence[Finding]:
    text = placed.track.text
    if not text or not any(map(text.__contains__, _SIGNS)) or ("merge-field", text) in looked.quiet:
        return ()
    found = (match for match in re.finditer(_FIELD, text) if not _is_quoted(match))
    found = (match for match in found if match.lastgroup not in _DOUBTFUL or _is_gap(match, looked))
    fields = {match[0]: _spelt(match, looked) for match in found}
    if not fields:
        looked.quiet.add(("merge-field", text))
    return [_told(placed, looked, written, name) for written, name in list(fields.items())[:MOST]]


def _is_quoted(match: re.Match[str]) -> bool:
    """Whether a name stands between backticks, as code of which a text speaks."""
    start, end = match.span()
    return match.string[max(start - 1, 0) : start] == "`" == match.string[end : end + 1]


def _is_gap(match: re.Match[str], looked: Looked) -> bool:
    """Whether a name is meant for a value: behind `$` it may be one of a shell, behind `@` that of an account, and in
    brackets a word."""
    name = _spelt(match, looked)
    if any(name.partition(".")[0] in names for names in (looked.declared, looked.values, looked.unused)):
        return True
    has_names = bool(looked.declared or looked.values)
    return match["dollar"] is not None and not name.isupper() and ("_" in name or (has_names and len(name) > 3))


def _spelt(match: re.Match[str], looked: Looked) -> str:
    """The name in a gap; what stands in brackets may be one in words, such as `[First name]`."""
    name = match[match.lastgroup or 0]
    if match["one"] is None or name.partition(".")[0] in looked.declared:
        return name
    return looked.named(name) or name


def _told(placed: PlacedTrack, looked: Looked, written: str, name: str) -> Finding:
    at = placed.track.place("text")
    spans = spans_of(placed.track, [written])
    filled = _filled(at.span) if written[0] == "$" and not spans else None
    if filled is not None:
        found = merge_field(replace(at, span=filled), filled.text, name, filled.text[1:])
        message = f"the `$` stays in the text: it is no part of `{filled.text[1:]}`"
        return replace(found, words=replace(found.words, message=message))
    plain = (name.lower() if name.isupper() else name).replace(".", "_").replace(":", "_")
    parameters = looked.unused if _is_in_component(placed) else ()
    own = name.lower() if name.isupper() else name
    is_own = own.partition(".")[0] in looked.declared and plain not in (*parameters, *looked.values)
    known = None if is_own else nearest(plain, (*parameters, *looked.values))
    if known is not None:
        looked.meant.add(known)
    right = f"<{own}>" if is_own else f"<{known}>" if known in parameters else f"{{{known}}}" if known else ""
    return merge_field(Place(spans[0], at.path, at.via) if spans else at, written, plain, right)


def _filled(text: Span) -> Span | None:
    """Where a `$` stands before what is filled in, as in `${{ company }}`."""
    found = re.compile(r"\$(?:\{\{[^{}\n]{1,80}\}\}|<[\w.]{1,80}>)").search(text.source.text, text.start, text.end)
    return None if found is None else Span(text.source, *found.span())


def _is_in_component(placed: PlacedTrack) -> bool:
    return any(step.text.startswith("in component") for step in placed.track.node.via)
