"""What can be wrong with the variables of a spec: their declarations and their values."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Label, Place, Words
from vidc.record import replace
from vidc.source import Span

from .template import not_text
from .wording import MAX_LISTED, MAX_SHOWN, kind_of, listed, meant, quoted, short

_FORMS = {
    "url": "it begins with `https://`",
    "time": "write it as `500ms`, `2s`, `2.5s` or `1m30s`",
    "boolean": "it is `true` or `false`",
    "string": "put it in quotes",
    "number": "write a number, without quotes or units",
    "list": "write it as `[one, two]`",
    "object": "write it as `{name: value}`",
}
"""How a value of each type is written."""
_TRUTHS = {
    **dict.fromkeys(("yes", "on", "y", "1", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "0", "false"), "false"),
}
"""Words that other versions of YAML take for truths."""
_BOUNDS = {
    "max_length": "shorten it, or raise `max_length`",
    "min_length": "make it longer, or lower `min_length`",
    "choices": "choose one of them, or add it to `choices`",
    "minimum": "write a larger number, or lower `minimum`",
    "maximum": "write a smaller number, or raise `maximum`",
}
"""What to do about each bound."""


@problem("error")
def bad_variable_name(at: Place, name: str, reserved: bool, right: str = "", is_service: bool = False) -> Words:
    """A variable has a name that a template cannot use.

    A name is letters, digits and underscores and does not begin with a digit. Words of the template language, such as
    `loop` and `in`, are taken. Nothing more is said of the places where it is used.

    bad:

    ```yaml
    variables: {first-name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    variables: {first_name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <first_name>.}
    ```
    """
    if reserved:
        help = f"choose another name, such as `my_{short(name)}`"
        return Words(f"`{short(name)}` is a word of the template language", at, help=help)
    if is_service:
        return Words(f"`{short(name)}` cannot be a name", at, help=f"write `{right}` here, and `{{{right}}}` in texts")
    help = "use the letters a to z, digits and underscores, such as `first_name`"
    owner, dot, field = name.partition(".")
    if right and dot and owner.isidentifier() and field.isidentifier():
        help = f"write `{short(owner)}: {{{short(field)}: ...}}` for `<{short(name)}>`"
    elif name[:1].isdigit():
        help = "begin it with a letter, such as `first_name`"
    elif right:
        help = f"write `{short(right)}` here, and `<{short(right)}>` where it is used"
    return Words(f"`{short(name)}` cannot be a name", at, help=help)


@problem("error")
def unknown_declaration_key(at: Place, name: str, near: str, known: tuple[str, ...], kind: str = "") -> Words:
    """A variable's declaration has a key that means nothing, or nothing for its type.

    A declaration has `type`, `required`, `default`, `example`, `description`, `max_length`, `min_length`, `choices`,
    `minimum` and `maximum`. The lengths are those of texts and
    lists, `minimum` and `maximum` those of numbers and times.

    bad:

    ```yaml
    variables: {company: {type: string, requierd: true}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```

    good:

    ```yaml
    variables: {company: {type: string, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```
    """
    help = meant(near) or f"it has {listed(known)}"
    if name in ("nullable", "optional"):
        help = "remove it: no variable is required but by `required: true`"
    if kind:
        help = f"write `{near}`" if near else "remove it"
        return Words(f"`{short(name)}` means nothing for `type: {kind}`", at, help=help)
    return Words(f"a declaration has no key `{short(name)}`", at, help=help)


def declared_fields(at: Place, right: str, gone: Collection[str]) -> Finding:
    """The declaration of an object has the `properties` of a JSON Schema. `right`: the default that they make, empty
    where there is one. `gone`: the keys that mean nothing."""
    place = "its place" if len(gone) == 1 else f"the place of {listed(gone)}"
    what = "it" if len(gone) == 1 else listed(gone)
    help = f"write `{right}` in {place}" if right else f"remove {what}: the fields of an object are those of its value"
    found = unknown_declaration_key(at, "properties", "", ())
    return replace(found, words=replace(found.words, help=help))


@problem("error")
def unknown_type(at: Place, name: str, near: str, known: tuple[str, ...]) -> Words:
    """A variable is declared with a type that does not exist.

    Types are `string`, `number`, `boolean`, `list`, `object`, `url` and `time`.

    bad:

    ```yaml
    variables: {company: {type: strin, required: true}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```

    good:

    ```yaml
    variables: {company: {type: string, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```
    """
    return Words(f"there is no type `{short(name)}`", at, help=meant(near) or f"types are {listed(known)}")


@problem("error")
def wrong_variable_type(at: Place, name: str, kind: str, value: object, declared: Span, choice: str = "") -> Words:
    """A variable's value is not of the type that it was declared with.

    The type says what the value is used for, and a wrong one would fail there with a worse message, or be said aloud.
    From the command line everything comes as text, and is read as the type says.

    bad:

    ```yaml
    variables: {count: {type: number, default: many}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: You have <count> tasks.}
    ```

    good:

    ```yaml
    variables: {count: {type: number, default: 3}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: You have <count> tasks.}
    ```
    """
    found = f"{kind_of(value)}" + (f" `{short(value)}`" if isinstance(value, str) else "")
    label = () if declared == at.span else (Label(declared, f"declared as {kind} here" if kind else "declared here"),)
    help = choice or _FORMS.get(kind, "")
    if kind == "boolean" and str(value).lower() in _TRUTHS:
        help = f"write `{_TRUTHS[str(value).lower()]}`"
    what = f"is {'an' if kind == 'object' else 'a'} {kind}" if kind else "takes a value"
    return Words(f"`{short(name)}` {what}, and this is {found}", at, label, help)


@problem("error")
def variable_out_of_bounds(at: Place, name: str, breach: str, bound: str, declared: Span) -> Words:
    """A variable's value breaks a bound of its declaration.

    `max_length` keeps a name from running out of its box and a text from running out of its time.

    bad:

    ```yaml
    variables: {company: {type: string, max_length: 5, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```

    good:

    ```yaml
    variables: {company: {type: string, max_length: 20, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```
    """
    label = () if declared == at.span else (Label(declared, "declared here"),)
    return Words(f"the value of `{short(name)}` {breach}", at, label, _BOUNDS[bound])


@problem("warning")
def type_as_text(at: Place, name: str, kind: str, labels: tuple[Label, ...] = ()) -> Words:
    """The value of a variable or a parameter is the name of a type.

    `team: string` gives the variable the text `string`, which is then said or shown. A declaration is a mapping with
    `type`. Where the word itself is meant, quotes say so.

    bad:

    ```yaml
    variables: {company: string}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```

    good:

    ```yaml
    variables: {company: {type: string, required: true, example: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```
    """
    help = f"declare it as `{short(name)}: {{type: {kind}, required: true}}`; if it is the text, write `'{kind}'`"
    return Words(f"the value of `{short(name)}` is the text `{kind}`", at, labels, help)


@problem("error")
def variable_cycle(at: Place, path: list[str]) -> Words:
    """The default of a variable uses the variable itself, perhaps through others.

    Neither value can be worked out before the other. Write one of them out.

    bad:

    ```yaml
    variables: {greeting: "Hello <name>", name: "<greeting>"}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "<greeting>"}
    ```

    good:

    ```yaml
    variables: {greeting: "Hello <name>", name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "<greeting>"}
    ```
    """
    message = "a variable needs its own value: " + " uses ".join(f"`{short(name)}`" for name in path)
    return Words(message, at, help="write one of these values out")


@problem("error")
def undeclared_variable(at: Place, name: str, near: str, served: Collection[str] = ()) -> Words:
    """A value was given for a name that the spec does not declare.

    It would be used nowhere. `--var`, `--vars` and `with` give values to declared names only. A file of values has the
    names at its top, as in `company: Northwind`. The service's values stand in the spec, and take what is given by a
    variable: `dynamicVariables: {city: <city>}`.
    """
    help = meant(near) or "declare it under `variables:`"
    if served:
        right = " and ".join(f"`{short(one)}: <{short(one)}>`" for one in islice(served, MAX_LISTED))
        help = f"declare {listed(served)} under `variables`, and write {right} under `dynamicVariables`"
        help += "" if name in served else f" of the spec; here remove `{name}:`, with the names at the top"
        return Words(f"no variable `{short(name)}` is declared", at, help=help)
    if name in ("variables", "vars", "values") and at.span.source.path != "--var":
        help = f"a file of values has the names at its top: remove `{name}:`, and the blanks before the lines below it"
    if name.strip() and name != name.strip() and at.span.source.path == "--var":
        value = short(at.span.source.text.partition("=")[2].strip())
        help = f"no blank stands around it: write `--var {quoted(f'{short(name)}={value}')}`"
        return Words(f"a blank stands before the `=` behind `{short(name)}`", at, help=help)
    return Words(f"no variable `{short(name)}` is declared", at, help=help)


def declared_again(at: Place, name: str, value: str) -> Finding:
    """A file of values holds a declaration. `value`: its default as it is written."""
    written = value if value.isprintable() and 0 < len(value) <= MAX_SHOWN else "..."
    found = wrong_variable_type(at, name, "", {}, at.span)
    message = f"this declares `{short(name)}`, and a file of values has its value alone"
    return replace(found, words=replace(found.words, message=message, help=f"write `{short(name)}: {written}`"))


def valueless(at: Place, name: str, help: str, labels: tuple[Label, ...]) -> Finding:
    """A variable has no value, and texts need one of it."""
    found = not_text(at, name, "nothing")
    message = f"`{short(name)}` has no value, and texts need one of it"
    return replace(found, words=replace(found.words, message=message, help=help, labels=labels))


@problem("error")
def misplaced_declaration(at: Place, name: str, default: str, labels: tuple[Label, ...] = ()) -> Words:
    """A value of `dynamicVariables` is written like the declaration of a variable.

    `dynamicVariables` holds the values that the service puts in for `{name}`: names and their texts, no more. A
    variable with a type, a default or an example is one of the spec's own. It is declared under `variables`, and used
    as `<name>`.

    bad:

    ```yaml
    dynamicVariables: {team: {type: string, default: Sales}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {team}."}
    ```

    good:

    ```yaml
    variables: {team: {type: string, default: Sales}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <team>.}
    ```
    """
    help = f"move it under `variables:`, and write `<{short(name)}>` in texts"
    if default:
        help += f"; or write its text alone: `{short(name)}: {default}`"
    return Words(f"`{short(name)}` is declared here, where its text should be", at, labels, help)


@problem("warning")
def unsent_variables(at: Place, names: Collection[str]) -> Words:
    """A job made of a template declares variables and sends none of them.

    `variables` are the spec's own, filled before anything is sent. A saved job takes `dynamicVariables`.

    bad:

    ```yaml
    templateJobId: 5f0c8a2e
    variables: {team: Northwind}
    ```

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    variables: {team: Northwind}
    dynamicVariables: {team: <team>}
    ```
    """
    sent = ", ".join(f"{short(name)}: <{short(name)}>" for name in islice(names, MAX_LISTED))
    verb = "is" if len(names) == 1 else "are"
    return Words(f"{listed(names)} {verb} not sent to the template", at, help=f"write `dynamicVariables: {{{sent}}}`")


@problem("error")
def missing_variable(at: Place, name: str, draft: bool) -> Words:
    """A required variable has no value.

    Give one with `--var name=value` or `--vars FILE`. While linting this is a note: the spec is checked for every
    value, and the length of a text with an unknown part has no upper bound. An `example` in the declaration gives lint
    a value to work with.

    good:

    ```yaml
    variables: {company: {type: string, required: true, example: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```
    """
    name = short(name)
    if draft:
        help = f"add `example:` to its declaration, or pass `--var {name}=...`"
        return Words(
            f"`{name}` has no value here, so lengths that depend on it are open", at, help=help, severity="note"
        )
    return Words(f"`{name}` is required and has no value", at, help=f"pass `--var {name}=...`, or a file with `--vars`")


@problem("note")
def example_used(at: Place, name: str) -> Words:
    """A required variable has no value, and its example stands in.

    Lint, timeline, render and previews use examples. Compiling and sending never do.

    bad:

    ```yaml
    variables: {company: {type: string, required: true, example: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```

    good:

    ```yaml
    variables: {company: {type: string, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello <company>.}
    ```
    """
    name = short(name)
    help = f"pass its value when you compile: `--var {name}=...`"
    return Words(f"`{name}` has no value here, and its example stands in", at, help=help)


@problem("note")
def unused_variable(at: Place, name: str) -> Words:
    """A variable is declared, and nothing in the spec names it.

    Most often a text lost it, or it was meant for the service: `{name}` is filled with what stands under
    `dynamicVariables`, not with a variable. It is a note, as values from elsewhere may need a declaration all the same.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Welcome,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Welcome to <company>,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```
    """
    return Words(
        f"nothing names the variable `{short(name)}`",
        at,
        help=f"write `<{short(name)}>` where it is meant, or remove it",
    )
