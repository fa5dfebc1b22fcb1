"""Measures `vidc lint` as a whole process, against reading the same file with PyYAML and against other linters.

    python tests/benchmarks/lint.py [SCRATCH] [--runs N] [--limit SECONDS] [--only NAME,NAME...] [--no-peers]

It builds a wheel of this checkout and installs it, byte-code compiled, into an environment of its own below SCRATCH,
and each peer (yamllint, check-jsonschema, cfn-lint, spectral) into another; where SCRATCH is kept, the peers are
found there the next time. Then it prints medians of interleaved runs. The base of every ratio is

    python -c "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), yaml.CSafeLoader)" FILE

with the interpreter of vidc's environment. The files must lint clean, also with `--strict`. CPU is user and system
time of the process and says more than the wall clock on a machine that does other work. Nothing fails here: the table
says what was met.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL
from statistics import median
from typing import NamedTuple

import lint_specs

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schemas" / "vidc.schema.json"
READ = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), yaml.CSafeLoader)"
BASE = "yaml.load (C)"
YAMLLINT = "{extends: default, rules: {document-start: disable, line-length: disable}}"

Command = list[str]


class Case(NamedTuple):
    """A file and its targets: vidc's time over the base's, the same of peak memory, and how many times slower than
    vidc each peer is to be. `share`: of `--runs`."""

    name: str
    share: float
    must: float
    aim: float
    peers: dict[str, float]
    memory: float = 0.0


CASES = (
    Case("small", 1, 2.5, 1.5, {"yamllint": 1.2, "check-jsonschema": 4, "spectral": 12, "cfn-lint": 0}),
    Case("jinja", 1, 4.5, 3.0, {}),
    Case("medium", 0.5, 1.5, 1.0, {"yamllint": 6, "check-jsonschema": 8, "spectral": 12}),
    Case("large", 0.15, 1.0, 0.7, {"yamllint": 8, "check-jsonschema": 8}, memory=1.5),
)

PEER_SHARE = 0.3
"""Of the runs of vidc on the same file: the peers are slower and their ratios far from the targets."""


class Run(NamedTuple):
    """Times in seconds, the peak of resident memory in MB; `code` is None where the time limit ended it."""

    wall: float
    cpu: float
    peak: float
    code: int | None


def main() -> None:
    options = read_options()
    if options.scratch is None:
        with tempfile.TemporaryDirectory(prefix="vidc-lint-") as scratch:
            measure(Path(scratch), options)
    else:
        options.scratch.mkdir(parents=True, exist_ok=True)
        measure(options.scratch.resolve(), options)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("scratch", nargs="?", type=Path, help="a folder to keep; a temporary one if not given")
    parser.add_argument("--runs", type=int, default=20, help="of the small file; the others get a share of that")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a peer is stopped")
    parser.add_argument("--only", default=",".join(case.name for case in CASES), help="names of files, by commas")
    parser.add_argument("--no-peers", action="store_true", help="leave out the other linters")
    return parser.parse_args()


def measure(scratch: Path, options: argparse.Namespace) -> None:
    vidc = install_vidc(scratch)
    peers = {} if options.no_peers else install_peers(scratch)
    files = write_files(scratch / "files")
    for name in (case.name for case in CASES):
        call(vidc / "vidc", "lint", "--strict", files[name])
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for case in CASES:
        if case.name in options.only.split(","):
            wanted = {name: peers[name] for name in case.peers if name in peers}
            runs = max(round(options.runs * case.share), 1)
            show(case, files[case.name], timed(files, case.name, vidc, wanted, runs, options.limit))


def timed(
    files: dict[str, str], name: str, vidc: Path, peers: dict[str, Command], runs: int, limit: float
) -> dict[str, list[Run]]:
    """Every command's runs; in each round every command once. A peer that was stopped is not run again."""
    commands = {BASE: [str(vidc / "python"), "-c", READ], "vidc lint": [str(vidc / "vidc"), "lint"], **peers}
    found: dict[str, list[Run]] = {command: [] for command in commands}
    for turn in range(runs):
        for command, words in commands.items():
            done = found[command]
            if command in peers and (turn >= max(runs * PEER_SHARE, 1) or (done and done[-1].code is None)):
                continue
            file = files["template" if command == "cfn-lint" else name]
            done.append(run([*words, file], limit if command in peers else 600))
    return found


def run(command: Command, limit: float) -> Run:
    """One process from start to end, with its output thrown away.

    Limit: the system counts what this process holds into the peak of those that it starts, so none is under some 16 MB.
    """
    null = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, kept, file_actions=null)
    timer = threading.Timer(limit, os.kill, (process, SIGKILL))
    timer.start()
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - started
    timer.cancel()
    code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code)


def show(case: Case, file: str, found: dict[str, list[Run]]) -> None:
    """A line for each command: medians, ratios to the base, and for a peer how many times slower than vidc it is."""
    middle = {name: averaged(runs) for name, runs in found.items()}
    base, vidc = middle[BASE], middle["vidc lint"]
    print(f"\n{case.name}: {os.path.getsize(file):,} bytes")
    print(
        f"  {'':18}{'runs':>5}{'wall':>12}{'CPU':>12}{'peak MB':>9}{'wall/base':>11}{'CPU/base':>10}{'peak/base':>11}"
    )
    for name, one in middle.items():
        ratios = f"{one.wall / base.wall:11.2f}{one.cpu / base.cpu:10.2f}{one.peak / base.peak:11.2f}"
        mark = ">" if one.code is None else " "
        times = f"{mark}{one.wall * 1000:8.1f} ms{one.cpu * 1000:9.1f} ms{one.peak:9.1f}"
        code = f"  exit {one.code}!" if one.code else ""
        print(f"  {name:18}{len(found[name]):5}{times}{ratios}  {''.join(verdicts(case, name, one, base, vidc))}{code}")


def averaged(runs: list[Run]) -> Run:
    """The median of each number, with the worst exit code."""
    codes = [one.code for one in runs]
    return Run(
        median(one.wall for one in runs),
        median(one.cpu for one in runs),
        median(one.peak for one in runs),
        None if None in codes else max(code or 0 for code in codes),
    )


def verdicts(case: Case, name: str, one: Run, base: Run, vidc: Run) -> Iterator[str]:
    if name == "vidc lint":
        ratio = one.wall / base.wall
        kept = "aim met" if ratio <= case.aim else "met" if ratio <= case.must else "MISSED"
        yield f"{kept} (must {case.must}, aim {case.aim})"
        if case.memory:
            kept = "met" if one.peak / base.peak <= case.memory else "MISSED"
            yield f", memory {kept} (must {case.memory})"
    elif name != BASE:
        times, wanted = one.wall / vidc.wall, case.peers[name]
        mark = "more than " if one.code is None else ""
        yield f"{mark}{times:.1f} times vidc"
        if wanted:
            yield f", {'met' if times >= wanted else 'MISSED'} (must {wanted:g})"


def write_files(folder: Path) -> dict[str, str]:
    """The files by name. Another process writes them, so that this one stays small."""
    call(sys.executable, Path(lint_specs.__file__), folder)
    return {path.name.split(".")[0]: str(path) for path in folder.iterdir()}


def install_vidc(scratch: Path) -> Path:
    """The folder of commands of a fresh environment with a wheel of this checkout."""
    environment, wheels = scratch / "vidc", scratch / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    python = make_environment(environment)
    call(python, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
    wheel = next(wheels.glob("vidc-*.whl"))
    call(python, "-m", "pip", "install", "--upgrade", wheel)
    call(python, "-m", "pip", "install", "--force-reinstall", "--no-deps", wheel)
    if not list(environment.glob("lib/python*/site-packages/vidc/cli/__pycache__/*.pyc")):
        sys.exit("pip did not compile vidc to byte-code: the numbers would be those of a first start")
    return environment / "bin"


def install_peers(scratch: Path) -> dict[str, Command]:
    """The command of each peer, without the file; those that cannot be installed are left out and named."""
    commands = {
        "yamllint": ["-d", YAMLLINT],
        "check-jsonschema": ["--schemafile", str(SCHEMA)],
        "cfn-lint": [],
    }
    peers: dict[str, Command] = {}
    for name, words in commands.items():
        command = scratch / name / "bin" / name
        if not command.exists():
            call(make_environment(scratch / name), "-m", "pip", "install", name)
        peers[name] = [str(command), *words]
    spectral = scratch / "spectral" / "node_modules" / ".bin" / "spectral"
    if shutil.which("npm") is None:
        print("spectral is left out: there is no npm")
        return peers
    if not spectral.exists():
        call("npm", "install", "--no-fund", "--no-audit", "--prefix", scratch / "spectral", "@stoplight/spectral-cli")
    peers["spectral"] = [str(spectral), "lint", "--ruleset", str(write_ruleset(scratch / "spectral"))]
    return peers


def write_ruleset(folder: Path) -> Path:
    """A ruleset of one rule: the document follows vidc's schema."""
    then = {"function": "schema", "functionOptions": {"schema": json.loads(SCHEMA.read_text(encoding="utf-8"))}}
    rule = {"given": "$", "severity": "error", "then": then}
    path = folder / "ruleset.json"
    path.write_text(json.dumps({"rules": {"follows-the-schema": rule}}), encoding="utf-8")
    return path


def make_environment(folder: Path) -> Path:
    python = folder / "bin" / "python"
    if not python.exists():
        call(sys.executable, "-m", "venv", folder)
    return python


def call(*words: str | Path) -> None:
    done = subprocess.run([*map(str, words)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
