"""What can be wrong with the names, loops, components and includes of a spec.

Long because each finding carries its page.
"""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words
from vidc.source import Span

_FORMS = {
    "url": "it begins with `https://`",
    "time": "write it as `500ms`, `2s`, `2.5s` or `1m30s`",
    "boolean": "it is `true` or `false`",
}


def _meant(name: str, known: tuple[str, ...]) -> str:
    from vidc.diag.near import nearest

    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else ""


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:12])


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
    return "an object"


@problem("error")
def wrong_shape(at: Place, what: str, wanted: str) -> Words:
    """A part of the spec has another shape than it needs.

    `variables`, `defaults` and `components` are mappings of names; `include` is a list of file names.

    bad:

    ```yaml
    variables: [company]
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello from <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"{what} must be {wanted}", at)


@problem("error")
def bad_variable_name(at: Place, name: str, reserved: bool) -> Words:
    """A variable has a name that a template cannot use.

    A name is letters, digits and underscores and does not begin with a digit. Words of the template language, such as
    `loop` and `in`, are taken.

    bad:

    ```yaml
    variables: {first-name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {first_name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <first_name>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    if reserved:
        return Words(f"`{name}` is a word of the template language", at, help="choose another name")
    return Words(f"`{name}` cannot be a name", at, help="use letters, digits and underscores, such as `first_name`")


@problem("error")
def unknown_declaration_key(at: Place, name: str, known: tuple[str, ...]) -> Words:
    """A variable's declaration has a key that means nothing.

    A declaration has `type`, `required`, `default`, `example`, `description`, `max_length`, `min_length`, `choices`,
    `minimum` and `maximum`.

    bad:

    ```yaml
    variables: {company: {type: string, requierd: true}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {company: {type: string, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    help = _meant(name, known) or f"it has {_listed(known)}"
    return Words(f"a declaration has no key `{name}`", at, help=help)


@problem("error")
def unknown_type(at: Place, name: str, known: tuple[str, ...]) -> Words:
    """A variable is declared with a type that does not exist.

    Types are `string`, `number`, `boolean`, `list`, `object`, `url` and `time`.

    bad:

    ```yaml
    variables: {company: {type: strin, required: true}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {company: {type: string, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"there is no type `{name}`", at, help=_meant(name, known) or f"types are {_listed(known)}")


@problem("error")
def wrong_variable_type(at: Place, name: str, kind: str, value: object, declared: Span) -> Words:
    """A variable's value is not of the type that it was declared with.

    bad:

    ```yaml
    variables: {count: {type: number, default: many}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: You have <count> tasks.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {count: {type: number, default: 3}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: You have <count> tasks.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    found = f"{_kind(value)}" + (f" `{_short(value)}`" if isinstance(value, str) else "")
    label = () if declared == at.span else (Label(declared, f"declared as {kind} here"),)
    return Words(f"`{name}` is a {kind}, and this is {found}", at, label, _FORMS.get(kind, ""))


@problem("error")
def variable_out_of_bounds(at: Place, name: str, breach: str, declared: Span) -> Words:
    """A variable's value breaks a bound of its declaration.

    `max_length` keeps a name from running out of its box and a text from running out of its time.

    bad:

    ```yaml
    variables: {company: {type: string, max_length: 5, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {company: {type: string, max_length: 20, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    label = () if declared == at.span else (Label(declared, "declared here"),)
    return Words(f"the value of `{name}` {breach}", at, label)


@problem("error")
def variable_cycle(at: Place, path: list[str]) -> Words:
    """The default of a variable uses the variable itself, perhaps through others.

    bad:

    ```yaml
    variables: {greeting: "Hello <name>", name: "<greeting>"}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: "<greeting>",
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {greeting: "Hello <name>", name: Ann}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: "<greeting>",
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words("a variable needs its own value: " + " uses ".join(f"`{name}`" for name in path), at)


@problem("error")
def misspelled_default(at: Place, name: str, near: str) -> Words:
    """Defaults are given for a type of track that is nearly one of the service's.

    They would lie under no track, and nothing would say so.

    bad:

    ```yaml
    defaults: {imgae: {position: {x: 0, y: 0}}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    defaults: {image: {position: {x: 0, y: 0}}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"no track has the type `{name}`", at, help=f"write `{near}`")


@problem("error")
def undeclared_variable(at: Place, name: str, known: tuple[str, ...]) -> Words:
    """A value was given for a name that the spec does not declare.

    It would be used nowhere. `--var`, `--vars` and `with` give values to declared names only.
    """
    return Words(f"no variable `{name}` is declared", at, help=_meant(name, known) or "declare it under `variables:`")


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
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
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
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    variables: {company: {type: string, default: Northwind}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello <company>.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"`{name}` has no value here, and its example stands in", at)


@problem("error")
def wrong_component(at: Place, name: str) -> Words:
    """A component has neither tracks nor a scene, or both.

    A component is a mapping with `tracks` (a list) or `scene` (one scene), and its `parameters`.

    bad:

    ```yaml
    components: {box: {parameters: {title: {type: string}}}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"component `{name}` needs either `tracks` or `scene`", at)


@problem("error")
def unknown_component_key(at: Place, name: str) -> Words:
    """A component has a key that means nothing.

    bad:

    ```yaml
    components:
      box:
        params: {title: {type: string}}
        tracks: []
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    known = ("parameters", "tracks", "scene", "description")
    return Words(f"a component has no key `{name}`", at, help=_meant(name, known) or "it has " + _listed(known))


@problem("error")
def unknown_component(at: Place, name: object, known: tuple[str, ...]) -> Words:
    """`use` names a component that does not exist.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: pictre, with: {url: https://cdn.example.com/a.png}}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    found = f"there is no component `{_short(name)}`" if isinstance(name, str) else "`use` must name a component"
    return Words(found, at, help=_meant(str(name), known) or "declare it under `components:`")


@problem("error")
def component_cycle(at: Place, path: list[str]) -> Words:
    """A component uses itself, perhaps through others.

    bad:

    ```yaml
    components:
      one: {tracks: [{use: two}]}
      two: {tracks: [{use: one}]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: one}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    return Words("a component uses itself: " + " uses ".join(f"`{name}`" for name in path), at)


@problem("error")
def component_out_of_place(at: Place, name: str, part: str, declared: Span) -> Words:
    """A component of tracks is used as a scene, or one that is a scene is used as a track.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
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
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    has, place = ("a scene", "`scenes:`") if part == "tracks" else ("tracks", "a scene's `tracks:`")
    return Words(
        f"component `{name}` holds {has} and can be used only in {place}", at, (Label(declared, "declared here"),)
    )


@problem("error")
def key_beside_use(at: Place, name: str, is_parameter: bool) -> Words:
    """A key stands beside `use` that has no effect there.

    Beside `use` stand `with`, `for` and `if`. What the component should vary is a parameter of it.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}, startTimeGap: 1s}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    help = (
        f"write `with: {{{name}: ...}}`"
        if is_parameter
        else "make it a parameter of the component and pass it in `with`"
    )
    return Words(f"`{name}` has no effect beside `use`", at, help=help)


@problem("error")
def unknown_parameter(at: Place, name: str, component: str, known: tuple[str, ...]) -> Words:
    """`with` passes a parameter that the component does not have.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png, title: Hi}}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    help = _meant(name, known) or (f"it has {_listed(known)}" if known else "it has none")
    return Words(f"component `{component}` has no parameter `{name}`", at, help=help)


@problem("error")
def missing_parameter(at: Place, name: str, component: str, declared: Span) -> Words:
    """A required parameter of a component is not passed.

    bad:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture}
    ```

    good:

    ```yaml
    components:
      picture:
        parameters: {url: {type: url, required: true}}
        tracks:
          - {type: image, imageUrl: "<url>", position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {use: picture, with: {url: https://cdn.example.com/a.png}}
    ```
    """
    label = Label(declared, "required here")
    return Words(f"component `{component}` needs `{name}`", at, (label,), f"add `with: {{{name}: ...}}`")


@problem("error")
def wrong_for(at: Place) -> Words:
    """`for` is not written as `NAME in EXPRESSION`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {for: pictures, type: image, imageUrl: https://cdn.example.com/a.png,
                 position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    variables: {pictures: [https://cdn.example.com/a.png]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {for: picture in pictures, type: image, imageUrl: <picture>,
                 position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words("`for` must read `NAME in EXPRESSION`", at, help="such as `for: feature in features`")


@problem("error")
def for_over_no_list(at: Place, expression: str, value: object) -> Words:
    """`for` goes over something that is not a list.

    bad:

    ```yaml
    variables: {pictures: https://cdn.example.com/a.png}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {for: picture in pictures, type: image, imageUrl: <picture>,
                 position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    variables: {pictures: [https://cdn.example.com/a.png]}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
              - {for: picture in pictures, type: image, imageUrl: <picture>,
                 position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words(f"`{_short(expression)}` is {_kind(value)}, and `for` needs a list", at)


@problem("error")
def too_many_turns(at: Place, limit: int) -> Words:
    """The loops of one spec turn more than 10,000 times."""
    return Words(f"the loops of this spec turn more than {limit:,} times", at)


@problem("error")
def expands_too_far(at: Place, limit: int) -> Words:
    """Loops and components make more than two million values of one spec."""
    return Words(f"this spec grows to more than {limit:,} values", at)


@problem("error")
def include_clash(at: Place, section: str, name: str, first: Span, second: Span) -> Words:
    """Two included files bring the same name with different contents.

    Neither is surer than the other. Say which is meant in the including file, which wins over both.
    """
    labels = (Label(first, "the first one"), Label(second, "the other one"))
    return Words(
        f"two included files bring {section} `{name}`", at, labels, f"write `{name}` in this file, which wins over both"
    )


@problem("error")
def include_cycle(at: Place, path: list[str]) -> Words:
    """A file includes itself, perhaps through others."""
    return Words("a file includes itself: " + " includes ".join(f"`{name}`" for name in path), at)


@problem("error")
def too_many_includes(at: Place, limit: int) -> Words:
    """More than 100 files are included."""
    return Words(f"more than {limit} files are included", at)


@problem("error")
def cannot_include(at: Place, name: str, reason: str) -> Words:
    """A file that is to be included cannot be read.

    Included files are regular files below the project's root: the nearest folder up with `vidc.toml`, a
    `pyproject.toml` with `[tool.vidc]`, or `.git`; `--root` says otherwise.

    bad:

    ```yaml
    include: [nowhere.vidc.yaml]
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
              - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
                 position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"`{_short(name)}` cannot be included: {reason}", at)


@problem("error")
def not_includable(at: Place, name: str) -> Words:
    """An included file has a key that cannot be included.

    Files bring `variables`, `defaults` and `components`, and may include others.
    """
    return Words(
        f"`{_short(name)}` has no effect in an included file",
        at,
        help="an included file brings `variables`, `defaults` and `components`",
    )
