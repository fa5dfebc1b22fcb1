"""What can be wrong where one part of a spec names another."""

from __future__ import annotations

from re import compile as pattern

from vidc.diag.catalog import problem
from vidc.diag.finding import Edit, Finding, Label, Place, Repair, Words
from vidc.record import replace
from vidc.source import Span

from .wording import as_yaml, listed, respelled

SHOWN = 5
"""So many known names are listed."""
MOST = 8
"""Places that a finding has labels for."""
SHORT = 30
"""A value that is longer is not written out in a help."""
NEAR = 4_000
"""Limit: so far around a name the text is searched for the same name."""


@problem("error")
def unknown_reference(
    at: Place, name: str, near: str | None, names: tuple[str, ...], meant: str = "", could: tuple[str, ...] = ()
) -> Words:
    """A scene takes its length from a track that is not there.

    `intrinsicDurationTrackReference` names a track of the same scene by its `referenceId`. The service rejects a
    job in which no track has that name.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - intrinsicDurationTrackReference: speach
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there., referenceId: speech}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - intrinsicDurationTrackReference: speech
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there., referenceId: speech}
    ```
    """
    message = f"no track of this scene has the `referenceId` `{name}`"
    if near is not None:
        return Words(message, at, help=f"write `{near}`", repairs=(respelled(at.span, near),))
    help = "give the track that sizes it a `referenceId`"
    if meant:
        help = f"add `referenceId: {as_yaml(name)}` to `{meant}`"
    elif could:
        help = f"add `referenceId: {as_yaml(name)}` to the track that sizes it: one of {listed(could, SHOWN)}"
    if names:
        here = f"the tracks here are {listed(names, SHOWN)}"
        if len(names) == 1:
            here = f"write {listed(names)}, the only one here"
        help = here + (f"; or {help}" if meant else "")
    return Words(message, at, help=help)


def absent_reference(at: Place, name: str, condition: str, other: str, written: Span) -> Finding:
    """The same, where the track is left out by its `if`."""
    found = unknown_reference(at, name, None, ())
    chosen = f'"{{% if {condition} %}}{name}{{% else %}}{other}{{% endif %}}"'
    if '"' in condition:
        chosen = f"'{chosen[1:-1]}'" if "'" not in condition else "a reference for each case"
    message = f"the track `{name}` is not there: its `if` leaves it out"
    words = replace(found.words, message=message, help=f"write `{chosen}`", labels=(Label(written, "left out here"),))
    return replace(found, words=words)


@problem("error")
def repeated_reference(at: Place, name: str, first: Span | None, help: str = "rename one of them") -> Words:
    """Two tracks of one scene have the same name.

    A `referenceId` names one track of its scene, so that the scene's reference is clear. In two scenes the same
    name is fine.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there., referenceId: speech}
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             referenceId: speech}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there., referenceId: speech}
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             referenceId: logo}
    ```
    """
    labels = (Label(first, "the first one"),) if first is not None else ()
    return Words(f"two tracks of this scene have the `referenceId` `{name}`", at, labels, help)


@problem("error")
def unset_service_variable(at: Place, name: str, near: str | None, others: tuple[Span, ...] = ()) -> Words:
    """A service variable in a text has no value.

    `{name}` in a script or a text element is filled by the service from `dynamicVariables`. Without a value there
    the viewer hears or reads the braces, or the job is rejected. A `$` before the braces stays in the text.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {first_name}."}
    dynamicVariables: {firstname: Ada}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {first_name}."}
    dynamicVariables: {first_name: Ada}
    ```
    """
    help = f"write `{{{near}}}`" if near is not None else f"add `{name}` to `dynamicVariables`"
    spans = [span for span in (at.span, *others) if span.text == f"{{{name}}}"]
    repairs = (Repair(help, tuple(Edit(span, f"{{{near}}}") for span in spans)),) if near is not None and spans else ()
    if at.span.source.text[at.span.start - 1 : at.span.start] == "$":
        help += ", and remove the `$` before it"
    labels = tuple(Label(span, "and here") for span in others[:MOST])
    return Words(f"`{{{name}}}` has no value in `dynamicVariables`", at, labels, help, repairs=repairs)


@problem("error")
def misspelt_service_variable(at: Place, name: str, right: str, uses: tuple[Span, ...]) -> Words:
    """A value of `dynamicVariables` has a name that no text uses, but nearly one that several texts use.

    The texts agree with each other, so the name of the value is the slip. The service fills `{name}` only from the
    value of exactly that name.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {first_name}. See you, {first_name}."}
    dynamicVariables: {frist_name: Ada}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {first_name}. See you, {first_name}."}
    dynamicVariables: {first_name: Ada}
    ```
    """
    labels = tuple(Label(span, "used here") for span in uses[:MOST])
    message = f"no text uses `{{{name}}}`, and `{{{right}}}` has no value"
    return Words(message, at, labels, f"write `{right}`", repairs=(respelled(at.span, right),))


@problem("error")
def values_too_long(at: Place, limit: int) -> Words:
    """The values of service variables make the texts of a spec too long.

    Limit: 1,000,000 characters of values in all texts together. A value counts wherever a text names it, and once for
    tracks that have the same text. A spec that small could otherwise fill the memory of the machine that checks it.
    """
    message = f"the values of `dynamicVariables` add more than {limit:,} characters to the texts of this spec"
    return Words(message, at, help="shorten the values, or name them less often")


@problem("warning")
def unused_service_variable(at: Place, name: str) -> Words:
    """A value in `dynamicVariables` is used nowhere.

    No script and no text element says `{name}`: it is a leftover, or its use is misspelt.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    dynamicVariables: {plan: Pro}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "You are on {plan}."}
    dynamicVariables: {plan: Pro}
    ```
    """
    return Words(f"no text says `{{{name}}}`", at, help="remove it, or use it")


@problem("warning")
def odd_braces(at: Place, text: str, right: str = "") -> Words:
    """Braces stand around something that is not a name.

    `{name}` is a variable of the service. Braces around anything else are text: they are spoken or shown as they
    stand, which is rarely meant. A name is letters, digits and underscores, without blanks, in one pair of braces.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "You are on { plan }."}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "You are on {plan}."}
    dynamicVariables: {plan: Pro}
    ```
    """
    help = f"write `{{{right}}}`" if right else "a variable is a name in single braces: `{name}`"
    repairs = (Repair(help, (Edit(at.span, f"{{{right}}}"),)),) if right and at.span.text == text else ()
    return Words(f"`{text}` is text, not a variable", at, help=help, repairs=repairs)


@problem("warning")
def wrong_brackets(at: Place, written: str, name: str, is_served: bool = True) -> Words:
    """A variable of the service stands in angle brackets.

    `<name>` is one of the spec's own `variables`. A value of `dynamicVariables` is put in by the service, for `{name}`;
    in other brackets the name is text, which is spoken or shown as it stands. A backslash says that it is meant so:
    `\\<plan>`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: You are on <plan>.}
    dynamicVariables: {plan: Pro}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "You are on {plan}."}
    dynamicVariables: {plan: Pro}
    ```
    """
    right = f"{{{name}}}" if is_served else f"<{name}>"
    repairs = (Repair(f"write `{right}`", (Edit(at.span, right),)),) if at.span.text == written else ()
    why = "a variable of the service stands in braces" if is_served else "its brackets are not of one kind"
    return Words(f"`{written}` is text: {why}", at, help=f"write `{right}`", repairs=repairs)


def told_of_service(finding: Finding, name: str, value: object, text: Span | None) -> Finding:
    """A finding of a template that uses a name, where this is a variable of the service with a value. `text`: what the
    service fills, where the name stands in it."""
    found = _alone(finding.span, name, text) if text is not None else []
    if not any(span.start <= finding.span.start < span.end for span in found):
        is_plain = isinstance(value, str) and 0 < len(value) <= SHORT and value.isprintable() and "<" not in value
        declared = f"{name}: {as_yaml(str(value))}" if is_plain else name
        own = f"declare `{declared}` under `variables:` too, and write `{name}: <{name}>` under `dynamicVariables`"
        help = f"the service's values are not known here: {own}"
        return replace(finding, words=replace(finding.words, help=help))
    help = f"write `{{{name}}}`: the service puts in the values of `dynamicVariables`"
    repairs = (Repair(f"write `{{{name}}}`", (Edit(found[0], f"{{{name}}}"),)),) if len(found) == 1 else ()
    return replace(finding, words=replace(finding.words, help=help, repairs=repairs))


def _alone(at: Span, name: str, text: Span) -> list[Span]:
    """Where the name is a whole expression of the text, as far as it is looked at."""
    start, end = max(text.start, at.start - NEAR), min(text.end, at.end + NEAR)
    written = pattern(rf"\{{\{{-?[ \t]{{0,9}}{name}[ \t]{{0,9}}-?\}}\}}")
    return [Span(at.source, *match.span()) for match in written.finditer(at.source.text, start, end)]


@problem("warning")
def reserved_name(at: Place, name: str, where: str) -> Words:
    """A name is one that the service itself sends to the callback.

    The callback's body holds `url`, `videoUrl`, `shareUrl` and `status` beside everything in `callbackPayload` and
    `dynamicVariables`. Of two values with one name the receiver gets one. `url` and `shareUrl` in `callbackPayload`
    are documented as reserved.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    callback: https://hooks.example.com/done
    callbackPayload: {status: draft}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    callback: https://hooks.example.com/done
    callbackPayload: {stage: draft}
    ```
    """
    severe = where == "callbackPayload" and name in ("url", "shareUrl")
    message = f"`{name}` in `{where}` is a name that the service sends itself"
    return Words(message, at, help="rename it", severity="error" if severe else None)
