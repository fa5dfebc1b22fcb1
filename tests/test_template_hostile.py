"""Templates that want to harm: each ends as a finding, in seconds, within bounded memory, and the document goes on."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.diag.finding import Log, Place
from vidc.passes.expand import child as child_module
from vidc.passes.expand.child import Child, Died
from vidc.passes.expand.filters import FILTERS
from vidc.passes.expand.inert import parse
from vidc.passes.expand.interpret import interpret
from vidc.passes.expand.meter import Meter
from vidc.passes.expand.names import names
from vidc.passes.expand.template import Budget, Filled, evaluate, fill
from vidc.passes.expand.values import MAX_TEXT, UNKNOWN, Failed, Mistaken, Outcome, TooLarge, as_written
from vidc.source import Source, Span

FUZZ = int(os.environ.get("VIDC_FUZZ", "1"))

LONG = "x" * MAX_TEXT
SCOPE: dict[str, Any] = {
    "x": "text",
    "n": 7,
    "big": 10**30 - 1,
    "xs": list(range(50)),
    "long": LONG,
    "longs": [LONG] * 5000,
    "words": ["w"] * 20_000,
    "rows": [{"title": "a", "tags": ["b"]}] * 3000,
    "row": {"title": "a"},
}


def _nested(opening: str, inside: str, closing: str, depth: int) -> str:
    return opening * depth + inside + closing * depth


def _loops(depth: int, series: str, body: str) -> str:
    return _nested(f"{{% for a in {series} %}}", body, "{% endfor %}", depth)


HOSTILE = {
    "repeat text": ("{{ 'x' * 10**9 }}", "template-not-allowed"),
    "repeat text without power": ("{{ 'x' * 1000000000 }}", "template-failed"),
    "repeat a list": ("{{ [0] * 1000000000 }}", "template-failed"),
    "repeat data": ("{{ long * 100000 }}", "template-failed"),
    "power": ("{{ 9**9**9**9 }}", "template-not-allowed"),
    "power of data": ("{{ n ** n ** n }}", "template-not-allowed"),
    "huge constant": ("{{ 1" + "0" * 90_000 + " }}", "template-too-large"),
    "huge hexadecimal": ("{{ 0x" + "f" * 90_000 + " }}", "template-too-large"),
    "huge float": ("{{ 1e999 }}", "template-too-large"),
    "product of data": ("{{ " + " * ".join(["big"] * 100) + " }}", "template-failed"),
    "number from hexadecimal text": ("{{ ('f' ~ long) | replace('x', 'f') | int(0, 16) }}", "template-too-large"),
    "number from text": ("{{ long[:4000] | replace('x', '9') | int }}", "template-failed"),
    "infinite float": ("{{ 1e300 * 1e300 }}", "template-failed"),
    "shift by formatting": ("{{ '%1000000000d' % n }}", "template-failed"),
    "format filter": ("{{ '%1000000000d' | format(n) }}", "template-failed"),
    "format method": ("{{ '{:>1000000000}'.format(n) }}", "template-not-allowed"),
    "format map": ("{{ '{0.__class__}'.format_map(row) }}", "template-not-allowed"),
    "center": ("{{ 'a' | center(1000000000) }}", "template-not-allowed"),
    "indent": ("{{ 'a\\nb' | indent(1000000000) }}", "template-not-allowed"),
    "wordwrap": ("{{ long | wordwrap(1, wrapstring=long) }}", "template-not-allowed"),
    "batch": ("{{ [1] | batch(1000000000, 0) | list }}", "template-not-allowed"),
    "slice filter": ("{{ [1] | slice(1000000000) | list }}", "template-not-allowed"),
    "range": ("{% for i in range(10**9) %}x{% endfor %}", "template-not-allowed"),
    "range as a list": ("{{ range(1000000000) | list }}", "template-not-allowed"),
    "lipsum": ("{{ lipsum(n=100000) }}", "template-not-allowed"),
    "lipsum's globals": ("{{ lipsum.__globals__['os'].popen('id').read() }}", "template-not-allowed"),
    "cycler": ("{{ cycler('a', 'b') }}", "template-not-allowed"),
    "cycler's globals": ("{{ x ~ cycler.__init__.__globals__.os }}", "template-not-allowed undefined-name"),
    "joiner": ("{{ joiner(',')() }}", "template-not-allowed"),
    "namespace": ("{{ namespace(a=1) }}", "template-not-allowed"),
    "dict": ("{{ dict(a=1) }}", "template-not-allowed"),
    "class of text": ("{{ ''.__class__ }}", "template-not-allowed"),
    "class by item": ("{{ ''['__class__'] }}", "undefined-field"),
    "class by item of a list": ("{{ xs['__class__'] }}", "undefined-field"),
    "class by filter": ("{{ '' | attr('__class__') }}", "template-not-allowed"),
    "class by map": ("{{ xs | map(attribute='__class__') | list }}", "template-failed"),
    "class by map over objects": ("{{ rows | map(attribute='__class__.__mro__') | list }}", "template-failed"),
    "class by sort": ("{{ xs | sort(attribute='__class__') }}", "template-failed"),
    "class by join": ("{{ xs | join(attribute='__class__') }}", "template-failed"),
    "class by selectattr": ("{{ xs | selectattr('__class__') | list }}", "template-failed"),
    "init": ("{{ x.__init__ }}", "template-not-allowed"),
    "init in short": ("<x.__init__>", "template-not-allowed"),
    "init in short with a filter": ("<x.__init__ | string>", "template-not-allowed"),
    "method": ("{{ x.upper }}", "undefined-field"),
    "method of an object": ("{{ row.items }}", "undefined-field"),
    "method called": ("{{ row.items() }}", "template-not-allowed"),
    "method of a loop": ("{% for a in xs %}{{ loop.cycle('a') }}{% endfor %}", "template-not-allowed"),
    "attribute of a loop": ("{% for a in xs %}{{ loop._iterator }}{% endfor %}", "template-not-allowed"),
    "recursive loop": ("{% for a in xs recursive %}{{ loop(xs) }}{% endfor %}", "template-not-allowed"),
    "self": ("{{ self }}", "undefined-name"),
    "self's globals": ("{{ self.__init__.__globals__ }}", "template-not-allowed undefined-name"),
    "caller": ("{{ caller() }}", "template-not-allowed"),
    "super": ("{{ super() }}", "template-not-allowed"),
    "globals": ("{{ g }}{{ request }}{{ config }}", "undefined-name"),
    "builtins": ("{{ __builtins__ }}", "undefined-name"),
    "import in an expression": ("{{ __import__('os') }}", "template-not-allowed"),
    "filter of a call's name": ("{{ xs | map('attr', '__class__') | list }}", "template-not-allowed"),
    "filter named by data": ("{{ xs | map(x) | list }}", "template-not-allowed"),
    "map in map": ("{{ [[xs]] | map('map', 'attr', '__class__') | list }}", "template-not-allowed"),
    "test named by data": ("{{ xs | select(x) | list }}", "template-not-allowed"),
    "spread arguments": ("{{ xs | join(*xs) }}", "template-failed"),
    "spread names": ("{{ xs | join(**row) }}", "template-failed"),
    "pprint": ("{{ x | pprint }}", "template-not-allowed"),
    "xmlattr": ("{{ row | xmlattr }}", "template-not-allowed"),
    "random": ("{{ xs | random }}", "template-not-allowed"),
    "set": ("{% set a = 'x' %}{{ a }}", "template-not-allowed"),
    "set block": ("{% set a %}{{ long }}{% endset %}", "template-not-allowed"),
    "macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "template-not-allowed"),
    "call": ("{% call x() %}{% endcall %}", "template-not-allowed"),
    "include": ("{% include '/etc/passwd' %}", "template-not-allowed"),
    "include what the data says": ("{% include x ignore missing %}", "template-not-allowed"),
    "import": ("{% import 'a' as b %}", "template-not-allowed"),
    "from": ("{% from 'a' import b %}", "template-not-allowed"),
    "extends": ("{% extends 'a' %}", "template-not-allowed"),
    "block": ("{% block a %}{{ self.a() }}{% endblock %}", "template-not-allowed"),
    "filter block": ("{% filter upper %}a{% endfilter %}", "template-not-allowed"),
    "with": ("{% with a = 1 %}{% endwith %}", "template-not-allowed"),
    "autoescape": ("{% autoescape false %}{% endautoescape %}", "template-not-allowed"),
    "do": ("{% do xs.append(1) %}", "template-not-allowed"),
    "debug": ("{% debug %}", "template-not-allowed"),
    "print": ("{% print x %}", "template-not-allowed"),
    "trans": ("{% trans %}a{% endtrans %}", "template-not-allowed"),
    "break": ("{% for a in xs %}{% break %}{% endfor %}", "template-not-allowed"),
    "deep brackets": ("{{ " + _nested("(", "1", ")", 40_000) + " }}", "template-too-large"),
    "deep brackets, open": ("{{ " + "(" * 90_000, "template-too-large"),
    "deep lists": ("{{ " + _nested("[", "", "]", 100) + " }}", "template-too-large"),
    "deep objects": ("{{ " + "{'a':" * 1000 + "1" + "}" * 1000 + " }}", "template-too-large"),
    "deep items": ("{{ " + "xs[" * 1000 + "0" + "]" * 1000 + " }}", "template-too-large"),
    "deep arguments": ("{{ " + "x | default(" * 1000 + "0" + ")" * 1000 + " }}", "template-too-large"),
    "many not": ("{{ " + "not " * 20_000 + "x }}", "template-too-large"),
    "many signs": ("{{ " + "-" * 90_000 + "1 }}", "template-too-large"),
    "many plus": ("{{ " + "+ " * 40_000 + "1 }}", "template-too-large"),
    "many sums": ("{{ 1" + " + 1" * 20_000 + " }}", "template-too-large"),
    "many joins": ("{{ x" + " ~ x" * 20_000 + " }}", "template-too-large"),
    "many filters": ("{{ x" + " | upper" * 10_000 + " }}", "template-too-large"),
    "many fields": ("{{ x" + ".a" * 40_000 + " }} {{ 1 + 1 }}", "template-too-large"),
    "many choices": ("{{ " + "1 if x else " * 5_000 + "1 }}", "template-too-large"),
    "many comparisons": ("{{ 1" + " < 1" * 20_000 + " }}", "template-too-large"),
    "many tests": ("{{ x" + " is string" * 5_000 + " }}", "template-too-large"),
    "many arguments": ("{{ xs | join(" + "1," * 20_000 + ") }}", "template-too-large"),
    "many expressions": ("{{ 1 + 1 }}" * 9_000, "template-too-large"),
    "many blocks": (_nested("{% if x %}", "", "{% endif %}", 4_000), "template-too-large"),
    "many branches": ("{% if x %}" + "{% elif x %}" * 8_000 + "{% endif %}", "template-too-large"),
    "open marks": ("{{" * 50_000, "template-too-large"),
    "a megabyte of open marks": ("{{" * 500_000, "template-too-large"),
    "a megabyte of statements": ("{%" * 500_000, "template-too-large"),
    "a megabyte of comments": ("{#" * 500_000, "template-too-large"),
    "a megabyte of look-ups": ("{{ x }}" * 150_000, "template-too-large"),
    "a megabyte of short forms": ("<x>" * 350_000, "template-too-large"),
    "open comments": ("{#" * 50_000, "template-syntax"),
    "open raw": ("{% raw %}" * 10_000, "template-syntax"),
    "open text": ("{{ " + "'a" * 40_001, "template-syntax"),
    "loops that write": (_loops(5, "xs", "x"), "template-too-large"),
    "loops that write nothing": (_loops(5, "xs", ""), "template-too-large"),
    "loops over much that drop all": (
        _loops(1, "words", _loops(1, "words if a == 1", "")),
        "template-too-large",
    ),
    "loops over long lists": (_loops(3, "words", ""), "template-too-large"),
    "loops that write long data": (_loops(1, "xs", "{{ long }}"), "template-too-large"),
    "look-ups of long data": ("{{ long }}" * 9_000, "template-too-large"),
    "short forms of long data": ("<long>" * 15_000, "template-too-large"),
    "filtered long data": ("{{ longs | map('upper') | list }}", "template-too-large"),
    "joined long data": ("{{ longs | join }}", "template-too-large"),
    "joined by long data": ("{{ words | join(long) }}", "template-too-large"),
    "joined long data in pieces": ("{{ " + " ~ ".join(["long"] * 200) + " }}", "template-too-large"),
    "replaced by long data": ("{{ long | replace('x', long) }}", "template-too-large"),
    "replaced between characters": ("{{ long | replace('', long) }}", "template-too-large"),
    "replaced again and again": ("{{ 'a'" + " | replace('a', 'aaaaaaaaaa')" * 40 + " }}", "template-too-large"),
    "doubled again and again": ("{{ " + "([" * 9 + "long" + "] | join)" * 9 + " ~ long }}", "template-too-large"),
    "encoded long data": ("{{ (long | replace('x', '\\u20ac')) | urlencode }}", "template-too-large"),
    "compared again and again": (_loops(2, "rows", "{% if rows == rows | list %}{% endif %}"), "template-too-large"),
    "sorted again and again": (_loops(2, "words", "{% if words | sort %}{% endif %}"), "template-too-large"),
    "copied again and again": (_loops(2, "words", "{% if words[:] %}{% endif %}"), "template-too-large"),
    "letters again and again": (_loops(2, "words", "{% if long | list %}{% endif %}"), "template-too-large"),
    "rounded far": ("{{ 1 | round(1000000000, 'ceil') }}", "template-failed"),
    "rounded far below": ("{{ 1 | round(-1000000000, 'floor') }}", "template-failed"),
    "cut to nothing": ("{{ x | truncate(0) }}", "template-failed"),
    "step of nothing": ("{{ xs[::0] }}", "template-failed"),
    "bounds of text": ("{{ xs['a':'b'] }}", "template-failed"),
    "key of a list": ("{{ {[]: 1} }}", "template-failed"),
    "named character": ("{{ '\\N{NO SUCH NAME}' }}", "template-syntax"),
    "odd characters": ("{{ \x00 }}{{ \ud800 }}{{ \u202e }}", "template-syntax"),
    "digits that are none": ("{{ \u00b2 }}", "template-syntax"),
}  # fmt: skip


def _findings(text: str, scope: dict[str, Any] = SCOPE) -> tuple[Filled, list[str]]:
    source, log = Source("a.vidc.yaml", text), Log()
    with Budget() as budget:
        found = fill(text, scope, lambda at: at, Place(Span(source, 0, len(text))), log, budget)
    return found, sorted({finding.name for finding in log.findings})


def computed() -> float:
    """Seconds that this process and those that it waited for computed, however busy the machine is."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak_of_children() -> int:
    """In KB, of all that this process ever waited for: other tests may have raised it before."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_template_ends_as_a_finding(case: str) -> None:
    text, finding = HOSTILE[case]
    start, before = computed(), peak_of_children()
    assert _findings(text) == (Filled(None, True), finding.split())
    assert computed() - start < 5
    assert peak_of_children() <= max(before, 512 * 1024)
    assert isinstance(names(text), set)


@pytest.mark.parametrize("case", [name for name in HOSTILE if "megabyte" not in name])
def test_a_hostile_template_ends_without_a_child_too(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    text, finding = HOSTILE[case]
    assert _findings(text) == (Filled(None, True), finding.split())


@pytest.mark.parametrize("case", [name for name in HOSTILE if not name.startswith(("many", "deep", "open", "a meg"))])
def test_a_hostile_expression_ends_as_a_finding(case: str) -> None:
    text, _ = HOSTILE[case]
    bare = text.removeprefix("{{").removesuffix("}}")
    source, log = Source("a.vidc.yaml", bare), Log()
    with Budget() as budget:
        found = evaluate(bare, SCOPE, lambda at: at, Place(Span(source, 0, len(bare))), log, budget)
    assert found == Filled(None, True)
    assert log.has_error


GREEDY = [name for name in HOSTILE if "long" in HOSTILE[name][0] or "10" in HOSTILE[name][0] or "loops" in name]


def test_memory_is_bounded_in_a_fresh_process() -> None:
    """The greedy ones, one after the other, in a process that may use half a gigabyte of address space."""
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (512 * 1024 * 1024,) * 2)\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from test_template_hostile import GREEDY, HOSTILE, _findings\n"
        "for text, finding in map(HOSTILE.get, GREEDY):\n"
        "    assert _findings(text)[1] == finding.split(), text[:80]\n"
    )
    subprocess.run([sys.executable, "-c", program, os.path.dirname(__file__)], check=True, timeout=120)


# The child.


def _ask(child: Child, text: str, scope: dict[str, Any]) -> Outcome:
    return child.ask(text, False, scope, (), Meter())


def test_a_killed_child_is_one_finding_and_the_document_goes_on() -> None:
    source, log = Source("a.vidc.yaml", "{{ n + 1 }}"), Log()

    def filled(text: str, budget: Budget) -> Filled:
        return fill(text, {"n": 1}, lambda at: at, Place(Span(source, 0, 11)), log, budget)

    with Budget() as budget:
        assert filled("{{ n + 1 }}", budget) == Filled(2)
        os.kill(budget._child._pid, signal.SIGKILL)
        assert filled("{{ n + 2 }}", budget) == Filled(None, True)
        assert filled("{{ n + 3 }}", budget) == Filled(None, True)
        assert filled("{{ n }}!", budget) == Filled("1!")
    assert [finding.name for finding in log.findings] == ["template-too-large"]


def _stopped(monkeypatch: pytest.MonkeyPatch, work: Any) -> list[str]:
    """The findings where the child does this in place of its work."""
    monkeypatch.setattr(child_module, "work_out", work)
    start = time.monotonic()
    found, findings = _findings("{{ n + 1 }}")
    assert found == Filled(None, True)
    assert time.monotonic() - start < 2 * child_module.MAX_SECONDS + 2
    return findings


def test_a_child_that_sleeps_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "MAX_SECONDS", 1)
    assert _stopped(monkeypatch, lambda *_: time.sleep(60)) == ["template-too-large"]


def test_a_child_that_computes_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "MAX_SECONDS", 1)

    def work(*_: object) -> None:
        while True:
            pass

    assert _stopped(monkeypatch, work) == ["template-too-large"]


def test_a_child_that_takes_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: object) -> Outcome:
        return Outcome("x" * (2 * child_module.MAX_MEMORY))

    before = peak_of_children()
    assert _stopped(monkeypatch, work) == ["template-too-large"]
    assert peak_of_children() <= max(before, 512 * 1024)


def test_a_child_can_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: object) -> Outcome:
        try:
            os.open("/etc/hostname", os.O_RDONLY)
        except OSError as error:
            return Outcome(error.strerror)
        return Outcome("it opened a file")

    monkeypatch.setattr(child_module, "work_out", work)
    child = Child()
    assert _ask(child, "", {}) == Outcome("Too many open files")
    child.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        b"[" * 100_000,
        b"{}",
        b"[1, 2, 3]",
        b'[null, "yes", [], 1, 1]',
        b"[null, true, [], -1, 1]",
        b'["\\ud800", false, [], 1, 1]',
        b'[{"\\uDFFF": 1}, false, [], 1, 1]',
        b"[null, true, [], true, 1]",
        b'[null, true, [["no-such-finding", 0, 1, []]], 1, 1]',
        b'[null, true, [["template-failed", 5, 1, []]], 1, 1]',
        b'[null, true, [["template-failed", 0, 99999, []]], 1, 1]',
        b"[" + b"9" * 10_000 + b", true, [], 1, 1]",
    ],
)
def test_what_a_child_says_is_not_trusted(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "_answer", lambda *_: None)
    monkeypatch.setattr(
        child_module,
        "_encode",
        lambda message, mark, plain=child_module._encode: answer if message is None else plain(message, mark),
    )
    child = Child()
    with pytest.raises(Died):
        _ask(child, "{{ n }}", {"n": 1})
    child.close()


def test_a_child_cannot_be_told_that_a_value_is_unknown() -> None:
    child = Child()
    scope = {"a": {child._mark[:-1]: True, "unknown": True}, "b": UNKNOWN, "c": [UNKNOWN]}
    assert _ask(child, "{{ a | items | list }}", scope) == Outcome([[child._mark[:-1], True], ["unknown", True]])
    assert _ask(child, "{{ b | upper }}", scope) == Outcome(None, True)
    assert _ask(child, "{{ c | list }}", scope) == Outcome([UNKNOWN])
    child.close()


def test_numbers_come_back_from_a_child_with_the_digits_they_had() -> None:
    child = Child()
    code, version = as_written(42, "0042"), as_written(2.1, "2.10")
    scope = {"xs": [code, {"v": version}], "n": 1}
    found = _ask(child, "{{ xs | reverse }}", scope).value
    assert (str(found[0]["v"]), str(found[1])) == ("2.10", "0042")
    assert str(_ask(child, "{{ xs[0] if n else 0 }}", scope).value) == "0042"
    assert str(_ask(child, "{{ xs[0] * 2 }}", scope).value) == "84"
    assert _ask(child, "{{ [n, xs[1].v] | join }} {{ 2.10 }}", {**scope, "n": 5}) == Outcome("52.10 2.1")
    child.close()


def test_a_child_cannot_make_digits_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "packed", lambda *_: b"0043")
    child = Child()
    with pytest.raises(Died):
        _ask(child, "{{ n }}", {"n": as_written(42, "0042")})
    child.close()


def test_a_child_is_told_only_what_is_new() -> None:
    child = Child()
    xs = list(range(10))
    assert _ask(child, "{{ xs | sum + n }}", {"xs": xs, "n": 1}) == Outcome(46)
    assert _ask(child, "{{ xs | sum + n }}", {"xs": xs, "n": 2}) == Outcome(47)
    assert _ask(child, "{{ xs | sum + n }}", {"xs": xs[:2], "n": 3}) == Outcome(4)
    assert _ask(child, "{{ n is defined }}", {}) == Outcome(False)
    child.close()


def test_a_long_value_reaches_the_child_and_comes_back() -> None:
    child = Child()
    value = {"text": ["é \U0001f600", 1.5, -0.0, 10**30, True, None] * 10_000}
    assert _ask(child, "{{ [x][0] }}", {"x": value}) == Outcome(value)
    child.close()


@pytest.mark.parametrize(
    "value",
    [["é" * 90_000] * 12, ["\U0001f600" * 90_000] * 4, [[[1] * 100] * 100] * 100, [{"k" * 90_000: 1}] * 12],
    ids=["characters", "bytes", "shared lists", "names"],
)
def test_a_value_too_large_to_be_answered_is_a_mistake(value: Any) -> None:
    child = Child()
    outcome = _ask(child, "{{ [x][0] }}", {"x": value})
    assert (outcome.value, [(fault.kind, fault.words) for fault in outcome.faults]) == (
        None,
        [("template-too-large", ("value",))],
    )
    assert _ask(child, "{{ 1 + 1 }}", {}) == Outcome(2)
    child.close()


def test_half_a_character_comes_out_of_no_template() -> None:
    for text in ('{{ "\\ud800" ~ x }}', "{{ x | replace('t', '\\udfff') }}", "{{ {'\\ud83d\\ude00': 1} }}"):
        assert _findings(text) == (Filled(None, True), ["template-syntax"])


def test_children_of_several_threads_do_not_meet() -> None:
    found: dict[int, list[Filled]] = {}

    def run(number: int) -> None:
        source = Source("a.vidc.yaml", "x")
        with Budget() as budget:
            found[number] = [
                fill("{{ n * m }}", {"n": number, "m": m}, lambda at: at, Place(Span(source, 0, 1)), Log(), budget)
                for m in range(20)
            ]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [Filled(number * m) for m in range(20)] for number in range(6)}


def test_where_no_child_can_be_made_the_world_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fork)
    before = len(os.listdir("/dev/fd"))
    with pytest.raises(OSError, match="end other programs") as failure:
        _findings("{{ n + 1 }}")
    assert failure.value.filename == "cannot make the process that fills templates"
    assert len(os.listdir("/dev/fd")) == before


def test_no_child_is_left_behind() -> None:
    before = _children()
    _findings("{{ n + 1 }}")
    assert _children() <= before


def _children() -> set[str]:
    """Of this process, the dead ones too; other tests of it may keep some."""
    task = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(task.read_text().split())


def test_a_child_works_where_the_standard_streams_are_closed() -> None:
    program = (
        "import os, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from test_template_hostile import _findings\n"
        "for end in (0, 1): os.close(end)\n"
        "found = _findings('{{ n + 1 }}')[0].value\n"
        "sys.exit(0 if found == 8 else 1)\n"
    )
    subprocess.run([sys.executable, "-c", program, os.path.dirname(__file__)], check=True, timeout=60)


# No filter makes much of little.

_ARGUMENTS = st.one_of(
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
    st.sampled_from(["", "a", "aa", "\u0149\ufb03\u1e9e", "title", "0", "ceil", "x" * 500]),
    st.lists(st.sampled_from(["a", "b" * 50, 1, None]), max_size=4),
)


_SIGNS = st.lists(st.sampled_from([*"%-+ 0#.*19sdifeGxc(a)l", "%s", "%.2f", "99"]), max_size=12).map("".join)
_PUT = st.integers() | st.floats(allow_nan=False) | st.sampled_from(["a", "b" * 500])


@settings(max_examples=400 * FUZZ, deadline=None)
@given(_SIGNS, st.lists(_PUT, max_size=4))
def test_format_makes_little_of_each_value_and_what_python_makes(text: str, values: list[Any]) -> None:
    try:
        made = FILTERS["format"].run(text, *values)
    except (Failed, OverflowError):
        return
    assert made == text % tuple(values)
    assert len(made) <= len(text) + sum(len(one) if isinstance(one, str) else 0 for one in values) + 50 * len(values)


@pytest.mark.parametrize("text", ["%21s", "%.16f", "%*d", "%999999999999d", "%.99999999999f", "%(a)s", "%c", "%r", "%"])
def test_format_takes_no_form_that_makes_much_of_little(text: str) -> None:
    with pytest.raises(Failed):
        FILTERS["format"].run(text, 1)


@pytest.mark.parametrize("name", sorted(FILTERS))
@settings(max_examples=60 * FUZZ, deadline=None)
@given(value=_ARGUMENTS, arguments=st.lists(_ARGUMENTS, max_size=4))
def test_no_filter_makes_more_than_its_data(name: str, value: Any, arguments: list[Any]) -> None:
    """Three characters of case, twelve of percent signs, and a separator or replacement for each place."""
    scope = {"v": value} | {f"a{index}": argument for index, argument in enumerate(arguments)}
    given = ", ".join(f"a{index}" for index in range(len(arguments)))
    text = f"{{{{ v | {name}({given}) }}}}" if given else f"{{{{ v | {name} }}}}"
    try:
        outcome = interpret(parse(text, False, (), ()), scope, Meter())
    except (Mistaken, TooLarge):
        return
    size = len(json.dumps(value, ensure_ascii=False)) + 2
    most = max([len(json.dumps(argument, ensure_ascii=False)) for argument in arguments], default=0) + 1
    made = json.dumps(outcome.value, ensure_ascii=False)
    assert len(made) <= 12 * size * (most if name in ("join", "replace") else 1) + sum(
        len(json.dumps(argument, ensure_ascii=False)) for argument in arguments
    ) + 40  # fmt: skip


# Any text gives an outcome.

_WORDS = (
    "{{ }} {% %} {# #} {{- -}} {%- -%} {%+ { } ( ) [ ] < > \\ | . , : ; = == != ** * // / % + - ~ ! & ' \" ' ' "
    "if elif else endif for in endfor is not and or recursive set macro include import block raw endraw call filter "
    "x n xs row loop self true none _ __class__ 0 1 1.5 1e3 0x1F 1_000 'a' \"b\" upper join default map select sort "
    "<x> <row.title> <xx> \\<x> <x|upper> {n} {{n}} {{row.title}} {%raw%} {%endraw%} {%endif%} {%endfor%} "
    "\u00e9 \u00b2 \u00b7 \u0663 \u202e \x00 \ud800 \U0001f600 \u2028"
)
_FRAGMENTS = [
    *_WORDS.split(" "),
    " ",
    " ",
    "\n",
    "\t",
    "{{ x }}",
    "{% if x %}",
    "{% for x in xs %}",
    "<x | default('>')>",
    "{{ xs | ",
]
_SMALL: dict[str, Any] = {"x": "a", "n": 2, "xs": [1, "b", None], "row": {"title": "c", "list": [{}]}, "later": UNKNOWN}


def _texts(seed: int) -> Iterator[str]:
    dice = random.Random(seed)
    for _ in range(10):
        yield dice.choice(("", " ")).join(dice.choices(_FRAGMENTS, k=dice.randrange(20)))


@settings(max_examples=500 * FUZZ, deadline=None)
@given(st.integers(0, 2**64), st.booleans())
def test_any_text_gives_an_outcome_or_a_mistake(seed: int, expression: bool) -> None:
    for text in _texts(seed):
        assert isinstance(names(text), set)
        try:
            faults = interpret(parse(text, expression, {"x", "row"}, {"xx"}), dict(_SMALL), Meter()).faults
        except Mistaken as mistake:
            faults = (mistake.fault,)
        assert all(0 <= fault.start <= fault.end <= len(text) for fault in faults)


_TEXTS = st.lists(st.sampled_from(_FRAGMENTS) | st.text(max_size=3) | st.just("\r\n"), max_size=9).map("".join)


@settings(max_examples=200 * FUZZ, deadline=None)
@given(_TEXTS, st.booleans())
def test_any_text_is_filled_or_found_at_fault(text: str, expression: bool) -> None:
    source, log = Source("a.vidc.yaml", text), Log()
    place = Place(Span(source, 0, len(text)))
    with Budget() as budget:
        found = (evaluate if expression else fill)(text, _SMALL, lambda at: at, place, log, budget)
    assert not log.has_error or found == Filled(None, True)
    assert all(finding.span.end <= len(text) for finding in log.findings)
