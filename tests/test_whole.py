from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from vidc.whole import whole, write_whole


def test_a_file_is_the_old_one_until_all_of_the_new_one_is_there(tmp_path: Path) -> None:
    path = tmp_path / "lock.json"
    path.write_text("old")
    with whole(str(path)) as fresh:
        Path(fresh).write_text("new")
        assert path.read_text() == "old"
        assert Path(fresh).parent == tmp_path
        assert Path(fresh).suffix == ".json"
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["lock.json"]


def test_what_is_broken_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "lock.json"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(str(path), "half \ud800")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["lock.json"]


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "real", tmp_path / "link"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(str(link), "new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_of_any_other_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    write_whole(str(tmp_path / "one"), "text")
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_texts_are_utf_8_and_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "one"), "ä\r\nb\n")
    assert (tmp_path / "one").read_bytes() == b"\xc3\xa4\r\nb\n"


def test_several_writers_at_once_leave_the_text_of_one(tmp_path: Path) -> None:
    path = tmp_path / "one"
    texts = [str(number) * 50_000 for number in range(8)]
    writers = [Thread(target=write_whole, args=(str(path), text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_text() in texts
    assert os.listdir(tmp_path) == ["one"]
