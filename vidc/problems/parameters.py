"""What can be wrong with the parameters of components."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words
from vidc.source import Span

from .wording import MAX_LISTED, listed, meant, short

MOST = 8
"""Places that a finding has labels for."""
BESIDE = ("for", "if", "use", "with")
"""What stands beside `use`."""


@problem("error")
def unknown_parameter(
    at: Place,
    name: str,
    near: str,
    component: str,
    known: Collection[str],
    needed: Collection[str] = (),
    kind: str = "",
) -> Words:
    """`with` passes a parameter that the component does not have.

    It would change nothing. Components see their own parameters and the variables of the spec. Where the component
    needs a parameter that is not passed, this one was meant for it, and that is not said a second time. Where its texts
    use the name, it only lacks the declaration.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>",
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - use: picture
            with: {url: https://cdn.example.com/a.png, title: Hello}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>",
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    help = meant(near) or (f"it has {listed(known)}" if known else f"it has none: remove `{short(name)}`")
    if needed and not near:
        help = f"it needs {listed(needed)}"
    if kind and name not in BESIDE:
        declared = f"{short(name)}: {{type: {kind}}}"
        help = f"add `{declared}` to its `parameters`" if known else f"give it `parameters: {{{declared}}}`"
    if name in BESIDE and name not in known:
        help = f"write `{name}` beside `use`, and not in `with`"
    return Words(f"component `{short(component)}` has no parameter `{short(name)}`", at, help=help)


@problem("error")
def missing_parameter(at: Place, names: Collection[str], component: str, declared: list[Span], passes: bool) -> Words:
    """A required parameter of a component is not passed.

    The component has no value to put in its place. Pass it in `with`, or give the parameter a `default`.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>",
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: picture}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>",
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    passed = ", ".join(f"{short(name)}: ..." for name in islice(names, MAX_LISTED))
    help = f"add `{passed}` to its `with`" if passes else f"add `with: {{{passed}}}`"
    labels = tuple(Label(span, "required here") for span in declared[:MOST])
    return Words(f"component `{short(component)}` needs {listed(names)}", at, labels, help)


@problem("warning")
def name_as_text(at: Place, name: str) -> Words:
    """The name of a parameter is passed on as a text, and not its value.

    In `with` stand texts and templates: `title` is the word, `<title>` the value of the parameter. A word that is meant
    as a text although a parameter has that name stands in quotes.

    bad:

    ```yaml
    components:
      caption:
        parameters: {text: {type: string, required: true}}
        tracks:
          - {type: text, text: <text>,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
      chapter:
        parameters: {title: {type: string, required: true}}
        scene:
          name: <title>
          duration: 4s
          tracks:
            - {use: caption, with: {text: title}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - {use: chapter, with: {title: Hello}}
    ```

    good:

    ```yaml
    components:
      caption:
        parameters: {text: {type: string, required: true}}
        tracks:
          - {type: text, text: <text>,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
      chapter:
        parameters: {title: {type: string, required: true}}
        scene:
          name: <title>
          duration: 4s
          tracks:
            - {use: caption, with: {text: <title>}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - {use: chapter, with: {title: Hello}}
    ```
    """
    name = short(name)
    help = f"write `<{name}>` for its value; if it is the text, write `'{name}'`"
    return Words(f"this is the text `{name}`, and not the value of `{name}`", at, help=help)


@problem("warning")
def unused_parameter(at: Place, name: str, component: str) -> Words:
    """A component never uses one of its parameters.

    What is passed for it changes nothing. A parameter is used as `<title>` or `{{ title }}` in the texts of the
    component, and by its name alone in `if` and `for`.

    bad:

    ```yaml
    components:
      caption:
        parameters:
          title: {type: string, required: true}
          subtitle: {type: string, default: Welcome}
        tracks:
          - {type: text, text: "<title>",
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: caption, with: {title: Hello}}
    ```

    good:

    ```yaml
    components:
      caption:
        parameters:
          title: {type: string, required: true}
          subtitle: {type: string, default: Welcome}
        tracks:
          - {type: text, text: "<title>: <subtitle>",
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: caption, with: {title: Hello}}
    ```
    """
    help = f"write `<{short(name)}>` where its value should stand, or remove it here"
    return Words(f"component `{short(component)}` never uses its parameter `{short(name)}`", at, help=help)
