"""contract: the JSON schemas of specs and jobs, and holding a document against one. The one door of jsonschema.

TooLarge        the document has more values than are checked
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

MAX_VALUES = 100_000
MAX_CHARACTERS = 32_000_000
"""Limit: a document with more values, or longer texts together, is not checked. A value takes some 30 us."""

MAX_BREACHES = 100
"""Limit: so many breaches are told."""


class TooLarge(Exception):  # noqa: N818  # named as the sentence reads
    """A document is not checked; its text says why."""


def breaches(document: object, schema: str) -> list[tuple[str, str]]:
    """What is wrong with plain data by one of the schemas: where (`scenes[0].tracks[2].duration`), and what.

    `schema`: a file's name, such as `colossyan-job.schema.json`. It takes some 0.3 ms for each track.
    """
    from jsonschema.exceptions import best_match

    measure(document)
    found = (best_match([error]) for error in _validator(schema).iter_errors(document))
    return [(_path(error.absolute_path), _words(error)) for error in islice(found, MAX_BREACHES)]


def measure(document: object, most: int = MAX_VALUES) -> None:
    """Raise `TooLarge` for a document with more values, or longer texts, than are looked at."""
    values = characters = 0
    waiting = [document]
    while waiting:
        value = waiting.pop()
        values += 1
        if isinstance(value, dict):
            waiting += value.values()
            characters += sum(map(len, value))
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            characters += len(value)
        if values > most:
            raise TooLarge(f"it has more than {most:,} values")
        if characters > MAX_CHARACTERS:
            raise TooLarge(f"it has more than {MAX_CHARACTERS:,} characters")


def schema_text(name: str) -> str:
    """The text of a schema: beside the package's modules where vidc is installed, else in the checkout."""
    from importlib.resources import files

    inside = files("vidc") / "schemas" / name
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    from pathlib import Path

    return (Path(__file__).parent.parent / "schemas" / name).read_text(encoding="utf-8")


@cache
def _validator(name: str) -> Any:
    from json import loads

    from jsonschema import Draft202012Validator

    return Draft202012Validator(loads(schema_text(name)))


def _path(parts: Any) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _words(error: Any) -> str:
    """What is wrong at one place, without the data that the validator's own message would repeat."""
    forms = error if error.validator in ("anyOf", "oneOf") else error.parent
    if forms is not None and forms.validator in ("anyOf", "oneOf") and forms.instance is error.instance:
        return _unfit(forms)
    if error.validator == "not":
        return "these fields cannot stand together"
    if error.validator == "additionalProperties":
        strays = [f"`{name}`" for name in error.instance if name not in error.schema["properties"] and name[:2] != "x-"]
        return _cut("no such key: " + ", ".join(strays[:8]))
    return _cut(str(error.message))


def _unfit(forms: Any) -> str:
    """A value that takes none of several forms, or a mapping without one of several keys."""
    names = [f"`{name}`" for form in forms.validator_value for name in form.get("required", ())]
    if names and "title" in forms.schema and forms.schema.get("type") == "object":
        return f"{'exactly one' if forms.validator == 'oneOf' else 'one'} of these must be there: {', '.join(names)}"
    return f"{_shown(forms.instance)} is not what `{forms.schema.get('title', 'this field')}` takes"


def _shown(value: object) -> str:
    return "this mapping" if isinstance(value, dict) else "this list" if isinstance(value, list) else _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= 200 else text[:99] + " ... " + text[-99:]
