"""vidc compiles videos written as YAML into jobs for Colossyan, and proves first that everything fits in time.

    from vidc import Source, compile

    made = compile(Source("welcome.vidc.yaml", text))
    made.findings     what is wrong, with place, reason and repair
    made.timeline     when everything starts and ends
    made.job          what the service takes; None if a finding is an error

The map, from the command line down; a module imports only what stands below it:

    cli         one small module per command; no logic
    server      a service on this machine that speaks Colossyan's API
    editor      a language server: what the compiler knows while a spec is written
    review      what a change means to those who watch: differences, captions, the preview page
    ledger      plans, and what was sent, once each
    colossyan   the service's API
    render      a timeline as a film, drawn and spoken on this machine
    lock        what was learned and made, in git
    fetch       files of the project and, where asked for, of public servers
    config      what a project always wants
    views       the timeline and the graph as text, data and pictures
    adopt       a job's JSON as a spec
    project     reads specs from disk, and nothing outside the project's root
    given       values of variables, from the command line and from files
    compile     the passes, in order
    contract    the JSON schemas, and holding a document against one
    passes      parse, expand, check, link, solve, lint, emit: one function each
    rules       what is unwise: one module per rule
    speech      how long a text takes to say
    problems    what is wrong: one module per pass; name, page and message of each finding
    ir          what the passes hand on: tree, spec, graph, timeline, job
    diag        findings, their catalog, allowances in files, and one module per output format
    source      a text and a piece of it
    clock       times and lengths in milliseconds
    whole       files that appear whole or not at all
    record      classes of named fields
    hints       the names that only type checkers read
"""

from __future__ import annotations

import gc

_collects = gc.isenabled()
gc.disable()  # the imports make no garbage, and looking for it takes a tenth of their time

from .compile import Compiled, compile  # noqa: E402
from .source import Source, Span  # noqa: E402

if _collects:
    gc.enable()

__all__ = ["Compiled", "Source", "Span", "compile"]
