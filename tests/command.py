"""The command line in a process of its own, with Python's warnings as errors and a secret that nothing may print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import CANARY

ROOT = Path(__file__).parent.parent


def run(
    *words: str, cwd: Path, text: str | None = None, timeout: int = 60, **env: str
) -> subprocess.CompletedProcess[str]:
    """`vidc WORDS...` in a folder; `text` is its standard input."""
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", "from vidc.cli import main; main()", *words]
    env = {"PATH": os.environ["PATH"], "COLOSSYAN_TOKEN": CANARY, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=env, input=text, timeout=timeout)
    assert "Traceback" not in done.stderr
    assert CANARY not in done.stdout + done.stderr
    return done
