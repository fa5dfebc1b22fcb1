"""server: a service on this machine that speaks Colossyan's API, for authors without a token and for tests.

run          binds the address, serves, and stops without losing a job
options      how it was asked to run
app          its addresses and what answers each
failing      why something failed, for who watches
guard        who may ask: host and token
faults       what goes wrong on purpose
broken       answers that are refused, torn or never come
answers      JSON out and JSON in, and what a refusal says
accept       the body of a job -> the job, or all that is wrong with it
store        jobs, videos, avatars and drafts in SQLite
life         what becomes of a job once it is accepted
rendering    a job -> an MP4 file, in a process of its own
standin      the film that stands for one where nothing is rendered
callbacks    tells the caller's own address what became of a job
assets       the actors and voices that it lists
draft        an outline -> a spec
pages        the pages that a person opens
"""
