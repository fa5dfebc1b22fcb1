"""The example workflow: sound by GitHub's schema and by zizmor, and its scripts do what they say, run as they stand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CANARY
from service import ROOT, Service, service

__all__ = ["service"]

WORKFLOW = ROOT / "examples" / "ci" / "videos.yml"
JOBS: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
TOOLS = Path(sys.executable).parent

Step = Callable[..., subprocess.CompletedProcess[str]]


def test_it_keeps_to_the_schema_of_workflows() -> None:
    command = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_against_it() -> None:
    command = [TOOLS / "zizmor", "--offline", "--persona", "pedantic", "--quiet", WORKFLOW]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_runs_on_a_pull_request_holds_no_secret() -> None:
    assert "secrets." not in json.dumps({name: job for name, job in JOBS.items() if name != "apply"})
    assert JOBS["apply"]["environment"] == "videos"


@pytest.fixture
def step(tmp_path: Path, service: Service) -> Step:
    """Run a named step of a job in a project as GitHub does, against the service on this machine."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "examples" / "onboarding", project / "videos" / "onboarding")
    (project / ".git").mkdir()
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "vidc").write_text(f'#!/bin/sh\nexec {sys.executable} -c "from vidc.cli import main; main()" "$@"\n')
    (commands / "vidc").chmod(0o755)

    def run(job: str, name: str, **env: str) -> subprocess.CompletedProcess[str]:
        script = next(step["run"] for step in JOBS[job]["steps"] if step.get("name") == name)
        own = {"PATH": f"{commands}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "MAX_MINUTES": "30"}
        own |= {"COLOSSYAN_URL": service.address, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        own |= {"GITHUB_OUTPUT": str(tmp_path / "output")}
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=project, env=own | env, capture_output=True, text=True, timeout=60
        )

    return run


SECRETS = {"COLOSSYAN_TOKEN": CANARY, "VIDC_LEDGER": "ledger.db", "VIDC_CALLBACK_KEY": "k" * 40}


def test_a_pull_request_is_checked_and_planned_and_sends_nothing(step: Step, service: Service, tmp_path: Path) -> None:
    assert step("check", "Lint").returncode == 0
    done = step("check", "Plan")
    assert done.returncode == 0, done.stderr
    assert "video.vidc.yaml" in (tmp_path / "summary").read_text()
    assert service.stats()["posts"] == 0


def test_a_pull_request_over_the_budget_or_with_an_error_fails(step: Step, service: Service, tmp_path: Path) -> None:
    assert step("check", "Plan", MAX_MINUTES="0").returncode == 4
    spec = tmp_path / "project" / "videos" / "onboarding" / "video.vidc.yaml"
    spec.write_text(spec.read_text().replace("vidc: 1", "vidc: 9"))
    lint = step("check", "Lint")
    assert (lint.returncode, lint.stdout.startswith("::error ")) == (1, True)
    assert step("check", "Plan").returncode == 1
    assert service.stats()["posts"] == 0


def test_a_merge_sends_what_was_planned_once(step: Step, service: Service, tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert step("plan", "Plan").returncode == 0
    assert output.read_text() == "sends=jobs\n"
    done = step("apply", "Apply", **SECRETS)
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stdout + done.stderr
    assert service.stats()["posts"] == 1
    assert [job["status"] for job in service.jobs()] == ["finished"]

    again = step("apply", "Apply", **SECRETS)
    assert again.returncode == 4, again.stdout + again.stderr
    output.write_text("")
    assert step("plan", "Plan").returncode == 0
    assert output.read_text() == "sends=nothing\n"
    assert service.stats()["posts"] == 1


def test_another_machine_that_forgot_everything_finds_what_was_sent_in_the_ledger(
    step: Step, service: Service, tmp_path: Path
) -> None:
    for _ in range(2):
        assert step("plan", "Plan").returncode == 0
        assert step("apply", "Apply", **SECRETS).returncode == 0
        shutil.rmtree(tmp_path / "project" / ".vidc", ignore_errors=True)
        (tmp_path / "project" / "vidc.lock").unlink(missing_ok=True)
    assert service.stats()["posts"] == 1
