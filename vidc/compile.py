"""compile: the passes, in order. The one compile path: what is checked here is what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vidc.diag import allow
from vidc.diag.finding import Finding, Full, Log, Via
from vidc.diag.result import order, strictly, without_followers
from vidc.hints import TypeAlias
from vidc.ir import tree
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.form import is_literal, is_part
from vidc.ir.graph import Graph
from vidc.ir.job import Job
from vidc.ir.spec import Spec
from vidc.ir.timeline import Timeline
from vidc.ir.tree import Node
from vidc.passes.check import check
from vidc.passes.expand import expand
from vidc.passes.link import link
from vidc.passes.lint import lint
from vidc.passes.parse import Spent, parse
from vidc.passes.solve import explicit as made_explicit
from vidc.passes.solve import solve
from vidc.problems import all_names
from vidc.problems import emit as problems
from vidc.record import record, replace
from vidc.source import Source, Span

MAX_FINDINGS = 1_000
"""Limit: after so many errors and warnings in one spec no more is looked for, and an error says so."""

Reader: TypeAlias = Callable[[str, Source], "Source | str"]
"""Reads an included file, named as written in a source: its text, or why it cannot be read."""


@record
class Compiled:
    """All that is known of one spec. A noun is None where the one before it could not be made.

    `job` is there if and only if no finding is an error; a draft has none. `allowed`: the findings that the file
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


def no_files(_name: str, _base: Source) -> str:
    """A reader for specs that stand alone."""
    return "no files are read here"


def read_tree(source: Source) -> tuple[tree.Mapping | None, list[Finding]]:
    """The tree of a document alone, None where it cannot be read, and what is wrong with its text; pure and total."""
    log = Log(MAX_FINDINGS)
    try:
        return parse(source, log), log.findings
    except Full:
        return None, [*log.findings, problems.too_many_findings(log.findings[-1].words.at, MAX_FINDINGS)]


def compile(
    source: Source,
    *,
    given: Mapping[str, Node] | None = None,
    read: Reader = no_files,
    facts: Facts = NOTHING,
    draft: bool = False,
    explicit: bool = False,
    strict: bool = False,
    allowances: bool = True,
) -> Compiled:
    """Compile one spec; pure and total.

    `given`: values of variables by name. `draft`: as lint has it, a required variable without a value is a note, and a
    file that only brings names to others is no mistake; a draft makes no job.
    `explicit`: rely on no undocumented reading. `strict`: warnings are errors. `allowances`: heed the file's own.
    """
    log = Log(MAX_FINDINGS)
    files = _Files(source, read, log)
    try:
        root, filled, spec, graph, timeline = _passes(files, log, given or {}, facts, draft)
    except Full:
        root = filled = spec = graph = timeline = None
    findings, allowed = _settled(log, files, given or {}, strict, allowances)
    job = None
    sound = not draft and all(finding.severity != "error" for finding in findings)
    if spec and graph and timeline and sound and not spec.unknown:
        from vidc.passes.emit import emit

        job = emit(made_explicit(graph, timeline) if explicit else spec)
    return Compiled(source, findings, allowed, list(files.trees), root, filled, spec, graph, timeline, job)


def _passes(
    files: _Files, log: Log, given: Mapping[str, Node], facts: Facts, draft: bool
) -> tuple[tree.Mapping | None, tree.Mapping | None, Spec | None, Graph | None, Timeline | None]:
    """What each pass makes of a spec; it ends where one cannot go on."""
    root = files.parsed(files.root)
    aside: list[Node] = []
    filled = None if root is None else expand(root, log, given=given, read=files.included, draft=draft, aside=aside)
    if root is None or filled is None or (draft and is_part(root)):
        return root, None, None, None, None
    spec = check(filled, log, literal=is_literal(root))
    if aside:
        _check_aside(filled, aside, log)
    graph = link(spec, facts, log)
    timeline = solve(graph, log)
    lint(spec, timeline, log)
    return root, filled, spec, graph, timeline


def _check_aside(filled: tree.Mapping, aside: list[Node], log: Log) -> None:
    """Warn of what is wrong in the scenes that are not in this video: with other values they may be in the next."""
    found = Log(MAX_FINDINGS)
    scenes = tree.Sequence(aside, filled.source, filled.start, filled.end)
    place = tree.Scalar("scenes", filled.source, filled.start, filled.start)
    try:  # noqa: SIM105  # `contextlib` costs the start of every lint a millisecond
        check(replace(filled, entries={**filled.entries, "scenes": (place, scenes)}), found, literal=False)
    except Full:
        pass
    for finding in found.once():
        words = finding.words
        if words.at.via and finding.severity != "note":
            log.add(replace(finding, severity="warning", words=replace(words, at=replace(words.at, path=""))))


def sealed(made: Compiled) -> Compiled:
    """The same, its job held once more against the job's schema: the last gate before a job leaves vidc."""
    from vidc.contract import TooLarge, breaches

    if made.job is None:
        return made
    try:
        broken = breaches(made.job.data, made.job.schema)
        found = [problems.breaks_schema(made.source, where, what) for where, what in broken]
    except TooLarge as error:
        found = [problems.too_large_job(made.source, str(error))]
    return replace(made, findings=[*made.findings, *found], job=None) if found else made


class _Files:
    """The sources of one compilation and their trees; each file is read once, however often it is included."""

    def __init__(self, source: Source, read: Reader, log: Log) -> None:
        self.root = source
        self.read = read
        self.log = log
        self.spent = Spent()
        self.trees: dict[Source, tree.Mapping | None] = {}
        self.places: dict[Source, Span] = {}
        self.known: dict[str, Source] = {}

    def parsed(self, source: Source) -> tree.Mapping | None:
        self.trees[source] = parse(source, self.log, self.spent)
        return self.trees[source]

    def included(self, name: str, at: Span) -> tree.Mapping | str | None:
        """The tree of a file that is named at a place; why it cannot be read; or None where findings say so."""
        if self.spent.full:
            return None
        found = self.read(name, at.source)
        if isinstance(found, str):
            return found
        first = self.known.setdefault(found.file, found)
        self.places.setdefault(first, at)
        return self.trees[first] if first in self.trees else self.parsed(first)

    def scalars(self, source: Source) -> list[tuple[int, int]]:
        """Where the scalars of a source stand, in order."""
        found: list[tuple[int, int]] = []
        root = self.trees.get(source)
        waiting: list[Node] = [root] if root is not None else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, tree.Scalar):
                found.append((node.start, node.end))
            elif node.anchor is None:
                if isinstance(node, tree.Mapping):
                    waiting += [part for entry in node.entries.values() for part in entry]
                else:
                    waiting += node.items
        return sorted(found)


def _told_through(finding: Finding, places: Mapping[Source, Span]) -> Finding:
    """A finding in an included file, with where that file is included."""
    at, words = finding.words.at, finding.words
    if at.span.source not in places:
        return finding
    step = Via(f"from `{at.span.source.path}`", places[at.span.source])
    return replace(finding, words=replace(words, at=replace(at, via=(*at.via, step))))


def _settled(
    log: Log, files: _Files, given: Mapping[str, Node], strict: bool, allowances: bool
) -> tuple[list[Finding], list[Finding]]:
    """The findings as they are shown, and those that the files silence."""
    found = [_told_through(finding, files.places) for finding in log.once()]
    kept, allowed = allow.apply(found, list(files.trees), files.scalars, all_names) if allowances else (found, [])
    if given and kept:
        from vidc.diag.origin import with_origins

        kept = with_origins(kept, {name: node.span for name, node in given.items()})
    ordered = order(strictly(without_followers(kept), strict), files.root)
    if log.left < 0:
        ordered.append(problems.too_many_findings(log.findings[-1].words.at, MAX_FINDINGS))
    return ordered, allowed
