"""astray: a scene among the tracks of another, a track among the scenes, and the fields of either under a name."""

from __future__ import annotations

from collections.abc import Container

from vidc.diag.finding import Edit, Repair
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import check as problems
from vidc.problems import mistakes
from vidc.problems.wording import short
from vidc.source import Source, Span

from .recognize import pasted_scene
from .scope import Scope

MOST = 200
"""Limit: so many lines are moved by a repair."""


def is_no_scene(scope: Scope, types: tuple[str, ...]) -> bool:
    """Whether what stands among the scenes without tracks is a track, or another vendor's; it is reported."""
    if _is_under_name(scope, "tracks", ()) or (not scope.literal and _holds_others(scope)):
        return True
    found = scope.node.entries.get("type")
    if found is None or not isinstance(found[1], Scalar) or found[1].value not in types:
        return not scope.literal and pasted_scene(scope)
    before = _item_of_scene_before(scope)
    by = 0 if before is None else _column(before) - _column(scope.node)
    repair = _moved(scope, by) if by > 0 else None
    help = "write it under the `tracks` of a scene"
    if scope.scene > 0:
        help = "write it under the `tracks` of the scene before it"
        help += f": {repair.title}" if repair else ""
    scope.log.add(mistakes.wrong_level(scope.place(found[1].span), str(found[1].value), help, repair))
    return True


def is_no_track(scope: Scope, types: Container[str]) -> bool:
    """Whether what stands among the tracks without a type is a scene or a name with a track under it, which is told."""
    if "tracks" not in scope.node.entries:
        from .silent import report_pause

        return _is_under_name(scope, "type", types) or (not scope.literal and report_pause(scope))
    around = scope.outer
    assert around is not None
    items = around.node.entries["tracks"][1]
    if _is_list_again(scope, items):
        _report_again(scope)
        return True
    is_last = isinstance(items, Sequence) and scope.track == len(items.items) - 1
    by = _column(around.node) - _column(scope.node)
    repair = _moved(scope, by) if is_last and by < 0 else None
    help = "write it under `scenes`, after this scene" + (f": {repair.title}" if repair else "")
    scope.log.add(mistakes.wrong_level(scope.place(scope.node.key("tracks")), "", help, repair))
    return True


def _is_list_again(scope: Scope, items: Node) -> bool:
    """Whether the first of the tracks is nothing but `tracks:`, and no other of them is a scene."""
    own = [name for name in scope.node.entries if scope.is_own(name)]
    others = items.items[1:] if isinstance(items, Sequence) else []
    is_alone = not any(isinstance(one, Mapping) and "tracks" in one.entries for one in others)
    return scope.track == 0 and own == ["tracks"] and is_alone


def _report_again(scope: Scope) -> None:
    """Report a `- tracks:` right below the `tracks` of a scene, whose items belong in the list around it."""
    key, node = scope.node.entries["tracks"]
    text, start, at = key.source.text, key.source.line_start(key.start), scope.place(key.span)
    end = text.find("\n", key.end) + 1
    lead, behind = text[start : key.start], text[key.end : end]
    help, edits = "remove this line", [Edit(Span(key.source, start, end), "")]
    if isinstance(node, Sequence):
        by = node.start - key.source.line_start(node.start) - len(lead.partition("-")[0])
        if text[node.start] != "-":
            help = "its items belong in the list around it: remove `- tracks:`"
        elif by > 0:
            help += f", and indent what stands under it by {by} columns less"
            edits += _indented(key.source, end, node.end, -by)
    is_plain = lead.strip() == "-" and behind.strip() == ":"
    is_here = node.anchor is None and scope.node.anchor is None and not at.via
    are_blank = all(not edit.span.text.strip(" ") for edit in edits[1:])
    repair = Repair(help, tuple(edits)) if is_plain and is_here and are_blank and len(edits) <= MOST else None
    scope.log.add(mistakes.wrong_level(at, "", help, repair, again=True))


def _is_under_name(scope: Scope, needed: str, types: Container[str]) -> bool:
    """Whether the one key is a name, or one of the types of a track, with all fields under it, which is reported."""
    own = [name for name in scope.node.entries if scope.is_own(name)]
    inner = scope.node.entries[own[0]][1] if len(own) == 1 else None
    is_type = needed == "type" and bool(own) and own[0] in types
    if not isinstance(inner, Mapping) or not (is_type or needed in inner.entries):
        return False
    field = "type" if is_type else "referenceId" if needed == "type" else "name"
    help = f"write `{field}: {short(own[0])}`, and beside it what stands under it"
    part = "track" if needed == "type" else "scene"
    at = scope.place(scope.node.key(own[0]))
    scope.log.add(problems.missing_field(at, f"`{needed}`", f"this {part}", help))
    return True


def _holds_others(scope: Scope) -> bool:
    """Whether an item of the scenes holds scenes of its own, what stands at the top alone, or a mere transition or
    pause; it is reported."""
    from .homes import is_lone_transition, is_of_top
    from .silent import report_pause

    if is_lone_transition(scope) or is_of_top(scope) or report_pause(scope):
        return True
    if "scenes" not in scope.node.entries or not scope.is_own("scenes"):
        return False
    key, node = scope.node.entries["scenes"]
    is_turn = bool(scope.node.via) and scope.node.via[-1].text.startswith("in turn ")
    if is_turn and isinstance(node, Sequence) and len(node.items) == 1:
        help = "a loop makes one scene in each turn: write what is in it beside `for`"
    elif is_turn:
        help = "a loop makes one scene in each turn: write a loop for each of these scenes"
    else:
        help = "scenes do not nest: write these among the `scenes` at the top"
    scope.log.add(mistakes.misplaced_property(scope.place(key.span), "scenes", "a scene", help))
    return True


def _item_of_scene_before(scope: Scope) -> Mapping | None:
    """The last track of the scene before, where it is written in the same text."""
    listed = scope.outer.node.entries.get("scenes") if scope.outer is not None else None
    items = listed[1].items if listed and isinstance(listed[1], Sequence) else []
    before = items[scope.scene - 1] if 0 < scope.scene < len(items) else None
    tracks = before.entries.get("tracks") if isinstance(before, Mapping) else None
    last = tracks[1].items[-1] if tracks and isinstance(tracks[1], Sequence) and tracks[1].items else None
    return last if isinstance(last, Mapping) and last.source is scope.node.source and last.anchor is None else None


def _column(node: Mapping) -> int:
    return node.start - node.source.line_start(node.start)


def _moved(scope: Scope, by: int) -> Repair | None:
    """The item of a list in block style with all its lines indented by so much more; None where that cannot be done."""
    node = scope.node
    text = node.source.text
    start = node.source.line_start(node.start)
    if node.anchor is not None or scope.place(node.span).via or text[start : node.start].strip() != "-":
        return None
    edits = _indented(node.source, start, node.end, by)
    if by < 0 and any(edit.span.text.strip(" ") for edit in edits):
        return None
    start = node.source.text.find("\n", node.end - 1) + 1 or len(text)
    if _goes_on(node.source, start, _column(node)):
        return None
    title = f"indent it by {abs(by)} columns {'more' if by > 0 else 'less'}"
    return Repair(title, tuple(edits)) if len(edits) <= MOST else None


def _indented(source: Source, start: int, end: int, by: int) -> list[Edit]:
    """The lines between two places, indented by so much more, or by less."""
    edits: list[Edit] = []
    while start < end:
        stop = source.text.find("\n", start)
        stop = len(source.text) if stop < 0 else stop
        if source.text[start:stop].strip():
            edits.append(Edit(Span(source, start, start + max(-by, 0)), " " * max(by, 0)))
        start = stop + 1
    return edits


def _goes_on(source: Source, start: int, column: int) -> bool:
    """Whether what stands next belongs to the item still: of a repeated key nothing is in the tree."""
    while start < len(source.text):
        end = source.text.find("\n", start)
        end = len(source.text) if end < 0 else end
        line = source.text[start:end].lstrip(" ")
        if line.strip() and line[0] != "#":
            return end - start - len(line) >= column
        start = end + 1
    return False
