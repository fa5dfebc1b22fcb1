"""Actors and voices that the workspace does not list: said where the lists are known, with the name that was meant."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.ir.facts import NOTHING, Facts
from vidc.record import replace
from vidc.source import Source

SPEC = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
language: en
scenes:
  - tracks: [{type: actor, actor: "karn", speakerId: en-GB-RyanNeurl, text: Hello., position: {x: 0, y: 0}, size: {width: 9, height: 9}}]
  - tracks: [{type: actor, actor: karn, speakerId: en-GB-RyanNeurl, text: Hello., position: {x: 0, y: 0}, size: {width: 9, height: 9}}]
"""
LISTED = replace(NOTHING, actors=frozenset(["karen", "ryan"]), speakers=frozenset(["en-GB-RyanNeural"]))


def said(facts: Facts, text: str = SPEC) -> list[tuple[str, str, str]]:
    made = compile(Source("a.vidc.yaml", text), facts=facts)
    return [(each.name, each.span.text, each.words.help) for each in made.findings if each.name.startswith("unlisted")]


def test_each_unlisted_name_is_said_once_with_the_near_one() -> None:
    assert said(LISTED) == [
        ("unlisted-actor", '"karn"', "write `karen`, or ask again: `vidc actors --refresh`"),
        ("unlisted-voice", "en-GB-RyanNeurl", "write `en-GB-RyanNeural`, or ask again: `vidc voices --refresh`"),
    ]


def test_the_repair_makes_it_right() -> None:
    text = SPEC
    for finding in compile(Source("a.vidc.yaml", SPEC), facts=LISTED).findings:
        for edit in (edit for repair in finding.words.repairs[:1] for edit in repair.edits):
            text = text.replace(edit.span.text, edit.text)
    assert 'actor: "karen"' in text
    assert [name for name, _, _ in said(LISTED, text)] == ["unlisted-actor"], "the second is without quotes"
    assert said(LISTED, text.replace("karn", "karen")) == []


@pytest.mark.parametrize("facts", [NOTHING, replace(NOTHING, media={"a": 1})])
def test_nothing_is_said_where_the_lists_are_not_known(facts: Facts) -> None:
    assert said(facts) == []


def test_a_name_that_is_like_none_is_said_without_one() -> None:
    assert said(replace(NOTHING, actors=frozenset())) == [
        ("unlisted-actor", '"karn"', "`vidc actors` shows them, `vidc actors --refresh` asks for them again")
    ]
