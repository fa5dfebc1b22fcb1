"""What can be wrong with the templates inside of texts.

Long because each finding carries its page.
"""

from __future__ import annotations

from collections.abc import Collection

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Words

from .wording import listed, meant, short

_OF_LISTS = {
    **dict.fromkeys(("length", "len", "size", "count"), "length"),
    **{name: name for name in ("first", "last", "reverse", "sort", "unique")},
    "join": "join(', ')",
}
_OF_TEXTS = {
    **dict.fromkeys(("length", "len", "size"), "length"),
    **dict.fromkeys(("upper", "toUpperCase", "upcase"), "upper"),
    **dict.fromkeys(("lower", "toLowerCase", "downcase"), "lower"),
    **{name: name for name in ("capitalize", "trim")},
}
"""The filters that are asked for as if they were fields."""
_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


@problem("error")
def undefined_name(
    at: Place,
    name: str,
    near: str,
    known: Collection[str],
    is_word: bool = False,
    help: str = "",
) -> Words:
    """A template uses a name that is not defined where it stands.

    Names are the variables of the spec, the parameters of the component that the text stands in, and the names of the
    loops around it. A component sees its own parameters and the spec's variables, not the loops around its use. A name
    in a branch that is not taken counts as well, since other values will take it. A word that something is compared
    with stands in quotes: `plan == 'Team'`.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to {{ compny }}.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to {{ company }}.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    name = short(name)
    others = f"defined here: {listed(known)}" if known else f"declare it: `variables: {{{name}: ...}}`"
    if is_word:
        others = f"a word is written in quotes: `'{name}'`; {others}"
    if name.lower() in ("null", "nil", "undefined") and not near:
        others = "write `none`"
    if name.lower() in _TRUTHS and not near:
        others = f"write `{_TRUTHS[name.lower()]}`: only `true` and `false` are truths here"
    return Words(f"`{name}` is not defined", at, help=help or meant(near) or others)


@problem("error")
def undefined_field(
    at: Place,
    owner: str,
    field: str,
    kind: str,
    held: str,
    near: str,
    fields: tuple[str, ...],
    labels: tuple[Label, ...] = (),
    instead: str = "",
    repairs: tuple[Repair, ...] = (),
) -> Words:
    """A template asks a value for a field or an item that it does not have.

    A field that only some items have takes a default: `{{ feature.note | default('') }}`. A field that the value of a
    variable names stands in brackets: `{{ hello[language] }}`.

    bad:

    ```yaml
    variables:
      product: {title: Reports, image: https://cdn.example.com/r.png}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: This is <product.titel>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables:
      product: {title: Reports, image: https://cdn.example.com/r.png}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: This is <product.title>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    message, help = _not_there(short(owner), short(field), kind, held, near, fields)
    return Words(message, at, labels, instead or help, repairs=repairs)


def _not_there(owner: str, field: str, kind: str, held: str, near: str, fields: tuple[str, ...]) -> tuple[str, str]:
    """Message and help, by what was asked."""
    filters = {"a list": _OF_LISTS, "text": _OF_TEXTS}.get(kind, {})
    if field in filters:
        counted = f"`{owner}` is a list of {held}" if kind == "a list" else f"`{owner}` is text"
        return f"{counted}, so it has no field `{field}`", f"write `{owner} | {filters[field]}`"
    if kind == "a list":
        counted = f"`{owner}` is a list of {held}"
        if field.lstrip("-").isdecimal():
            return f"{counted}, so it has no item `{field}`", "the first is `[0]`, the last `[-1]`"
        return f"{counted}, so it has no field `{field}`", f"take one item: `{owner}[0].{field}`"
    if kind == "an object":
        if owner == "loop":
            return f"`loop` has no field `{field}`", meant(near) or f"it has {listed(fields)}"
        either = f"give it one, or write `{owner}.{field} | default('')`"
        there = f"it has {listed(fields)}" if fields else "it is empty"
        return f"`{owner}` has no field `{field}`", meant(near) or f"{there}; {either}"
    help = f"say what stands for it: `{owner} | default('')`" if kind == "nothing" else f"write `{owner}` alone"
    return f"`{owner}` is {kind}, so it has no field `{field}`", help


@problem("error")
def not_text(at: Place, what: str, kind: str, choices: tuple[str, ...] = (), labels: tuple[Label, ...] = ()) -> Words:
    """A list, an object or nothing stands where a template makes text.

    A list or an object has no form in which it could be spoken or shown, and nothing (`null`) would be said as a word
    that nobody wrote. Alone in its field such a value is fine: it keeps its type.

    bad:

    ```yaml
    variables: {topics: [Reports, Alerts]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Today we look at <topics>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {topics: [Reports, Alerts]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Today we look at <topics | join(' and ')>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    what = short(what)
    if kind == "nothing":
        return Words(f"`{what}` has no value here", at, help=f"say what stands for it: `{what} | default('')`")
    help = f"write `{what} | join(', ')`, or one item of it" if kind == "a list" else "write one of its fields"
    if choices and kind != "a list":
        help = f"write one of its fields: {listed([f'{what}.{name}' for name in choices])}"
        if "value" in choices and not {"description", "label", "required", "title"}.isdisjoint(choices):
            help = f"to declare `{what}` so, write `default` for its `value`; or {help}"
    elif choices:
        right = f"{what}: {{type: string, choices: [{', '.join(choices)}], default: {choices[0]}}}"
        help = f"write `{what} | join(', ')` for all of it; if it is one of these, declare it so: `{right}`"
    return Words(f"`{what}` is {kind}, which cannot stand inside of text", at, help=help, labels=labels)


@problem("error")
def template_syntax(at: Place, why: str, help: str) -> Words:
    """A template cannot be read.

    `{{ ... }}` holds one expression, `{% if ... %}` ends with `{% endif %}` and `{% for ... %}` with `{% endfor %}`.
    For the characters themselves write `{% raw %}{{{% endraw %}`, or `{{ '{{' }}`.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to {{ company }.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to {{ company }}.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    return Words(short(why), at, help=help or "write one expression, such as `{{ name }}` or `{{ name | upper }}`")


@problem("error")
def template_not_allowed(at: Place, what: str, help: str) -> Words:
    """A template uses a part of Jinja that a spec may not use.

    A spec may come from anyone, so its templates can look values up, compare them, count with them, filter them, choose
    and repeat. They cannot call, define or include anything, and nothing in them can grow beyond the values given.

    Filters, each as in Jinja: `abs`, `capitalize`, `count`, `d`, `default`, `first`, `float`, `format`, `int`,
    `items`, `join`, `last`, `length`, `list`, `lower`, `map`, `max`, `min`, `reject`, `rejectattr`, `replace`,
    `reverse`, `round`, `select`, `selectattr`, `sort`, `string`, `sum`, `title`, `trim`, `truncate`, `unique`,
    `upper`, `urlencode`, `wordcount`. A price with two decimals is `{{ '%.2f' | format(price) }}`.

    Tests behind `is`: `boolean`, `defined`, `divisibleby`, `eq`, `equalto`, `even`, `false`, `float`, `ge`,
    `greaterthan`, `gt`, `in`, `integer`, `iterable`, `le`, `lessthan`, `lower`, `lt`, `mapping`, `ne`, `none`,
    `number`, `odd`, `sequence`, `string`, `true`, `undefined`, `upper`.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to {{ company.upper() }}.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to {{ company | upper }}.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    help = help or "write the value itself, or put it in a variable"
    return Words(f"{short(what)} may not be used in a spec", at, help=help)


@problem("error")
def template_failed(at: Place, why: str, help: str) -> Words:
    """A template cannot be worked out with the values that it has.

    Numbers and texts are told apart: `+`, `-`, `*`, `/`, `//` and `%` work on numbers, `~` joins texts, and only like
    is compared with like.

    bad:

    ```yaml
    variables: {price: "12", months: 3}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: That is {{ price * months }} dollars.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {price: 12, months: 3}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: That is {{ price * months }} dollars.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    return Words(why, at, help=help or "look at the values that it is given, and at its names")


_LESS = "let its loops turn less often, or write the text out"
_SPLIT = "make several texts or variables of it"
_LARGE = {
    "expression": ("this expression has more than 500 parts, or the text more than 20,000", _SPLIT),
    "nesting": ("this is nested more than 20 deep", _SPLIT),
    "number": ("this number has too many digits", "write fewer, or the number as text in quotes"),
    "output": ("the templates of this document write more than 5,000,000 characters", _LESS),
    "steps": ("the templates of this document take more than 2,000,000 steps", _LESS),
    "stopped": ("this template was stopped, since it took too much time or memory", _LESS),
    "template": ("this template is longer than 100,000 characters, or has too many parts", _SPLIT),
    "text": ("the filled text is longer than 100,000 characters", "shorten what is filled in, or make several scenes"),
    "turns": ("the loops in the templates of this document turn more than 100,000 times", _LESS),
    "value": ("this value has more than 100,000 parts or 1,000,000 characters", "take fewer items, or shorter ones"),
}


@problem("error")
def template_too_large(at: Place, what: str) -> Words:
    """A template is too large, or makes too much.

    What the templates of one document may cost is bounded, so that no spec can hold up the machine that reads it. No
    script that is spoken comes near the bounds. Where the whole document costs too much, this is said once, and the
    templates after it are left out.

    bad:

    ```yaml
    variables: {digits: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: >-
              {% for a in digits %}{% for b in digits %}
              {% for c in digits %}{% for d in digits %}
              {% for e in digits %} No. {% endfor %}
              {% endfor %}{% endfor %}
              {% endfor %}{% endfor %}
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {digits: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: "{% for a in digits %}{{ a }}, {% endfor %}and so on."
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    message, help = _LARGE.get(what, _LARGE["stopped"])
    return Words(message, at, help=help)
