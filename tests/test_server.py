"""The server's endpoints as the service documents them, asked over a socket of a real process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from service import Service, serving

from vidc.compile import compile
from vidc.source import Source

ROOT = Path(__file__).parent.parent
GREETING = json.loads((ROOT / "examples" / "greeting" / "job.json").read_text(encoding="utf-8"))
JOBS, VIDEOS = "/video-generation-jobs", "/generated-videos"
STATUSES = ["in_queue", "preprocessing", "preprocessing_finished", "generating", "finished"]

JOB: dict[str, Any] = {
    "videoCreative": {
        "settings": {"name": "Hello", "videoSize": {"width": 1920, "height": 1080}},
        "scenes": [
            {
                "tracks": [
                    {
                        "type": "image",
                        "imageUrl": "https://cdn.example.com/a.png",
                        "position": {"x": 0, "y": 0},
                        "size": {"width": 1920, "height": 1080},
                        "duration": 3000,
                    }
                ]
            }
        ],
    }
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("server")
    template = folder / "welcome.json"
    template.write_text(json.dumps(GREETING), encoding="utf-8")
    with serving(folder, "--token", "secret", "--template", str(template), token="secret") as running:
        yield running


@pytest.fixture(scope="module")
def api(server: Service) -> Iterator[httpx.Client]:
    headers = {"Authorization": "Bearer secret"}
    with httpx.Client(base_url=server.address, headers=headers, trust_env=False) as client:
        yield client


def accepted(api: httpx.Client, job: dict[str, Any] = JOB) -> dict[str, str]:
    answer = api.post(JOBS, json=job)
    assert answer.status_code == 200, answer.text
    made: dict[str, str] = answer.json()
    assert made.keys() == {"id", "videoId"}
    return made


def finished(server: Service, api: httpx.Client, job: dict[str, Any] = JOB) -> dict[str, str]:
    made = accepted(api, job)
    server.settled()
    return made


def test_a_job_is_accepted_finished_and_its_video_served(server: Service, api: httpx.Client) -> None:
    made = finished(server, api)
    state = api.get(f"{JOBS}/{made['id']}").json()
    created = state.pop("creationDate")
    assert created.endswith("Z")
    assert state == JOB | {
        "id": made["id"],
        "videoId": made["videoId"],
        "status": "finished",
        "progress": 100,
        "maximumProgress": 100,
        "isAPIGenerated": True,
    }
    video = api.get(f"{VIDEOS}/{made['videoId']}").json()
    assert video.pop("createdAt") >= created
    film, picture = httpx.get(video["publicUrl"]), httpx.get(video["thumbnailUrl"])
    assert video == {
        "id": made["videoId"],
        "jobId": made["id"],
        "publicUrl": f"{server.home}/files/{made['videoId']}.mp4",
        "thumbnailUrl": f"{server.home}/files/{made['videoId']}.jpg",
        "name": "Hello",
        "videoSizeBytes": len(film.content),
        "videoDurationSeconds": 3.0,
    }
    assert (film.headers["content-type"], picture.headers["content-type"]) == ("video/mp4", "image/jpeg")
    with av.open(BytesIO(film.content)) as opened:
        assert opened.duration == 3_000_000
        assert "not rendered" in opened.metadata["title"]
        assert len(list(opened.decode(video=0))) == 1
    with av.open(BytesIO(picture.content), format="mjpeg") as opened:
        assert len(list(opened.decode(video=0))) == 1


def test_a_part_of_a_film_is_served_to_who_goes_on_with_a_download(server: Service, api: httpx.Client) -> None:
    address = f"{server.home}/files/{finished(server, api)['videoId']}.mp4"
    whole = httpx.get(address)
    part = httpx.get(address, headers={"Range": "bytes=100-299", "If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[100:300])
    assert part.headers["content-range"] == f"bytes 100-299/{len(whole.content)}"
    assert httpx.get(address, headers={"Range": "bytes=900000-"}).status_code == 416
    assert httpx.head(address).headers["content-length"] == str(len(whole.content))


def test_what_the_compiler_refuses_is_refused_with_all_that_is_wrong(api: httpx.Client) -> None:
    job = json.loads(json.dumps(JOB))
    track = job["videoCreative"]["scenes"][0]["tracks"][0]
    del track["imageUrl"]
    track["startTimeGap"] = track["endTimeGap"] = 100
    answer = api.post(JOBS, json=job)
    where = "videoCreative.scenes[0].tracks[0]"
    assert answer.status_code == 400
    assert answer.json() == {
        "message": f"{where}: this image track has no `imageUrl` (and 1 more)",
        "errors": [
            {
                "path": where,
                "message": "this image track has no `imageUrl`",
                "name": "missing-field",
                "help": "add `imageUrl: https://...`",
            },
            {
                "path": where,
                "message": "three fields set the length of this track",
                "name": "over-constrained",
                "help": "remove `endTimeGap` and `startTimeGap`",
            },
        ],
    }


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the body is not JSON"),
        (b"{", "the body is not JSON"),
        (b"[]", "the body is no JSON object"),
        (b'{"a": NaN}', "the body is not JSON: `NaN` is no JSON number"),
        (b'{"a": "\xff"}', "byte 8 of the body is not UTF-8"),
        (b"[" * 100_000, "the body is nested too deeply"),
        (b"{}", "'videoCreative' is a required property"),
        (b'{"settings": {}, "scenes": []}', "'videoCreative' is a required property"),
        (b'{"videoCreative": {}, "vidc": 1}', "`videoCreative`"),
        (b'{"videoCreative": null}', "this spec has no `scenes`"),
        (b'{"videoCreative": "\\ud800"}', "this escape names half a character"),
        (json.dumps(JOB | {"scenes": []}).encode(), "`videoCreative`"),
        (json.dumps(JOB).replace('"duration": 3000', '"duration": 1e400').encode(), "this number is too large"),
    ],
)
def test_a_body_that_is_no_job_is_refused_with_its_reason(api: httpx.Client, body: bytes, said: str) -> None:
    answer = api.post(JOBS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["message"].startswith(said)
    assert answer.json().keys() == {"message", "errors"}


def test_a_body_that_does_not_say_it_is_json_is_refused(api: httpx.Client) -> None:
    answer = api.post(JOBS, content=json.dumps(JOB).encode(), headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "send JSON, and say so: `Content-Type: application/json`",
    )


def test_the_body_is_kept_as_it_came(server: Service, api: httpx.Client) -> None:
    made = compile(Source("job.json", json.dumps(GREETING))).job
    assert made is not None
    text = made.text().encode()
    job = api.post(JOBS, content=text, headers={"Content-Type": "application/json"}).json()["id"]
    kept = next(each for each in server.jobs() if each["id"] == job)
    assert kept["sha256"] == hashlib.sha256(text).hexdigest()
    assert kept["received"] == text.decode()


def test_a_template_is_filled_with_the_variables_of_the_request(server: Service, api: httpx.Client) -> None:
    request = {"templateJobId": "welcome", "dynamicVariables": {"first_name": "Zoe"}, "callbackUrl": None}
    answer = api.post(f"{JOBS}/template-jobs", json=request)
    assert answer.status_code == 200, answer.text
    server.settled()
    state = api.get(f"{JOBS}/{answer.json()['id']}").json()
    assert state["videoCreative"] == GREETING["videoCreative"]
    assert state["dynamicVariables"] == GREETING["dynamicVariables"] | {"first_name": "Zoe"}
    assert (state["status"], "callback" in state) == ("finished", False)


def test_a_template_that_is_not_there_is_refused_and_those_that_are_named(api: httpx.Client) -> None:
    answer = api.post(f"{JOBS}/template-jobs", json={"templateJobId": "other", "dynamicVariables": {}})
    assert (answer.status_code, answer.json()["errors"]) == (
        400,
        [{"path": "templateJobId", "message": "there is no such template; there is `welcome`"}],
    )


def test_a_template_request_wants_its_own_fields(api: httpx.Client) -> None:
    answer = api.post(f"{JOBS}/template-jobs", json={"templateId": "welcome", "callback": "https://a.example"})
    assert answer.status_code == 400
    assert {error["message"] for error in answer.json()["errors"]} == {
        "'templateJobId' is a required property",
        "'dynamicVariables' is a required property",
        "these fields cannot stand together",
    }


@pytest.mark.parametrize("kind", [JOBS, VIDEOS])
def test_what_is_not_there_is_404_and_what_is_no_id_is_400(api: httpx.Client, kind: str) -> None:
    for method in ("GET", "DELETE"):
        assert api.request(method, f"{kind}/nope").status_code == 404
        assert api.request(method, f"{kind}/no%20id").status_code == 400


def test_a_video_is_not_there_before_its_job_is_finished_nor_under_the_jobs_id(
    server: Service, api: httpx.Client
) -> None:
    made = finished(server, api)
    assert api.get(f"{VIDEOS}/{made['id']}").status_code == 404
    assert api.get(f"{JOBS}/{made['videoId']}").status_code == 404


def test_a_job_is_deleted_once(server: Service, api: httpx.Client) -> None:
    job = finished(server, api)["id"]
    first, second = api.delete(f"{JOBS}/{job}"), api.delete(f"{JOBS}/{job}")
    assert (first.status_code, first.content, second.status_code) == (200, b"", 404)
    assert api.get(f"{JOBS}/{job}").json()["status"] == "deleted"


def test_a_video_is_deleted_with_its_files(server: Service, api: httpx.Client) -> None:
    video = finished(server, api)["videoId"]
    files = api.get(f"{VIDEOS}/{video}").json()
    first, second = api.delete(f"{VIDEOS}/{video}"), api.delete(f"{VIDEOS}/{video}")
    assert (first.status_code, first.content, second.status_code) == (200, b"", 404)
    assert api.get(f"{VIDEOS}/{video}").status_code == 404
    assert [httpx.get(files[name]).status_code for name in ("publicUrl", "thumbnailUrl")] == [404, 404]


def test_actors_and_voices_are_listed_as_documented(api: httpx.Client) -> None:
    actors, voices = api.get("/assets/actors").json(), api.get("/assets/voices").json()
    assert [actor["name"] for actor in actors][:3] == ["karen", "ryan", "omar"]
    assert {actor["default_voice"] for actor in actors} <= {voice["name"] for voice in voices}
    assert all(httpx.get(actor["preview_url"]).headers["content-type"] == "image/svg+xml" for actor in actors)


def test_an_avatar_is_created_listed_and_used(server: Service, api: httpx.Client) -> None:
    source = {"displayName": "Dr. Müller <3", "sourceFileUrl": "https://a.example/me.png", "gender": "Female"}
    answer = api.post("/assets/actors", json=source)
    assert (answer.status_code, answer.json().keys()) == (201, {"name"})
    name = answer.json()["name"]
    listed = api.get("/assets/actors").json()[-1]
    assert (listed["name"], listed["display_name"], listed["type"]) == (name, "Dr. Müller <3", "Instant")
    assert "Dr. Müller &lt;3" in httpx.get(listed["preview_url"]).text
    place = {"position": {"x": 0, "y": 0}, "size": {"width": 1080, "height": 1080}}
    track = {"type": "actor", "actor": name, "text": "Hello there.", "speakerId": listed["default_voice"]} | place
    job = {"videoCreative": JOB["videoCreative"] | {"scenes": [{"tracks": [track]}]}}
    assert api.get(f"{JOBS}/{finished(server, api, job)['id']}").json()["status"] == "finished"


def test_an_avatar_without_its_parts_is_refused(api: httpx.Client) -> None:
    answer = api.post("/assets/actors", json={"displayName": "Ann", "gender": 1})
    assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (
        400,
        ["sourceFileUrl", "gender"],
    )


def test_a_draft_is_a_page_and_a_spec_that_compiles(server: Service) -> None:
    chapters = [
        {"title": f"Part {number} & more", "script": "Say <b>{{ this }}</b>.", "searchTerms": "x"} for number in (1, 2)
    ]
    outline = {"summary": {"title": "Safety: first", "description": "", "chapters": chapters}, "templateId": None}
    url = server.ask("/api/knowledge-to-draft/generate-draft", outline)["url"]
    page, spec = httpx.get(url), httpx.get(f"{url}.vidc.yaml").text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "&lt;/b&gt;." in page.text
    assert "<b>" not in page.text
    made = compile(Source("draft.vidc.yaml", spec))
    assert made.job is not None
    creative = made.job.data["videoCreative"]
    assert creative["settings"]["name"] == "Safety: first"
    assert [scene["name"] for scene in creative["scenes"]] == ["Title", "Part 1 & more", "Part 2 & more"]
    assert creative["scenes"][1]["tracks"][0]["text"] == "Say <b>{{ this }}</b>."


def test_a_wrong_method_names_all_that_are_right(api: httpx.Client) -> None:
    answer = api.put("/assets/actors")
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "POST"})


def test_its_description_and_the_schemas_that_it_names_are_served_as_they_are_written_down(server: Service) -> None:
    for name in ("colossyan-local.openapi.json", "colossyan-job.schema.json", "colossyan-template-job.schema.json"):
        written = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
        assert server.ask(f"/_vidc/schemas/{name}") == written
    assert httpx.get(f"{server.home}/_vidc/schemas/vidc.schema.json").status_code == 404
