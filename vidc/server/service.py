"""service: what answers each of the server's addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256
from json import loads
from re import fullmatch
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from vidc.contract import schema_text

from . import assets, draft, pages
from .accept import Accepted, Checker
from .answers import Json, Refused, text_of
from .faults import Faults, NoFault
from .life import PROGRESS, Life
from .options import Options
from .store import Row, Store

JOBS, VIDEOS = "/api/v1/video-generation-jobs", "/api/v1/generated-videos"
DRAFTS = "/api/knowledge-to-draft/generate-draft"
SCHEMAS = ("colossyan-local.openapi.json", "colossyan-job.schema.json", "colossyan-template-job.schema.json")
ID = r"[A-Za-z0-9_-]{1,64}"
"""What an id looks like; the service answers 400 to what does not."""
FILE_KINDS = {"mp4": "video/mp4", "webm": "video/webm", "jpg": "image/jpeg"}


Answer = Callable[[Request], Awaitable[Response]]


class Service:
    """What answers the requests. `address` is the server's own, without a path."""

    def __init__(self, store: Store, life: Life, options: Options, address: str, faults: Faults) -> None:
        self.store = store
        self.life = life
        self.options = options
        self.address = address
        self.faults = faults
        self.checker = Checker(options.templates or {})

    # jobs

    async def create_video(self, request: Request) -> Response:
        return self._accept(await self.checker.video(await text_of(request)))

    async def create_from_template(self, request: Request) -> Response:
        return self._accept(await self.checker.template(await text_of(request)))

    def _accept(self, accepted: Accepted) -> Response:
        row = self.store.add_job(accepted, self.faults.of_job())
        self.life.begin(row["id"])
        return Json({"id": row["id"], "videoId": row["video"]})

    async def show_job(self, request: Request) -> Response:
        row = self.store.job(_id(request, "job"))
        if row is None:
            raise Refused(404, "there is no such job; this address takes a job's `id`, not its `videoId`")
        return Json(loads(row["job"]) | self._state(row))

    def _state(self, row: Row) -> dict[str, Any]:
        done = PROGRESS if row["status"] == "finished" else round(self.life.progress.get(row["id"], 0) * PROGRESS)
        return {
            "id": row["id"],
            "videoId": row["video"],
            "status": row["status"],
            "progress": done,
            "maximumProgress": PROGRESS,
            "creationDate": row["created"],
            "isAPIGenerated": True,
        }

    async def delete_job(self, request: Request) -> Response:
        if not self.life.delete(_id(request, "job")):
            raise Refused(404, "there is no such job")
        return Response()

    # videos

    async def show_video(self, request: Request) -> Response:
        row = self.store.video(_id(request, "video"))
        if row is None:
            raise Refused(404, "there is no such video, or it is not finished; this address takes a job's `videoId`")
        files = f"{self.address}/files/{row['id']}"
        made = {
            "id": row["id"],
            "jobId": row["job"],
            "publicUrl": f"{files}.{row['ending']}",
            "thumbnailUrl": f"{files}.jpg",
        }
        made |= {"name": row["name"], "createdAt": row["created"], "videoSizeBytes": row["bytes"]}
        return Json(made | {"videoDurationSeconds": row["ms"] / 1000})

    async def delete_video(self, request: Request) -> Response:
        if not self.life.delete_video(_id(request, "video")):
            raise Refused(404, "there is no such video")
        return Response()

    # assets and drafts

    async def list_actors(self, _: Request) -> Response:
        return Json(assets.actors(self.address, self.store.avatars()))

    async def create_avatar(self, request: Request) -> Response:
        avatar = assets.read_avatar(await text_of(request))
        self.store.add_avatar(*avatar)
        return Json({"name": avatar[0]}, 201)

    async def list_voices(self, _: Request) -> Response:
        return Json(assets.voices())

    async def create_draft(self, request: Request) -> Response:
        summary = draft.read_outline(await text_of(request))
        made = self.store.add_draft(summary["title"], draft.draft(summary))
        return Json({"url": f"{self.address}/drafts/{made}"})

    # files and pages

    async def send_file(self, request: Request) -> Response:
        name, kind = request.path_params["name"], request.path_params["kind"]
        path = self.life.files / f"{name}.{kind}"
        if kind not in FILE_KINDS or not fullmatch(ID, name) or not path.is_file():
            raise Refused(404, "there is no such file")
        return FileResponse(path, media_type=FILE_KINDS[kind])

    async def show_actor(self, request: Request) -> Response:
        known = {each["name"]: each["display_name"] for each in assets.actors("", self.store.avatars())}
        shown = known.get(request.path_params["name"])
        if shown is None:
            raise Refused(404, "there is no such actor")
        return Response(assets.preview(shown), media_type="image/svg+xml")

    async def show_film(self, request: Request) -> Response:
        row = self.store.video(request.path_params["video"])
        if row is None:
            raise Refused(404, "there is no such video")
        return pages.film_page(f"{row['id']}.{row['ending']}", row["name"], row["ms"] / 1000, bool(row["rendered"]))

    async def show_draft(self, request: Request) -> Response:
        name: str = request.path_params["draft"]
        row = self.store.draft(name.removesuffix(".vidc.yaml"))
        if row is None:
            raise Refused(404, "there is no such draft")
        if name.endswith(".vidc.yaml"):
            return PlainTextResponse(row["spec"], media_type="application/yaml")
        return pages.draft_page(row["id"], row["title"], row["spec"])

    async def show_front(self, _: Request) -> Response:
        return pages.front_page(self.address)

    # what tests ask

    async def show_stats(self, _: Request) -> Response:
        return Json(self.store.stats())

    async def list_jobs(self, _: Request) -> Response:
        return Json([_told(row) for row in self.store.jobs()])

    async def show_schema(self, request: Request) -> Response:
        """The server's OpenAPI, or a schema that it names."""
        if request.path_params["name"] not in SCHEMAS:
            raise Refused(404, f"there is no such schema; there is {', '.join(SCHEMAS)}")
        return Response(schema_text(request.path_params["name"]), media_type="application/json")

    async def change_faults(self, request: Request) -> Response:
        """`{"faults": ["429:0.1"]}`: what goes wrong from now on, with its counts at 0."""
        wanted = loads(await text_of(request)).get("faults")
        if not isinstance(wanted, list) or not all(isinstance(text, str) for text in wanted):
            raise Refused(400, "`faults` is a list of texts such as `429:0.1`")
        try:
            self.faults.all = Faults(tuple(wanted), self.options.seed).all
        except NoFault as error:
            raise Refused(400, str(error)) from error
        return Response()

    def routes(self) -> list[Route]:
        return [
            _route(JOBS, POST=self.create_video),
            _route(f"{JOBS}/template-jobs", POST=self.create_from_template),
            _route(JOBS + "/{job}", GET=self.show_job, DELETE=self.delete_job),
            _route(VIDEOS + "/{video}", GET=self.show_video, DELETE=self.delete_video),
            _route("/api/v1/assets/actors", GET=self.list_actors, POST=self.create_avatar),
            _route("/api/v1/assets/voices", GET=self.list_voices),
            _route(DRAFTS, POST=self.create_draft),
            _route("/files/{name}.{kind}", GET=self.send_file),
            _route("/files/actors/{name}.svg", GET=self.show_actor),
            _route("/videos/{video}", GET=self.show_film),
            _route("/drafts/{draft}", GET=self.show_draft),
            _route("/", GET=self.show_front),
            _route("/_vidc/stats", GET=self.show_stats),
            _route("/_vidc/jobs", GET=self.list_jobs),
            _route("/_vidc/schemas/{name}", GET=self.show_schema),
            _route("/_vidc/faults", PUT=self.change_faults),
        ]


def _route(path: str, **answers: Answer) -> Route:
    """One route for all methods of a path, so that 405 names them all."""

    async def answer(request: Request) -> Response:
        return await answers["GET" if request.method == "HEAD" else request.method](request)

    return Route(path, answer, methods=list(answers))


def _id(request: Request, name: str) -> str:
    """An id in the request's address; `Refused` with 400 where it cannot be one."""
    found: str = request.path_params[name]
    if not fullmatch(ID, found):
        raise Refused(400, "an id is made of letters, digits, `-` and `_`")
    return found


def _told(row: Row) -> dict[str, Any]:
    """All that is known of a job, for tests: `sha256` is that of the body as it came."""
    job = loads(row["job"])
    return {
        "id": row["id"],
        "videoId": row["video"],
        "kind": row["kind"],
        "status": row["status"],
        "sha256": sha256(row["received"]).hexdigest(),
        "received": row["received"].decode(),
        "seconds": row["ms"] / 1000,
        "callback": row["callback"],
        "callbackPayload": job.get("callbackPayload"),
        "reason": row["reason"],
        "faults": row["faults"].split(),
    }
