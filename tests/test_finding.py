"""A log holds so much and no more."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.diag.catalog import MAX_SAID
from vidc.diag.finding import MAX_NOTES, Finding, Full, Log, Place, Severity, Words
from vidc.problems.link import odd_braces
from vidc.source import Source, Span

AT = Place(Span(Source("a.vidc.yaml", "text"), 0, 4))


def found(severity: Severity, number: int = 0) -> Finding:
    return Finding("found", severity, Words(str(number), AT))


def test_a_log_is_full_after_so_many_errors_and_warnings() -> None:
    log = Log(2)
    log.add(found("error", 1))
    log.add(found("note", 2))
    log.add(found("warning", 3))
    with pytest.raises(Full):
        log.add(found("error", 4))
    assert [finding.severity for finding in log.findings] == ["error", "note", "warning", "error"]


def test_what_is_said_again_is_kept_once_and_counts_once() -> None:
    for limit in (2, 100):
        log = Log(limit)
        for _ in range(5):
            log.add(found("error", 1))
            log.add(found("warning", 2))
        assert [finding.words.message for finding in log.once()] == ["1", "2"]


def test_very_many_notes_take_no_longer_each() -> None:
    log = Log()
    for number in range(20 * MAX_NOTES):
        log.add(found("note", number))
    assert len(log.findings) == MAX_NOTES


def test_what_is_taken_back_can_be_said_again() -> None:
    log = Log(2)
    log.add(found("error", 1))
    log.add(found("warning", 2))
    log.add(found("note", 3))
    log.take_back(log.findings[1:])
    log.add(found("warning", 2))
    assert [finding.words.message for finding in log.findings] == ["1", "2"]
    assert (log.left, log.notes) == (0, 0)


def test_a_loop_of_more_turns_than_findings_are_kept_says_its_warning_once() -> None:
    text = f"""\
variables: {{many: {[*range(1_500)]}}}
settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}}}
scenes:
  - for: one in many
    duration: 1s
    tracks:
      - {{type: image, imageUrl: https://cdn.example.com/a.png, duration: 2s,
         position: {{x: 0, y: 0}}, size: {{width: 1920, height: 1080}}}}
"""
    made = compile(Source("a.vidc.yaml", text))
    assert [(one.name, one.words.at.path) for one in made.findings] == [("clipped", "scenes[0].tracks[0]")]
    assert made.job is not None


def test_of_very_many_notes_the_first_are_kept() -> None:
    log = Log()
    for number in range(MAX_NOTES + 2):
        log.add(found("note", number))
    log.add(found("error", -1))
    assert [finding.words.message for finding in log.findings[-2:]] == [str(MAX_NOTES - 1), "-1"]
    assert len(log.findings) == MAX_NOTES + 1


def test_a_message_that_quotes_a_long_text_is_cut() -> None:
    words = odd_braces(AT, "{" + "x " * MAX_SAID + "}").words
    assert words.message == ("`{" + "x " * MAX_SAID)[: MAX_SAID - 1] + "…"
    assert words.help == odd_braces(AT, "{}").words.help
