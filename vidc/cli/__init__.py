"""The command line: `main` starts it."""

from __future__ import annotations

import os
import sys

from vidc.hints import NoReturn


def main() -> NoReturn:
    """Run the command that `sys.argv` names, and exit with its code.

    A plain `vidc lint FILE...` runs without click, whose import costs as much as linting a small file does.
    """
    import gc

    gc.disable()  # a short process that makes no cycles; collecting costs a third of a large lint
    words = sys.argv[1:]
    if words[:1] == ["lint"] and not any(word.startswith("-") and word != "-" for word in words[1:]):
        from .end import ended
        from .linting import has_configuration, lint_files

        if not has_configuration():
            leave(ended(lambda: lint_files(words[1:] or ["."])))
    from .app import app

    leave(app())


def leave(code: int) -> NoReturn:
    """End the process without taking apart what it built, which takes as long as a tenth of building it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it was closed before this process began
            try:
                stream.flush()
            except OSError:
                code = code or 3
    os._exit(code)
