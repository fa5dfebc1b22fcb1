"""store: jobs, videos, avatars and drafts in SQLite, so that a server that is started again knows them all.

A job is on disk before its acceptance is answered. The write-ahead log is not flushed at each commit: what was
committed outlives the process however it dies, though perhaps not the machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from .accept import Accepted

LIVE = ("in_queue", "preprocessing", "preprocessing_finished", "generating")
"""The states from which a job goes on, in order."""

_TABLES = """
create table if not exists jobs (
    number integer primary key,
    id text not null unique,
    video text not null unique,
    kind text not null,
    status text not null,
    name text not null,
    created text not null,
    received blob not null,
    job text not null,
    ms integer not null,
    faults text not null,
    reason text not null default '',
    callback text not null default ''
);
create index if not exists live on jobs (number) where status in ('in_queue', 'preprocessing',
    'preprocessing_finished', 'generating') or callback = 'due';
create table if not exists videos (
    id text primary key, created text not null, bytes integer not null, ms integer not null,
    ending text not null, rendered integer not null
);
create table if not exists avatars (
    name text primary key, shown text not null, source text not null, gender text not null
);
create table if not exists drafts (id text primary key, title text not null, spec text not null);
create table if not exists counts (name text primary key, count integer not null);
"""

Row = sqlite3.Row


class Store:
    """One database file, held by one server and used from one thread."""

    def __init__(self, path: Path) -> None:
        self.sql = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
        self.sql.row_factory = sqlite3.Row
        self.sql.executescript(
            "pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal;"
        )
        self.sql.executescript(_TABLES)

    def close(self) -> None:
        self.sql.close()

    def _one(self, query: str, *values: Any) -> Row | None:
        row: Row | None = self.sql.execute(query, values).fetchone()
        return row

    # jobs

    def add_job(self, accepted: Accepted, faults: frozenset[str]) -> Row:
        """A job that was accepted, in the queue; its id and its video's are new."""
        job, video = str(uuid4()), str(uuid4())
        values = (job, video, accepted.kind, accepted.name, _now(), accepted.received, accepted.job, accepted.ms)
        self.sql.execute(
            "insert into jobs (id, video, kind, name, created, received, job, ms, status, faults)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, 'in_queue', ?)",
            (*values, " ".join(sorted(faults))),
        )
        row = self.job(job)
        assert row is not None
        return row

    def job(self, job: str) -> Row | None:
        return self._one("select * from jobs where id = ?", job)

    def jobs(self) -> Iterator[Row]:
        """All of them, the first first."""
        yield from self.sql.execute("select * from jobs order by number")

    def unfinished(self) -> list[str]:
        """The ids of the jobs that go on, and of those whose callback is still to be posted."""
        marks = ", ".join(f"'{status}'" for status in LIVE)
        found = self.sql.execute(f"select id from jobs where status in ({marks}) or callback = 'due' order by number")
        return [row["id"] for row in found]

    def advance(self, job: str, status: str) -> None:
        self.sql.execute("update jobs set status = ? where id = ?", (status, job))

    def finish(self, job: str, size: int, ms: int, ending: str, rendered: bool, callback: str) -> None:
        """The film is there: the job is finished and its video known, both or neither."""
        video = "insert or replace into videos select video, ?, ?, ?, ?, ? from jobs where id = ?"
        with self.sql:
            self.sql.execute("begin immediate")
            self.sql.execute(video, (_now(), size, ms, ending, rendered, job))
            self.sql.execute(
                "update jobs set status = 'finished', ms = ?, callback = ? where id = ?", (ms, callback, job)
            )

    def fail(self, job: str, reason: str, callback: str) -> None:
        self.sql.execute(
            "update jobs set status = 'failed', reason = ?, callback = ? where id = ?", (reason, callback, job)
        )

    def called(self, job: str, outcome: str) -> None:
        """What became of a job's callback: `posted`, `lost`, or why it could not be posted."""
        self.sql.execute("update jobs set callback = ? where id = ?", (outcome, job))

    def delete_job(self, job: str) -> bool:
        """Whether there was such a job and it was not deleted before."""
        changed = self.sql.execute(
            "update jobs set status = 'deleted', callback = '' where id = ? and status != 'deleted'", (job,)
        )
        return changed.rowcount > 0

    # videos

    def video(self, video: str) -> Row | None:
        """A video that is there, with its job's id and name."""
        return self._one(
            "select videos.*, jobs.id as job, jobs.name as name from videos join jobs on jobs.video = videos.id"
            " where videos.id = ?",
            video,
        )

    def delete_video(self, video: str) -> bool:
        return self.sql.execute("delete from videos where id = ?", (video,)).rowcount > 0

    # what else there is

    def add_avatar(self, name: str, shown: str, source: str, gender: str) -> None:
        self.sql.execute("insert into avatars values (?, ?, ?, ?)", (name, shown, source, gender))

    def avatars(self) -> list[Row]:
        return self.sql.execute("select * from avatars order by rowid").fetchall()

    def add_draft(self, title: str, spec: str) -> str:
        draft = str(uuid4())
        self.sql.execute("insert into drafts values (?, ?, ?)", (draft, title, spec))
        return draft

    def draft(self, draft: str) -> Row | None:
        return self._one("select * from drafts where id = ?", draft)

    def count_post(self) -> None:
        """One more post of a job came in, whatever became of it."""
        self.sql.execute("insert into counts values ('posts', 1) on conflict do update set count = count + 1")

    def stats(self) -> dict[str, int | float]:
        """`posts`: posts of jobs that came in. `jobs`: those accepted. `billedSeconds`: the length of these."""
        posts = self._one("select count from counts where name = 'posts'")
        jobs = self._one("select count(*) as jobs, coalesce(sum(ms), 0) as ms from jobs")
        assert jobs is not None
        return {"posts": posts["count"] if posts else 0, "billedSeconds": jobs["ms"] / 1000, "jobs": jobs["jobs"]}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
