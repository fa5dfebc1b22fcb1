"""render: a Timeline to a film, on this machine. A draft for judging words, timing and layout.

What is heard and shown:

    measure        lengths of speech and files as facts, after which the compiler's timeline is the film's
    voice          a text as speech: samples, words, shapes of the mouth; `espeak` makes it
    align          the words and the shapes of the mouth of a recording
    media          what a file holds; `media_pictures` its frames at exact times, `media_sound` its sound
    media_library  the file that an address stands for: the project's, or fetched
    sound          what is heard when; `mix` its levels, fades and ducking
"""
