"""served: the service's own variables, as the templates of a spec meet them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from re import finditer

from vidc.diag.finding import Label, Log, Place
from vidc.ir import tree
from vidc.ir.tree import Mapping, Scalar
from vidc.problems import variables as problems
from vidc.record import replace

from .gaps import faulty
from .values import Fault
from .variables import declares

FIELD = "dynamicVariables"
_GUARDED = r"(?<![\w.'\"])([^\W\d]\w*)[ ]*(?:\|[ ]*d(?:efault)?\b|is[ ](?:not[ ])?(?:un)?defined\b)"
"""A name that may be missing: `name | default('you')`, `name is defined`."""
_MARKED = r"(?s:\{\{.{1,400}?\}\}|\{%.{1,400}?%\})|<[^<>\n]{1,200}>"
EXPRESSION = r"(?s:.+)"
MOST = 8
"""Places that a finding has labels for."""
LONGEST = 40
"""Characters of a default that a help shows."""


def without_declarations(root: Mapping, log: Log) -> tuple[Mapping, Collection[str]]:
    """The document, with nothing known of the values of the service that are written like declarations, which is said;
    and their names."""
    found = root.entries.get(FIELD)
    if found is None or not isinstance(found[1], Mapping):
        return root, ()
    entries = found[1].entries
    wrong = {name: entry for name, entry in entries.items() if isinstance(entry[1], Mapping) and declares(entry[1])}
    if not wrong:
        return root, ()
    first, *others = wrong
    labels = tuple(Label(wrong[name][0].span, "and this") for name in others[:MOST])
    log.add(problems.misplaced_declaration(Place(wrong[first][0].span), first, _default(wrong[first][1]), labels))
    kept = {name: (key, faulty(key) if name in wrong else node) for name, (key, node) in entries.items()}
    return replace(root, entries={**root.entries, FIELD: (found[0], replace(found[1], entries=kept))}), wrong


def _default(node: tree.Node) -> str:
    """The text that a declaration gives, as it is written."""
    for name in ("default", "example"):
        value = node.entries[name][1] if isinstance(node, Mapping) and name in node.entries else None
        if isinstance(value, Scalar) and value.anchor is None and value.value is not None:
            written = value.span.text
            return written if written.isprintable() and len(written) <= LONGEST else ""
    return ""


def guarded(text: str, served: Collection[str], scope: Collection[str], pattern: str = _MARKED) -> list[Fault]:
    """The service's names for which a template says what stands there without them: it would always stand there.
    `pattern`: what is a template; `EXPRESSION` where all of the text is one."""
    return [
        Fault("undefined-name", match.start(1) + block.start(), match.end(1) + block.start(), (match[1],))
        for block in islice(finditer(pattern, text), MOST)
        for match in islice(finditer(_GUARDED, block[0]), MOST)
        if match[1] in served and match[1] not in scope
    ]
