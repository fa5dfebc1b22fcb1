"""The help of a warning, followed to the letter: what it speaks of is then not expected any more, and no error comes."""

from __future__ import annotations

import re
from copy import deepcopy
from random import Random

from tests.conftest import SCALE
from tests.solve_specs import STYLES, Lengths, Plain, graph_of, scenes_at_random, text_of
from vidc.clock import read_time
from vidc.diag.finding import Finding, Log
from vidc.passes.solve import solve

SPECS = 3_000 * SCALE
REFERENCE = "intrinsicDurationTrackReference"
NAMES = {"clipped", "starts-before-scene", "trimmed-media", "ends-early", "never-visible", "empty-window"}

LOOSE = re.compile(
    r"make .*|shorten the speech|give it something to say|write `# vidc: allow .*|take a longer .*|give each speech .*|give it the time .*|a longer medium"
)
"""What is left to the author: it names nothing to write."""

EXACT = re.compile(
    r"(?P<gone>remove (?:the track's )?`(?P<field>\w+)`(?: here, and )?)?"
    r"(?P<scene>(?:set the scene's|give the scene|write) `duration: (?P<lasts>[\w.]+)`(?: \(`[\w.]+` to be sure\))?"
    rf"(?: in the place of `{REFERENCE}`)?)?"
    r"(?: and remove `(?P<other>\w+)`)?"
    r"(?P<own>set `(?P<changed>\w+): (?P<value>[\w.]+)`)?"
    r"(?P<both>write `startTimeGap: 0, endTimeGap: 0`: it then ends with the scene, as the speech does)?"
    r"(?:, which cuts as much from the track|: it then ends with the scene|: an actor leaves when it has spoken)?"
)


def findings(scenes: list[Plain], lengths: Lengths, style: str) -> list[Finding]:
    log = Log()
    solve(graph_of(text_of(scenes, style), lengths), log)
    return log.findings


def key_of(finding: Finding) -> tuple[str, str]:
    """That nothing is seen of a track has two names: which one depends on the fields that it has."""
    name = "never-visible" if finding.name == "empty-window" else finding.name
    return name, finding.words.at.path


def options(help: str) -> list[re.Match[str]]:
    """What the help says to write; each part of it has to be understood."""
    found = []
    for said in re.split(
        r", or |, (?=give the scene)|; else |; or |^a gap counts .* into the film: for [\d.]+ s of the film, ", help
    ):
        if not said:
            continue
        if LOOSE.fullmatch(said):
            continue
        exact = EXACT.fullmatch(said)
        assert exact is not None, help
        found.append(exact)
    return found


def followed(scenes: list[Plain], path: str, said: re.Match[str]) -> list[Plain]:
    scenes = deepcopy(scenes)
    at = [int(number) for number in re.findall(r"\[(\d+)\]", path)]
    scene = scenes[at[0]]
    track = scene["tracks"][at[1]]
    for field in (said["field"], said["other"]):
        if field:
            del track[field]
    if said["lasts"]:
        scene.pop(REFERENCE, None)
        scene["duration"] = read_time(said["lasts"])
    if said["both"]:
        track |= {"startTimeGap": 0, "endTimeGap": 0}
    if said["changed"]:
        track[said["changed"]] = int(said["value"]) if said["value"].isdigit() else read_time(said["value"])
    return scenes


def test_what_a_help_says_to_write_mends_what_it_speaks_of() -> None:
    random, tried = Random(11), dict.fromkeys(NAMES, 0)
    for number in range(SPECS):
        scenes, lengths = scenes_at_random(random, random.choice((1, 400)))
        style = STYLES[number % len(STYLES)]
        before = findings(scenes, lengths, style)
        known = {key_of(one) for one in before}
        for finding in before:
            if finding.severity != "warning" or finding.name not in NAMES or "intrinsicDuration`" in finding.words.help:
                continue
            for option in options(finding.words.help):
                after = findings(followed(scenes, finding.words.at.path, option), lengths, style)
                left = {key_of(one) for one in after if one.words.expected}
                said = (scenes, lengths, finding.words.message, option[0])
                assert key_of(finding) not in left, said
                new = {key_of(one) for one in after if one.severity == "error"} - known
                assert not new, (new, *said)
                tried[finding.name] += 1
    assert min(tried.values()) >= 3, tried
