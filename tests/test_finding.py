"""A log holds so much and no more."""

from __future__ import annotations

import pytest

from vidc.diag.catalog import MAX_SAID
from vidc.diag.finding import MAX_NOTES, Finding, Full, Log, Place, Severity, Words
from vidc.problems.link import odd_braces
from vidc.source import Source, Span

AT = Place(Span(Source("a.vidc.yaml", "text"), 0, 4))


def found(severity: Severity, number: int = 0) -> Finding:
    return Finding("found", severity, Words(str(number), AT))


def test_a_log_is_full_after_so_many_errors_and_warnings() -> None:
    log = Log(2)
    log.add(found("error"))
    log.add(found("note"))
    log.add(found("warning"))
    with pytest.raises(Full):
        log.add(found("error"))
    assert [finding.severity for finding in log.findings] == ["error", "note", "warning", "error"]


def test_of_very_many_notes_the_first_are_kept() -> None:
    log = Log()
    for number in range(MAX_NOTES + 2):
        log.add(found("note", number))
    log.add(found("error"))
    assert [finding.words.message for finding in log.findings[-2:]] == [str(MAX_NOTES - 1), "0"]
    assert len(log.findings) == MAX_NOTES + 1


def test_a_message_that_quotes_a_long_text_is_cut() -> None:
    words = odd_braces(AT, "{" + "x " * MAX_SAID + "}").words
    assert words.message == ("`{" + "x " * MAX_SAID)[: MAX_SAID - 1] + "…"
    assert words.help == odd_braces(AT, "{}").words.help
