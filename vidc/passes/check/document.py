"""document: the top of a spec, of a template job, and of a job that is taken literally."""

from __future__ import annotations

from vidc.diag.finding import Label, Log
from vidc.hints import Any
from vidc.ir.form import OWN_KEYS
from vidc.ir.spec import Scene, Spec
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, plain
from vidc.problems import check as problems
from vidc.problems import mistakes

from .fields import CREATIVE, JOB, LITERAL_SETTINGS, MIXED, SETTINGS, SETTINGS_EXAMPLE, TEMPLATE, TOP
from .recognize import answers, other_request, others
from .scene import scene, whole
from .scope import Extents, Scope, mapping_for_list
from .tables import merge_extra, read

_TEMPLATE_IDS = ("templateJobId", "templateId", "template_id", "template_job_id")


def document(tree: Mapping, log: Log, literal: bool) -> Spec:
    """The whole spec, whatever form it has."""
    scope = Scope(log, tree, literal)
    if other_request(scope):
        return _nothing(scope)
    if _written(tree, "videoCreative"):
        return _job(scope) if literal else _mixture(scope)
    if _names_template(tree):
        return _template(scope)
    return _video(scope)


def _written(tree: Mapping, name: str) -> bool:
    entry = tree.entries.get(name)
    return entry is not None and not (isinstance(entry[1], Scalar) and entry[1].value is None and not entry[1].unknown)


def _names_template(tree: Mapping) -> bool:
    """Whether a saved job is named; by a wrong name only where nothing speaks of scenes."""
    if _written(tree, "templateJobId"):
        return True
    if any(name in tree.entries for name in ("settings", "scenes", "script", "avatar", "avatar_id")):
        return False
    return any(name in tree.entries for name in _TEMPLATE_IDS)


def _nothing(scope: Scope) -> Spec:
    """What is left of a document of which a finding says that it is no spec."""
    return Spec("video", scope.node, {}, [], {}, {}, scope.literal, None, frozenset(("settings", "scenes")), True)


def _video(scope: Scope) -> Spec:
    told = answers(scope)
    foreign = others(scope)
    if (told or foreign) and "settings" not in scope.node.entries and "scenes" not in scope.node.entries:
        return _nothing(scope)
    sent, own = read(scope, TOP, told | foreign)
    parts: dict[str, Any] = {name: sent.pop(name) for name in ("settings", "scenes") if name in sent}
    return _with_scenes(scope, scope, sent, parts, own.get("language"))


def _mixture(scope: Scope) -> Spec:
    """`videoCreative` among vidc's own keys: read as a spec, so that its other mistakes show as well."""
    entries = scope.node.entries
    names = tuple(name for name in OWN_KEYS if name in entries)
    labels = tuple(Label(scope.node.key(name), "a key of vidc's own") for name in names)
    scope.log.add(mistakes.mixed_forms(scope.place(scope.node.key("videoCreative")), names, labels))
    sent, own = read(scope, MIXED, answers(scope))
    creative = sent.pop("videoCreative", None)
    if not isinstance(creative, Mapping) or not {"settings", "scenes"}.isdisjoint(entries):
        return _nothing(scope)
    inner = scope.within(creative, "videoCreative")
    parts, _ = read(inner, CREATIVE)
    return _with_scenes(scope, inner, sent, parts, own.get("language"))


def _job(scope: Scope) -> Spec:
    """A job as the service takes it."""
    told = answers(scope)
    node = scope.node.entries["videoCreative"][1]
    if not isinstance(node, Mapping):
        scope.mistyped(
            "videoCreative",
            node,
            "a mapping with `settings` and `scenes`",
            "write `videoCreative: {settings: ..., scenes: ...}`",
        )
        return _nothing(scope)
    creative = scope.within(node, "videoCreative")
    foreign = others(creative, scope)
    sent, _ = read(scope, JOB, told | foreign)
    del sent["videoCreative"]
    sent |= {name: plain(scope.node.entries[name][1]) for name in told}
    parts, _ = read(creative, CREATIVE, foreign)
    return _with_scenes(scope, creative, sent, parts, None)


def _with_scenes(
    scope: Scope, creative: Scope, sent: dict[str, Any], parts: dict[str, Any], language: str | None
) -> Spec:
    """A spec of what was read at the top; `creative` holds the `parts`: the settings, the scenes and what is beside."""
    found, listed = parts.pop("settings", None), parts.pop("scenes", None)
    settings = {} if found is None else _settings(creative, found)
    creative.extents = _extents(settings)
    if isinstance(listed, Sequence):
        listed = whole(creative, listed, "tracks")
    scenes = [] if listed is None else _scenes(creative, listed)
    if scope.shared.slight:
        from .doubts import report_slight

        report_slight(scope, scenes)
    is_whole = isinstance(listed, Sequence) and len(scenes) == len(listed.items)
    return Spec(
        "video",
        scope.node,
        settings,
        scenes,
        sent,
        sent.get("dynamicVariables") or {},
        scope.literal,
        language,
        frozenset(scope.broken | creative.broken),
        not is_whole,
        scope.unknown,
        parts,
    )


def _settings(creative: Scope, node: Node) -> dict[str, Any]:
    if not isinstance(node, Mapping):
        creative.mistyped("settings", node, "a mapping with `name` and `videoSize`", f"write `{SETTINGS_EXAMPLE}`")
        return {}
    scope = creative.within(node, "settings")
    fields = LITERAL_SETTINGS if scope.literal else SETTINGS
    sent, own = read(scope, fields)
    merge_extra(scope, fields, own, sent)
    if sent.get("name") is None and "name" not in scope.broken:
        scope.log.add(problems.missing_name(scope.head()))
    creative.broken.update(f"settings.{name}" for name in scope.broken)
    return sent


def _extents(settings: dict[str, Any]) -> Extents:
    size = settings.get("videoSize")
    return (int(size["width"]), int(size["height"])) if size else (None, None)


def _scenes(creative: Scope, node: Node) -> list[Scene]:
    if not isinstance(node, Sequence):
        from .below import without_names

        help = mapping_for_list(node, "scene")
        creative.mistyped("scenes", node, "a list of scenes", help)
        without_names(creative.log, node)
        return []
    if not node.items:
        creative.fail("scenes", problems.no_scenes(creative.place(creative.node.key("scenes"))))
    made = (scene(creative, index, item) for index, item in enumerate(node.items))
    return [one for one in made if one is not None]


def _template(scope: Scope) -> Spec:
    """A job made of a saved one."""
    entries = scope.node.entries
    names = tuple(name for name in ("settings", "scenes", "videoCreative") if _written(scope.node, name))
    if names and "templateJobId" in entries:
        labels = tuple(Label(scope.node.key(name), "and this") for name in names[1:])
        at = scope.place(scope.node.key(names[0]))
        scope.log.add(mistakes.template_with_scenes(at, names, labels, scope.node.key("templateJobId")))
    told = answers(scope)
    sent, own = read(scope, TEMPLATE, told)
    if scope.literal:
        sent |= {name: plain(entries[name][1]) for name in told}
    _check_callbacks(scope, sent)
    if sent.get("dynamicVariables") is None:
        sent["dynamicVariables"] = {}
    broken = frozenset(scope.broken)
    language = own.get("language")
    return Spec(
        "template",
        scope.node,
        {},
        [],
        sent,
        sent["dynamicVariables"],
        scope.literal,
        language,
        broken,
        unknown=scope.unknown,
    )


def _check_callbacks(scope: Scope, sent: dict[str, Any]) -> None:
    """The request calls it `callbackUrl`; a spec calls it `callback`, as in every job."""
    if "callbackUrl" in scope.node.entries and "callback" in scope.node.entries:
        at = scope.place(scope.node.key("callback"))
        owner = "a template job with `callbackUrl`"
        scope.fail("callback", mistakes.misspelled_property(at, "callback", owner, "remove one of them"))
        sent.pop("callback", None)
    elif "callback" in sent:
        sent["callbackUrl"] = sent.pop("callback")
