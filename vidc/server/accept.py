"""accept: the body of a job -> the job that is made of it, or all that is wrong with it.

The compiler that made the body checks it again here, as a literal spec: what vidc refuses, this server refuses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from json import dumps
from typing import Any

from vidc.compile import Compiled, compile, sealed
from vidc.contract import breaches
from vidc.diag.as_json import as_object
from vidc.diag.sink import brief
from vidc.ir.form import is_literal
from vidc.ir.job import Job
from vidc.source import Source

from .answers import Refused, mistake, read_object

VIDEO, TEMPLATE = "colossyan-job.schema.json", "colossyan-template-job.schema.json"


class Checker:
    """One thread: compiling is all computing, which more threads would not make faster, only larger."""

    def __init__(self, templates: Mapping[str, Job]) -> None:
        self.templates = templates
        self.thread = ThreadPoolExecutor(1, "check")

    async def video(self, text: str) -> Accepted:
        return await asyncio.get_running_loop().run_in_executor(self.thread, accept_video, text)

    async def template(self, text: str) -> Accepted:
        return await asyncio.get_running_loop().run_in_executor(self.thread, accept_template, text, self.templates)


@dataclass(frozen=True, slots=True)
class Accepted:
    """`job`: the whole job as JSON text, a template's filled. `received`: the body as it came. `ms`: the length that
    is expected, which is what is billed until the film is there."""

    kind: str
    name: str
    job: str
    received: bytes
    ms: int


def accept_video(text: str) -> Accepted:
    """The job of a body; `Refused` with 400 and all that is wrong."""
    data = read_object(text)
    return _accepted("video", data, text, text)


def accept_template(text: str, templates: Mapping[str, Job]) -> Accepted:
    """The job that a template makes of the body's variables; others keep the value that they were saved with."""
    request = read_object(text)
    errors = [mistake(path, what) for path, what in breaches(request, TEMPLATE)]
    if errors:
        raise _wrong(errors)
    saved = templates.get(request["templateJobId"])
    if saved is None:
        known = ", ".join(f"`{brief(name)}`" for name in templates) or "none: `vidc serve --template FILE` saves one"
        raise _wrong([mistake("templateJobId", f"there is no such template; there is {known}")])
    job = {name: value for name, value in saved.data.items() if name in ("videoCreative", "dynamicVariables")}
    job["dynamicVariables"] = {**(job.get("dynamicVariables") or {}), **request["dynamicVariables"]}
    job |= {"callback": request.get("callbackUrl"), "callbackPayload": request.get("callbackPayload")}
    job = {name: value for name, value in job.items() if value is not None}
    return _accepted("template", job, dumps(job), text)


def _accepted(kind: str, data: dict[str, Any], text: str, received: str) -> Accepted:
    if "videoCreative" not in data:
        raise _wrong([mistake(path, what) for path, what in breaches(data, VIDEO)])
    made = sealed(compile(Source("job.json", text)))
    if made.job is None or made.timeline is None or made.root is None or not is_literal(made.root):
        raise _wrong(_errors(made))
    name = data["videoCreative"]["settings"].get("name") or "Untitled"
    return Accepted(kind, name, dumps(made.job.data), received.encode(), made.timeline.total.expected)


def _errors(made: Compiled) -> list[dict[str, Any]]:
    found = [as_object(finding) for finding in made.findings if finding.severity == "error"]
    errors = []
    for each in found:
        more = {"name": each["name"]} | ({"help": each["help"]} if each["help"] else {})
        errors.append(mistake(_in_body(each["path"]), each["message"], **more))
    return errors or [mistake("", "a job has `videoCreative`, and none of vidc's own keys beside it")]


def _in_body(path: str) -> str:
    """The path of a finding as the body has it."""
    return f"videoCreative.{path}" if path.startswith(("settings", "scenes")) else path


def _wrong(errors: list[dict[str, Any]]) -> Refused:
    first = errors[0]
    where = f"{first['path']}: " if first["path"] else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Refused(400, f"{where}{first['message']}{more}", errors)
