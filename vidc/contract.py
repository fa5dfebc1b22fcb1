"""contract: the JSON schemas of specs and jobs, and holding a document against one. The one door of jsonschema."""

from __future__ import annotations

from functools import cache
from typing import Any


def breaches(document: object, schema: str) -> list[tuple[str, str]]:
    """All that is wrong with plain data by one of the schemas: where (`scenes[0].tracks[2].duration`), and what.

    `schema`: a file's name, such as `colossyan-job.schema.json`. It takes some 3 ms for each scene.
    """
    from jsonschema.exceptions import best_match

    found = (best_match([error]) for error in _validator(schema).iter_errors(document))
    return [(_path(error.absolute_path), _words(error)) for error in found]


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
        return "no such key: " + ", ".join(strays[:8])
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
