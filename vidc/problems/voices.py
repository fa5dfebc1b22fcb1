"""What can be wrong with several voices in one scene."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words

from .proof import Proof, cut


@problem("warning")
def overlapping_speech(at: Place, after: str, before: str, proof: Proof, labels: tuple[Label, ...], help: str) -> Words:
    """Two actors of a scene speak at the same time.

    Every actor starts with the scene unless it has a `startTimeGap`, and the order of the tracks does not say who
    speaks first. Voices that talk over one another are hard to follow. In a dialogue the second actor waits for the
    first, or has a scene of its own, which needs no times at all. Where both are meant to speak at once, allow it.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 9s
        tracks:
          - {type: actor, referenceId: karen, actor: karen,
             speakerId: en-US-JennyNeural, text: How was your day?,
             position: {x: 0, y: 0}, size: {width: 960, height: 1080}}
          - {type: actor, referenceId: ryan, actor: ryan,
             speakerId: en-GB-RyanNeural, text: Long. I am glad to be here.,
             position: {x: 960, y: 0}, size: {width: 960, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 9s
        tracks:
          - {type: actor, referenceId: karen, actor: karen,
             speakerId: en-US-JennyNeural, text: How was your day?,
             position: {x: 0, y: 0}, size: {width: 960, height: 1080}}
          - {type: actor, referenceId: ryan, actor: ryan,
             speakerId: en-GB-RyanNeural, text: Long. I am glad to be here.,
             startTimeGap: 3s,
             position: {x: 960, y: 0}, size: {width: 960, height: 1080}}
    ```
    """
    message = f"`{after}` begins to speak {proof.by}before `{before}` is done{proof.when}"
    return cut(message, at, proof, labels, help, False)
