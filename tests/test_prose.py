"""What findings say: one for one mistake, help for each, the other places that took part, times that are easy to read."""

from __future__ import annotations

import re

import pytest

from vidc.clock import read_time
from vidc.compile import Compiled, compile
from vidc.diag.cells import wrap
from vidc.diag.finding import Finding
from vidc.source import Source

SPEECH = "type: actor, actor: karen, speakerId: en-GB-RyanNeural, position: {x: 0, y: 0}, size: {width: 9, height: 9}"
TEXT = "type: text, position: {x: 0, y: 0}, size: {width: 9, height: 9}"
SETTINGS = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"


def made(text: str) -> Compiled:
    return compile(Source("a.vidc.yaml", text), draft=True)


def told(text: str) -> list[Finding]:
    return [finding for finding in made(text).findings if finding.severity != "note"]


def names(text: str) -> list[str]:
    return [finding.name for finding in told(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"variables: {{company: {{type: string, requierd: true}}}}\n{SETTINGS}scenes:\n"
         f"  - {{duration: 2s, tracks: [{{{TEXT}, text: Hello from <company>.}}]}}\n", "unknown-declaration-key"),
        (f"components:\n  box: {{parameters: {{title: {{type: string, requierd: true}}}}, tracks: "
         f"[{{{TEXT}, text: A <title>}}]}}\n{SETTINGS}scenes:\n  - {{duration: 2s, tracks: [{{use: box}}]}}\n",
         "unknown-declaration-key"),
        (f"settings: {{name: Demo, videoSize: {{width: 1e999, height: 1080}}}}\nscenes:\n"
         f"  - {{duration: 2s, tracks: [{{{TEXT}, text: Hello}}]}}\n", "huge-number"),
        (f"{SETTINGS}scenes:\n  - {{duration: 1e999, tracks: [{{{TEXT}, text: Hello}}]}}\n", "huge-number"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(text: str, name: str) -> None:
    assert names(text) == [name]


LOOPS = f"""\
variables:
  people:
    - name: Ann
      pets: [{{kind: cat, age: 3}}, {{kind: dog}}]
    - name: Bob
      pets: []
components:
  card:
    parameters: {{person: {{type: object, required: true}}}}
    tracks:
      - {{{TEXT}, text: "<person.role> and <people[0].colour>"}}
{SETTINGS}scenes:
  - for: person in people
    duration: 2s
    tracks:
      - {{{TEXT}, text: Hello}}
      - {{for: pet in person.pets, {TEXT}, text: "<pet.kind>, <pet.age>"}}
      - {{for: pet in person.pets | reverse, {TEXT}, text: "A <pet.kind>, <pet.legs>"}}
      - {{use: card, with: {{person: {{name: Cid}}}}}}
"""


def test_a_missing_field_points_at_the_value_that_lacks_it() -> None:
    said = [
        (one.words.message, [(label.span.text, label.text) for label in one.words.labels])
        for one in told(LOOPS)
        if one.name != "text-on-text"
    ]
    assert said == [
        ("`person` has no field `role`", [("{name: Cid}", "this is `person`")]),
        ("`people[0]` has no field `colour`", [("name: Ann", "this is `people[0]`")]),
        ("`pet` has no field `age`", [("{kind: dog}", "this is `pet`")]),
        ("`pet` has no field `legs`", []),
    ]


def test_it_says_through_which_turns_it_came_there() -> None:
    (found,) = [one for one in told(LOOPS) if "`age`" in one.words.message]
    assert [step.text for step in found.words.at.via] == [
        "in turn 1 of `for: person in people`",
        "in turn 2 of `for: pet in person.pets`",
    ]


PROPOSED = [
    f"  - intrinsicDurationTrackReference: a\n    tracks:\n"
    f"      - {{{SPEECH}, text: Hello and welcome., referenceId: a, startTimeGap: 1s, endTimeGap: 1s}}\n",
    f"  - tracks:\n      - {{{SPEECH}, text: Hello and welcome., startTimeGap: 7s, endTimeGap: 1s}}\n"
    f"      - {{{SPEECH}, text: Hello and welcome., startTimeGap: 0}}\n",
    f"  - tracks:\n      - {{{SPEECH}, text: Hello there.}}\n"
    f"      - {{{TEXT}, text: Hello, startTimeGap: 3s}}\n      - {{{TEXT}, text: Hello, startTimeGap: 700, endTimeGap: 4s}}\n",
    f"  - transition: {{type: fade, duration: 9s}}\n    tracks:\n      - {{{SPEECH}, text: Hello and welcome.}}\n"
    f"  - tracks:\n      - {{{SPEECH}, text: Hello and welcome to you.}}\n",
]


@pytest.mark.parametrize("scenes", PROPOSED)
def test_times_that_come_of_estimates_are_easy_to_read(scenes: str) -> None:
    titles = [repair.title for one in told(f"{SETTINGS}scenes:\n{scenes}") for repair in one.words.repairs]
    times = [found for title in titles for found in re.findall(r": (\d[\w.]*)`", title)]
    assert titles
    assert [time for time in times if (int(time) if time.isdecimal() else read_time(time) or 1) % 50] == []


WRONG_TEMPLATES = [
    "{{ company + 1 }}", "{{ company * n }}", "{{ n / 0 }}", "{{ people | sort | join }}", "{{ none.x }}",
    "{{ company.x }}", "{{ people | join(', ') }}", "{{ people[9].x }}", "{{ n < company }}", "{{ company | round }}",
    "{{ [] | first }}", "{{ company is divisibleby }}", "{{ company | replace }}", "{{ people | map }}",
    "{{ range(3) }}", "{{ company", "{{ company )}}", "{{ company ? 1 : 2 }}", "{% set a = 1 %}", "{% endif %}",
    "{% else %}", "{{ 'a' if n > 9 }}", "{{ company | zzzz }}", "{{ company is zzzz }}", "{{ n | sum }}",
    "{% for a in company %}{% endfor %}", "{% for a, b in people %}{% endfor %}", "{{ people['x'] }}", "{{ 0x1G }}",
    "{{ }}", "{{ n n }}", "{{ loop }}", "{{ people | selectattr('role') | list }}", "{{ n if }}",
    "{{ company[1:'a'] }}", "{{ n ** 2 }}", "{{ n[1:2] }}", "{{ 1 in n }}", "{{ 1 in company }}",
    "{{ people | map(attribute='role') | list }}", "{{ n | round(99) }}", "{{ n | round(1, 'odd') }}",
    "{{ people | map('upper', attribute='x') }}", "{{ n is divisibleby(0) }}", "{{ {1: 2} }}", "{{ n | items }}",
    "{{ '\\ud83d' }}", "{{ 10000000000000000000 * 10000000000000000000000 }}", "{{ people }} here", "{{ missing }}",
]  # fmt: skip


@pytest.mark.parametrize("template", WRONG_TEMPLATES)
def test_every_mistake_in_a_template_says_what_to_write(template: str) -> None:
    text = f"""\
variables: {{company: Northwind, n: 3, none: null, people: [{{name: Ann}}, {{name: Bob}}]}}
{SETTINGS}scenes:
  - duration: 2s
    tracks:
      - {TEXT.join("{}")[:-1]}, text: {template!r}}}
"""
    found = told(text)
    assert found
    assert [one.name for one in found if not one.words.help] == []


def test_what_stands_in_backticks_is_not_broken_where_it_is_short() -> None:
    assert wrap("here set `duration: 2s` or remove it", 20) == ["here set", "`duration: 2s` or", "remove it"]
    assert wrap("`a text longer than the line` and", 20) == ["`a text longer than", "the line` and"]
