"""What can be wrong with the brackets and braces around a name."""

from __future__ import annotations

from re import sub

from vidc.diag.catalog import problem
from vidc.diag.finding import Place, Words

from .quoting import in_place
from .wording import MAX_SHOWN, OR_TEXT, respelled, short


@problem("warning")
def misspelt_name(at: Place, name: str, near: str) -> Words:
    """Text in angle brackets is nearly the name of a variable, but not quite.

    Angle brackets are a template only around a name that is defined. Anything else is text, which the actor then says
    as it stands, and so is a name with blanks or dashes in its brackets. Where it is meant as text, a backslash before
    it says so: `\\<compny>`.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Welcome to <compny>.
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
            text: Welcome to <company>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    name = short(name)
    if name.startswith("<<"):
        message = f"`{name}` keeps one pair of its brackets around the value"
        return Words(message, at, help=f"write `<{short(near)}>`", severity="error")
    if name.startswith("<"):
        signs = "blanks" if " " in name else "dashes" if "-" in name else "a dot in front"
        why = "it begins with a dot" if signs == "a dot in front" else f"it holds {signs}"
        help = f"a variable is written without {signs}: `<{short(near)}>`"
        return Words(f"`{name}` is text as it stands, since {why}", at, help=help)
    return Words(
        f"`<{name}>` is text as it stands, since no variable has that name",
        at,
        help=f"did you mean `<{short(near)}>`?{OR_TEXT}`\\<{name}>`",
    )


@problem("warning")
def unfilled_name(
    at: Place, name: str, rest: str, in_component: bool, outer: str, served: str, instead: str = ""
) -> Words:
    """A name in angle brackets is the name of nothing, and stays text.

    Angle brackets are a template only around a name that is defined: a variable, a parameter of the component, the name
    of a loop. Any other text in them is said or shown as it stands. Where it is meant so, a backslash says it:
    `\\<branch>`.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Hello <first_name>, welcome to <company>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {company: Northwind, first_name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Hello <first_name>, welcome to <company>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    name = short(name)
    message = f"`<{name}{short(rest)}>` is text as it stands, since nothing here is called `{name}`"
    if outer:
        return Words(message, at, help=outer)
    part, value = ("parameters", "{type: string}") if in_component else ("variables", _holding(rest))
    help = f"declare it: `{part}: {{{name}: {value}}}`;"
    if served:
        help = f"did you mean `{{{short(served)}}}`?"
    help = f"{instead};" if instead else help
    return Words(message, at, help=f"{help}{OR_TEXT}`\\<{name}{short(rest)}>`")


def _holding(path: str) -> str:
    """A value that has what stands at a path: `{address: {city: ...}}` for `.address.city`."""
    value = "..."
    for field in reversed(path.split(".")[1:] if "[" not in path and len(path) <= MAX_SHOWN else ()):
        value = f"{{{field}: {value}}}"
    return value


@problem("warning")
def worked_in_brackets(at: Place, inside: str, help: str = "") -> Words:
    """An expression stands in angle brackets, which hold no more than a name.

    `<name>`, `<name.field>` and `<name | filter>` are templates. What calls, counts or chooses stands in double braces,
    and in angle brackets it is text, which is said or shown as it stands.

    bad:

    ```yaml
    variables: {count: 3}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: This is task <count + 1>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    variables: {count: 3}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: "This is task {{ count + 1 }}."
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    inside = short(inside)
    message = f"`<{inside}>` is text as it stands, since it is more than a name"
    if "<" in inside:
        inside = sub(r"\.<(\w+)>|\[<(\w+)>\]", r"[\1\2]", inside)
    name, _, filter = inside.partition(" ")
    right = f"<{name} | {filter}>" if filter.isalpha() else f"{{{{ {inside} }}}}"
    help = help or f"write {in_place(right, at.span)}"
    return Words(message, at, help=help)


@problem("warning")
def unfilled_loop(at: Place, path: str, passed: str) -> Words:
    """The number of a loop's turn is asked for where no loop is.

    `loop.index` and its like are known on the scene or the track that has `for`, and in what stands in it. A component
    does not see the loop around its use: pass what it needs in `with`.

    bad:

    ```yaml
    variables: {features: [Reports, Alerts]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: "Feature <loop.index>",
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```

    good:

    ```yaml
    variables: {features: [Reports, Alerts]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - for: feature in features
        duration: 4s
        tracks:
          - {type: text, text: "<loop.index>: <feature>",
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```
    """
    help = passed or "write `for: NAME in LIST` on this track or its scene, or write the number itself"
    return Words(f"`<{short(path)}>` is text as it stands, since no loop is around it", at, help=help)


@problem("error")
def own_variable_in_braces(
    at: Place, written: str, name: str, path: str, is_amount: bool = False, kept: str | None = None
) -> Words:
    """A variable of the spec stands in the braces of the service.

    `{name}` is filled by the service, from `dynamicVariables`. The spec's own `variables`, the parameters of a
    component and the names of loops are filled before, and stand in angle brackets: `<name>`. A value of
    `dynamicVariables` that is its own name in braces fills in nothing.

    bad:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: "Welcome to {company}."
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
            text: Welcome to <company>.
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    right = f"<{short(path)}>"
    if kept is not None:
        help = f"write `{right}`" if kept else f"write its text, or declare `{short(name)}` and write `{right}`"
        message = f"the service would fill `{short(written)}` with `{short(written)}` itself"
        return Words(message, at, help=help, severity="warning")
    message = f"the service fills `{short(written)}`, and `{short(name)}` is a variable of this spec"
    if is_amount:
        return Words(message, at, help=f"write `{right}`, or `${right}` for an amount of dollars")
    repairs = (respelled(at.span, f"<{path}>"),) if at.span.text.strip("\"'") == written else ()
    return Words(message, at, help=f"write `{right}`", repairs=repairs)
