"""Every repair that is offered repairs, and no conflict has a member too many or too few; both by the oracle."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import yaml

from tests.conftest import SCALE
from tests.solve_specs import STYLES, Lengths, Plain, graph_of, scenes_at_random, text_of
from tests.test_solve import Expected, side_of
from vidc.diag.finding import Edit, Finding, Log
from vidc.ir.graph import Graph
from vidc.passes.solve import solve
from vidc.source import Span

SPECS = 3_000 * SCALE
Key = tuple[str, str]
Field = tuple[int, int, str]
"""The numbers of a scene and a track (-1: the scene itself), and a field's name."""

LONG = 500

UNSEEN = {"never-visible", "empty-window"}
"""Two names of one thing: which it is depends on the fields that a track has. In a scene without length nothing is
seen either."""


def specs() -> Any:
    """Random specs that have errors: the plain data, lengths, text, graph and errors."""
    random = Random(7)
    for number in range(SPECS):
        scenes, lengths = scenes_at_random(random)
        text = text_of(scenes, STYLES[number % len(STYLES)])
        graph, log = graph_of(text, lengths), Log()
        solve(graph, log)
        errors = [finding for finding in log.findings if finding.severity == "error"]
        if errors:
            yield scenes, lengths, text, graph, errors


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after the edits, which may not overlap."""
    last = len(text) + 1
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        assert edit.span.end <= last
        last = edit.span.start
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def errors_of(scenes: list[Plain], lengths: Lengths) -> set[Key]:
    found = Expected(scenes, lengths).findings
    return {(path, name) for (path, name, _), said in found.items() if said[0] == "error"}


def key_of(finding: Finding) -> Key:
    return finding.words.at.path, finding.name


def test_every_repair_takes_its_error_away_and_brings_none() -> None:
    errors = repaired = 0
    for scenes, lengths, text, _, findings in specs():
        before = errors_of(scenes, lengths)
        for finding in findings:
            errors += 1
            repaired += bool(finding.words.repairs)
            for repair in finding.words.repairs:
                assert repair.edits, (finding, text)
                after = yaml.load(edited(text, repair.edits), yaml.CSafeLoader)["scenes"]
                new = errors_of(after, lengths) - (before - {key_of(finding)})
                assert not new, (finding.name, repair.title, new, text, lengths)
    assert errors > 500
    assert repaired >= 0.95 * errors, f"{repaired} of {errors} errors have a repair"


def fields_by_offset(graph: Graph) -> dict[int, Field]:
    """Which field a span means, by where it starts. A medium is said by its track's `type` here."""
    found: dict[int, Field] = {}
    for node in graph.scenes:
        number = node.scene.index
        for name, (key, value) in node.scene.node.entries.items():
            found[key.start] = (number, -1, name)
            if name == "transition":
                found[value.entries["duration"][0].start] = (number, -1, "transition")  # type: ignore[union-attr]
        for item in node.tracks:
            for name, (key, value) in item.track.node.entries.items():
                found[key.start] = (number, item.track.index, name)
                if name == "type":
                    found[value.start] = (number, item.track.index, "medium")
    return found


def without(scenes: list[Plain], fields: set[Field]) -> list[Plain]:
    """The scenes without some fields. A track without its medium is an image."""
    left = deepcopy(scenes)
    for scene, track, field in fields:
        owner = left[scene] if track < 0 else left[scene]["tracks"][track]
        if field == "medium":
            owner["type"] = "image"
        else:
            owner.pop(field, None)
    return left


def freed(scenes: list[Plain], member: Field) -> list[Plain]:
    """The scenes without a field, and with a long time in its place: without it the rest can be satisfied."""
    scene, track, field = member
    found = [without(scenes, {member})]
    if field == "duration":
        longer = deepcopy(scenes)
        (longer[scene] if track < 0 else longer[scene]["tracks"][track])[field] = LONG
        found.append(longer)
    return found


def reach(scenes: list[Plain], finding: Finding, members: set[Field]) -> set[Field]:
    """The fields that could take part in an error: its track's own, its scene's, and what sizes that scene."""
    number = int(finding.words.at.path.split("[")[1].split("]")[0])
    timing = ("startTimeGap", "duration", "endTimeGap")
    found = set(members)
    own = ".tracks[" in finding.words.at.path
    if own:
        track = int(finding.words.at.path.split("[")[2].rstrip("]"))
        found |= {(number, track, field) for field in timing}
        if members == {(number, track, "medium")}:
            return found  # a medium without length is not seen in any scene
    for scene in {member[0] for member in members if member[2] != "transition"}:
        found |= {(scene, -1, "duration"), (scene, -1, "intrinsicDurationTrackReference")}
        found |= {(scene, track, "duration") for at, track, _ in members if track >= 0 and at == scene}
    if finding.name == "ambiguous-duration":
        for track in range(len(scenes[number]["tracks"])):
            found |= {(number, track, "duration"), (number, track, "medium")}
    if finding.name == "cyclic-duration":
        found |= {(number, track, field) for _, track, _ in members if track >= 0 for field in timing}
    return found


def conflicts(scenes: list[Plain], lengths: Lengths, finding: Finding) -> bool:
    """Whether the same error is still there."""
    path, name = key_of(finding)
    errors = errors_of(scenes, lengths)
    if name in UNSEEN:
        return bool({(path, other) for other in UNSEEN} & errors) or (path.split(".")[0], "zero-scene") in errors
    if name == "overlong-transition":
        return (path, name, side_of(finding)) in Expected(scenes, lengths).findings
    return (path, name) in errors


def test_the_fields_of_a_conflict_conflict_alone_and_no_fewer_do() -> None:
    for scenes, lengths, text, graph, findings in specs():
        known = fields_by_offset(graph)
        for finding in findings:
            spans: tuple[Span, ...] = finding.words.conflict
            members = {known[span.start] for span in spans}
            assert len(members) == len(spans)
            if finding.name == "under-constrained":
                assert not members
                continue
            assert members, finding
            rest = reach(scenes, finding, members) - members
            said = (finding.name, finding.words.at.path, members, text, lengths)
            assert conflicts(without(scenes, rest), lengths, finding), said
            for member in members:
                assert any(not conflicts(freer, lengths, finding) for freer in freed(without(scenes, rest), member)), (
                    member,
                    *said,
                )
