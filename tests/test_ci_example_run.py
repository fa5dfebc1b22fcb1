"""The example workflow as GitHub runs it: a pull request, its merge, and a second one; each job is a machine of its own
with a fresh checkout, the ledger is a real PostgreSQL, and the service is `vidc serve`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CANARY
from crash.postgres import fresh_database, postgres_server
from service import ROOT, Service, service

__all__ = ["postgres_server", "service"]

WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / "examples" / "ci" / "videos.yml").read_text(encoding="utf-8"))
NOT_RUN = {"Install vidc"}
"""Steps that fetch from elsewhere; vidc is there."""

SPEC = """\
settings: {{name: {name}, videoSize: {{width: 640, height: 360}}}}
scenes:
  - tracks:
      - {{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "{text}",
         position: {{x: 0, y: 0}}, size: {{width: 360, height: 360}}}}
"""


class GitHub:
    """A repository and what its workflow left: artifacts, outputs of jobs, the summary."""

    def __init__(self, folder: Path, address: str, ledger: str) -> None:
        self.folder, self.origin = folder, folder / "origin"
        self.secrets = {"COLOSSYAN_TOKEN": CANARY, "VIDC_LEDGER": ledger, "VIDC_CALLBACK_KEY": "k" * 40}
        self.artifacts, self.summary = folder / "artifacts", folder / "summary"
        self.output = folder / "output"
        commands = folder / "bin"
        commands.mkdir()
        self.artifacts.mkdir()
        vidc = commands / "vidc"
        vidc.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from vidc.cli import main; main()" "$@"\n')
        vidc.chmod(0o755)
        self.env = {"PATH": f"{commands}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLOSSYAN_URL": address}
        self.env |= {"GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_OUTPUT": str(self.output), "CI": "true"}
        self.env |= {name: str(value) for name, value in WORKFLOW["env"].items()}
        self.machines = 0

    def git(self, *words: str, at: Path | None = None) -> str:
        own = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        env = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        command = ["git", *own, *words]
        done = subprocess.run(command, cwd=at or self.origin, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, **specs: str) -> None:
        for name, text in specs.items():
            path = self.origin / "videos" / name / "video.vidc.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SPEC.format(name=name, text=text))
        self.git("add", "-A")
        self.git("commit", "-qm", "videos")

    def job(self, name: str, event: str, ref: str) -> list[subprocess.CompletedProcess[str]]:
        """Run a job's steps on a fresh checkout, up to the first that fails. An approval is taken as given."""
        job = WORKFLOW["jobs"][name]
        assert re.fullmatch(rf"github\.event_name == '{event}'|needs\.plan\.outputs\.sends == 'jobs'", job["if"])
        self.machines += 1
        machine = self.folder / f"machine-{self.machines}"
        depth = str(job["steps"][0]["with"].get("fetch-depth", 1))
        words = ["clone", "-q", "--depth", depth, "--branch", ref, f"file://{self.origin}", str(machine)]
        self.git(*words, at=self.folder)
        done: list[subprocess.CompletedProcess[str]] = []
        for step in job["steps"]:
            if "run" in step and step["name"] not in NOT_RUN:
                done.append(self.run(machine, step))
                if done[-1].returncode:
                    break
            self.artifact(machine, step)
        return done

    def run(self, machine: Path, step: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        own = {
            name: re.sub(r"\$\{\{ secrets\.(\w+) \}\}", self.secret, text) for name, text in step.get("env", {}).items()
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=machine, env=self.env | own, capture_output=True, text=True, timeout=120)
        assert CANARY not in done.stdout + done.stderr
        return done

    def secret(self, found: re.Match[str]) -> str:
        return self.secrets[found[1]]

    def artifact(self, machine: Path, step: dict[str, Any]) -> None:
        uses = step.get("uses", "")
        if uses.startswith("actions/upload-artifact@") and (machine / step["with"]["path"]).exists():
            shutil.copy(machine / step["with"]["path"], self.artifacts)
        elif uses.startswith("actions/download-artifact@"):
            assert step["with"]["name"] == "plan"
            shutil.copy(self.artifacts / "plan.json", machine)

    def proposed(self) -> list[subprocess.CompletedProcess[str]]:
        """What happens on a pull request of the branch `change`: GitHub checks out what its merge would be."""
        self.git("checkout", "-qB", "would-be", "main")
        self.git("merge", "-q", "--no-ff", "-m", "would be", "change")
        done = self.job("check", "pull_request", "would-be")
        self.git("checkout", "-q", "main")
        return done

    def merged(self) -> tuple[str, list[subprocess.CompletedProcess[str]]]:
        """What happens on a push to main: what `plan` gives, and the steps of `apply` where it runs."""
        self.output.unlink(missing_ok=True)
        (plan,) = self.job("plan", "push", "main")
        assert plan.returncode == 0, plan.stderr
        sends = self.output.read_text().strip().removeprefix("sends=")
        return plan.stdout, self.job("apply", "push", "main") if sends == "jobs" else []


@pytest.fixture
def github(tmp_path: Path, service: Service, postgres_server: str) -> GitHub:
    """A repository with two videos on main."""
    (tmp_path / "origin").mkdir()
    made = GitHub(tmp_path, service.address, fresh_database(postgres_server, "ci"))
    made.git("init", "-q", "-b", "main")
    made.commit(one="Hello, this is the first.", two="Hello, this is the second.")
    return made


def dumped(address: str) -> str:
    """All that a ledger in PostgreSQL holds."""
    import psycopg

    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert ("vidc_intents",) in tables
        rows = [connection.execute(f'SELECT each::text FROM "{table}" each').fetchall() for (table,) in tables]
    return str(rows)


def names(service: Service) -> list[str]:
    return [re.findall(r'"name": ?"(\w+)"', job["received"])[0] for job in service.jobs()]


def test_two_pull_requests_and_their_merges_send_each_video_once(github: GitHub, service: Service) -> None:
    _, (applied,) = github.merged()
    assert applied.returncode == 0, applied.stderr
    assert sorted(names(service)) == ["one", "two"]

    github.git("checkout", "-qb", "change")
    github.commit(two="Hello, this is the second, said anew.", three="Hello, this is the third.")
    assert [step.returncode for step in github.proposed()] == [0, 0, 0]
    summary = github.summary.read_text()
    assert "videos/three/video.vidc.yaml  create" in summary
    assert "said anew" in summary
    assert len(names(service)) == 2, "a pull request sends nothing"

    github.git("merge", "-q", "--no-ff", "-m", "merge", "change")
    _, (applied,) = github.merged()
    assert applied.returncode == 0, applied.stderr
    assert sorted(names(service)) == ["one", "three", "two", "two"]
    assert {job["status"] for job in service.jobs()} == {"finished"}

    _, steps = github.merged()
    assert [step.returncode for step in steps] == [0], "what is in the ledger is not sent again"
    assert (service.stats()["posts"], len(names(service))) == (4, 4)
    stray = [path for path in github.folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert stray == []
    assert CANARY not in dumped(github.secrets["VIDC_LEDGER"])


def test_a_pull_request_with_an_error_sends_nothing_and_says_where(github: GitHub, service: Service) -> None:
    github.git("checkout", "-qb", "change")
    path = github.origin / "videos" / "one" / "video.vidc.yaml"
    path.write_text(path.read_text().replace("speakerId", "speakerid"))
    github.git("commit", "-qam", "a slip")
    (lint,) = github.proposed()
    assert lint.returncode == 1
    assert lint.stdout.startswith("::error file=videos/one/video.vidc.yaml,line=4,")
    assert service.stats()["posts"] == 0
