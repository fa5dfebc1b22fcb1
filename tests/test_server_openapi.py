"""The server does what its OpenAPI says: schemathesis asks it everything that the description allows, and more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import SCALE
from jsonschema import Draft202012Validator
from service import ROOT, serving

DESCRIPTION = ROOT / "schemas" / "colossyan-local.openapi.json"
TEMPLATE = ROOT / "examples" / "greeting" / "job.json"

CONFIG = """
[checks]
# That the times of a job fit together is what the compiler proves, and no schema can say it.
positive_data_acceptance.enabled = false

[[operations]]
include-operation-id = "getJob"
# A job that was deleted is still told of, with the documented status `deleted`.
checks.use_after_free.enabled = false
"""


def test_schemathesis_finds_nothing_against_the_server(tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    options = ("--token", "secret", "--quiet", "--template", f"welcome={TEMPLATE}")
    with serving(tmp_path / "service", *options, token="secret") as service:
        words = ["--config-file", "schemathesis.toml", "run", str(DESCRIPTION), "--url", service.home]
        words += ["-H", "Authorization: Bearer secret", "-n", str(6 * SCALE), "--seed", "1", "--no-color"]
        # What goes wrong on purpose would be found.
        words += ["--exclude-operation-id", "setFaults", "--phases", "examples,coverage,fuzzing,stateful"]
        command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Tested: 11" in done.stdout
        assert service.stats()["jobs"] > 10


def objects(part: Any) -> list[dict[str, Any]]:
    """Every mapping in the description."""
    if isinstance(part, dict):
        return [part, *(each for value in part.values() for each in objects(value))]
    return [each for value in part for each in objects(value)] if isinstance(part, list) else []


def test_the_schemas_in_the_description_are_schemas_and_its_references_lead_somewhere() -> None:
    description = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    for schema in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in (each["$ref"] for each in objects(description) if "$ref" in each):
        if reference.startswith("#/"):
            found = description
            for part in reference[2:].split("/"):
                found = found[part]
        else:
            assert (ROOT / "schemas" / reference).is_file()
