"""A finding's page, as a person and as a test read it."""

from __future__ import annotations

from vidc.diag.catalog import Page
from vidc.diag.page import examples, show

PAGE = Page(
    "off-canvas",
    "warning",
    """A track stands outside of the picture, in part or as a whole, and what is outside of it is never seen.

    There are two ways
    to see it:

    - one
    - another one that is so long that it has to be wrapped, as a paragraph would be, at the terminal's width
      and beyond

    bad:

    ```yaml
    scenes:

      - text: "``` is no fence"
    ```

    not yaml, and so no example:

    ```
    plain
    ```

    good:
    ```yaml
    scenes: []
    ```
    """,
    "rule",
)


def test_a_page_is_shown_wrapped_with_its_examples_as_they_are() -> None:
    assert (
        show(PAGE, 60)
        == """\
off-canvas (warning)

A track stands outside of the picture, in part or as a
whole, and what is outside of it is never seen.

There are two ways to see it:

- one
- another one that is so long that it has to be wrapped,
  as a paragraph would be, at the terminal's width and
  beyond

bad:

    scenes:

      - text: "``` is no fence"

not yaml, and so no example:

    plain

good:

    scenes: []
"""
    )


def test_the_examples_are_the_first_under_their_words() -> None:
    assert examples(PAGE) == ('scenes:\n\n  - text: "``` is no fence"\n', "scenes: []\n")


def test_a_page_of_one_sentence_has_no_examples() -> None:
    page = Page("x", "error", "One sentence.", "problem")
    assert examples(page) == (None, None)
    assert show(page) == "x (error)\n\nOne sentence.\n"
