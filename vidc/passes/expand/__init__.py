"""expand: Tree -> Tree, with everything filled in and nothing left to loop over, to ask, to put in place or to include.

What brought it, `variables`, `components`, `defaults` and `include`, stays: later findings look names up there. The one
door of Jinja is `template`. A value can never break out into structure: templates are filled inside scalars,
after the text was parsed. A document that has nothing to expand costs nothing here, not even an import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vidc.diag.finding import Log, Place
from vidc.ir import tree
from vidc.ir.form import BRINGS, PLAIN, is_literal
from vidc.ir.tree import Node
from vidc.source import Span


def expand(
    root: tree.Mapping,
    log: Log,
    *,
    given: Mapping[str, Node],
    read: Callable[[str, Span], tree.Mapping | str | None],
    draft: bool = False,
    aside: list[Node] | None = None,
) -> tree.Mapping | None:
    """The document with everything filled in; None where it grew past what one document may.

    `given`: values from outside, by name. `read`: reads what the document includes, as `include.Read` says. `draft`: a
    required variable without a value is a note, and what depends on it is unknown. `aside` takes the scenes that the
    values leave out, with nothing filled in.

    Raises `OSError` where the system does not make the process that templates are worked out in.
    """
    if is_literal(root):
        _refuse(given, log)
        return root
    if "scenes" not in root.entries and "scenes" in root.source.text:
        from .raised import with_scenes

        root = with_scenes(root, log)
    is_plain = not root.live and not given and root.entries.keys() <= PLAIN and "include" not in root.source.text
    if is_plain and root.entries.keys().isdisjoint(BRINGS):
        return root
    from .document import expanded

    return expanded(root, log, given, read, draft, [] if aside is None else aside)


def _refuse(given: Mapping[str, Node], log: Log) -> None:
    """A literal document has no variables to take values."""
    from vidc.diag.undeclared import name_before
    from vidc.problems import variables as problems

    for name, node in given.items():
        log.add(problems.undeclared_variable(Place(name_before(name, node.span)), name, ""))
