"""instead: what a spec writes for the filters, functions, methods and operators of other languages."""

from __future__ import annotations

from re import Match, fullmatch, search, sub

from vidc.clock import read_time
from vidc.problems.wording import counted

from .filters import FILTERS

LONGEST = 60
"""Limit: characters of a piece of the template that a help repeats."""

_FORMS = {
    "append": "{0} ~ {1}",
    "contains": "{1} in {0}",
    "default": "{0} | default({1})",
    "divide": "{0} / {1}",
    "first": "{0} | first",
    "float": "{0} | float",
    "get": "{0}[{1}] | default('')",
    "ceil": "{0} | round(0, 'ceil') | int",
    "int": "{0} | int",
    "items": "{0} | items",
    "join": "{0} | join({1})",
    "keys": "{0} | list",
    "last": "{0} | last",
    "length": "{0} | length",
    "lower": "{0} | lower",
    "map": "{0} | map(attribute={1})",
    "minus": "{0} - {1}",
    "modulo": "{0} % {1}",
    "plus": "{0} + {1}",
    "prepend": "{1} ~ {0}",
    "replace": "{0} | replace({1}, {2})",
    "reverse": "{0} | reverse",
    "select": "{0} | selectattr({1}, 'eq', {2})",
    "sort": "{0} | sort",
    "string": "{0} | string",
    "substring": "{0}[{1}:{2}]",
    "times": "{0} * {1}",
    "title": "{0} | title",
    "capitalize": "{0} | capitalize",
    "trim": "{0} | trim",
    "truncate": "{0} | truncate({1})",
    "unique": "{0} | unique",
    "upper": "{0} | upper",
    "urlencode": "{0} | urlencode",
    "values": "{0} | items | map(attribute='1')",
}
"""How each is written: of a value, and of what it is told."""

_LACKING = {"default": "''", "join": "', '", "map": "'title'", "replace": "''", "select": "'title'", "truncate": "40"}
"""What is told where nothing is."""

_ALIKE = {
    "append": "append concat add strcat",
    "capitalize": "ucfirst capfirst upperfirst capitalizefirst",
    "contains": "contains includes has indexof",
    "default": "ifnull isnull coalesce fallback orelse nvl ifempty",
    "divide": "dividedby divide div",
    "float": "parsefloat tofloat double",
    "get": "get getattr",
    "int": "parseint toint tointeger integer intval tonumber number floor",
    "items": "entries dictitems",
    "join": "implode joinwith",
    "keys": "keys",
    "length": "len size strlen cardinality",
    "lower": "lowercase downcase tolower tolowercase strtolower lcase",
    "map": "pluck collect",
    "minus": "minus subtract",
    "modulo": "modulo mod",
    "plus": "plus",
    "prepend": "prepend",
    "replace": "replaceall gsub strreplace regexreplace",
    "reverse": "reversed",
    "select": "where filter filterby findby",
    "sort": "sorted sortby orderby",
    "string": "str tostring text",
    "substring": "substring substr mid",
    "times": "times multiply multipliedby",
    "title": "titlecase titleize capwords ucwords totitlecase propercase initcap",
    "trim": "strip lstrip rstrip trimstart trimend chomp",
    "truncate": "limit ellipsis shorten abbreviate excerpt truncatechars",
    "unique": "uniq distinct dedupe",
    "upper": "uppercase upcase toupper touppercase strtoupper ucase",
    "urlencode": "encodeuricomponent encodeuri urlescape urlquote",
    "values": "values",
}
_FIELDS = {
    "filterby": "{0} | selectattr({1})",
    "orderby": "{0} | sort(attribute={1})",
    "sortby": "{0} | sort(attribute={1})",
    "where": "{0} | selectattr({1})",
}
"""Those that are told a field."""
_MEANT = {word: form for form, words in _ALIKE.items() for word in words.split()}

_DECIMALS = (
    "numberformat tofixed fixed decimal decimals money currency tocurrency formatnumber formatcurrency floatformat",
    "stringformat tomoney price sprintf numfmt tolocalestring format",
)
_FORMATS = frozenset(" ".join(_DECIMALS).split())
"""What writes a number with so many decimals."""

_HELPS = {
    "a spec must always give the same video: pass it with `--var`": (
        "now today date strftime datetime time timestamp formatdate dateformat"
    ),
    "a spec must always give the same video": "random rand shuffle uuid choice",
    "nothing is escaped here, so leave it out": (
        "e escape safe nl2br striptags raw html htmlescape escapehtml markdown unescape"
    ),
    "text is spoken or shown as it is; write the fields that you need": "tojson",
    "give the value as a list: `[one, two]`": "split explode",
    "take slices of the list, such as `features[:3]`": "batch chunk slice",
    "write `items | sort(attribute='0')` over the pairs of `| items`": "dictsort",
    "write `selectattr('field', 'eq', value)` for each group": "groupby",
    "write `value.field`": "attr",
    "write `'day' if count == 1 else 'days'`": "pluralize plural",
    "loop over the list itself; the number of the turn is `loop.index`": "enumerate",
    "write the numbers as a list, such as `[1, 2, 3]`": "range",
}
_WORDS = {word: help for help, words in _HELPS.items() for word in words.split()}
_EDGES = {"startswith": "{0}[:N] == {1}", "endswith": "{0}[-N:] == {1}"}
_FIRST = frozenset(("first", "head", "take", "limit"))


def told(name: str, value: str, arguments: list[str]) -> str:
    """What to write for a filter, a function or a method of another language; empty where that is not known.

    `value`: what it was asked of, as written; empty where that is not known. `arguments`: what it was told.
    """
    bare = name.lower().replace("_", "")
    ends = [value, *arguments]
    if bare == "range" and len(ends) < 3 and all(fullmatch(r"[0-9]{1,4}", one) for one in ends):
        first, last = (0, *map(int, ends))[-2:]
        return f"write the numbers as a list: `{counted(first, last - 1)}`"
    if bare in _WORDS:
        return _WORDS[bare]
    if bare in _FORMATS:
        return _formatted(value, arguments)
    if bare in _FIRST and arguments and arguments[0].isdecimal():
        return _written(f"{{0}}[:{arguments[0]}]", value, [])
    if bare == "last" and arguments and arguments[0].isdecimal():
        return _written(f"{{0}}[-{arguments[0]}:]", value, [])
    if bare in ("min", "max", "sum") and len(arguments) > 1 and bare == name:
        return _piped(f"[{', '.join(arguments)}]", bare)
    if bare in _EDGES:
        size = len(arguments[0]) - 2 if arguments and arguments[0][:1] in ("'", '"') else "..."
        return _written(_EDGES[bare].replace("N", str(size)), value, arguments)
    if bare in _FIELDS and len(arguments) == 1:
        return _written(_FIELDS[bare], value, arguments)
    form = _MEANT.get(bare) or (bare if bare in _FORMS else "")
    if form:
        return _written(_FORMS[form], value, arguments, _LACKING.get(form, "..."))
    brackets = f"({', '.join(arguments)})" if arguments else ""
    return _piped(value, name + brackets) if name in FILTERS else ""


def _formatted(value: str, arguments: list[str]) -> str:
    """The help for a number with as many decimals as was told, two for none; or for a text with places for values, as
    in `'%d'.format(count)`."""
    if value[:1] in ("'", '"'):
        form = sub(r"\{[^{}:]*(?::[^{}]*?(\.[0-9]f|d)?)?\}", _place, value)
        return _piped(form, f"format({', '.join(arguments) or '...'})")
    counts = (fullmatch(r"[0-9]", argument) or search(r"\.([0-9])f", argument) for argument in arguments)
    decimals = next((found[found.re.groups] for found in counts if found), "2")
    return f"write `'%.{decimals}f' | format({_shown(value) or '...'})`"


def _place(braces: Match[str]) -> str:
    return f"%{braces[1] or 's'}"


def _shown(value: str) -> str:
    return value if len(value) <= LONGEST and value.isprintable() else ""


def _piped(value: str, filter: str) -> str:
    return _written("{0} | {1}", value, [filter])


def _whole(text: str) -> str:
    """An expression as a part of another one, in brackets where it takes them."""
    return f"({text})" if search(r"[-+*/~%<>=!]|\b(?:and|or|not|if|in|is)\b", _bare(text)) else text


def _bare(text: str) -> str:
    """An expression without the texts in it, and without what stands in brackets."""
    return sub(r"\([^()]*\)", "", sub(r"'[^']*'|\"[^\"]*\"", "''", text))


def _written(form: str, value: str, arguments: list[str], lacking: str = "...") -> str:
    """The help, in which a value that is long or not known is left out."""
    known = _whole(_shown(value))
    shown = [_shown(argument) or "..." for argument in arguments]
    if "|" not in form:
        shown = list(map(_whole, shown))
    filled = form.format(known or "...", *shown, *[lacking] * 3)
    return f"write `{filled.removeprefix('... ') if not known and '|' in form else filled}`"


def of_operator(operator: str, whole: str, operand: str, other: str, value: str) -> str:
    """What to write where an operator needs numbers and has a text. `whole`: the expression; `operand`: the text in
    it, and `other` what stands beside that, all as written."""
    is_quoted = operand[:1] in ("'", '"')
    time = read_time(value)
    number = fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", value)
    if operator == "+" and not number and time is None:
        return f"texts are joined by `~`: write `{joined}`" if (joined := _joined(whole)) else "texts are joined by `~`"
    if operator == "%" and is_quoted:
        return f"write `{operand} | format({other or '...'})`"
    if time is not None and operand.isidentifier():
        return f"declare it with `type: time`, which counts in ms: `{operand}: {{type: time, default: {value}}}`"
    if number and not is_quoted and len(operand) <= LONGEST:
        kind = "float" if number[1] else "int"
        return f"write `{operand} | {kind}`, or its value without quotes" + ("; `~` joins texts" * (operator == "+"))
    if search("[0-9]", value):
        return "give it a number alone, without signs or units, such as `12`"
    return f"`{operator}` counts: give it a number"


def _joined(whole: str) -> str:
    """The expression with `~` for each `+`; empty where one of them may be meant to add numbers."""
    bare = _bare(whole)
    if len(whole) > LONGEST or search(r"[-*/%()]|\b[0-9]", bare) or bare.count("+") != whole.count("+"):
        return ""
    return whole.replace("+", "~")
