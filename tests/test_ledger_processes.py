"""Real processes, sockets and signals: killed at any moment, eight at once, and what reaches the disk before the wire."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import CANARY
from crash.service import FakeService, served
from service import Service, service

__all__ = ["service"]

ROOT = Path(__file__).parent.parent
VIDC = [sys.executable, "-c", "from vidc.cli import main; main()"]

SPEC = """\
settings: {{name: video {number}, videoSize: {{width: 1920, height: 1080}}}}
scenes:
  - tracks:
      - {{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "Hello, this is number {number}.",
         position: {{x: 420, y: 0}}, size: {{width: 1080, height: 1080}}}}
"""


def environment(url: str) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return {"PATH": os.environ["PATH"], "PYTHONPATH": path, "COLOSSYAN_URL": url, "COLOSSYAN_TOKEN": CANARY}


def names(fake: FakeService) -> Counter[str]:
    return Counter(json.loads(content)["videoCreative"]["settings"]["name"] for content in fake.accepted.values())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Twelve specs and a plan of all of them, made for the address in `url`."""
    for number in range(12):
        (tmp_path / f"{number:02}.vidc.yaml").write_text(SPEC.format(number=number))
    return tmp_path


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def url(fake: FakeService) -> Iterator[str]:
    with served(fake) as address:
        yield address


def vidc(project: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*VIDC, *words], cwd=project, env=environment(url), capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_killed_apply_goes_on_where_it_was(project: Path, fake: FakeService, url: str) -> None:
    answer = fake.answer
    fake.answer = lambda request: (time.sleep(0.05), answer(request))[1]  # type: ignore[method-assign]
    assert vidc(project, url, "plan", "-o", "plan.json").returncode == 0
    process = subprocess.Popen(
        [*VIDC, "apply", "plan.json"],
        cwd=project,
        env=environment(url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(fake.posts) < 4:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = vidc(project, url, "apply", "plan.json")
    assert max(names(fake).values()) == 1
    rows = json.loads(vidc(project, url, "status", "--json", "--offline").stdout)
    states = Counter(row["state"] for row in rows)
    assert states in (Counter(submitted=12), Counter(submitted=11, unknown=1))
    assert done.returncode == (4 if states["unknown"] else 0)
    assert len(names(fake)) >= 11


def test_eight_processes_that_apply_one_plan_send_each_job_once(project: Path, service: Service) -> None:
    url = service.address
    assert vidc(project, url, "plan", "-o", "plan.json").returncode == 0
    processes = [
        subprocess.Popen(
            [*VIDC, "apply", "plan.json"],
            cwd=project,
            env=environment(url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    said = [process.communicate() for process in processes]
    assert {process.returncode for process in processes} <= {0, 4}, said
    sent_names = [json.loads(job["received"])["videoCreative"]["settings"]["name"] for job in service.jobs()]
    assert Counter(sent_names) == {f"video {number}": 1 for number in range(12)}
    assert service.stats()["posts"] == 12
    sent = [line.split()[0] for output, _ in said for line in output.splitlines()]
    assert len(sent) == len(set(sent)) == 12


def test_an_interrupted_apply_leaves_a_doubt_and_says_so(project: Path, fake: FakeService, url: str) -> None:
    answer = fake.answer
    here, on = threading.Event(), threading.Event()

    def held(request: httpx.Request) -> httpx.Response:
        here.set()
        on.wait(60)
        return answer(request)

    fake.answer = held  # type: ignore[method-assign]
    vidc(project, url, "plan", "00.vidc.yaml", "-o", "plan.json")
    process = subprocess.Popen(
        [*VIDC, "apply", "plan.json"], cwd=project, env=environment(url), stderr=subprocess.PIPE, text=True
    )
    assert here.wait(60)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    on.set()
    [row] = json.loads(vidc(project, url, "status", "--json", "--offline").stdout)
    assert (row["state"], row["reason"]) == ("unknown", "interrupted while it was sent")
    first, _, second = said.splitlines()  # click ends the line that a terminal writes `^C` into
    assert first.startswith("vidc: 00.vidc.yaml may have been sent or not: interrupted while it was sent. Look into")
    assert (process.returncode, second) == (130, "vidc: interrupted")


def test_the_ledger_is_on_disk_before_each_post_leaves(project: Path, service: Service) -> None:
    """Seen from outside, by the system calls."""
    if shutil.which("strace") is None:
        said = "there is no strace: apt-get install strace"
        if "strace" in os.environ.get("VIDC_REQUIRE", "").split(","):
            pytest.fail(said)
        pytest.skip(said)
    url = service.address
    assert vidc(project, url, "plan", "00.vidc.yaml", "01.vidc.yaml", "02.vidc.yaml", "-o", "plan.json").returncode == 0
    trace = project / "trace"
    command = [
        "strace",
        "-f",
        "-y",
        "-s",
        "40",
        "-o",
        str(trace),
        "-e",
        "trace=fsync,fdatasync,pwrite64,sendto,sendmsg,write",
    ]
    done = subprocess.run(
        [*command, *VIDC, "apply", "plan.json"], cwd=project, env=environment(url), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    written, synced, posts = False, False, 0
    for line in trace.read_text().splitlines():
        if re.search(r'"POST /api/v1/video-generation-jobs', line):
            posts += 1
            assert synced, "a POST left before the claim was on disk"
            assert not written, "something written to the ledger was not on disk when the POST left"
            synced = False
        elif re.search(r"pwrite64\(\d+<[^>]*ledger\.db-wal>", line):
            written = True
        elif re.search(r"f(data)?sync\(\d+<[^>]*ledger\.db-wal>\) *= 0", line):
            written, synced = False, True
    assert posts == 3
