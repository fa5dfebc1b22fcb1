"""The commands as a person or CI calls them, against `vidc serve`: what is printed, the exit codes, and no token in sight."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from conftest import CANARY

ROOT = Path(__file__).parent.parent
VIDC = [sys.executable, "-W", "error", "-c", "from vidc.cli import main; main()"]

SPEC = """\
settings: {name: NAME, videoSize: {width: 640, height: 360}}
callback: CALLBACK
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "Hello, this is NAME.",
         position: {x: 0, y: 0}, size: {width: 360, height: 360}}
"""

Run = Callable[..., subprocess.CompletedProcess[str]]
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service on this machine; it takes one token only."""
    folder = tmp_path_factory.mktemp("serve")
    words = ["serve", "--no-render", "--port", "0", "--speed", "1000", "--token", CANARY, "--folder", str(folder)]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*VIDC, *words],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found is not None
    drain = threading.Thread(target=process.stdout.read, daemon=True)
    drain.start()
    yield f"{found[0]}/api/v1"
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    drain.join()
    process.stdout.close()


@pytest.fixture
def vidc(tmp_path: Path, service: str) -> Run:
    def run(*words: str, env: dict[str, str] | None = None, stdin: str | None = None) -> Done:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "COLOSSYAN_TOKEN": CANARY,
            "COLOSSYAN_URL": service,
            "PYTHONUTF8": "1",
        } | (env or {})
        done = subprocess.run(
            [*VIDC, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, input=stdin, timeout=60
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert CANARY not in done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def here(tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The same in this process, which takes a tenth of the time."""
    from vidc.cli.app import app

    def run(*words: str) -> Done:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("COLOSSYAN_URL", service)
        monkeypatch.setattr(sys, "argv", ["vidc", *words])
        monkeypatch.setattr(sys, "stdin", None)
        code = app()
        said = capfd.readouterr()
        assert CANARY not in said.out + said.err
        return subprocess.CompletedProcess(words, code, said.out, said.err)

    return run


def write(folder: Path, name: str, callback: str = "null") -> None:
    (folder / f"{name}.vidc.yaml").write_text(
        SPEC.replace("NAME", f"{folder.name} {name}").replace("CALLBACK", callback)
    )


def stats(service: str) -> dict[str, float]:
    with urlopen(Request(service.removesuffix("/api/v1") + "/_vidc/stats")) as answer:
        found: dict[str, float] = json.load(answer)
    return found


def test_the_whole_way_from_plan_to_file(tmp_path: Path, vidc: Run, service: str) -> None:
    for name in ("one", "two"):
        write(tmp_path, name)
    before = stats(service)["posts"]
    planned = vidc("plan", "-o", "plan.json", "--exit-code", "--rate", "3.50 EUR")
    assert planned.returncode == 10, planned.stderr
    assert re.sub(r"\d+\.\d+", "N", planned.stdout) == (
        "+ one.vidc.yaml  create     N min (at most N min)\n+ two.vidc.yaml  create     N min (at most N min)\n\n"
        "2 jobs to send: N min (at most N min), N EUR (at most N EUR).\n\n"
        "note: no ledger here and no video in the lock: what was sent from elsewhere\n"
        "counts as new, which may be too much. Commit vidc.lock, or set VIDC_LEDGER\n"
    )
    applied = vidc("apply", "plan.json", "--wait")
    assert applied.returncode == 0, applied.stderr
    lines = [re.sub(r"^[0-9a-f]{12}", "KEY", line) for line in applied.stdout.splitlines()]
    assert lines[:2] == ["KEY  submitted  one.vidc.yaml", "KEY  submitted  two.vidc.yaml"]
    assert sorted(line[:30] for line in lines[2:]) == [
        "KEY  finished   one.vidc.yaml ",
        "KEY  finished   two.vidc.yaml ",
    ]
    again = vidc("apply", "plan.json")
    assert again.returncode == 4
    assert (
        re.sub(r"20\S+Z", "WHEN", again.stderr) == "vidc: this plan was applied WHEN: nothing of it is left to send\n"
    )
    assert vidc("plan", "--exit-code").stdout.splitlines()[-1] == "Nothing to send: this costs nothing."
    assert vidc("submit", "one.vidc.yaml").returncode == 0
    assert stats(service)["posts"] == before + 2
    key = applied.stdout.split()[0]
    done = vidc("download", key)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "one.mp4").read_bytes()[4:8] == b"ftyp"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".vidc",
        "one.mp4",
        "one.vidc.yaml",
        "plan.json",
        "two.vidc.yaml",
    ]
    paid = json.loads(vidc("history", "--json").stdout)
    assert [(row["state"], row["spec"]) for row in paid] == [
        ("finished", "one.vidc.yaml"),
        ("finished", "two.vidc.yaml"),
        ("all", ""),
    ]
    events = [row["event"] for row in json.loads(vidc("history", key, "--json").stdout)]
    assert events == ["planned", "claim", "accepted", "finished"]
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path


def received(service: str, name: str) -> dict[str, str]:
    """What the service knows of the job of a name."""
    home = service.removesuffix("/api/v1")
    with urlopen(Request(f"{home}/_vidc/jobs", headers={"Authorization": f"Bearer {CANARY}"})) as answer:
        found: dict[str, str] = next(job for job in json.load(answer) if f'"{name}"' in job["received"])
    return found


def test_the_body_that_arrives_is_what_compile_writes_but_for_the_mark(tmp_path: Path, vidc: Run, service: str) -> None:
    write(tmp_path, "one"), write(tmp_path, "two", "http://127.0.0.1:9/x")
    vidc("submit", ".", "--yes")
    compiled = vidc("compile", "one.vidc.yaml").stdout
    job = received(service, f"{tmp_path.name} one")
    assert job["sha256"] == sha256(compiled.encode()).hexdigest()

    job = received(service, f"{tmp_path.name} two")
    body = json.loads(job["received"])
    assert body.pop("callbackPayload").keys() == {"vidc"}
    assert body == json.loads(vidc("compile", "two.vidc.yaml").stdout)


def test_deleting_a_video_and_making_it_again(tmp_path: Path, vidc: Run) -> None:
    write(tmp_path, "one")
    made = vidc("submit", "one.vidc.yaml", "--yes", "--wait")
    key = made.stdout.splitlines()[-1].split()[0]
    assert vidc("delete", key).returncode == 2, "there is nobody to ask"
    assert vidc("delete", key, "--yes").stdout.startswith(f"{key}  deleted  video ")
    blocked = vidc("submit", "one.vidc.yaml", "--yes")
    assert (blocked.returncode, blocked.stderr) == (
        4,
        "vidc: one.vidc.yaml was not sent: its video was deleted; --again sends it again\n",
    )
    again = vidc("submit", "one.vidc.yaml", "--yes", "--again", "--wait")
    assert again.returncode == 0, again.stderr
    assert again.stdout.splitlines()[-1].split()[1] == "finished"


def test_a_wrong_token_is_said_and_stops(tmp_path: Path, vidc: Run) -> None:
    write(tmp_path, "one"), write(tmp_path, "two")
    done = vidc("submit", ".", "--yes", env={"COLOSSYAN_TOKEN": "another"})
    assert done.returncode == 3
    assert "another" not in done.stdout + done.stderr
    assert [row["state"] for row in json.loads(vidc("status", "--json").stdout)] == ["rejected", "planned"]
    assert vidc("submit", ".", "--yes").returncode == 0, "what was rejected is planned anew"
    assert {row["state"] for row in json.loads(vidc("status", "--json").stdout)} <= {"submitted", "finished"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["plan", "one.vidc.yaml", "--max-minutes", "0"], 4, "the plan may cost"),
        (["plan", "none.vidc.yaml"], 3, "cannot read none.vidc.yaml: there is no such file"),
        (["plan", "broken.vidc.yaml"], 1, "error:"),
        (["plan", "cut.vidc.yaml"], 4, "--accept-cuts sends it so"),
        (["apply", "one.vidc.yaml"], 4, "one.vidc.yaml is no plan"),
        (["apply", "none.json"], 3, "cannot read none.json"),
        (["submit", "one.vidc.yaml"], 2, "--yes says yes"),
        (["status", "zz"], 0, ""),
        (["wait", "zz"], 4, "there is no intent with the key, job or video `zz`"),
        (["resolve", "zz"], 2, "say either --adopt JOB_ID VIDEO_ID or --assume-not-sent"),
        (["resolve", "zz", "--assume-not-sent"], 4, "there is no intent"),
        (["cancel", "zz"], 4, "there is no intent"),
        (["plan", "one.vidc.yaml", "--rate", "much"], 2, "is no price"),
        (["plan", "one.vidc.yaml", "--max-minutes", "NaN"], 2, "is no number of minutes"),
        (["plan", "one.vidc.yaml", "--url", "http://example.com"], 2, "must begin with https://"),
        (["plan", "one.vidc.yaml", "--ledger", "/dev/null/x"], 0, ""),
        (["submit", "one.vidc.yaml", "--ledger", "/dev/null/x", "--yes"], 3, "cannot be opened"),
        (
            ["submit", "one.vidc.yaml", "--ledger", "postgresql://a:hunter2@127.0.0.1:1/x", "--yes"],
            3,
            "Connection refused",
        ),
        (["wait", "--deadline", "soon"], 2, "is no time"),
        (["draft", "one.vidc.yaml"], 2, "there is no `settings`; it takes title, description, chapters"),
        (["avatar", "create", "Ann", "--from", "ann.jpg", "--gender", "Female"], 2, "takes the address of an image"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_words_and_by_the_exit_code(
    tmp_path: Path, here: Run, words: list[str], code: int, said: str
) -> None:
    write(tmp_path, "one")
    (tmp_path / "broken.vidc.yaml").write_text("settings: {}")
    (tmp_path / "cut.vidc.yaml").write_text(
        SPEC.replace("CALLBACK", "null").replace("  - tracks:", "  - duration: 300ms\n    tracks:")
    )
    done = here(*words)
    assert done.returncode == code, done.stderr
    assert said in " ".join(done.stderr.split())
    assert "hunter2" not in done.stderr


def test_the_project_s_configuration_sets_rate_and_budget(tmp_path: Path, vidc: Run) -> None:
    write(tmp_path, "one")
    (tmp_path / "vidc.toml").write_text('rate = "60 EUR"\nmax-minutes = 0.001\n')
    done = vidc("plan", "one.vidc.yaml")
    assert done.returncode == 4
    assert re.search(r"\d\.\d\d EUR", done.stdout)
    assert "which is more than --max-minutes 0.001" in done.stderr
    assert vidc("plan", "one.vidc.yaml", "--max-minutes", "1").returncode == 0
    (tmp_path / "vidc.toml").write_text("rates = 1\n")
    assert vidc("plan", "one.vidc.yaml").returncode == 2


def test_a_doubt_is_shown_settled_and_never_sent_by_itself(tmp_path: Path, vidc: Run, service: str) -> None:
    """A service that takes a job and answers nothing: the process ends between."""
    write(tmp_path, "one")
    made = vidc("submit", "one.vidc.yaml", "--yes", "--wait")
    job = json.loads(vidc("status", "--json").stdout)[0]
    import sqlite3

    with sqlite3.connect(tmp_path / ".vidc" / "ledger.db") as connection:
        connection.execute(
            "UPDATE vidc_intents SET state = 'unknown', job_id = '', video_id = '', reason = 'no answer in time'"
        )
    connection.close()
    (tmp_path / ".vidc" / "local.lock").unlink()
    assert made.returncode == 0
    before = stats(service)["posts"]
    blocked = vidc("submit", "one.vidc.yaml", "--yes")
    key = job["key"]
    assert blocked.returncode == 4
    assert (
        blocked.stdout
        == f"? one.vidc.yaml  unknown\n    it may have been sent or not (no answer in time):\n    `vidc resolve {key}` settles it\n\nNothing to send: this costs nothing. 1 waits for a person's word.\n"
    )
    assert vidc("status").stdout.splitlines()[3:] == [
        f"{key}: no answer in time",
        "  Look into the workspace, then",
        f"  vidc resolve {key} --adopt JOB_ID VIDEO_ID   if the job is there",
        f"  vidc resolve {key} --assume-not-sent         if it is not",
    ]
    swapped = vidc("resolve", key, "--adopt", job["video_id"], job["job_id"])
    assert swapped.returncode == 4
    assert "The job's comes first" in swapped.stderr
    assert vidc("resolve", key, "--adopt", job["job_id"], job["video_id"]).returncode == 0
    assert vidc("wait").returncode == 0
    assert json.loads(vidc("status", "--json").stdout)[0]["state"] == "finished"
    assert stats(service)["posts"] == before


def test_a_callback_settles_what_no_answer_settled(tmp_path: Path, vidc: Run, service: str) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "COLOSSYAN_URL": service,
        "COLOSSYAN_TOKEN": CANARY,
    }
    process = subprocess.Popen(
        [*VIDC, "listen", "--port", "0"],
        cwd=tmp_path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
    assert found is not None
    write(tmp_path, "one", f"{found[0]}/colossyan")
    sent = vidc("submit", "one.vidc.yaml", "--yes")
    assert sent.returncode == 0, sent.stderr
    line = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert line == f"{sent.stdout.splitlines()[-1].split()[0]}  finished  one.vidc.yaml\n"
    assert json.loads(vidc("status", "--json", "--offline").stdout)[0]["state"] == "finished"


def test_actors_and_voices_are_listed_and_kept(tmp_path: Path, vidc: Run) -> None:
    done = vidc("actors", "karen")
    assert done.stdout.splitlines()[0].split()[:4] == ["NAME", "SHOWN", "AS", "TYPE"]
    assert done.stdout.splitlines()[1].split()[0] == "karen"
    assert (tmp_path / ".vidc" / "actors.json").exists()
    offline = vidc("actors", "karen", env={"COLOSSYAN_TOKEN": "", "COLOSSYAN_URL": "https://app.colossyan.com/api/v1"})
    assert offline.stdout == done.stdout
    assert {"name", "display_name", "languages", "genders", "style", "cloned"} == set(
        json.loads(vidc("voices", "--json").stdout)[0]
    )


def test_a_draft_is_made(tmp_path: Path, vidc: Run) -> None:
    (tmp_path / "outline.yaml").write_text(
        "title: Tour\ndescription: The office\nchapters:\n  - {title: Hello, script: Welcome., searchTerms: office}\n"
    )
    done = vidc("draft", "outline.yaml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("http://127.0.0.1:")


def test_what_is_excluded_is_not_planned_or_sent_unless_it_is_named(tmp_path: Path, here: Run) -> None:
    (tmp_path / "drafts").mkdir()
    write(tmp_path, "one"), write(tmp_path / "drafts", "two")
    (tmp_path / "vidc.toml").write_text('exclude = ["drafts/*"]\n')
    assert "two.vidc.yaml" not in here("plan").stdout
    assert "two.vidc.yaml" in here("plan", "drafts/two.vidc.yaml").stdout
    assert "two.vidc.yaml" not in here("submit", ".", "--yes").stdout


def test_specs_of_another_project_are_sent_from_there(tmp_path: Path, here: Run) -> None:
    home = tmp_path / "home"
    (tmp_path / "plain").mkdir(), home.mkdir()
    write(home, "one"), write(tmp_path / "plain", "two")
    plan = here("plan", "home/one.vidc.yaml", "-o", "plan.json")
    assert plan.returncode == 0, plan.stderr
    (home / "vidc.toml").touch()
    for words in (["plan", "home"], ["submit", "home/one.vidc.yaml", "--yes"], ["apply", "plan.json"]):
        done = here(*words)
        assert done.returncode == 4, done.stderr
        assert f"these specs belong to {home.resolve()}: run this there" in done.stderr
    assert here("plan", "home", "--ledger", "own.db").returncode == 0
    assert here("plan", "plain").returncode == 0
