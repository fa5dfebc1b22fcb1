"""What can be wrong with the conditions of a spec."""

from __future__ import annotations

from re import fullmatch

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words

from .wording import short

MOST = 3
"""So many comparisons with `or` between them are easier to read than a list."""


@problem("warning")
def text_as_truth(at: Place, what: str, value: str = "", labels: tuple[Label, ...] = (), meant: str = "") -> Words:
    """A condition asks for a text that says no, and takes it for a yes.

    Or a text stands alone behind `or` and `and`: `plan == 'Pro' or 'Team'` always holds, and
    `plan in ['Pro', 'Team']` is meant.

    Any text but the empty one is true, `no`, `off` and `"false"` too. In YAML 1.2, which is read here, `no` and `off`
    are texts like any other: only `true` and `false` are truths.

    bad:

    ```yaml
    variables: {badge: no}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Hello,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
          - {if: badge, type: image,
             imageUrl: https://cdn.example.com/badge.png,
             position: {x: 0, y: 0}, size: {width: 90, height: 90}}
    ```

    good:

    ```yaml
    variables: {badge: false}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Hello,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
          - {if: badge, type: image,
             imageUrl: https://cdn.example.com/badge.png,
             position: {x: 0, y: 0}, size: {width: 90, height: 90}}
    ```
    """
    if meant:
        return Words(f"`{short(what)}` is compared with nothing, and any text is true", at, help=f"write `{meant}`")
    what, value = short(what.strip()), short(value)
    other = f"`{what} != '{value}'`" if fullmatch(r"[\w.\[\]']+", what) else f"whether it is `'{value}'`"
    right = "write it without quotes: `false`" if value.lower() == "false" else f"give it `false` in place of `{value}`"
    return Words(
        f"`{what}` is the text `{value}`, and any text but the empty one is true",
        at,
        labels,
        f"{right}, or ask {other}",
    )


def compared(joint: str, sign: str, left: str, texts: tuple[str, ...]) -> str:
    """What is meant by `left == texts[0] or texts[1]`. `joint`: `or` or `and`; `sign`: as Jinja calls it."""
    if sign == "eq" and joint == "or" and len(texts) <= MOST:
        return " or ".join(f"{left} == {text}" for text in texts)
    return f"{left} {'not in' if sign == 'ne' else 'in'} [{', '.join(texts)}]"


@problem("warning")
def never_equal(at: Place, left: str, right: str, meant: str) -> Words:
    """A text is compared with a number or a truth of the same spelling.

    `3` and `'3'` are never equal, nor are `true` and `'true'`: one is a number or a truth, the other one text. A
    variable that is declared with `choices` is never equal to what is none of them.

    bad:

    ```yaml
    variables: {count: 3}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: "You have {% if count == '3' %}three{% endif %} tasks."
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
            text: "You have {% if count == 3 %}three{% endif %} tasks."
            position: {x: 420, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    return Words(f"{left} is never equal to {right}", at, help=meant)


@problem("warning")
def constant_condition(at: Place, left: str, sign: str, texts: tuple[str, ...]) -> Words:
    """A condition has the same answer whatever the value is.

    A plan is always not `Pro` or not `Team`, and never both: `plan not in ['Pro', 'Team']` is meant, or
    `plan in ['Pro', 'Team']`.

    bad:

    ```yaml
    variables: {plan: Pro}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        if: plan != 'Pro' or plan != 'Team'
        tracks:
          - {type: text, text: See our plans,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```

    good:

    ```yaml
    variables: {plan: Pro}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        if: plan == 'Pro' or plan == 'Team'
        tracks:
          - {type: text, text: See our plans,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```
    """
    holds, meant = ("never", "in") if sign == "eq" else ("always", "not in")
    message = f"this {holds} holds: `{short(left)}` has one value at a time"
    return Words(message, at, help=f"write `{left} {meant} [{', '.join(texts[:MOST])}]`")
