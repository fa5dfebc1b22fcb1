"""wait_showing: follows jobs with a line of progress, and notes what became of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click

from vidc.clock import read_time
from vidc.colossyan.waiting import News, follow
from vidc.diag.sink import brief
from vidc.ledger.advice import advice, doubt
from vidc.ledger.intent import Intent
from vidc.ledger.ledger import Ledger
from vidc.ledger.place import lock_path
from vidc.ledger.settle import remember, tried_to_settle

from .end import DONE, WORLD, complain
from .printing import columns
from .service_options import REFUSED

Command = Any
BAR = 20


def deadline(command: Command) -> Command:
    """Add `--deadline`; the command takes `deadline` in seconds."""
    option = click.option(
        "--deadline",
        default="2h",
        show_default=True,
        callback=_seconds,
        metavar="TIME",
        help="Stop waiting after this.",
    )
    return option(command)


def _seconds(_ctx: click.Context, _parameter: click.Parameter, text: str) -> float:
    found = read_time(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is no time; it looks like `90s`, `30m` or `2h`")
    return found / 1000


def wait_for(ledger: Ledger, client: Any, keys: Iterable[str], deadline_s: float) -> int:
    """Wait for those of the intents that are submitted; 0 where all are finished."""
    wanted = {row.job_id: row for row in map(ledger.row, sorted(keys)) if row.state == "submitted"}
    line = _Line(len(wanted))
    bad = False
    try:
        for news in follow(client, wanted, deadline_s=deadline_s):
            row = wanted[news.job_id]
            if trouble := tried_to_settle(ledger, client, row, news):
                line.trouble(row, trouble)
            elif news.ended:
                row = ledger.row(row.key)
                bad = bad or row.state != "finished"
                line.end(_said(row))
            line.show(row, news)
    finally:
        line.close()
        remember(ledger, lock_path(client.service.url), client.service.url)
    left = [row for row in map(ledger.row, (row.key for row in wanted.values())) if row.state == "submitted"]
    if left:
        complain(f"{len(left)} {'job is' if len(left) == 1 else 'jobs are'} still being made: `vidc wait` goes on")
    return WORLD if left or bad else DONE


def passed_over(row: Intent) -> int:
    """Say of an intent that cannot be waited for how it stands; the exit code for that."""
    match row.state:
        case "finished":
            click.echo(brief(_said(row)))
            return DONE
        case "unknown":
            complain(brief(doubt(row)))
            return REFUSED
    why = f" ({row.reason})" if row.reason else ""
    complain(brief(f"{row.spec} is {row.state}{why}: {advice(row.state, row.key, row.spec)}"))
    return WORLD


def _said(row: Intent) -> str:
    if row.state == "finished":
        long = f"  {row.ms / 1000:.1f} s" if row.ms is not None else ""
        return f"{row.key}  finished   {row.spec}{long}"
    return f"{row.key}  {row.state:9}  {row.spec}  {row.reason}"


class _Line:
    """The progress of all jobs in one line, which a terminal shows over and over; elsewhere only ends are said."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.ended = 0
        self.live = sys.stderr is not None and sys.stderr.isatty()
        self.parts: dict[str, float] = {}
        self.told: set[str] = set()

    def trouble(self, row: Intent, said: str) -> None:
        """Say why nothing is heard of a job: once, as what stands in the way is asked for over and over."""
        if said not in self.told:
            self.close()
            complain(brief(f"{row.spec}: {said}"))
        self.told.add(said)

    def show(self, row: Intent, news: News) -> None:
        if not self.live or news.ended:
            return
        status = news.status
        if status is not None and status.maximum:
            self.parts[row.key] = min(1.0, status.progress / status.maximum)
        done = (self.ended + sum(self.parts.values())) / max(self.jobs, 1)
        full = round(done * BAR)
        what = news.trouble if status is None else status.status.replace("_", " ")
        text = f"{'█' * full}{'░' * (BAR - full)} {self.ended} of {self.jobs}  {row.spec}: {what}"
        self._write(brief(text)[: columns(sys.stderr) - 1])

    def end(self, text: str) -> None:
        self.ended += 1
        self.parts.pop(text.split(" ", 1)[0], None)
        self.close()
        click.echo(brief(text))

    def close(self) -> None:
        if self.live:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
