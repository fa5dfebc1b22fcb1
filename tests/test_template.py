"""Templates inside one scalar: what they give, what is wrong with them and where."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import wraps
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from vidc.diag.catalog import PAGES
from vidc.diag.finding import Log, Place
from vidc.passes.expand import direct, filters
from vidc.passes.expand.jinja import Cache, work_out
from vidc.passes.expand.meter import Meter
from vidc.passes.expand.names import names, names_of
from vidc.passes.expand.questions import QUESTIONS
from vidc.passes.expand.short import RESERVED, candidates
from vidc.passes.expand.template import Budget, Filled, evaluate, fill
from vidc.passes.expand.values import UNKNOWN, Outcome, as_written, turn
from vidc.problems import load as load_problems
from vidc.source import Source, Span

FUZZ = int(os.environ.get("VIDC_FUZZ", "1"))

FEATURES = [{"title": "Reports", "minutes": 2}, {"title": "Alerts", "minutes": 5}]
SCOPE: dict[str, Any] = {
    "company": "Northwind",
    "count": 3,
    "price": 9.5,
    "vip": True,
    "nobody": None,
    "features": FEATURES,
    "product": {"title": "Desk", "items": {"first": "Lamp"}, "tags": ["new", "red"]},
    "curly": "{{ count }} <count>",
    "later": UNKNOWN,
}

Said = list[tuple[str, str, str]]


def filled(text: str, scope: Mapping[str, Any] = SCOPE, *, bare: bool = False) -> tuple[Any, bool, Said]:
    """The value, whether it is unknown, and of each finding its name, message and the text that it points at."""
    source, log = Source("a.vidc.yaml", text), Log()
    with Budget() as budget:
        way = evaluate if bare else fill
        found = way(text, scope, lambda at: at, Place(Span(source, 0, len(text))), log, budget)
    said = [(finding.name, finding.words.message, finding.span.text) for finding in log.findings]
    return found.value, found.unknown, said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hello.", "Hello."),
        ("Hello <company>!", "Hello Northwind!"),
        ("Hello {{ company }}!", "Hello Northwind!"),
        ("{{company}} {{ company}} {{\ncompany }}", "Northwind Northwind Northwind"),
        ("<product.title>, <product.items.first>", "Desk, Lamp"),
        ("<features[1].title> {{ features[-1]['title'] }}", "Alerts Alerts"),
        ("a <b>bold</b> claim, a < b, <3, <-", "a <b>bold</b> claim, a < b, <3, <-"),
        ("\\<company> and \\<b>", "<company> and \\<b>"),
        ("You are on {plan}, {company}.", "You are on {plan}, {company}."),
        ("{<company>} {{ '{' }}x{{ '}' }}", "{Northwind} {x}"),
        ("<vip> {{ vip }} <count> <price>", "true true 3 9.5"),
        ("<curly>", "{{ count }} <count>"),
        ("a <curly>", "a {{ count }} <count>"),
        ("a {{ curly | upper }}", "a {{ COUNT }} <COUNT>"),
        ("<company | upper>, <company|lower>", "NORTHWIND, northwind"),
        ("<nobody | default('Ann')> <company | default('Ann')>", "Ann Northwind"),
        ("{{ product.note | default('none') }}", "none"),
        ("{% if vip %}Dear{% else %}Hello{% endif %} {{ company }}", "Dear Northwind"),
        ("{% if count > 5 %}many{% elif count > 2 %}some{% else %}few{% endif %}", "some"),
        (
            "{% for f in features %}{{ loop.index }}. {{ f.title }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "1. Reports, 2. Alerts",
        ),
        ("{% for f in features if f.minutes > 3 %}<f.title>{% else %}none{% endfor %}", "Alerts"),
        ("{% for f in features if f.minutes > 9 %}<f.title>{% else %}none{% endfor %}", "none"),
        ("{% for key, value in product.items | items %}{{ key }}={{ value }}{% endfor %}", "first=Lamp"),
        ("{% for a in [1, 2] %}{% for b in [3, 4] %}{{ a * b }} {% endfor %}{% endfor %}", "3 4 6 8 "),
        ("a{# <company> {{ count }} #}b", "ab"),
        ("{% raw %}{{ count }} <company>{% endraw %} {{ count }}", "{{ count }} <company> 3"),
        ("a   {{- count -}}   b", "a3b"),
        ("one\n{{ count }}\n", "one\n3\n"),
        ("{{ count + 1 }} {{ count / 2 }} {{ count // 2 }} {{ 7 % count }} {{ -count }}", "4 1.5 1 1 -3"),
        ("{{ company ~ ' ' ~ count ~ vip }}", "Northwind 3true"),
        ("{{ 'a' if vip else 'b' }} {{ 'a' if not vip else 'b' }}", "a b"),
        ("{{ features | map(attribute='title') | join(', ') }}", "Reports, Alerts"),
        ("{{ features | sort(attribute='title') | map(attribute='title') | first }}!", "Alerts!"),
        ("{{ features | selectattr('minutes', 'gt', 3) | map(attribute='title') | join }}!", "Alerts!"),
        ("{{ features | sum(attribute='minutes') }} minutes", "7 minutes"),
        ("{{ product.tags | map('upper') | join('/') }}", "NEW/RED"),
        ("{{ 'red' in product.tags }} {{ 'tle' in 'title' }} {{ 'blue' not in product.tags }}", "true true true"),
        ("{{ company[:5] }} {{ product.tags[1:] | join }}", "North red"),
        ("{{ 9.456 | round(1) }} {{ '7' | int + 1 }}", "9.5 8"),
        (
            "${{ '%.2f' | format(price) }} {{ '%d of %s, 100%%' | format(count, company) }}",
            "$9.50 3 of Northwind, 100%",
        ),
        ("{{ product is mapping }} {{ count is odd }} {{ other is defined }}", "true true false"),
        ("a\r\n{{ count }}\r\n", "a\n3\n"),
        ("a\r\n<b>", "a\r\n<b>"),
    ],
)
def test_text_is_filled(text: str, value: str) -> None:
    assert filled(text) == (value, False, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<count>", 3),
        ("{{ count }}", 3),
        ("{{ count * 2 }}", 6),
        ("<features>", FEATURES),
        ("{{ features | reverse }}", FEATURES[::-1]),
        ("<product.tags>", ["new", "red"]),
        ("{{ vip }}", True),
        ("{{ count > 5 }}", False),
        ("<nobody>", None),
        ("{{ nobody }}", None),
        ("{{ {'a': [1, 2.5, none]} }}", {"a": [1, 2.5, None]}),
        ("{{ (1, 2) }}", [1, 2]),
        ("{# why #}{{ count }}", 3),
        ("{{ count }}\n", "3\n"),
        (" <count>", " 3"),
        ("{% if vip %}{{ count }}{% endif %}", "3"),
    ],
)
def test_one_lone_expression_keeps_its_type(text: str, value: object) -> None:
    found = filled(text)
    assert found == (value, False, [])
    assert type(found[0]) is type(value)


@pytest.mark.parametrize(
    ("text", "name", "message", "at"),
    [
        ("Hi {{ compny }}.", "undefined-name", "`compny` is not defined", "compny"),
        ("Hi {{ compny | upper }}.", "undefined-name", "`compny` is not defined", "compny"),
        ("{% if false %}{{ compny }}{% endif %}", "undefined-name", "`compny` is not defined", "compny"),
        ("{% if compny %}{% endif %}", "undefined-name", "`compny` is not defined", "compny"),
        ("<product.titel>", "undefined-field", "`product` has no field `titel`", "titel"),
        ("<product.titel | upper>", "undefined-field", "`product` has no field `titel`", "titel"),
        ("{{ product.note.more }}", "undefined-field", "`product` has no field `note`", "note"),
        ("{{ features[2] }}", "undefined-field", "`features` is a list of 2, so it has no item `2`", "2"),
        ("{{ features.title }}", "undefined-field", "`features` is a list of 2, so it has no field `title`", "title"),
        ("{{ company.upper }}", "undefined-field", "`company` is text, so it has no field `upper`", "upper"),
        ("{{ product.keys }}", "undefined-field", "`product` has no field `keys`", "keys"),
        ("a <features>", "not-text", "`features` is a list, which cannot stand inside of text", "features"),
        ("a {{ product }}", "not-text", "`product` is an object, which cannot stand inside of text", "product"),
        ("a <nobody>", "not-text", "`nobody` has no value here", "nobody"),
        ("{{ 'a' ~ nobody }}", "not-text", "`'a' ~ nobody` has no value here", "'a' ~ nobody"),
        ("a {{ count", "template-syntax", "`{{` is never closed", "{{"),
        ("a {{ count }.", "template-syntax", "`}` closes nothing here", "}"),
        ("{{ count count }}", "template-syntax", "expected the end of the expression, got `count`", "count"),
        ("{{ 1 + }}", "template-syntax", "something is missing at the end of this expression", "}}"),
        ("{% if vip %}a", "template-syntax", "`{% if %}` is never closed", "if"),
        ("a{% endif %}", "template-syntax", "`{% endif %}` closes nothing that is open here", "endif"),
        ("{# a", "template-syntax", "`{#` is never closed", "{#"),
        ("{{ 'a }}", "template-syntax", "this text is never closed", "'"),
        ("{{ '\\x' }}", "template-syntax", "this text holds a backslash that cannot be read", "'\\x'"),
        ("{% set a = 1 %}", "template-not-allowed", "`{% set %}` may not be used in a spec", "set"),
        ("{{ range(3) }}", "template-not-allowed", "the call `range(...)` may not be used in a spec", "range(3)"),
        ("{{ count | indent }}", "template-not-allowed", "the filter `indent` may not be used in a spec", "indent"),
        (
            "{{ count is callable }}",
            "template-not-allowed",
            "the test `callable` may not be used in a spec",
            "callable",
        ),
        ("{{ company * 3 }}", "template-failed", "`*` is for numbers, and `company` is text", "company * 3"),
        ("{{ company + 'a' }}", "template-failed", "`+` is for numbers, and `company` is text", "company + 'a'"),
        ("{{ count / 0 }}", "template-failed", "this divides by zero", "count / 0"),
        ("{{ company < count }}", "template-failed", "text and a number have no order", "company < count"),
        (
            "{{ 'a' if count > 9 }}",
            "template-failed",
            "this `if` has no `else`, and its condition does not hold",
            "'a' if count > 9",
        ),
        ("{{ [] | first }}", "template-failed", "this is empty, so it has no `first`", "first"),
        ("{{ count | join }}", "template-failed", "this takes a list, and not a number", "join"),
        (
            "{% for c in company %}{% endfor %}",
            "template-failed",
            "a loop goes over a list, and this is text",
            "for c in company",
        ),
    ],
)
def test_mistakes_are_found_at_the_smallest_place(text: str, name: str, message: str, at: str) -> None:
    assert filled(text) == (None, True, [(name, message, at)])


def test_every_mistake_of_a_text_is_found_once() -> None:
    text = "<product.titel> {{ compny }} {{ compny }} {{ count | upper }} {{ features[7] }}"
    assert filled(text)[2] == [
        ("undefined-field", "`product` has no field `titel`", "titel"),
        ("undefined-name", "`compny` is not defined", "compny"),
        ("undefined-field", "`features` is a list of 2, so it has no item `7`", "7"),
    ]


def test_a_misspelt_name_is_text_with_a_warning() -> None:
    text = "Hi <compny>, \\<compny> <compny | upper>. {{ count }}"
    message = "`<compny>` is text as it stands, since no variable has that name"
    assert filled(text) == (
        "Hi <compny>, <compny> <compny | upper>. 3",
        False,
        [("misspelt-name", message, "compny")],
    )


def test_a_line_that_is_filled_again_has_its_mistake_once() -> None:
    source, log = Source("a.vidc.yaml", "{{ x.title }} <compny>"), Log()
    with Budget() as budget:
        for x in ({}, {"name": 1}, {"title": "a"}, {}, "text"):
            scope = {"x": x, "company": "b"}
            fill(source.text, scope, lambda at: at, Place(Span(source, 0, len(source.text))), log, budget)
    assert [(finding.name, finding.words.message) for finding in log.findings] == [
        ("undefined-field", "`x` has no field `title`"),
        ("misspelt-name", "`<compny>` is text as it stands, since no variable has that name"),
        ("undefined-field", "`x` is text, so it has no field `title`"),
    ]


def test_help_names_what_was_meant() -> None:
    source, log = Source("a.vidc.yaml", "{{ compny }} <product.titel> {{ zzzzzz }} <copany>"), Log()
    with Budget() as budget:
        fill(source.text, SCOPE, lambda at: at, Place(Span(source, 0, len(source.text))), log, budget)
    assert [finding.words.help for finding in log.findings] == [
        "did you mean `company`?",
        "did you mean `title`?",
        "defined here: `company`, `count`, `price`, `vip`, `nobody`, `features`, `product`, `curly` and `later`",
        "did you mean `<company>`? if it is text, write `\\<copany>`",
    ]


def helps(text: str, scope: Mapping[str, Any] = SCOPE) -> list[str]:
    source, log = Source("a.vidc.yaml", text), Log()
    with Budget() as budget:
        fill(text, scope, lambda at: at, Place(Span(source, 0, len(text))), log, budget)
    return [finding.words.help for finding in log.findings]


@pytest.mark.parametrize(
    ("expression", "help"),
    [
        ("price | number_format(2)", "write `'%.2f' | format(price)`"),
        ("price.toFixed(3)", "write `'%.3f' | format(price)`"),
        ("'{:.1f}'.format(price)", "write `'%.1f' | format(price)`"),
        ("price | format('.2f')", "write `'%.2f' | format(...)`"),
        ("'.2f' | format(price)", "write `'%.2f'`"),
        ("'%.2f' % price", "write `'%.2f' | format(price)`"),
        ("len(features)", "write `features | length`"),
        ("features.length", "write `features | length`"),
        ("features[0].title.toUpperCase()", "write `features[0].title | upper`"),
        ("round(price, 2)", "write `price | round(2)`"),
        ("max(count, 4)", "write `[count, 4] | max`"),
        ("company.replace('a', 'b')", "write `company | replace('a', 'b')`"),
        ("features | sort_by('title')", "write `features | sort(attribute='title')`"),
        ("features | first(2)", "write `features[:2]`"),
        ("company | replace('a')", "write `company | replace('a', '')`"),
        ("company | frobnicate", "write the value itself, or put it in a variable"),
        ("now()", "a spec must always give the same video: pass it with `--var`"),
        ("count + ' seats'", "texts are joined by `~`: write `count ~ ' seats'`"),
        ("count + 1 + ' seats'", "texts are joined by `~`"),
        ("company ?? 'x'", "write `company | default('x')`"),
        ("company | default: 'x'", "what a filter is told stands in brackets: `default('x')`"),
        ("company || 'x'", "write `or`"),
        ("price.round({})", "write `price | round({})`"),
        ("'Hello {}'.format(company)", "write `'Hello %s' | format(company)`"),
        ("'{:.1f} of %d'.format(price, count)", "write `'%.1f of %d' | format(price, count)`"),
        ("'%d' | format", "write `'%d' | format(...)`"),
        ("sprintf('%s: %d', company, count)", "write `'%s: %d' | format(company, count)`"),
        ("company.startswith('Nor')", "write `company[:3] == 'Nor'`"),
        ("company | endswith(curly)", "write `company[-...:] == curly`"),
        ("price | times(count + 1)", "write `price * (count + 1)`"),
        ("upper(company ~ '!')", "write `(company ~ '!') | upper`"),
        ("features | batch(2)", "take slices of the list, such as `features[:3]`"),
        ("features | tojson", "text is spoken or shown as it is; write the fields that you need"),
        ("company | e", "nothing is escaped here, so leave it out"),
        ("company == null", "write `none`"),
        ("company is null", "write `none`"),
        ("if vip", "write `{% if ... %}`"),
    ],
)
def test_what_other_languages_write_is_told_as_it_is_written_here(expression: str, help: str) -> None:
    assert helps(f"{{{{ {expression} }}}}") == [help]


@pytest.mark.parametrize(
    ("value", "help"),
    [
        ("4s", "declare it with `type: time`, which counts in ms: `x: {type: time, default: 4s}`"),
        ("12", "write `x | int`, or its value without quotes"),
        ("12.5", "write `x | float`, or its value without quotes"),
        ("12 EUR", "give it a number alone, without signs or units, such as `12`"),
        ("twelve", "`*` counts: give it a number"),
    ],
)
def test_what_to_do_about_a_text_that_is_counted_with(value: str, help: str) -> None:
    assert helps("{{ x * 2 }}", {"x": value}) == [help]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("{% if vip %}a{% elseif count %}b{% endif %}", "write `elif`"),
        ("{% if vip %}a{% else if count %}b{% endif %}", "write `{% elif ... %}` for `else if`"),
        ("{% if vip %}a{% end %}", "write `{% endif %}`"),
        ("{% if vip %}a{% endfor %}", "write `{% endif %}`: `{% if %}` is open here"),
        ("{% for f in features %}a{% /for %}", "write `{% endfor %}`"),
        ("{% if vip %}a{{ endif }}", "write `{% endif %}` for `{{ endif }}`"),
        ("{% if vip }a{% endif %}", "a statement ends with `%}`"),
        ("{{{ company }}}", "write two braces on each side, such as `{{ name }}`"),
    ],
)
def test_blocks_of_other_languages_are_told_as_they_are_written_here(text: str, help: str) -> None:
    assert helps(text) == [help]


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("Hi <first_name>.", "Hi <first_name>.", [("unfilled-name", "first_name")]),
        ("Hi <person.name>.", "Hi <person.name>.", [("unfilled-name", "person")]),
        ("Hi <town>.", "Hi <town>.", [("unfilled-name", "town")]),
        ("Hi \\<town> and \\<first_name>.", "Hi <town> and <first_name>.", []),
        ("<loop.index>", "<loop.index>", [("unfilled-loop", "loop")]),
        ("<b>Hi</b>, press <Enter>, or write to <example.com>", None, []),
        ("1 <3 and <count and 4 > 2", None, []),
        ("Press <in>, <if> or <none>", None, []),
        ("A List<string>, as in <stdio.h> or on <example.com>", None, []),
        ("An <h1> in the <main> part", None, []),
        ("Hi <Company>", "Hi <Company>", [("misspelt-name", "Company")]),
        ("Task <count + 1>", "Task <count + 1>", [("worked-in-brackets", "<count + 1>")]),
        ("<len(features)>", "<len(features)>", [("worked-in-brackets", "<len(features)>")]),
        ("<produkt.title>", "<produkt.title>", [("misspelt-name", "produkt")]),
    ],
)
def test_names_in_brackets_that_nothing_has_are_text_with_a_warning(
    text: str, value: str | None, said: list[tuple[str, str]]
) -> None:
    found, unknown, findings = filled(text)
    assert (found, unknown) == (text if value is None else value, False)
    assert [(name, at) for name, _, at in findings] == said


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("<company.upper()>", "write `{{ company | upper }}`"),
        ("<round(price, 1)>", "write `{{ price | round(1) }}`"),
        ("<company.frobnicate()>", "write `{{ company.frobnicate() }}`"),
        ("<company upper>", "write `<company | upper>`"),
        ("<count * 2>", "write `{{ count * 2 }}`"),
        ("<a_b.c.d>", "declare it: `variables: {a_b: {c: {d: ...}}}`; if it is text, write `\\<a_b.c.d>`"),
        ("<a_b.c[0]>", "declare it: `variables: {a_b: ...}`; if it is text, write `\\<a_b.c[0]>`"),
    ],
)
def test_what_stands_in_brackets_is_told_as_it_is_filled(text: str, help: str) -> None:
    assert helps(text) == [help]


def test_a_text_alone_is_hardly_meant_for_a_name_where_there_are_none() -> None:
    assert filled("git switch <branch>", {}) == ("git switch <branch>", False, [])
    assert [one[0] for one in filled("Hi <first_name>", {})[2]] == ["unfilled-name"]


def test_a_name_in_dashes_is_one_name() -> None:
    scope = {"first_name": "Ann", "a": 3, "b": 1}
    assert filled("{{ first-name }}", scope)[2] == [("undefined-name", "`first-name` is not defined", "first-name")]
    assert filled("{{ a-b }}", scope) == (2, False, [])
    assert helps("{{ first-name }} <first-name>", scope) == ["did you mean `first_name`?"]
    assert helps("<first-name> < a >", scope) == [
        "a variable is written without dashes: `<first_name>`",
        "a variable is written without blanks: `<a>`",
    ]


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("{% if x %}a{% endif %}", "a", [("text-as-truth", "x")]),
        ("{{ 'a' if not x else 'b' }}", "b", [("text-as-truth", "x")]),
        ("{{ x and 'b' }}", "b", [("text-as-truth", "x")]),
        ("{{ x or 'b' }}", "no", []),
        ("{% if x != 'no' %}a{% endif %}", "", []),
        ("{% if o.y %}a{% endif %}", "a", [("text-as-truth", "o.y")]),
        ("{{ n == '3' }}", False, [("never-equal", "'3'")]),
        ("{{ n == 'three' }}", False, []),
        ("{{ t == 'true' }}", False, [("never-equal", "'true'")]),
        ("{{ p != 'pro' }}", True, [("never-equal", "'pro'")]),
        ("{{ p == 'Team' }}", False, []),
    ],
)
def test_conditions_that_are_hardly_meant_so_are_warned_of(
    text: str, value: object, said: list[tuple[str, str]]
) -> None:
    scope = {"x": "no", "o": {"y": "Off"}, "n": 3, "t": True, "p": "Pro"}
    found, unknown, findings = filled(text, scope)
    assert (found, unknown, [(name, at) for name, _, at in findings]) == (value, False, said)


def test_a_finding_points_into_the_source_or_at_the_whole_scalar() -> None:
    source = Source("a.vidc.yaml", "text: {{ compny }}")
    place = Place(Span(source, 6, 18))

    def spans(shift: int) -> list[str]:
        log = Log()
        with Budget() as budget:
            fill("{{ compny }}", SCOPE, lambda at: at + shift, place, log, budget)
        return [finding.span.text for finding in log.findings]

    assert spans(6) == ["compny"]
    assert spans(0) == ["{{ compny }}"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hello <later>!", "Hello !"),
        ("{{ later }}", None),
        ("<later>", None),
        ("<later.name>", None),
        ("{{ later | upper }} and {{ company }}", " and Northwind"),
        ("a{% if later %}b{% else %}c{% endif %}d", "ad"),
        ("a{% for x in later %}b{% endfor %}d", "ad"),
        ("a{{ 'b' if later else 'c' }}d", "ad"),
        ("a{{ later or 'c' }}{{ [later] | join }}{{ later ~ 'b' }}d", "ad"),
        ("a{% for x in features if x.title == later %}b{% endfor %}d", "ad"),
        ("{{ later == later }}", None),
        ("{{ [later] == [later] }}", None),
        ("{{ later + 1 }}", None),
    ],
)
def test_what_is_unknown_leaves_the_known_parts(text: str, value: object) -> None:
    assert filled(text) == (value, True, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{ vip or later }}", True),
        ("{{ later is defined }}", True),
        ("{{ [later, 1] | length }}", 2),
        ("{% if false %}<later>{% endif %}a", "a"),
        ("{{ count if vip else later }}", 3),
    ],
)
def test_what_does_not_depend_on_the_unknown_is_known(text: str, value: object) -> None:
    assert filled(text) == (value, False, [])


def test_an_unknown_value_inside_of_a_list_stays_in_it() -> None:
    scope = {"rows": [{"title": UNKNOWN, "size": 2}], "one": {"title": UNKNOWN}}
    assert filled("<rows>", scope) == (scope["rows"], False, [])
    assert filled("{{ rows | list }}", scope) == (scope["rows"], False, [])
    assert filled("{% for r in rows %}{{ r.size }}{{ r.title }}{% endfor %}!", scope) == ("2!", True, [])
    assert filled("{{ rows | map(attribute='title') | list }}", scope) == (None, True, [])
    assert filled("{{ rows | sum(attribute='size') }}", scope) == (2, False, [])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("features", FEATURES),
        ("features[0].title", "Reports"),
        ("product.tags", ["new", "red"]),
        ("features | selectattr('minutes', 'lt', 3) | list", FEATURES[:1]),
        ("count > 2 and not nobody", True),
        ("[1, 2, 3]", [1, 2, 3]),
        ("{{ vip }}", True),
        (" {{ count > 4 }} ", False),
        ("<product.title>", "Desk"),
        ("<company | length>", 9),
        (" count ", 3),
    ],
)
def test_an_expression_is_worked_out(expression: str, value: object) -> None:
    assert filled(expression, bare=True) == (value, False, [])


@pytest.mark.parametrize(
    ("expression", "name", "message", "at"),
    [
        ("featurs", "undefined-name", "`featurs` is not defined", "featurs"),
        ("not featurs", "undefined-name", "`featurs` is not defined", "featurs"),
        ("product.tag", "undefined-field", "`product` has no field `tag`", "tag"),
        (" product.tag ", "undefined-field", "`product` has no field `tag`", "tag"),
        (" {{ product.tag }}", "undefined-field", "`product` has no field `tag`", "tag"),
        ("count >", "template-syntax", "something is missing at the end of this expression", "count >"),
        ("count }}", "template-syntax", "nothing is open that `}}` would close", "}}"),
        ("count features", "template-syntax", "expected the end of the expression, got `features`", "features"),
        ("<", "template-syntax", "unexpected `<`", "<"),
        ("", "template-syntax", "expected an expression", ""),
    ],
)
def test_an_expression_is_checked(expression: str, name: str, message: str, at: str) -> None:
    assert filled(expression, bare=True) == (None, True, [(name, message, at)])


def test_an_unknown_expression_is_unknown() -> None:
    assert filled("later.items", bare=True) == (None, True, [])
    assert filled("later > 3", bare=True) == (None, True, [])


def test_loop_values_are_those_of_a_loop_in_a_text() -> None:
    text = "{% for x in xs %}{{ loop }}{% endfor %}"
    for index in range(3):
        fields = (
            "{{ [loop.index, loop.index0, loop.revindex, loop.revindex0, loop.first, loop.last, loop.length] | join }}"
        )
        inside = filled(
            f"{{% for x in [7, 8, 9] %}}{{% if loop.index0 == {index} %}}{fields}{{% endif %}}{{% endfor %}}"
        )
        assert inside == filled(f"{fields}{{% if false %}}{{% endif %}}", {"loop": turn(index, [7, 8, 9])})
    assert filled(text, {"xs": [1]})[2] == [
        ("not-text", "`loop` is an object, which cannot stand inside of text", "loop")
    ]


def test_one_budget_for_a_document_is_exceeded_once() -> None:
    text = "{% for a in xs %}{% for b in xs %}.{% endfor %}{% endfor %}"
    source, log = Source("a.vidc.yaml", text), Log()
    with Budget(turns=120) as budget:
        found = [
            fill(text, {"xs": list(range(9)), "n": 1}, lambda at: at, Place(Span(source, 0, 5)), log, budget)
            for text in (text, text, text, "{{ n + 1 }}", "{{ n }}")
        ]
    assert found == [Filled("." * 81), Filled(None, True), Filled(None, True), Filled(None, True), Filled(1)]
    assert [finding.name for finding in log.findings] == ["template-too-large"]


def test_what_a_document_writes_is_counted_in_both_ways() -> None:
    source, log = Source("a.vidc.yaml", "<n>!"), Log()
    with Budget(output=25) as budget:
        found = [
            fill(text, {"n": "1234567890"}, lambda at: at, Place(Span(source, 0, 3)), log, budget)
            for text in ("<n>", "{{ n | upper }}!", "<n>!", "<n>?")
        ]
    assert found == [Filled("1234567890"), Filled("1234567890!"), Filled(None, True), Filled(None, True)]
    assert [finding.name for finding in log.findings] == ["template-too-large"]


# The two ways to fill a template give the same.

_KEYS = st.sampled_from(["title", "minutes", "tags", "items", "keys", "0", "a-b", "größe"])
_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([as_written(42, "0042"), as_written(2.1, "2.10")])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)
_NAMES = ("company", "features", "größe", "loop", "b", "first_name", "not_", "x1")
_SCOPES = st.dictionaries(st.sampled_from(_NAMES), _PLAIN | st.just(UNKNOWN), max_size=6)
_PATHS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from([*_NAMES, "compny", "_x", "self", "true", "if"]),
        st.lists(
            st.sampled_from(
                [
                    ".title",
                    ".tags",
                    ".items",
                    ".keys",
                    "[0]",
                    "[-1]",
                    "[7]",
                    "['title']",
                    '["a-b"]',
                    ".__class__",
                    ".größe",
                    ".if",
                    "[00]",
                ]
            ),
            max_size=3,
        ).map("".join),
    ),
)
_PIECES = st.one_of(
    st.builds("{{{{ {} }}}}".format, _PATHS),
    st.builds("{{{{{}}}}}".format, _PATHS),
    st.builds("<{}>".format, _PATHS),
    st.builds("\\<{}>".format, _PATHS),
    st.builds("<{} | upper>".format, _PATHS),
    st.sampled_from(
        ["{", "}", "<", ">", "\\", " ", "<b>", "</b>", "{plan}", "text", "\n", "<b | c>", "'", "a < b > c"]
    ),
)
_TEXTS = st.lists(_PIECES, max_size=6).map("".join)


def _near(text: str, scope: Mapping[str, Any]) -> frozenset[str]:
    with Budget() as budget:
        return budget.near(candidates(text) - RESERVED, scope)


def _jinja(text: str, scope: Mapping[str, Any]) -> Outcome:
    return work_out(text, False, scope, _near(text, scope), Meter(), Cache())


@settings(max_examples=600 * FUZZ, deadline=None)
@given(_TEXTS, _SCOPES)
def test_looking_up_directly_gives_what_jinja_gives(text: str, scope: dict[str, Any]) -> None:
    pieces = direct.read(text)
    found = direct.fill(pieces, scope, _near(text, scope), text) if pieces is not None else None
    if found is not None:
        by_jinja = _jinja(text, scope)
        assert repr(found) == repr(by_jinja)


@pytest.mark.parametrize(
    "text", ["<company>", "a {{ features[0].title }}", "{{ x['a-b'] }} <b>", "<compny> {a}", "\\<company>"]
)
def test_look_ups_need_no_jinja(text: str) -> None:
    pieces = direct.read(text)
    assert pieces is not None
    assert (
        direct.fill(pieces, {"company": "a", "features": [{"title": "b"}], "x": {"a-b": 1}}, frozenset(), text)
        is not None
    )


# What is worked out here is what Jinja itself makes of the same template.


class _Data(SandboxedEnvironment):
    """Jinja where `a.b` is a field of data, never a method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return super().getattr(obj, attribute) if isinstance(obj, LoopContext) else self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)


def _text(value: object) -> object:
    if value is None or isinstance(value, list | dict | tuple):
        raise TypeError
    return str(value).lower() if isinstance(value, bool) else value


def _at_once(filter: Any) -> Any:
    """Some filters of Jinja give their items one by one, which can be read only once."""

    @wraps(filter)
    def listed(*arguments: Any, **named: Any) -> Any:
        found = filter(*arguments, **named)
        return list(found) if isinstance(found, Iterator) else found

    return listed


def _default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    absent = value is None or isinstance(value, Undefined)
    return default_value if absent or (boolean and not value) else value


_REAL = _Data(undefined=StrictUndefined, keep_trailing_newline=True, finalize=_text)
_REAL.filters |= {name: _at_once(filter) for name, filter in _REAL.filters.items()}
_REAL.filters |= {"d": _default, "default": _default}

# Names for all, since Python warns of some constants when Jinja compiles them.
_ATOMS = st.sampled_from(
    [
        *["name", "n", "price", "vip", "rows", "row", "words", "nums", "empty", "ab", "zero", "two", "half"],
        *["no", "nothing", "code", "version"],
    ]
)
_FILTERS = st.sampled_from(
    """
    upper; lower; title; capitalize; trim; trim('a'); length; count; first; last; reverse; list; string; int; float; abs
    sort; sort(reverse=true); sort(attribute='size'); sort(case_sensitive=true); unique; unique(attribute='title')
    min; max; max(attribute='size'); sum; sum(attribute='size'); sum(start=2); items; wordcount; urlencode
    join; join('-'); join(', ', attribute='title'); round; round(1); round(1, 'ceil'); round(0, 'floor')
    default('x'); default('x', true); d('y'); replace('a', 'bb'); replace('a', '', 1)
    truncate(3, true, ''); truncate(5); truncate(4, false, '.', 0)
    map(attribute='title') | list; map('upper') | list; map(attribute='none', default='q') | list
    selectattr('size') | list; rejectattr('size', 'gt', 1) | list; select | list; reject('eq', 2) | list
    select('odd') | list; select('defined') | map('string') | list
    """.replace("\n", ";")
    .strip("; ")
    .split("; ")
).map(str.strip)
_FORMS = st.sampled_from(
    [
        "%s",
        "%d",
        "%.2f",
        "a %5s.",
        "%-6sb",
        "%05.1f",
        "%%",
        "%e",
        "%.3g",
        "%+d",
        "%x",
        "%.3s",
        "% d",
        "%i %s",
        "%q",
        "%",
    ]
)
_TESTS = st.sampled_from(
    """
    defined; undefined; none; boolean; true; false; integer; float; number; string; mapping; sequence; iterable; odd
    even; lower; upper; divisibleby 2; in [1, 2, 'ab']; eq 2; ne 'ab'; gt 1; le 2
    """.replace("\n", ";")
    .strip("; ")
    .split("; ")
).map(str.strip)
_PARTS = st.sampled_from(["name", "n", "price", "code", "'B c'", "row.title", "words[0]"])
_EXPRESSIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds("{} | {}".format, inner, _FILTERS),
        st.builds("({}) | {}".format, inner, _FILTERS),
        st.builds("'{}' | format({})".format, _FORMS, inner),
        st.builds("'{}{}' | format({}, {})".format, _FORMS, _FORMS, inner, inner),
        st.builds("(({}) is {})".format, inner, _TESTS),
        st.builds("({}).{}".format, inner, st.sampled_from(["title", "size", "none"])),
        st.builds("({})[{}]".format, inner, st.sampled_from(["0", "-1", "5", "'title'", "1:", ":1", "::-1"])),
        st.builds(
            "({}) {} ({})".format,
            inner,
            st.sampled_from(["+", "-", "*", "/", "//", "%", "==", "!=", "<", ">=", "in", "not in", "and", "or"]),
            inner,
        ),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("{} ~ {}".format, _PARTS, _PARTS),
        st.builds("not ({})".format, inner),
        st.builds("-({})".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'title': {}}}".format, inner),
    ),
    max_leaves=4,
)
_STATEMENTS = st.recursive(
    st.builds("{{{{ {} }}}}".format, _EXPRESSIONS)
    | st.sampled_from(["a", " b\n", "{# c #}", "{x}", "{% raw %}{{ n{% endraw %}"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, _EXPRESSIONS, inner, inner),
        st.builds(
            "{{%- for row in {} -%}}{}{{{{ loop.index }}}}{{{{ loop.last }}}} {{%- else %}}{}{{% endfor %}}".format,
            _EXPRESSIONS,
            inner,
            inner,
        ),
        st.builds("{{% for row in rows if {} %}}{}{{% endfor %}}".format, _EXPRESSIONS, inner),
    ),
    max_leaves=4,
)
_VALUES: dict[str, Any] = {
    "name": "Ann",
    "n": 3,
    "price": 9.5,
    "vip": True,
    "row": {"title": "Zero", "size": 0},
    "rows": [{"title": "One", "size": 1}, {"title": "two", "size": 2}, {"title": "One", "size": 1}],
    "words": ["b", "A", "a", "c d"],
    "nums": [3, 1, 2, 1],
    "empty": [],
    "ab": "ab",
    "zero": 0,
    "two": 2,
    "half": 0.5,
    "no": False,
    "nothing": None,
    "code": as_written(42, "0042"),
    "version": as_written(2.1, "2.10"),
}


def _really(text: str) -> str | None:
    try:
        return _REAL.from_string(text).render(_VALUES)
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, AssertionError):
        return None


@settings(max_examples=500 * FUZZ, deadline=None)
@given(_STATEMENTS.filter(lambda text: "{" in text))
def test_what_is_worked_out_is_what_jinja_makes_of_it(text: str) -> None:
    with patch.object(filters, "text_of", wraps=filters.text_of) as made:
        found = work_out(text + "!", False, _VALUES, (), Meter(), Cache())
    # Jinja writes True where we write true, so what depends on the letters of that differs.
    assume(not any(isinstance(call.args[0], bool) for call in made.call_args_list))
    if not found.faults:
        assert found == Outcome(_really(text + "!"))
    elif _really(text + "!") is not None:
        # We are stricter than Jinja, and say so.
        assert {fault.kind for fault in found.faults} <= {"template-failed", "not-text", "undefined-field"}


def _taken_out(scope: Mapping[str, Any], names_: set[str]) -> dict[str, Any]:
    return {name: UNKNOWN if name in names_ else value for name, value in scope.items()}


@settings(max_examples=400 * FUZZ, deadline=None)
@given(_STATEMENTS.filter(lambda text: "{" in text), st.sets(st.sampled_from(sorted(_VALUES))))
def test_what_is_known_of_a_text_is_part_of_it_whatever_the_rest(text: str, unknown: set[str]) -> None:
    whole = work_out(text + "!", False, _VALUES, (), Meter(), Cache())
    part = work_out(text + "!", False, _taken_out(_VALUES, unknown), (), Meter(), Cache())
    if whole.faults or part.faults:
        return
    if part.unknown:
        rest = iter(whole.value)
        assert all(character in rest for character in part.value)
    else:
        assert part == whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello.", set()),
        ("Hello <company>, {{ first.name | upper }} {plan} and <b>", {"company", "first", "b"}),
        ("\\<company>", set()),
        ("{% for f in features if f.on %}{{ f.title ~ loop.index }}{{ sep }}{% endfor %}", {"features", "sep"}),
        ("{% if a is defined and not b.c %}{{ x['d'] }}{% elif e == 'f' %}{% endif %}", {"a", "b", "x", "e"}),
        ("{{ a | default(b, boolean=c) | join(d=e) }}", {"a", "b", "c", "e"}),
        ("{% raw %}{{ a }}{% endraw %}{# {{ b }} #}{{ c }}", {"c"}),
        ("<a | default(b)>", {"a", "b"}),
        ("{{ '}} {{ a' ~ b }}", {"b"}),
    ],
)
def test_the_names_of_a_text(text: str, found: set[str]) -> None:
    assert names(text) == found


def test_the_page_of_what_may_not_be_used_lists_what_may() -> None:
    load_problems()
    page = PAGES["template-not-allowed"].text
    part = page[page.index("Filters,") : page.index("Tests behind")]
    assert re.findall(r"`(\w+)`", part) == sorted(filters.FILTERS)
    asked = page[page.index("Tests behind") : page.index("bad:")]
    assert re.findall(r"`(\w+)`", asked) == ["is", *sorted(name for name in QUESTIONS if name.isalpha())]


def test_the_names_of_an_expression() -> None:
    assert names_of("features | selectattr('minutes', 'gt', limit) and not x.y") == {"features", "limit", "x"}


@settings(max_examples=300 * FUZZ, deadline=None)
@given(_STATEMENTS)
def test_the_names_of_a_text_are_those_that_jinja_finds(text: str) -> None:
    undeclared = find_undeclared_variables(_REAL.parse(text))
    # One name may be a loop's in one place of a text and a variable in another.
    assert names(text) - {"row"} == undeclared - {"row"}
