"""What can be wrong with the loops, defaults and includes of a spec, and with what it grows to."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from re import fullmatch

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Label, Place, Words
from vidc.ir.tree import Node, first_line
from vidc.record import replace
from vidc.source import Span

from .wording import MAX_LISTED, as_yaml, counted, kind_of, short

LONGEST = 200
"""Characters of a text that a help splits at its commas."""

_SHAPES = {
    "variables": "variables: {company: Northwind}",
    "parameters": "parameters: {title: {type: string}}",
    "defaults": "defaults: {actor: {actor: karen}}",
    "components": "components: {NAME: {tracks: [...]}}",
    "include": "include: [brand.vidc.yaml]",
    "with": "with: {title: Welcome}",
    "if": "if: plan == 'Pro'",
}
"""What each part looks like."""


@problem("error")
def wrong_shape(at: Place, what: str, wanted: str, meant: str = "") -> Words:
    """A part of the spec has another shape than it needs.

    `variables`, `defaults` and `components` are mappings of names; `include` is a list of file names.

    bad:

    ```yaml
    variables: [company]
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello from <company>.}
    ```
    """
    meant = meant or _SHAPES.get(what.partition(".")[0], what)
    return Words(f"`{what}` must be {wanted}", at, help=f"write `{meant}`")


@problem("error")
def misspelled_default(at: Place, name: str, near: str, help: str = "") -> Words:
    """Defaults are given for what is no type of track.

    Right under `defaults` stand types of track, and `scene`. Under any other name they would lie under no track, and
    nothing would say so. What is of no type, such as an anchor, has a name that begins with `x-`.

    bad:

    ```yaml
    defaults: {imgae: {position: {x: 0, y: 0}}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    defaults: {image: {position: {x: 0, y: 0}}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    types = "the types are `actor`, `image`, `video`, `audio`, `text` and `scene`"
    help = help or (f"write `{near}`" if near else types)
    return Words(f"no track has the type `{short(name)}`", at, help=help)


@problem("warning")
def unused_default(at: Place, name: str, help: str) -> Words:
    """The tracks under `defaults.scene` are used by no scene, since every scene has `tracks` of its own.

    Defaults merge key by key, and a list replaces a list: what a scene writes under `tracks` stands alone. What every
    scene should show is a component, which each scene uses.

    bad:

    ```yaml
    components:
      logo:
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/logo.png,
             position: {x: 90%, y: 3%}, size: {width: 8%, height: 8%}}
    defaults: {scene: {tracks: [{use: logo}]}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Hello,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
    ```

    good:

    ```yaml
    components:
      logo:
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/logo.png,
             position: {x: 90%, y: 3%}, size: {width: 8%, height: 8%}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Hello,
             position: {x: 0, y: 0}, size: {width: 900, height: 90}}
          - {use: logo}
    ```
    """
    return Words(f"every scene has `{name}` of its own, so these are never used", at, help=help)


@problem("error")
def wrong_for(at: Place, meant: str = "", other: str = "") -> Words:
    """`for` is not written as `NAME in EXPRESSION`.

    It takes one name. The number of the turn is `loop.index`, which begins at 1.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {for: pictures, type: image,
             imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    variables: {pictures: [https://cdn.example.com/a.png]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {for: picture in pictures, type: image, imageUrl: <picture>,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    help = f"write `for: {meant}`" if meant else "write it as `for: feature in features`"
    return Words("`for` must read `NAME in EXPRESSION`", at, help=f"{help}; {other}" if other else help)


@problem("error")
def for_over_no_list(at: Place, name: str, expression: str, value: object, given: Node | None = None) -> Words:
    """`for` goes over something that is not a list.

    A loop takes the items of a list, one in each turn: of a variable that is one, or written out as `[a, b]`. The
    fields of an object are a list of pairs with `| items`.

    bad:

    ```yaml
    variables: {pictures: https://cdn.example.com/a.png}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {for: picture in pictures, type: image, imageUrl: <picture>,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    variables: {pictures: [https://cdn.example.com/a.png]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {for: picture in pictures, type: image, imageUrl: <picture>,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    help = f"write `{short(name)} in [...]`, or give `{short(expression)}` a list"
    if isinstance(value, dict):
        help = f"write `{short(name)} in {short(expression)} | items | map(attribute='1')` for its values"
    if isinstance(value, int) and expression.strip().isdecimal():
        help = f"write the numbers of the turns: `{short(name)} in {counted(1, value)}`"
    if isinstance(value, int) and (ends := fullmatch(r"\s*(\d{1,4})\s*-\s*(\d{1,4})\s*", expression)):
        help = f"write the numbers of the turns: `{short(name)} in {counted(int(ends[1]), int(ends[2]))}`"
    label = () if given is None else (Label(first_line(given), "it is given here"),)
    if given is not None and isinstance(value, str) and "," in value and expression.isidentifier():
        items = [as_yaml(one.strip()) for one in value[:LONGEST].split(",") if one.strip()]
        shown = ", ".join(items[:MAX_LISTED]) + (", ..." if len(items) > MAX_LISTED or len(value) > LONGEST else "")
        help = f"give `{short(expression)}` a list: `{short(expression)}: [{shown}]`"
    return Words(f"`{short(expression)}` is {kind_of(value)}, and `for` needs a list", at, label, help)


@problem("error")
def too_many_turns(at: Place, limit: int) -> Words:
    """The loops of one spec turn more than 10,000 times.

    Each turn makes a scene or a track, and no video has so many: a list is longer than it was meant to be, or one loop
    stands inside another. Shorten the lists, or make several videos.
    """
    message = f"the loops of this spec turn more than {limit:,} times"
    return Words(message, at, help="make several videos of it, or shorten the lists that the loops go over")


@problem("error")
def expands_too_far(at: Place, limit: int) -> Words:
    """Loops, components and defaults make more than 250,000 values of one spec.

    What is written once counts nothing. Each time that a loop, a component or a default puts it in place again, its
    values count: a mapping or a list as two, and a text once more for each 64 characters. The loops of a video do not
    come near the limit.
    """
    return Words(
        f"this spec grows by more than {limit:,} values",
        at,
        help="let loops and components turn less often, or make less each time",
    )


@problem("error")
def expands_too_deep(at: Place, what: str, limit: int, help: str) -> Words:
    """Components use each other, variables do, or lists and objects stand in each other, more than 64 deep.

    No video needs so many, and no reader could follow them.
    """
    return Words(f"{what} more than {limit} deep", at, help=help)


_BROUGHT = {
    "variables": "values of the variable",
    "defaults": "defaults for",
    "components": "versions of the component",
}


@problem("error")
def include_clash(at: Place, section: str, name: str, first: Span, second: Span, keys: Collection[str] = ()) -> Words:
    """Two included files bring the same name with different contents.

    Neither is surer than the other. Say which is meant in the including file, which wins over both: a variable or a
    component as a whole, defaults key by key.
    """
    inner = ", ".join(f"{short(key)}: ..." for key in islice(keys, MAX_LISTED))
    meant = f"{section}: {{{short(name)}: {f'{{{inner}}}' if inner else '...'}}}"
    labels = (Label(first, "the first one"), Label(second, "the other one"))
    return Words(
        f"two included files bring different {_BROUGHT[section]} `{short(name)}`",
        at,
        labels,
        f"write `{meant}` in this file, which wins over both",
    )


@problem("error")
def include_cycle(at: Place, path: list[str]) -> Words:
    """A file includes itself, perhaps through others.

    What each file brings would never be settled. Put what both need into a third file, and include that.
    """
    message = "a file includes itself: " + " includes ".join(f"`{short(name)}`" for name in path)
    help = "remove this one, and put what both need into a third file" if len(path) > 2 else "remove it here"
    return Words(message, at, help=help)


@problem("error")
def too_many_includes(at: Place, limit: int) -> Words:
    """More than 100 files are included.

    Each included file is counted as often as it is included, also through others. Put what belongs together into one
    file.
    """
    return Words(f"more than {limit} files are included", at, help="put what belongs together into one file")


_READABLE = "include a YAML or JSON file that lies below the project's root"
_INCLUDE = {
    "it leads out of the project's root": "copy it into the project, or name a folder that holds both with `--root`",
    "a spec from standard input includes files only below a `--root`": "name the project's folder with `--root`",
    "there is no such file": "write its path as it is seen from this file, or make the file",
    "it is a folder": "name each file in it",
    "it may not be read": "give yourself the right to read it",
}
"""What to do, by the reason why a file cannot be read."""


@problem("error")
def cannot_include(at: Place, name: str, reason: str, help: str = "") -> Words:
    """A file that is to be included cannot be read.

    Included files are regular files below the project's root: the nearest folder up with `vidc.toml`, a
    `pyproject.toml` with `[tool.vidc]`, or `.git`; `--root` says otherwise. Their names end in `.yaml`, `.yml` or
    `.json`, and neither they nor the folders on the way are hidden by a dot: what such files hold may be secret, and
    findings would show it.

    bad:

    ```yaml
    include: [nowhere.vidc.yaml]
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    reason, mark, near = reason.partition("; did you mean ")
    help = help or (f"did you mean {near}" if mark else _INCLUDE.get(reason, _READABLE))
    return Words(f"`{short(name)}` cannot be included: {reason}", at, help=help)


@problem("error")
def not_includable(at: Place, name: str, variable: str = "", near: str = "") -> Words:
    """An included file has a key that cannot be included.

    Files bring `variables`, `defaults` and `components`, and may include others. Values stand under `variables` in
    them. A file of values for variables that the spec declares is not included: it is passed with `--vars FILE`.
    """
    if variable:
        message = f"this is a file of values: it has `{short(variable)}`, a variable of this spec"
        return Words(message, at, help=f"remove it here, and pass it with `--vars {short(name)}`")
    what = "an included file brings `variables`, `defaults` and `components`"
    help = f"write `{near}`" if near else what
    return Words(f"`{short(name)}` has no effect in an included file", at, help=help)


def headless_values(at: Place, name: str, count: int, is_all: bool, labels: tuple[Label, ...]) -> Finding:
    """A file of plain values is included. `is_all`: it holds nothing else, and no braces around it."""
    help = f"move {'it' if count == 1 else 'them'} under `variables`"
    if is_all:
        help = "write `variables:` above these lines, and two blanks before each of them"
    found = not_includable(at, name)
    message = f"{found.words.message}: a value stands under `variables`"
    return replace(found, words=replace(found.words, message=message, help=help, labels=labels))
