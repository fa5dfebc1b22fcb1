"""What can be wrong with the times of a spec."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Words


@problem("error")
def over_constrained(at: Place, labels: tuple[Label, ...], repairs: tuple[Repair, ...]) -> Words:
    """Three fields set the length of one track.

    A track's length comes from `duration` or from its two gaps, not from both. The service rejects such a job when it
    is queued, even where the three numbers agree.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 6s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            position: {x: 0, y: 0}
            size: {width: 100%, height: 100%}
            startTimeGap: 1s
            duration: 3s
            endTimeGap: 2s
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 6s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            position: {x: 0, y: 0}
            size: {width: 100%, height: 100%}
            startTimeGap: 1s
            endTimeGap: 2s
    ```
    """
    return Words(
        "three fields set the length of this track",
        at,
        labels,
        conflict=(at.span, *(label.span for label in labels)),
        repairs=repairs,
    )
