"""The catalog of findings: each is one function whose name, docstring and body are its name, page and message."""

from __future__ import annotations

from collections.abc import Callable

from vidc.hints import ParamSpec
from vidc.record import record, replace

from .finding import Finding, Severity, Words

P = ParamSpec("P")

MAX_SAID = 2_000
"""Limit: a message or a help that quotes a longer text of the author's is cut to so many characters."""


@record
class Page:
    """What `vidc explain NAME` prints. `text` is the docstring: what, why it matters, a bad and a good example.

    `kind`: `problem` of the spec alone, `rule` of taste, `film` where one is drawn, `workspace` where its lists are
    known.
    """

    name: str
    severity: Severity
    text: str
    kind: str


PAGES: dict[str, Page] = {}
"""Every finding whose module was imported, by name. `vidc.problems.load()` imports them all."""


def problem(severity: Severity, kind: str = "problem") -> Callable[[Callable[P, Words]], Callable[P, Finding]]:
    """Declare a finding: `over_constrained` is named `over-constrained`; its words may say another severity."""

    def declare(words: Callable[P, Words]) -> Callable[P, Finding]:
        name = words.__name__.replace("_", "-")
        assert name not in PAGES, f"two findings are named {name}"
        PAGES[name] = Page(name, severity, words.__doc__ or "", kind)

        def finding(*args: P.args, **kwargs: P.kwargs) -> Finding:
            said = words(*args, **kwargs)
            if len(said.message) > MAX_SAID or len(said.help) > MAX_SAID:
                said = replace(said, message=_cut(said.message), help=_cut(said.help))
            return Finding(name, said.severity or severity, said)

        return finding

    return declare


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SAID else text[: MAX_SAID - 1] + "…"
