"""Setting up: what counts as done, and what is said when it cannot go on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import debian, qt_libraries, setup
from tools.errors import SetUpError


@pytest.fixture
def environment(tmp_path: Path) -> setup.Environment:
    """One that looks whole: a Python with pip, and nothing unfinished."""
    (tmp_path / "requirements").mkdir()
    for goal in ("run", "test"):
        (tmp_path / "requirements" / f"{goal}.txt").write_text("click==8.5.1\n")
    made = setup.Environment(tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    made.folder.joinpath("pyvenv.cfg").write_text(
        f"home = {Path(sys.executable).parent}\ninclude-system-site-packages = false\n"
    )
    packages = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages/pip"
    made.folder.joinpath(packages).mkdir(parents=True)
    return made


def test_a_finished_environment_is_whole(environment: setup.Environment) -> None:
    assert environment.is_whole()


def test_an_environment_broken_off_is_not_whole(environment: setup.Environment) -> None:
    environment.unfinished.touch()
    assert not environment.is_whole()


def test_an_environment_whose_python_has_gone_is_not_whole(environment: setup.Environment) -> None:
    environment.python.unlink()
    environment.python.symlink_to(environment.root / "gone")
    assert not environment.is_whole()


def test_packages_count_as_installed_until_the_pins_change(environment: setup.Environment) -> None:
    assert not environment.has_packages("run")
    environment.note_packages("run")
    assert environment.has_packages("run")
    assert not environment.has_packages("test")
    environment.lock("run").write_text("click==8.5.2\n")
    assert not environment.has_packages("run")


def test_a_failing_install_leaves_the_environment_unfinished(
    environment: setup.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qt_libraries, "require", lambda *, with_screen: None)
    with pytest.raises(SetUpError, match="could not be installed"):
        setup.make_ready(environment, "run")  # its pip is an empty folder
    assert not environment.is_whole()
    assert not environment.has_packages("run")


def test_libraries_for_a_screen_are_wanted_only_where_there_is_one() -> None:
    assert qt_libraries.wanted({}) == qt_libraries.ALWAYS
    assert set(qt_libraries.FOR_X11) <= set(qt_libraries.wanted({"DISPLAY": ":0"}))
    assert set(qt_libraries.FOR_WAYLAND) <= set(qt_libraries.wanted({"WAYLAND_DISPLAY": "w-0"}))
    offscreen = {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}
    assert qt_libraries.wanted(offscreen) == qt_libraries.ALWAYS


def test_a_library_that_does_not_load_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    need = qt_libraries.Need("libnowhere.so.7", "libnowhere7")
    monkeypatch.setattr(qt_libraries, "ALWAYS", (need,))
    assert need in qt_libraries.absent({})


def test_a_system_without_any_font_lacks_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qt_libraries, "FONT_FOLDERS", (str(tmp_path),))
    assert qt_libraries.FONT in qt_libraries.absent({})
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Some.ttf").touch()
    assert qt_libraries.FONT not in qt_libraries.absent({})


def test_without_rights_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "is_here", lambda: True)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SetUpError, match=r"sudo apt-get .* install .* libgl1 libegl1"):
        debian.provide(["libgl1", "libegl1"], why="Qt needs them.")


def test_elsewhere_the_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "is_here", lambda: False)
    with pytest.raises(SetUpError, match=r"lacks libGL\.so\.1.*package manager"):
        debian.provide(["libgl1"], why="This system lacks libGL.so.1.")
