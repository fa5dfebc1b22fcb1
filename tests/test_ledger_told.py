"""What a person is told who plans, sends and waits: in 80 columns, each thing once, with what to do next."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CANARY
from service import Service, serving

from vidc.cli import plan_applying, service_options, status_table
from vidc.cli.end import complain
from vidc.cli.table import table
from vidc.clock import INF, Length
from vidc.ledger.advice import doubt
from vidc.ledger.budget import minutes
from vidc.ledger.errors import LedgerTrouble, unsent
from vidc.ledger.intent import Intent
from vidc.ledger.plan import Options, Plan, PlannedJob
from vidc.ledger.plan_text import render
from vidc.ledger.send import Sent

ROOT = Path(__file__).parent.parent

SPEC = """\
settings: {name: "NAME", videoSize: {width: 640, height: 360}}
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "Hello, this is NAME.",
         position: {x: 0, y: 0}, size: {width: 360, height: 360}}
"""

MINUTE = Length(60_000, 60_000, 60_000)

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("service"), "--token", CANARY, token=CANARY) as running:
        yield running


@pytest.fixture
def vidc(
    tmp_path: Path, shared: Service, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """The command line in this process, in an empty folder, with a service that is as it should be."""
    from vidc.cli.app import app

    def run(*words: str, **env: str) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for name, value in ({"COLOSSYAN_URL": shared.address, "COLOSSYAN_TOKEN": CANARY} | env).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["vidc", *words])
            patch.setattr(sys, "stdin", None)
            code = app()
        said = capfd.readouterr()
        assert CANARY not in said.out + said.err
        return subprocess.CompletedProcess(words, code, said.out, said.err)

    yield run
    shared.faults()


@pytest.fixture
def nobody() -> str:
    """An address on this machine where nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{bound.getsockname()[1]}/api/v1"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking gives up sooner than for a person."""
    monkeypatch.setattr(service_options, "LOOKING_S", 0.3)


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / f"{name}.vidc.yaml").write_text(SPEC.replace("NAME", f"{folder.name} {name}"))


def changed(folder: Path, sql: str) -> None:
    with sqlite3.connect(folder / ".vidc" / "ledger.db") as connection:
        connection.execute(sql)
    connection.close()


def states(vidc: Run) -> dict[str, str]:
    return {row["spec"].partition(".")[0]: row["state"] for row in json.loads(vidc("status", "--json").stdout)}


# A service that does not answer.


@pytest.mark.usefixtures("hasty")
def test_a_plan_does_without_a_service_that_is_down_and_says_so(tmp_path: Path, vidc: Run, nobody: str) -> None:
    write(tmp_path, "one", "two")
    assert vidc("submit", "one.vidc.yaml", "--yes", "--wait").returncode == 0
    changed(tmp_path, f"UPDATE vidc_intents SET service = '{nobody}'")
    done = vidc("plan", COLOSSYAN_URL=nobody)
    assert done.returncode == 0
    assert re.sub(r"20\d\d-\d\d-\d\d", "DAY", done.stdout).splitlines()[0] == "= one.vidc.yaml  reuse      made DAY"
    assert done.stderr.splitlines() == [
        f"vidc: no good answer from {nobody} yet: no connection (Connection refused); trying for 0 s more",
        f"vidc: no good answer from {nobody}: no connection (Connection refused); is `vidc serve` running there?",
        "vidc: videos that were made count as there; `vidc apply` asks for them",
    ]


@pytest.mark.usefixtures("hasty")
def test_a_status_shows_what_the_ledger_knows_where_the_service_is_down(tmp_path: Path, vidc: Run, nobody: str) -> None:
    write(tmp_path, "one", "two")
    vidc("submit", ".", "--yes")
    changed(tmp_path, f"UPDATE vidc_intents SET service = '{nobody}', state = 'submitted'")
    done = vidc("status", COLOSSYAN_URL=nobody)
    assert done.returncode == 3
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["STATE", "submitted", "submitted"]
    assert done.stderr.splitlines()[1:] == [
        f"vidc: no good answer from {nobody}: no connection (Connection refused); is `vidc serve` running there?",
        "vidc: what is shown is what the ledger knew; --offline does not ask",
    ]
    assert vidc("status", "--offline", COLOSSYAN_URL=nobody).stderr == ""


@pytest.mark.usefixtures("hasty")
def test_actors_are_shown_as_they_were_kept_where_the_service_is_down(
    tmp_path: Path, vidc: Run, shared: Service
) -> None:
    listed = vidc("actors", "karen").stdout
    kept = tmp_path / ".vidc" / "actors.json"
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"at": 1_000_000_000}))
    shared.faults("503@get:1.0")
    done = vidc("actors", "karen")
    assert (done.returncode, done.stdout) == (0, listed)
    assert done.stderr.splitlines()[1:3] == [
        f"vidc: no good answer from {shared.address}: the service answered 503; try again later",
        "vidc: what is shown is the list as it was kept",
    ]
    assert vidc("actors", "--refresh").returncode == 3
    assert vidc("voices").returncode == 3


# Plans.


def test_a_plan_that_knows_of_nothing_sent_before_says_so(tmp_path: Path, vidc: Run) -> None:
    note = (
        "no ledger here and no video in the lock: what was sent from elsewhere counts as new, which may be too much. "
        "Commit vidc.lock, or set VIDC_LEDGER"
    )
    write(tmp_path, "one")
    assert json.loads(vidc("plan", "--format", "json").stdout)["notes"] == [note]
    said = vidc("plan", "-o", "plan.json").stdout.partition("\n\nnote: ")[2]
    assert " ".join(said.split()) == note
    assert vidc("apply", "plan.json", "--wait").returncode == 0
    write(tmp_path, "two")
    assert json.loads(vidc("plan", "--format", "json").stdout)["notes"] == []
    (tmp_path / ".vidc" / "ledger.db").unlink()
    after = json.loads(vidc("plan", "--format", "json").stdout)
    assert [(job["action"], after["notes"]) for job in after["jobs"]] == [("reuse", []), ("create", [])]


def job(spec: str, action: str, why: str = "", length: Length = MINUTE) -> PlannedJob:
    return PlannedJob(spec, spec, action, why, f"f-{spec}", "video", "", length, {})  # type: ignore[arg-type]


def test_a_long_path_is_folded_and_a_copy_costs_nothing() -> None:
    long = "videos/" + "a-folder/" * 8 + "welcome.vidc.yaml"
    jobs = [
        job(long, "create"),
        job("a.vidc.yaml", "copy", f"the same job as {long}", Length(0, 0, 0)),
        job("b.vidc.yaml", "reuse", "made 2026-11-22"),
        job(long.replace("welcome", "goodbye"), "failed", "the service says that it failed"),
    ]
    text = render(Plan("", "", "", Options({}), jobs))
    assert text == (
        "+ videos/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder\n"
        "  /welcome.vidc.yaml\n"
        "    create     1.0 min\n"
        "= a.vidc.yaml  copy       0 min\n"
        "    the same job as\n"
        "    videos/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder/a-fold\n"
        "    er/welcome.vidc.yaml\n"
        "= b.vidc.yaml  reuse      made 2026-11-22\n"
        "! videos/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder/a-folder\n"
        "  /goodbye.vidc.yaml\n"
        "    failed     the service says that it failed; --again sends it again\n"
        "\n"
        "1 job to send: 1.0 min. 1 waits for a person's word.\n"
    )


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0 min"), (1, "0.01 min"), (59_999, "1.00 min"), (60_000, "1.0 min"), (INF, "unbounded")]
)
def test_minutes_are_shown_as_a_person_reads_them(ms: int | float, text: str) -> None:
    assert minutes(ms) == text


def test_what_submit_sends_is_held_against_its_budget_as_apply_does(
    tmp_path: Path, vidc: Run, shared: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its plan and its sending the other job's video is found to be gone: it would be sent too."""
    from vidc.ledger import apply

    write(tmp_path, "one", "two")
    posts = shared.stats()["posts"]
    known = vidc("plan", "one.vidc.yaml", "--format", "json")
    most = json.loads(known.stdout)["total"]["minutes"]["high"] * 1.5
    fresh = apply.check_fresh

    def longer(plan: Plan, known: object) -> Plan:
        now = fresh(plan, known)  # type: ignore[arg-type]
        return replace(now, jobs=[replace(each, length=Length(1, 9_000_000, 9_000_000)) for each in now.jobs])

    monkeypatch.setattr(apply, "check_fresh", longer)
    done = vidc("submit", "one.vidc.yaml", "--yes", "--max-minutes", str(most))
    assert done.returncode == 4
    assert done.stderr.startswith("vidc: the plan may cost 150.0 min, which is more than --max-minutes ")
    assert shared.stats()["posts"] == posts


# What is in doubt, and what was not sent.


def test_applying_again_names_what_is_unknown_and_sends_nothing(tmp_path: Path, vidc: Run, shared: Service) -> None:
    write(tmp_path, "one", "two")
    vidc("plan", "-o", "plan.json")
    posts = shared.stats()["posts"]
    shared.faults("accepted-502:#1")
    first = vidc("apply", "plan.json")
    [key] = re.findall(r"vidc resolve (\w+) --adopt", first.stderr)
    doubt = (
        "vidc: one.vidc.yaml may have been sent or not: the service answered 502. Look into the workspace, then "
        f"`vidc resolve {key} --adopt JOB_ID VIDEO_ID` or `vidc resolve {key} --assume-not-sent`\n"
    )
    assert (first.returncode, first.stderr) == (4, doubt)
    again = vidc("apply", "plan.json")
    assert again.returncode == 4
    assert re.sub(r"20\S+Z", "WHEN", again.stderr) == (
        f"vidc: this plan was applied WHEN: nothing of it is left to send; {doubt.removeprefix('vidc: ')}"
    )
    other = vidc("submit", ".", "--yes")
    assert (other.returncode, other.stderr) == (
        4,
        "vidc: one.vidc.yaml is left alone: it may have been sent or not (the service answered 502): "
        f"`vidc resolve {key}` settles it\n",
    )
    assert shared.stats()["posts"] == posts + 2


def test_a_run_that_goes_on_names_what_an_earlier_one_left_in_doubt(tmp_path: Path, vidc: Run, shared: Service) -> None:
    write(tmp_path, "one", "two", "three")
    vidc("plan", "-o", "plan.json")
    shared.faults("accepted-502:1/1")
    first = vidc("apply", "plan.json")
    assert first.returncode == 4
    assert first.stderr.splitlines()[2:] == ["vidc: stopped: 1 job was not tried; the same command goes on"]
    shared.faults()
    again = vidc("apply", "plan.json")
    assert again.returncode == 4
    assert [line.split()[1:3] for line in again.stdout.splitlines()] == [["submitted", "two.vidc.yaml"]]
    assert sorted(line.split()[1:4] for line in again.stderr.splitlines()) == [
        ["one.vidc.yaml", "may", "have"],
        ["three.vidc.yaml", "may", "have"],
    ]


def test_a_wrong_token_is_said_once(tmp_path: Path, vidc: Run) -> None:
    write(tmp_path, "one", "two")
    done = vidc("submit", ".", "--yes", COLOSSYAN_TOKEN="another")
    assert done.returncode == 3
    assert done.stderr == (
        "vidc: one.vidc.yaml was rejected: the service answered 401: this is not the token that `--token` names: "
        "send `Authorization: Bearer TOKEN`; is the token (COLOSSYAN_TOKEN, --token-file) right?\n"
        "vidc: stopped: 1 job was not tried; the same command goes on\n"
    )


def test_waiting_says_what_it_cannot_wait_for(tmp_path: Path, vidc: Run) -> None:
    assert (vidc("wait").returncode, vidc("wait").stderr) == (0, "vidc: there is nothing to wait for\n")
    write(tmp_path, "one", "two", "three", "four")
    vidc("submit", ".", "--yes", "--wait")
    for name, state in (("one", "unknown"), ("two", "planned"), ("three", "failed")):
        changed(tmp_path, f"UPDATE vidc_intents SET state = '{state}', reason = 'so' WHERE spec = '{name}.vidc.yaml'")
    keys = {row["spec"].partition(".")[0]: row["key"] for row in json.loads(vidc("status", "--json").stdout)}
    done = vidc("wait")
    assert done.returncode == 4
    assert sorted(done.stderr.splitlines()) == [
        f"vidc: one.vidc.yaml may have been sent or not: so. Look into the workspace, then "
        f"`vidc resolve {keys['one']} --adopt JOB_ID VIDEO_ID` or `vidc resolve {keys['one']} --assume-not-sent`",
        "vidc: two.vidc.yaml is planned (so): it was not sent: applying its plan again sends it, and "
        "`vidc submit two.vidc.yaml` where that still makes the same job; "
        f"`vidc cancel {keys['two']}` takes it back",
    ]
    assert vidc("wait", keys["two"]).returncode == 3
    failed = vidc("wait", keys["three"])
    assert (failed.returncode, failed.stderr) == (
        3,
        "vidc: three.vidc.yaml is failed (so): `vidc submit three.vidc.yaml --again` makes it anew, where that still "
        "makes the same job\n",
    )
    finished = vidc("wait", keys["four"])
    assert (finished.returncode, finished.stdout.split()[:3]) == (0, [keys["four"], "finished", "four.vidc.yaml"])
    changed(tmp_path, "UPDATE vidc_intents SET service = 'https://other.example.com/api/v1'")
    other = vidc("wait", keys["four"])
    assert other.returncode == 4
    assert "was sent to https://other.example.com/api/v1, and this is" in other.stderr


def intent(state: str, reason: str = "", spec: str = "videos/one.vidc.yaml", key: str = "3f0c9a77b1de") -> Intent:
    values = dict.fromkeys(Intent.__slots__, "")
    row = Intent(**values)  # type: ignore[arg-type]
    return replace(row, key=key, state=state, reason=reason, spec=spec, changed="2026-11-22T10:00:00Z")


def test_advice_fits_80_columns_and_is_given_once_for_each_state() -> None:
    rows = [
        intent("planned", key="111111111111"),
        intent("planned", key="222222222222", spec="videos/two.vidc.yaml"),
        intent("failed", "the service says that it failed, in many words that go on and on to the end of a line"),
        intent("finished", key="444444444444"),
        intent("unknown", "the service answered 502", key="555555555555"),
    ]
    text = status_table.as_text(rows)
    assert text.partition("\n\n")[2] == (
        "555555555555: the service answered 502\n"
        "  Look into the workspace, then\n"
        "  vidc resolve 555555555555 --adopt JOB_ID VIDEO_ID   if the job is there\n"
        "  vidc resolve 555555555555 --assume-not-sent         if it is not\n"
        "\n"
        "  planned: it was not sent: applying its plan again sends it, and\n"
        "  `vidc submit SPEC` where that still makes the same job; `vidc cancel KEY`\n"
        "  takes it back\n"
        "\n"
        "3f0c9a77b1de: the service says that it failed, in many words that go on and\n"
        "    on to the end of a line\n"
        "  failed: `vidc submit videos/one.vidc.yaml --again` makes it anew, where that\n"
        "  still makes the same job\n"
    )
    assert max(map(len, text.splitlines())) <= 80


def test_cancelling_a_job_that_is_being_made_asks_first(tmp_path: Path, vidc: Run) -> None:
    write(tmp_path, "one", "two")
    with serving(tmp_path / "slow", speed=0.01) as slow:
        env = {"COLOSSYAN_URL": slow.address}
        vidc("submit", "one.vidc.yaml", "--yes", **env)
        [row] = json.loads(vidc("status", "--json", "--offline", **env).stdout)
        asked = vidc("cancel", row["key"], **env)
        assert (asked.returncode, asked.stderr.splitlines()[-1]) == (
            2,
            "Error: there is nobody to ask here: --yes says yes.",
        )
        assert [job["status"] for job in slow.jobs()] == ["in_queue"]
        done = vidc("cancel", row["key"], "--yes", **env)
        assert (done.returncode, done.stdout) == (0, f"{row['key']}  deleted  job {row['job_id']}\n")
        assert [job["status"] for job in slow.jobs()] == ["deleted"]
    vidc("submit", "two.vidc.yaml", "--yes", COLOSSYAN_TOKEN="another")
    changed(tmp_path, "UPDATE vidc_intents SET state = 'planned' WHERE state = 'rejected'")
    [planned] = [row for row in json.loads(vidc("status", "--json").stdout) if row["state"] == "planned"]
    assert vidc("cancel", planned["key"]).stdout == f"{planned['key']}  withdrawn  it was never sent\n"
    refused = vidc("cancel", planned["key"])
    assert refused.returncode == 4, "nobody is asked about what cannot be done"


def test_deleting_what_has_no_video_asks_nothing(tmp_path: Path, vidc: Run) -> None:
    write(tmp_path, "one")
    vidc("submit", "one.vidc.yaml", "--yes", "--wait")
    changed(tmp_path, "UPDATE vidc_intents SET video_id = ''")
    [row] = json.loads(vidc("status", "--json").stdout)
    done = vidc("delete", row["key"])
    assert (done.returncode, done.stderr) == (
        4,
        f"vidc: {row['key']} is finished and has no video that could be deleted\n",
    )


# A full disk.


def test_trouble_before_anything_is_sent_says_that_nothing_was() -> None:
    with pytest.raises(LedgerTrouble) as caught, unsent():
        raise LedgerTrouble("the ledger x: disk I/O error; the disk may be full")
    assert str(caught.value) == "the ledger x: disk I/O error; the disk may be full; nothing was sent"


def test_a_ledger_that_cannot_be_opened_says_which_file_and_that_nothing_was_sent(
    tmp_path: Path, vidc: Run, shared: Service
) -> None:
    write(tmp_path, "one")
    posts = shared.stats()["posts"]
    for words in (["submit", "one.vidc.yaml", "--yes"], ["apply", "plan.json"]):
        vidc("plan", "-o", "plan.json")
        done = vidc(*words, "--ledger", "plan.json/x/y")
        assert (done.returncode, done.stderr) == (
            3,
            "vidc: the ledger plan.json/x/y cannot be opened: Not a directory; nothing was sent\n",
        )
    assert shared.stats()["posts"] == posts


def test_a_full_disk_is_said_with_the_file_and_that_nothing_was_sent(tmp_path: Path, shared: Service) -> None:
    """As full as a shell can make it for one process: no file may grow beyond a few kilobytes."""
    write(tmp_path, "one")
    posts = shared.stats()["posts"]
    command = [sys.executable, "-c", "from vidc.cli import main; main()", "submit", "one.vidc.yaml", "--yes"]
    env = {"COLOSSYAN_URL": shared.address, "COLOSSYAN_TOKEN": CANARY, "PATH": os.environ["PATH"]}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}  # what it compiled would be cut off, too
    words = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *command]
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (3, "")
    path = tmp_path / ".vidc" / "ledger.db"
    assert done.stderr == f"vidc: the ledger {path}: disk I/O error; the disk may be full; nothing was sent\n"
    assert shared.stats()["posts"] == posts


def test_the_last_column_of_a_table_is_folded_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    head, rows = ("KEY", "SPEC"), [("a", "videos/" + "x" * 30), ("b", "two.vidc.yaml")]
    whole = "KEY  SPEC\na    videos/" + "x" * 30 + "\nb    two.vidc.yaml\n"
    assert table(head, rows) == whole
    monkeypatch.setattr("sys.stdout", Terminal())
    for width, text in (
        (80, whole),
        (30, "KEY  SPEC\na    videos/" + "x" * 18 + "\n     " + "x" * 12 + "\nb    two.vidc.yaml\n"),
        (15, whole),
    ):
        monkeypatch.setattr("vidc.cli.table.columns", lambda _, width=width: width)
        assert table(head, rows) == text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# What is printed, and where to.


def test_a_ledger_s_name_that_is_empty_is_a_secret_that_is_not_there(tmp_path: Path, vidc: Run) -> None:
    """As a workflow leaves it where the secret was never made: the machine's own ledger would forget what was sent."""
    write(tmp_path, "one")
    for words, env in ((["plan"], {"VIDC_LEDGER": ""}), (["submit", ".", "--yes", "--ledger", ""], {})):
        done = vidc(*words, **env)
        assert (done.returncode, done.stderr.splitlines()[-1]) == (
            2,
            "Error: VIDC_LEDGER is empty: is the secret set that should hold the ledger's address?",
        )
    assert not (tmp_path / ".vidc").exists()


@pytest.mark.parametrize(
    "address",
    [
        "mysql://a:hunter2@db/x",
        "postgresql:/db/x",
        "sqlite:///x",
        "'postgresql://db/x'",
        " postgresql://db/x",
        "host=db",
    ],
)
def test_an_address_that_is_no_ledger_s_is_not_made_a_file(tmp_path: Path, vidc: Run, address: str) -> None:
    write(tmp_path, "one")
    done = vidc("submit", ".", "--yes", VIDC_LEDGER=address)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: a ledger (--ledger, VIDC_LEDGER) is a file, or begins with postgresql://",
    )
    assert "hunter2" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["one.vidc.yaml"]


@pytest.mark.parametrize("where", ["closed", "nobody reads", "full"])
def test_all_is_sent_where_what_is_printed_goes_nowhere(tmp_path: Path, vidc: Run, shared: Service, where: str) -> None:
    write(tmp_path, "one", "two", "three")
    vidc("plan", "-o", "plan.json")
    posts = shared.stats()["posts"]
    end = {"closed": "exec 1>&-", "full": "exec 1>/dev/full"}.get(where, ":")
    command = ["sh", "-c", f'{end}; exec "$@"', "sh", sys.executable, "-c", "from vidc.cli import main; main()"]
    env = {"COLOSSYAN_URL": shared.address, "COLOSSYAN_TOKEN": CANARY, "PATH": os.environ["PATH"]}
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [*command, "apply", "plan.json"],
        cwd=tmp_path,
        env=env | {"PYTHONPATH": str(ROOT)},
        stdout=writes,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writes)
    said = re.findall(r"cannot print `\w+  submitted  (\w+)\.vidc\.yaml`: No space left on device", done.stderr)
    assert (done.returncode, sorted(said)) == ((3, ["one", "three", "two"]) if where == "full" else (0, []))
    assert "Traceback" not in done.stderr
    assert shared.stats()["posts"] == posts + 3


def test_a_doubt_is_folded_on_a_terminal_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = doubt(intent("unknown", "the service answered 502"))
    complain(line)
    assert capsys.readouterr().err == f"vidc: {line}\n"
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    complain(line)
    assert terminal.getvalue() == (
        "vidc: videos/one.vidc.yaml may have been sent or not: the service answered\n"
        "  502. Look into the workspace, then\n"
        "  `vidc resolve 3f0c9a77b1de --adopt JOB_ID VIDEO_ID` or\n"
        "  `vidc resolve 3f0c9a77b1de --assume-not-sent`\n"
    )
    complain("short")
    assert terminal.getvalue().endswith("\nvidc: short\n")


def test_a_job_that_was_accepted_too_late_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert plan_applying._tell(Sent(intent("sending"), "sending", stray="6650c2f1"))
    assert capsys.readouterr().err == (
        "vidc: videos/one.vidc.yaml was accepted as job 6650c2f1, but somebody settled it before that was known: it is "
        "sending now, and may be paid for twice. `vidc history 3f0c9a77b1de` keeps both; stop one of them in the "
        "workspace\n"
    )


def test_waiting_says_once_what_stands_in_the_way_and_goes_on_with_the_others(
    tmp_path: Path, vidc: Run, shared: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The videos of the first cannot be read; the jobs of the second are not understood at all."""
    monkeypatch.setattr("vidc.colossyan.waiting.FIRST_S", 0.05)
    write(tmp_path, "one", "two")
    vidc("submit", "one.vidc.yaml", "--yes")
    shared.settled()
    shared.faults("garbled@get:#2")
    done = vidc("wait")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [
        "vidc: one.vidc.yaml: the service's answer is no JSON",
        "vidc: 1 job is still being made: `vidc wait` goes on",
    ]
    shared.faults("garbled@get:1.0")
    done = vidc("wait", "--deadline", "500ms")
    assert done.stderr.splitlines() == [
        "vidc: one.vidc.yaml: the service's answer is no JSON",
        "vidc: 1 job is still being made: `vidc wait` goes on",
    ]
    shared.faults("garbled@get:#1")
    assert vidc("status").stderr.splitlines()[0].endswith(": the service's answer is no JSON")
    assert vidc("wait").returncode == 0


def test_a_list_is_shown_where_none_can_be_kept(tmp_path: Path, vidc: Run) -> None:
    (tmp_path / ".vidc").write_text("in the way of a folder")
    done = vidc("actors", "ryan")
    assert (done.returncode, done.stdout.splitlines()[1].split()[0]) == (0, "ryan")
