"""What can be wrong with the languages of scripts, by which the time of a speech is estimated."""

from __future__ import annotations

from vidc.clock import roughly
from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words
from vidc.source import Span

from .proof import shown


@problem("note")
def assumed_language(at: Place) -> Words:
    """The language of a script is not said, and English is assumed.

    How long a text takes to say depends on its language. It is taken from the speaker's id where that names one
    (`en-GB-RyanNeural`), else from `language` on the scene or at the top. Scripts in another language than English
    get wrong lengths without it. It is said once for a spec.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```

    good:

    ```yaml
    language: en
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```
    """
    return Words(
        "the language of this script is not given, so its length is estimated as English",
        at,
        help="add `language: en` at the top",
    )


@problem("warning")
def language_mismatch(at: Place, own: str, said: str, part: str, where: Span) -> Words:
    """A voice speaks another language than the spec says its scripts are in.

    A voice reads foreign words by its own rules, and the estimate of its time is wrong.

    bad:

    ```yaml
    language: en
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: de-DE-KatjaNeural,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```

    good:

    ```yaml
    language: de
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: de-DE-KatjaNeural,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Guten Tag.}
    ```
    """
    message = f"this voice speaks `{own}`, and the language of its script is `{said}`"
    help = f"choose another voice, or write `language: {own}` in {part}"
    return Words(message, at, (Label(where, "the language of the scripts"),), help)


@problem("note")
def unknown_language(at: Place, language: str) -> Words:
    """Nothing is known of how fast a language is spoken.

    The time of its scripts is only roughly estimated: from half to twice what is expected. The code of a language is
    that of BCP 47, such as `en`, `pt-BR` or `ja`.

    bad:

    ```yaml
    language: jp
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Konnichiwa.}
    ```

    good:

    ```yaml
    language: ja
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Konnichiwa.}
    ```
    """
    help = "see that the code is right, such as `en`, `pt-BR` or `ja`; else its times are only roughly estimated"
    return Words(f"nothing is known of how fast `{language}` is spoken", at, help=help)


@problem("error")
def too_many_words(at: Place, limit: int) -> Words:
    """The scripts of a spec have too many different words.

    How long a script takes to say is estimated word by word. Limit: the different words of all scripts together have
    1,000,000 characters, and a script that is said again in another language counts again. A book has about half a
    million. Make several specs of it.
    """
    message = f"the different words of this spec's scripts have more than {limit:,} characters"
    return Words(message, at, help="make several specs of it")


@problem("warning")
def doubtful_length(at: Place, stated_ms: int | float, least_ms: int, words: Span) -> Words:
    """A speech is said to be shorter than its words can be.

    `intrinsicDuration` says how long a speech is where you know it. It makes no speech faster and cuts none: where it
    is wrong, the proof that all fits in time is worth nothing.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: en-US-JennyNeural,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Welcome to the security training of Northwind.,
             intrinsicDuration: 1s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: en-US-JennyNeural,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Welcome to the security training of Northwind.}
    ```
    """
    message = f"this speech is said to last {shown(stated_ms)}, and its words take at least {shown(roughly(least_ms))}"
    return Words(message, at, (Label(words, "its words"),), "remove `intrinsicDuration`: it makes no speech shorter")
