"""Editor: a language server, which tells an editor what the compiler knows while a spec is being written.

server      the protocol: how a session begins; `session` the editor at the other end, `answers` what it asks
documents   the texts that the editor has open; `addresses` their names, `shifting` places from one text to the next
file        an open file: compiled anew with every change, and the last one that could be read
learned     what the project knows and wants: its lock, lists, configuration and baseline, read again when they change
positions   lines and UTF-16 columns, as the protocol counts them
places      what of the text as written stands at a place
shapes      what these modules say, in the shapes of the protocol
symbols     variables, components, references and includes: where each is defined and used
templates   the names in texts and expressions; `references` where the name of a track is known
reach       the files of a project that share a name; `renaming` changes it in all of them
completing  what can be written at a place: `schema` the keys and values that are allowed, `fields` of variables,
            `elsewhere` what stands in no spec
telling     hovers and hints
mending     quick fixes
"""
