"""life: what becomes of a job once it is accepted: a task that goes from state to state until the film is there.

A state is on disk before anything is done in it, so a server that is started again goes on where it was. Being
deleted cancels the task, and with it the rendering.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from json import loads
from sqlite3 import DatabaseError

from . import callbacks
from .failing import said
from .options import Options
from .rendering import CannotRender, Film, render, stand_for, task_of
from .store import LIVE, Row, Store

WAITS_S = {"in_queue": 1.0, "preprocessing": 1.0, "preprocessing_finished": 0.5}
"""How long a job stays in the states before it is generated. The service documents no such times; these let a person
see every state."""
PROGRESS = 100
"""`maximumProgress`; the service does not say on what scale it counts."""
SLOW = 20
OPAQUE, TRANSPARENT = "mp4", "webm"
CALLS = 8
"""Limit: callbacks that are posted at once."""


class Life:
    """The tasks of all jobs that go on. `say` takes one line for who watches the server."""

    def __init__(self, store: Store, options: Options, address: str, say: Callable[[str], None]) -> None:
        self.store = store
        self.options = options
        self.address = address
        self.say = say
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.progress: dict[str, float] = {}
        self.rooms = asyncio.Semaphore(options.rooms)
        self.calls = asyncio.Semaphore(CALLS)
        self.files = options.folder / "films"

    def film(self, video: str, ending: str) -> Film:
        return Film(self.files / f"{video}.{ending}", self.files / f"{video}.jpg")

    def begin(self, job: str) -> None:
        task = asyncio.create_task(self._live(job))
        self.tasks[job] = task
        task.add_done_callback(lambda done: self._ended(job, done))

    def _ended(self, job: str, task: asyncio.Task[None]) -> None:
        self.tasks.pop(job, None)
        self.progress.pop(job, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            reason = said(error) if isinstance(error, Exception) else type(error).__name__
            self.say(f"job {job} waits for the next start: {reason}")

    def resume(self) -> int:
        """Go on with the jobs of an earlier run; how many there are."""
        waiting = self.store.unfinished()
        for job in waiting:
            self.begin(job)
        return len(waiting)

    def delete(self, job: str) -> bool:
        """Whether there was such a job to delete; its rendering stops."""
        if task := self.tasks.get(job):
            task.cancel()
        return self.store.delete_job(job)

    def delete_video(self, video: str) -> bool:
        for ending in (OPAQUE, TRANSPARENT):
            for path in self.film(video, ending).files():
                path.unlink(missing_ok=True)
        return self.store.delete_video(video)

    async def stop(self) -> None:
        """Leave every job in the state that it is in."""
        tasks = list(self.tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _live(self, job: str) -> None:
        row = self.store.job(job)
        assert row is not None
        faults = row["faults"].split()
        try:
            if row["status"] in LIVE:
                await self._finish(row, faults)
        except DatabaseError:
            raise
        except CannotRender as error:
            self._failed(row, str(error))
        except Exception as error:  # whatever the film's libraries raise, the job ends and says why
            self._failed(row, said(error))
        await self._call(job)

    async def _finish(self, row: Row, faults: list[str]) -> None:
        job, slower = row["id"], SLOW if "slow" in faults else 1
        async with self.rooms if self.options.film == "render" else nullcontext():
            for status, seconds in list(WAITS_S.items())[LIVE.index(row["status"]) :]:
                self.store.advance(job, status)
                await self._wait(seconds * slower)
            self.store.advance(job, "generating")
            if "fail" in faults:
                raise CannotRender("this was asked for by `--fault`")
            ms = await self._generate(row, slower)
        ending = self._ending(row)
        size = self.film(row["video"], ending).film.stat().st_size
        self.store.finish(job, size, ms, ending, self.options.film == "render", self._due(row))
        self.say(f"job {job} finished")

    async def _generate(self, row: Row, slower: int) -> int:
        """The film; its length in ms."""
        film = self.film(row["video"], self._ending(row))
        if self.options.film == "render":
            told = partial(self.progress.__setitem__, row["id"])
            await self._wait(SLOW if slower > 1 else 0)
            created = {avatar["name"]: avatar["source"] for avatar in self.store.avatars()}
            task = task_of(row["job"], self.options, created)
            return await render(task, film, told, lambda text: self.say(f"job {row['id']}: {text}"))
        for step in range(10):
            self.progress[row["id"]] = step / 10
            await self._wait(row["ms"] / 1000 / 10 * slower)
        return stand_for(row["job"], row["ms"], film)

    def _ending(self, row: Row) -> str:
        """Of the film's name: only WebM can be transparent."""
        settings = loads(row["job"])["videoCreative"]["settings"]
        transparent = self.options.film == "render" and settings.get("alphaChannel") is True
        return TRANSPARENT if transparent else OPAQUE

    def _failed(self, row: Row, reason: str) -> None:
        self.store.fail(row["id"], reason, self._due(row))
        self.say(f"job {row['id']} failed: {reason}")

    def _due(self, row: Row) -> str:
        if callbacks.callback_of(row["job"]) is None:
            return ""
        return "lost" if "lost-callback" in row["faults"].split() else "due"

    async def _call(self, job: str) -> None:
        """Post the callback that is due, if one is."""
        row = self.store.job(job)
        if row is None or row["callback"] != "due":
            return
        to = callbacks.callback_of(row["job"]) or ""
        async with self.calls:
            content = callbacks.body(row["job"], row["status"], self.address, row["video"], self._ending(row))
            outcome = await asyncio.to_thread(callbacks.post, to, content)
        self.store.called(job, outcome)
        self.say(f"job {job}: callback {outcome}")

    async def _wait(self, seconds: float) -> None:
        """Seconds of the server's own clock."""
        await asyncio.sleep(seconds / self.options.speed)
