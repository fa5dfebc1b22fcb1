"""Editor: a language server, which tells an editor what the compiler knows while a spec is being written.

server      the protocol: what an editor asks, and which module answers; the one door of pygls
file        an open file: compiled anew with every change, and the last one that could be read
positions   lines and UTF-16 columns, as the protocol counts them
places      what of the text as written stands at a place
symbols     variables, components, references and includes: where each is defined and used
completing  what can be written at a place
telling     hovers, hints, outlines and folds
mending     quick fixes
"""
