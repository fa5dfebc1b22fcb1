"""What all tests share: golden files, Hypothesis's settings, the size of the long runs, and a canary."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SCALE = int(os.environ.get("VIDC_FUZZ", "1"))
"""How many times longer the long runs are than in the suite."""

CANARY = "canary-3f9c2b71-must-never-be-shown"

settings.register_profile(
    "suite", deadline=None, derandomize=SCALE == 1, suppress_health_check=list(HealthCheck), print_blob=True
)
settings.load_profile("suite")
os.environ["COLOSSYAN_TOKEN"] = CANARY
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in its background so, and commands that the tests start and interrupt would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="write the golden files anew; read the change before it is kept"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
    call: pytest.CallInfo[None],  # noqa: ARG001  # named by pytest
) -> Iterator[None]:
    report = yield
    if any(CANARY in text for _, text in report.sections):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} printed the token of the environment"
    return report


def bless_text(path: Path, old: str, new: str) -> None:
    """Put a new text in the place of the old one in a file."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Hold a text against a file; `--bless` writes the file instead."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--bless"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path} is missing: run pytest --bless and read what it writes"
        assert text == path.read_text(encoding="utf-8")

    return compare
