"""`vidc captions`."""

from __future__ import annotations

from math import ceil

import click

from vidc.clock import roughly, show
from vidc.compile import compile
from vidc.ir.tree import Node
from vidc.project import reader

from . import options
from .end import DONE, ERRORS, complain
from .linting import facts_for, read
from .single import single
from .writing import deliver


@click.command(epilog="Example:  vidc captions welcome.vidc.yaml --format vtt -o welcome.vtt")
@click.argument("spec", type=options.FILE)
@click.option(
    "--format", type=click.Choice(("srt", "vtt")), default="srt", show_default=True, help="How to write them."
)
@options.output("captions")
@options.variables
@options.root
@options.color
@options.isolated
def command(
    spec: str,
    format: str,
    output: str | None,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
    isolated: bool,
) -> int:
    """Write what is said as captions, sentence by sentence, at the times of the timeline.

    Lines are short, and captions stay long enough to be read, as broadcasters ask for; where speech is too fast for
    that, it is said on standard error. Words that are cut off are left out. SPEC may be a folder that has one video.
    Required variables without a value take their example.
    """
    from vidc.review.captions import captions, srt, too_fast, vtt

    spec = single(spec, root)
    source = read(spec, root)
    made = compile(source, given=given, read=reader(root), facts=facts_for(isolated, root), draft=True)
    options.show_errors(made.findings, source, color=color)
    if any(finding.severity == "error" for finding in made.findings):
        return ERRORS
    cues = captions(made)
    for cue in too_fast(cues):
        stands = f"stands for {show(roughly(cue.end - cue.start))} only, which is too short to read it"
        complain(f"{cue.track}: `{cue.text}` {stands}: {ceil(cue.pace)} characters a second")
    if not cues:
        complain(f"{source.path}: nothing is said in it")
    deliver(srt(cues) if format == "srt" else vtt(cues), output)
    return DONE
