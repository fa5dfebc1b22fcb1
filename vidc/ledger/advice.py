"""advice: what a person can do about an intent that does not go on by itself, in words."""

from __future__ import annotations

from .intent import Intent


def doubt(row: Intent) -> str:
    """Of one that is unknown, in one line: why, and the two ways to settle it."""
    ways = f"`vidc resolve {row.key} --adopt JOB_ID VIDEO_ID` or `vidc resolve {row.key} --assume-not-sent`"
    return f"{row.spec} may have been sent or not: {row.reason}. Look into the workspace, then {ways}"


def stray(row: Intent, job_id: str, state: str) -> str:
    """Of an answer that came when its intent had gone on without it."""
    return (
        f"{row.spec} was accepted as job {job_id}, but somebody settled it before that was known: it is {state} now, "
        f"and may be paid for twice. `vidc history {row.key}` keeps both; stop one of them in the workspace"
    )


def advice(state: str, key: str, spec: str) -> str:
    """Of one in any state; empty where nothing is to be done. A spec may have changed since, or be sent with other
    values: then it makes another job."""
    match state:
        case "planned":
            return (
                f"it was not sent: applying its plan again sends it, and `vidc submit {spec}` where that still makes "
                f"the same job; `vidc cancel {key}` takes it back"
            )
        case "sending":
            return "it is being sent by another process"
        case "submitted":
            return f"`vidc wait {key}` waits for it"
        case "rejected":
            return f"mend what the service says, then `vidc submit {spec}`"
        case "failed" | "deleted":
            return f"`vidc submit {spec} --again` makes it anew, where that still makes the same job"
        case "unknown":
            return f"look into the workspace, then `vidc resolve {key}`"
    return ""
