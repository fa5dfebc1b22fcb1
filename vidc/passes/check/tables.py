"""tables: what a mapping may hold, and reading one by its table."""

from __future__ import annotations

from collections.abc import Collection
from re import fullmatch

from vidc.diag.near import Names, distance, nearest
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import check as problems
from vidc.problems import mistakes
from vidc.problems import values as problem_values

from .foreign import BEHIND, SIZES, SOFT, alias, construct, construct_help, is_background, letters
from .lone import glued, lone, report_glued, report_lone
from .scope import ABSENT, Scope
from .table import Field, Table
from .values import untouched


def read(scope: Scope, table: Table, known: Collection[str] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of a mapping: those that are sent, and vidc's own. `known`: keys that a finding spoke of before."""
    sent: dict[str, Any] = {}
    own: dict[str, Any] = {}
    strays: list[str] = []
    fields = table.fields
    for name, (_, node) in scope.node.entries.items():
        field = fields.get(name)
        if field is None:
            strays.append(name)
        elif node.__class__ is Scalar and (node.unknown or node.value is None):
            _read_nothing(scope, name, field, node, sent)
        else:
            value = field.read(scope, name, node)
            if value is not ABSENT:
                (own if field.own else sent)[name] = value
    for name in strays:
        if name not in known:
            _stray(scope, table, name, sent)
    for name in table.needed:
        if sent.get(name) is None and name not in scope.broken:
            _missing(scope, table, name)
    return sent, own


def report_strays(scope: Scope, table: Table) -> None:
    """Report what is wrong with the keys that are no fields, of a mapping that is left out for another reason."""
    for name in scope.node.entries:
        if name not in table.fields:
            _stray(scope, table, name, {})


def _read_nothing(scope: Scope, name: str, field: Field, node: Scalar, sent: dict[str, Any]) -> None:
    """A value that is null, which is absence, or that a variable without a value leaves unknown."""
    if node.unknown and field.partial and not node.faulty:
        sent[name] = field.read(scope, name, node)
    elif node.unknown:
        scope.doubt(name)
    elif scope.literal:
        sent[name] = None


def _missing(scope: Scope, table: Table, name: str) -> None:
    from .hidden import by_merge
    from .homes import would_come

    field = table.fields[name]
    is_of_use = name == "tracks" and "with" in scope.node.entries  # what is told of it says what is missing
    if scope.node.partial or is_of_use or would_come(scope, name) or _is_swallowed(scope, name):
        scope.broken.add(name)
        return
    written = scope.node.entries.get(name)
    at = scope.place(written[1].span) if written else scope.head()
    this = "this " + table.owner.partition(" ")[2] if table.owner[0] != "`" else table.owner
    help = by_merge(scope, name) or (_of_nothing(scope, written[1]) if written else "") or f"add `{field.needed}`"
    scope.log.add(problems.missing_field(at, f"`{name}`", this, help, field.doubtful))
    if not field.doubtful:
        scope.broken.add(name)


def _of_nothing(scope: Scope, node: Node) -> str:
    """What to do about a field that a variable without a value fills as a whole; empty for any other."""
    found = fullmatch(r"[\"']?(?:<(\w+)>|\{\{ *(\w+) *\}\})[\"']?", node.span.text[:80])
    name = (found[1] or found[2]) if found else ""
    return f"`{name}` has no value: give it one" if name in scope.declared("variables") else ""


def _stray(scope: Scope, table: Table, name: str, sent: dict[str, Any]) -> None:
    """A key that is no field: a known mistake, a near miss, or a property that is not documented."""
    is_own = table.closed and not scope.literal and name.startswith("x-")
    if is_own or not scope.may_compare():
        _leave(scope, table, name, sent)
        return
    key, node = scope.node.entries[name]
    at = scope.place(key.span)
    target, help = table.elsewhere.get(name) or table.ours.get(name) or ("", "")
    beside = bool(target) and scope.stands_beside(name, target) and not _is_null(scope.node.entries[target][1])
    if (help and target and target in scope.broken) or name in scope.broken:
        scope.broken.add(name)  # what it stands for was reported with another such key
    elif not scope.literal and _is_outdented(scope, table, name, sent):
        return
    elif help and not beside and not (target and name in table.ours):
        scope.log.add(mistakes.misplaced_property(at, name, table.owner, _to(scope, name, target, help)))
        _supplant(scope, name, target, sent)
    elif name in table.invented or (help and not beside) or (name == SIZES[-1] and help and not scope.literal):
        missing, help = table.invented.get(name) or (target, _to(scope, name, target, help))
        if name in SIZES:
            if missing in scope.broken and any(one in scope.broken for one in SIZES if one in scope.node.entries):
                scope.broken.add(name)
                return
            from .sized import size_meant

            help = size_meant(scope)
        scope.log.add(mistakes.invented_property(at, name, table.owner, help))
        _supplant(scope, name, missing, sent)
    elif right := _construct(scope, name, node):
        scope.log.add(mistakes.invented_property(at, name, table.owner, *construct_help(name, right, node)))
        scope.leave(name, right)
        if right == "use":
            scope.leave(name, "tracks")
    elif right := _meant(scope, table, name):
        _report_wrong_name(scope, table, name, right)
        _supplant(scope, name, right, sent)
    elif not scope.literal and _is_told_as_misplaced(scope, table, name, sent):
        return
    elif not _is_cut_off(scope, name, sent):
        if not table.closed or scope.literal:
            _note_undocumented(scope, table, name, sent)
        _leave(scope, table, name, sent)


def _is_outdented(scope: Scope, table: Table, name: str, sent: dict[str, Any]) -> bool:
    """Whether a key belongs under an empty one above it, which is reported."""
    if name not in _OF_OTHERS:
        return False
    from .outdented import report_outdented

    return report_outdented(scope, name, table.owner, sent)


_OF_OTHERS = frozenset(("x", "y", "width", "height", "type", "name", "videoSize", "alphaChannel"))
"""What stands under a key of its own in a track, in a scene, in the settings or at the top."""


def _report_wrong_name(scope: Scope, table: Table, name: str, right: str) -> None:
    """Report a name that a field has elsewhere, or that is misspelt."""
    key, node = scope.node.entries[name]
    report = mistakes.invented_property if alias(table.aliases, name) else mistakes.misspelled_property
    beside = scope.stands_beside(name, right)
    wrapped = isinstance(node, Mapping) and right in _ONE_WORD and not beside
    instead = f"write `{right}: {_inner(table, right, node)}`" if wrapped else f"write `{right}`"
    help = f"remove it: `{right}` is there too" if beside else instead + _over_default(scope, name, right)
    scope.log.add(report(scope.place(key.span), name, table.owner, help, "" if beside or wrapped else right))


def _to(scope: Scope, name: str, target: str, help: str) -> str:
    """The help for a key that belongs elsewhere: the numbers of a place with the author's own."""
    if target in ("position", "size"):
        from .homes import gathered

        there = scope.node.entries.get(target)
        help = f"write `{gathered(scope, target)}`"
        return help + (
            ", in place of the empty one" if there and _is_null(there[1]) else _over_default(scope, name, target)
        )
    if name == "intrinsicDurationTrackReference" and scope.track >= 0:
        from .referred import help_in_scene

        return help_in_scene(scope)
    if target == "settings":
        from .homes import settings_of

        return settings_of(scope)
    if target == "transition":
        from .faded import help_instead

        help = help_instead(scope, name)
    return help + _over_default(scope, name, target)


def _over_default(scope: Scope, name: str, right: str) -> str:
    """What a help says more where the right key is there as a default, over which the author's own wins."""
    wins = right in scope.node.entries and scope.is_own(name) and not scope.is_own(right)
    return ", which wins over the default" if wins else ""


def _supplant(scope: Scope, name: str, right: str, sent: dict[str, Any]) -> None:
    """Leave out a wrong key, and the default of the right one, over which it would win."""
    scope.leave(name, right)
    if right in scope.broken:
        sent.pop(right, None)


def _is_told_as_misplaced(scope: Scope, table: Table, name: str, sent: dict[str, Any]) -> bool:
    """Whether a documented key that belongs at another level, or to another type of track, is reported."""
    if _is_null(scope.node.entries[name][1]):
        return False
    target, help = table.elsewhere.get(name) or table.ours.get(name) or ("", "")
    if help:  # the field that it stands for is there too
        help = help if target in _HOLDERS else f"remove it: `{target}` is there too"
        at = scope.place(scope.node.key(name))
        scope.log.add(mistakes.misplaced_property(at, name, table.owner, help))
        scope.leave(name)
        return True
    from .homes import SENT, misplaced

    told = misplaced(scope, name, table)
    if told == SENT:
        _leave(scope, table, name, sent)
    return bool(told)


def _is_swallowed(scope: Scope, name: str) -> bool:
    """Whether a key stands inside of the text above it, as `spoken-key` tells."""
    found = scope.node.entries.get("text")
    text = found[1].value if found is not None and isinstance(found[1], Scalar) else None
    return isinstance(text, str) and f"{name}:" in text


_HOLDERS = ("scenes", "settings", "tracks", "videoSize", "use")
"""What holds the fields of others, which may be told to go there."""


def _is_cut_off(scope: Scope, name: str, sent: dict[str, Any]) -> bool:
    """Whether a key is the rest of a text that a comma cut off, which is reported."""
    if scope.literal or name.startswith("x-"):
        return False
    from .commas import report_cut_off

    return report_cut_off(scope, name, sent)


def _construct(scope: Scope, name: str, node: Node) -> str:
    """`if`, `for` or `use`, for what other tools call them on a scene or on a track."""
    if scope.literal or scope.scene < 0 or scope.key:
        return ""
    return construct(name, node, scope.track >= 0)


def _meant(scope: Scope, table: Table, name: str) -> str:
    """The field that a wrong name stands for; empty for none.

    A job that is taken literally may have properties that nobody documented, such as a `start` or a `url`. There a
    wrong name is a mistake only in snake_case, which the service has nowhere, or where what it stands for is missing
    and is none of those that may well be.
    """
    right = alias(table.aliases, name)
    if right == "audioUrl" and "text" in scope.node.entries:
        return ""  # beside a script, a recording would be one too many
    if right:
        missing = right not in scope.node.entries and (right not in SOFT or right in table.needed)
        return right if not scope.literal or "_" in name or missing else ""
    right = nearest(name, _names(table)) or ""
    wrong, meant = letters(name), letters(right)
    slips = distance(wrong, meant, 2)
    if slips and scope.stands_beside(name, right):
        return right if slips == 1 and not scope.literal and _is_slip(wrong, meant) else ""
    return right if slips <= 1 + (len(right) > 8) else ""


_NAMES: dict[int, Names] = {}
"""The fields of each table, sorted when a key is first compared with them: the tables live as long as vidc."""


def _names(table: Table) -> Names:
    names = _NAMES.get(id(table.fields))
    return names if names is not None else _NAMES.setdefault(id(table.fields), Names(table.fields))


def _is_slip(wrong: str, right: str) -> bool:
    """Whether one letter off is a slip even beside the right name: no plural, and no other short word."""
    plural = wrong + "s" == right or right + "s" == wrong
    return not plural and (len(right) > 4 or set(wrong) == set(right))


_ONE_WORD = frozenset(("actor", "speakerId", "text"))
"""Fields that hold one text, for which other services take a mapping."""


_ID = r"[A-Za-z][A-Za-z0-9_.-]{0,79}"


def _inner(table: Table, right: str, node: Node) -> str:
    """The text in a mapping that stands for a field, such as the `voice_id` in `voice`; dots where none is told."""
    entries = node.entries if isinstance(node, Mapping) else {}
    for name, (_, value) in entries.items():
        told = alias(table.aliases, name) == right or name in ("id", "name", "input")
        text = value.value if told and isinstance(value, Scalar) else None
        if isinstance(text, str) and fullmatch(_ID, text):
            return text
    return "..."


def _note_undocumented(scope: Scope, table: Table, name: str, sent: dict[str, Any]) -> None:
    """Say of a property that it is not documented, and of a key without a value what it may come of."""
    if lone(scope, name):
        if glued(name):
            report_glued(scope)
        else:
            report_lone(scope, name, table.owner, sent)
    elif not table.open and not _is_null(scope.node.entries[name][1]):
        at = scope.place(scope.node.key(name))
        help = "put it in `extra` if you mean it" if "extra" in table.fields else "it is sent as it is written"
        if scope.scene >= 0 > scope.track and not scope.key and is_background(name):
            help = BEHIND
        scope.log.add(mistakes.undocumented_property(at, name, table.owner, help))


def _leave(scope: Scope, table: Table, name: str, sent: dict[str, Any]) -> None:
    """Send a key that means no field as it is written; a null is absence but in a job. A closed table has no such."""
    node = scope.node.entries[name][1]
    if table.closed and not scope.literal:
        if not name.startswith("x-"):
            scope.fail(name, mistakes.unknown_key(scope.place(scope.node.key(name)), name))
    elif not _is_null(node):
        value = untouched(scope, name, node)
        if value is not ABSENT:
            sent[name] = value
    elif scope.literal:
        sent[name] = None


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None and not node.unknown


def extra(scope: Scope, name: str, node: Node) -> Any:
    """`extra`: properties that are passed through untouched."""
    if not isinstance(node, Mapping):
        return scope.mistyped(name, node, "a mapping of properties", "write `extra: {opacity: 0.5}`")
    return untouched(scope, name, node)


def merge_extra(scope: Scope, table: Table, own: dict[str, Any], sent: dict[str, Any]) -> None:
    """Put what stands in `extra` among what is sent, but for what is documented or written beside it."""
    given = own.get("extra")
    if given is None:
        return
    node = scope.node.entries["extra"][1]
    for name, value in given.items():
        if name in table.fields or name in sent:
            other = scope.node.key(name) if name in scope.node.entries else None
            at = scope.place(node.key(name) if isinstance(node, Mapping) else node.span)
            scope.fail("extra", problem_values.extra_clash(at, name, other))
        else:
            sent[name] = value
