"""The command line: `main` starts it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that `sys.argv` names, and exit with its code.

    A plain `vidc lint FILE...` runs without click, whose import costs as much as linting a small file does.
    """
    import gc

    gc.disable()  # a short process that makes no cycles; collecting costs a third of a large lint
    words = sys.argv[1:]
    if words[:1] == ["lint"] and not any(word.startswith("-") and word != "-" for word in words[1:]):
        from .end import ended
        from .linting import lint_files

        sys.exit(ended(lambda: lint_files(words[1:] or ["."])))
    from .app import app

    sys.exit(app())
