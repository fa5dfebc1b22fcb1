"""Actors made from a picture of a person: created with the command, listed, and shown in the films that name them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from command import run
from service import Service, serving

from vidc.render.picture import Picture
from vidc.render.portrait import portrait
from vidc.render.turn import Turn

TEAL, SKIN, BLACK = (20, 120, 130), (240, 200, 160), (0, 0, 0)
FACE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 80"><rect width="60" height="80" fill="rgb(20,120,130)"/>'
    '<circle cx="30" cy="30" r="18" fill="rgb(240,200,160)"/></svg>'
)
SPEC = """\
settings: {{name: A, videoSize: {{width: 320, height: 160}}}}
scenes:
  - tracks:
      - {{type: actor, actor: {actor}, speakerId: en-GB-SoniaNeural, text: "Good morning.",
         position: {{x: 20, y: 0}}, size: {{width: 120, height: 160}}}}
  - tracks:
      - {{type: actor, actor: {actor}, variant: bubble, speakerId: en-GB-SoniaNeural, text: "Good morning.",
         position: {{x: 160, y: 0}}, size: {{width: 160, height: 160}}}}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Service]:
    """It renders, and finds the picture of one address in its folder of media."""
    faces = tmp_path / "media" / "cdn.example.com"
    faces.mkdir(parents=True)
    (faces / "ann.svg").write_text(FACE)
    with serving(tmp_path / "serve", "--media", str(tmp_path), render=True) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "vidc.toml").touch()
    return folder


def filmed(server: Service, project: Path, picture: str) -> list[Any]:
    """The frames of a film with an actor who is created from the picture at an address."""

    def vidc(*words: str) -> str:
        done = run(*words, cwd=project, COLOSSYAN_URL=server.address, COLOSSYAN_TOKEN="test")
        assert done.returncode == 0, done.stderr
        return done.stdout

    actor = vidc("avatar", "create", "Ann Møller", "--from", picture, "--gender", "Female").strip()
    assert actor in [each["name"] for each in json.loads(vidc("actors", "--refresh", "--json"))]
    (project / "a.vidc.yaml").write_text(SPEC.format(actor=actor))
    assert "no findings" in vidc("lint", "a.vidc.yaml")
    vidc("submit", "a.vidc.yaml", "--yes", "--wait")
    vidc("download", json.loads(vidc("status", "--json"))[0]["key"], "-o", "film.mp4")
    with av.open(str(project / "film.mp4")) as opened:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in opened.decode(video=0)]


def is_near(pixel: Any, color: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixel - np.array(color)).max() < 12)


def test_a_created_actor_is_shown_as_the_picture_that_it_was_made_from(server: Service, project: Path) -> None:
    frames = filmed(server, project, "https://cdn.example.com/ann.svg")
    whole, bubble = frames[3], frames[-4]
    assert whole.shape == (160, 320, 3)
    assert [is_near(whole[y, x], SKIN) for y, x in ((60, 80), (30, 80))] == [True] * 2
    assert [is_near(whole[y, x], TEAL) for y, x in ((5, 25), (155, 135))] == [True] * 2
    assert [is_near(whole[y, x], BLACK) for y, x in ((5, 5), (60, 240), (5, 315))] == [True] * 3
    assert is_near(bubble[60, 240], SKIN)
    assert [is_near(bubble[y, x], TEAL) for y, x in ((8, 240), (150, 240))] == [True] * 2
    assert [is_near(bubble[y, x], BLACK) for y, x in ((60, 80), (5, 165), (5, 315), (155, 165))] == [True] * 4


def test_a_created_actor_whose_picture_cannot_be_had_is_drawn_and_the_server_says_why(
    server: Service, project: Path
) -> None:
    frame = filmed(server, project, "https://cdn.example.com/nobody.jpg")[3]
    assert not is_near(frame[60, 80], BLACK)
    said = next(line for line in server.log.splitlines() if "is drawn as somebody else" in line)
    assert said.endswith(
        "https://cdn.example.com/nobody.jpg: it is fetched with `--fetch` only, "
        "and there is no `media/cdn.example.com/nobody.jpg`"
    )
    assert " actor ann-mller-" in said


class Photo:
    """A picture whose rows get lighter downwards."""

    def __init__(self, width: int, height: int) -> None:
        self.key, self.width, self.height = "photo", width, height

    def picture(self, width: int, height: int) -> Picture:
        pixels = np.full((height, width, 4), 255, np.uint8)
        pixels[:, :, :3] = np.linspace(0, 250, height).astype(np.uint8)[:, None, None]
        return Picture(pixels)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(30, 40), (40, 30), (40, 40)])
def test_a_bubble_is_a_disc_in_the_middle_of_its_box(size: tuple[int, int], degrees: float) -> None:
    (layer,) = portrait(Photo(*size), "bubble", Turn(100, 50, 200, 100, degrees))(0)
    alpha = np.zeros((200, 400), np.uint8)
    pixels = layer.picture.pixels[:, :, 3]
    alpha[layer.y : layer.y + pixels.shape[0], layer.x : layer.x + pixels.shape[1]] = pixels
    down, right = np.mgrid[:200, :400] + 0.5
    away = np.hypot(down - 100, right - 200)
    assert (alpha[away < 48.5] == 255).all()
    assert (alpha[away > 51.5] == 0).all()


def test_a_bubble_keeps_more_of_what_is_above_than_of_what_is_below() -> None:
    (layer,) = portrait(Photo(100, 200), "bubble", Turn(0, 0, 100, 100))(0)
    middle = layer.picture.pixels[:, 50, 0]
    assert (round(middle[1] / 250 * 200), round(middle[-2] / 250 * 200)) == (25, 122)


def test_a_picture_of_other_proportions_is_shown_whole_in_the_middle_of_its_box() -> None:
    (layer,) = portrait(Photo(100, 200), "full_body", Turn(10, 20, 100, 100))(0)
    assert (layer.x, layer.y, layer.picture.width, layer.picture.height) == (35, 20, 50, 100)
