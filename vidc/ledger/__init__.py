"""ledger: what is to be paid for, what is being paid for, and what was: once each.

    states      the table of what can happen to an intent
    ledger      the intents, each change in a transaction of its own
    intent      one row, and what a plan asks for
    database    what is needed of SQLite and PostgreSQL; `sqlite` and `postgres` are the two
    who         names a process, so that another can tell whether it still runs
    seal        the id of a plan, and the mark of a callback
    place       where a project keeps its lock and its ledger

    plan        what would be sent, and why; `plan_file` and `plan_text`: as data and as text
    budget      whether a plan may cost what it might, and what would cost less
    apply       does what a plan says, once; `send` is its loop
    settle      notes what became of jobs, and puts what was learned into the lock; `learn`: about a speaker
    listen      takes callbacks

    adopting    takes on a job that a person found
    undoing     cancels jobs and deletes videos
    fetching    where the video of an intent is
    advice      what a person can do about an intent
    paying      what was sent when, and how many minutes came of it
    measuring   how long the media of specs are
    outline     what a draft is made from

Nothing here prints; the commands do.
"""
