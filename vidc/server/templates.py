"""templates: jobs that are saved as templates when the server starts, by the id that a request names."""

from __future__ import annotations

from os.path import basename

from vidc.project import ENDINGS


def template_id(text: str) -> tuple[str, str]:
    """The id and the file of `ID=FILE`, or of a file alone, whose name without its ending is the id."""
    name, equals, file = text.partition("=")
    if equals and name:
        return name, file
    stem = basename(text)
    for ending in (*ENDINGS, ".json", ".yaml", ".yml"):
        stem = stem.removesuffix(ending)
    return stem, text
