"""states: what can happen to an intent to have a job made, as a table. No other change of state is possible.

| event           | from                          | to        | who says so                                            |
|-----------------|-------------------------------|-----------|--------------------------------------------------------|
| (plan consumed) | -                             | planned   | a plan that is applied                                 |
| claim           | planned                       | sending   | the one process that may send it; on disk before a byte|
| accepted        | sending, unknown, planned (*) | submitted | the service's answer, with the job's id                |
| accepted        | finished, failed (*)          | (same)    | an answer later than the callback: the ids are added   |
| refused         | sending, unknown (*)          | rejected  | a 4xx: nothing was made                                |
| not-sent        | sending, unknown (*)          | planned   | it is proved that nothing was accepted                 |
| doubt           | sending (*)                   | unknown   | no answer, a broken one, 3xx, 408, 5xx                 |
| lost            | sending                       | unknown   | the sender has ended, or its lease is over             |
| adopt           | unknown, deleted, finished (+)| submitted | a person: this is the job                              |
| assume          | unknown                       | planned   | a person: it was never sent                            |
| withdraw        | planned                       | deleted   | a person: it is not wanted                             |
| finished        | submitted                     | finished  | the job's status                                       |
| failed          | submitted                     | failed    | the job's status                                       |
| deleted         | submitted, finished           | deleted   | the job's status, a 404, or a person who deletes       |
| called-finished | sending, unknown, submitted   | finished  | a callback with a sound key                            |
| called-failed   | sending, unknown, submitted   | failed    | a callback with a sound key                            |

(*) only by the claim that sent it; where the row has moved on, the history keeps the event as `stray` with the ids
that it brought, so that a paid job is never forgotten.
(+) one that is deleted may be there all the same, where the service had lost sight of it; one that a callback finished
has no ids, and its address is temporary.

There is at most one live intent for a fingerprint at one service. `rejected`, `failed` and `deleted` may be followed by
a new one, the last two only where a person says `--again`; a `finished` one is reused while its video is there. So a
POST is sent once for each claim, a claim needs `planned`, and only `assume` leads back there from a doubt.
"""

from __future__ import annotations

STATES = ("planned", "sending", "submitted", "finished", "failed", "deleted", "rejected", "unknown")

MOVES: dict[str, dict[str, str]] = {
    "claim": {"planned": "sending"},
    "accepted": {
        "sending": "submitted",
        "unknown": "submitted",
        "planned": "submitted",
        "finished": "finished",
        "failed": "failed",
    },
    "refused": {"sending": "rejected", "unknown": "rejected"},
    "not-sent": {"sending": "planned", "unknown": "planned"},
    "doubt": {"sending": "unknown"},
    "lost": {"sending": "unknown"},
    "adopt": {"unknown": "submitted", "deleted": "submitted", "finished": "submitted"},
    "assume": {"unknown": "planned"},
    "withdraw": {"planned": "deleted"},
    "finished": {"submitted": "finished"},
    "failed": {"submitted": "failed"},
    "deleted": {"submitted": "deleted", "finished": "deleted"},
    "called-finished": {"sending": "finished", "unknown": "finished", "submitted": "finished"},
    "called-failed": {"sending": "failed", "unknown": "failed", "submitted": "failed"},
}
"""By event: the states it is possible in, and what each becomes."""

BY_CLAIM = frozenset(("accepted", "refused", "not-sent", "doubt"))
"""Events that only the claim that sent the job can report."""

REPEATABLE = frozenset(("rejected", "failed", "deleted"))
"""After these a new intent for the same job may be made."""

BY_A_PERSON = frozenset(("failed", "deleted"))
"""After these only where a person says so."""
