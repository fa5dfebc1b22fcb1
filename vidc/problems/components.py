"""What can be wrong with components and their use."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from vidc.diag.catalog import problem
from vidc.diag.finding import Edit, Label, Place, Repair, Words
from vidc.source import Span

from .wording import MAX_LISTED, as_yaml, listed, meant, short


@problem("error")
def wrong_component(at: Place, name: str, help: str) -> Words:
    """A component has neither tracks nor a scene, or both.

    A component is a mapping with `tracks` (a list) or `scene` (one scene), and its `parameters`. Nothing more is said
    of where it is used.

    bad:

    ```yaml
    components: {box: {parameters: {title: {type: string}}}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    components:
      box:
        parameters: {title: {type: string, required: true}}
        tracks:
          - {type: text, text: "<title>", position: {x: 5%, y: 82%},
             size: {width: 90%, height: 12%}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: box, with: {title: Welcome}}
    ```
    """
    return Words(f"component `{short(name)}` needs either `tracks` or `scene`", at, help=help)


@problem("error")
def unknown_component_key(at: Place, name: str, near: str, known: tuple[str, ...]) -> Words:
    """A component has a key that means nothing.

    It is read by nothing, so what it says is lost. A component has `parameters`, `tracks` or `scene`, and
    `description`.

    bad:

    ```yaml
    components:
      box:
        params: {title: {type: string}}
        tracks: []
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    components:
      box:
        parameters: {title: {type: string, required: true}}
        tracks:
          - {type: text, text: "<title>", position: {x: 5%, y: 82%},
             size: {width: 90%, height: 12%}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: box, with: {title: Welcome}}
    ```
    """
    return Words(f"a component has no key `{short(name)}`", at, help=meant(near) or "it has " + listed(known))


@problem("error")
def unknown_component(at: Place, name: object, near: str, help: str = "") -> Words:
    """`use` names a component that does not exist.

    Components are declared under `components:`, in this file or in one that it includes. Names are compared letter by
    letter.

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
          - {use: pictre, with: {url: https://cdn.example.com/a.png}}
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
    found = f"there is no component `{short(name)}`" if isinstance(name, str) else "`use` must name a component"
    return Words(found, at, help=help or meant(near) or "declare it under `components:`")


@problem("error")
def component_as_key(at: Place, name: str, given: str, declared: Span, edit: Edit | None) -> Words:
    """A component's name stands as a key, or alone.

    A component is put in place by `use`, and its parameters are passed in `with`.

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
          - picture: {url: https://cdn.example.com/a.png}
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
          - use: picture
            with: {url: https://cdn.example.com/a.png}
    ```
    """
    help = f"write `use: {as_yaml(short(name))}`" + (f" and `with: {short(given)}`" if given else "")
    repairs = (Repair(help, (edit,)),) if edit is not None else ()
    label = Label(declared, "the component")
    return Words(f"`{short(name)}` is a component, put in place by `use`", at, (label,), help, repairs=repairs)


@problem("error")
def component_cycle(at: Place, path: list[str]) -> Words:
    """A component uses itself, perhaps through others.

    It would put itself in place without an end. Write out what the inner one should hold, or take the `use` away.

    bad:

    ```yaml
    components:
      one: {tracks: [{use: two}]}
      two: {tracks: [{use: one}]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {use: one}
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
    message = "a component uses itself: " + " uses ".join(f"`{short(name)}`" for name in path)
    return Words(message, at, help="remove this `use`, or write out what it should put here")


@problem("error")
def component_out_of_place(at: Place, name: str, part: str, declared: Span) -> Words:
    """A component of tracks is used as a scene, or one that is a scene is used as a track.

    Where a scene is needed stands a component with `scene`; in a scene's `tracks:` stands one with `tracks`.

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
      - {use: picture, with: {url: https://cdn.example.com/a.png}}
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
    has, place = ("a scene", "`scenes:`") if part == "tracks" else ("tracks", "a scene's `tracks:`")
    where = "in `scenes:`" if part == "tracks" else "in the `tracks:` of a scene"
    return Words(
        f"component `{short(name)}` holds {has} and can be used only in {place}",
        at,
        (Label(declared, "declared here"),),
        f"write `- {{use: {as_yaml(short(name))}}}` {where}",
    )


@problem("error")
def key_beside_use(
    at: Place, names: Collection[str], are_parameters: bool, labels: tuple[Label, ...] = (), is_with: bool = False
) -> Words:
    """A key stands beside `use` that has no effect there.

    Beside `use` stand `with`, `for` and `if`. What the component should vary is a parameter of it.

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
            with: {url: https://cdn.example.com/a.png}
            startTimeGap: 1s
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
    help = (
        f"write `with: {{{passed}}}`"
        if are_parameters
        else "make it a parameter of the component and pass it in `with`"
    )
    if is_with:
        help = "write `with`"
    have = "has" if len(names) == 1 else "have"
    return Words(f"{listed(names)} {have} no effect beside `use`", at, labels, help)
