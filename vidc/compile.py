"""compile: the passes, in order. The one compile path: what is checked here is what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from vidc.diag import allow
from vidc.diag.finding import Finding, Log
from vidc.diag.result import order, strictly
from vidc.ir import tree
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.graph import Graph
from vidc.ir.job import Job
from vidc.ir.spec import Spec
from vidc.ir.timeline import Timeline
from vidc.ir.tree import Node
from vidc.passes.check import check
from vidc.passes.emit import emit
from vidc.passes.expand import expand, is_literal
from vidc.passes.link import link
from vidc.passes.lint import lint
from vidc.passes.parse import parse
from vidc.passes.solve import solve
from vidc.record import record
from vidc.source import Source

Reader: TypeAlias = Callable[[str, Source], "Source | str"]
"""Reads an included file, named as written in a source: its text, or why it cannot be read."""


@record
class Compiled:
    """All that is known of one spec. A noun is None where the one before it could not be made.

    `job` is there if and only if no finding is an error and no value is missing. `allowed`: the findings that the file
    itself silences. `sources`: the spec's and those it includes.
    """

    source: Source
    findings: list[Finding]
    allowed: list[Finding]
    sources: list[Source]
    root: tree.Mapping | None = None
    tree: tree.Mapping | None = None
    spec: Spec | None = None
    graph: Graph | None = None
    timeline: Timeline | None = None
    job: Job | None = None

    @property
    def cuts(self) -> list[Finding]:
        """The findings of content that is cut and not allowed in the file: paid for and not seen."""
        return [finding for finding in self.findings if finding.words.cuts]


def no_files(name: str, _: Source) -> str:
    """A reader for specs that stand alone."""
    return "no files are read here"


def compile(
    source: Source,
    *,
    given: Mapping[str, Node] | None = None,
    read: Reader = no_files,
    facts: Facts = NOTHING,
    draft: bool = False,
    explicit: bool = False,
    sealed: bool = False,
    strict: bool = False,
    allowances: bool = True,
) -> Compiled:
    """Compile one spec; pure and total.

    `given`: values of variables by name. `draft`: a required variable without a value is a note, as lint has it.
    `explicit`: rely on no undocumented reading. `strict`: warnings are errors. `allowances`: heed the file's own.
    """
    log = Log()
    sources = [source]
    root = parse(source, log)
    if root is None:
        return Compiled(source, strictly(log.findings, strict), [], sources)
    filled = expand(root, log, given=given or {}, read=_included(read, sources, log), draft=draft)
    if filled is None:
        return Compiled(source, strictly(log.findings, strict), [], sources, root)
    spec = check(filled, log, literal=is_literal(filled))
    graph = link(spec, facts, log)
    timeline = solve(graph, log)
    lint(spec, timeline, log)
    kept, allowed = allow.apply(log.findings, sources) if allowances else (log.findings, [])
    findings = order(strictly(kept, strict), source)
    job = None
    if not any(finding.severity == "error" for finding in findings) and not spec.unknown:
        job = emit(spec_explicit(graph, timeline) if explicit else spec)
    return Compiled(source, findings, allowed, sources, root, filled, spec, graph, timeline, job)


def _included(read: Reader, sources: list[Source], log: Log) -> Callable[[str, Source], tree.Mapping | str | None]:
    """Reads each file once, however often it is included."""
    trees: dict[str, tree.Mapping | None] = {}

    def included(name: str, base: Source) -> tree.Mapping | str | None:
        found = read(name, base)
        if isinstance(found, str):
            return found
        if found.file not in trees:
            sources.append(found)
            trees[found.file] = parse(found, log)
        return trees[found.file]

    return included
