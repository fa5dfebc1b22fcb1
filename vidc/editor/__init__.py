"""Editor: a language server, which tells an editor what the compiler knows while a spec is being written.

server      the protocol: what an editor asks, and which module answers; the one door of pygls
documents   the texts that the editor has open; `addresses` their names, `shifting` places from one text to the next
file        an open file: compiled anew with every change, and the last one that could be read
learned     what the project's lock and lists know, read again when they change
positions   lines and UTF-16 columns, as the protocol counts them
places      what of the text as written stands at a place
shapes      what these modules say, in the shapes of the protocol
symbols     variables, components, references and includes: where each is defined and used
reach       the files of a project that share a name; `renaming` changes it in all of them
completing  what can be written at a place
telling     hovers and hints
mending     quick fixes
"""
