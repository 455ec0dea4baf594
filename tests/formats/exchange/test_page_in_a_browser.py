"""The script of the page works in a browser; needs the extra ``readers``."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.exchange.web_page.formats import FORMAT
from tests.formats.bundles import small_bundle
from tests.formats.exchange.meaning import written_to

ROOT = Path(__file__).resolve().parents[3]
FOUND = "document.getElementById('found').textContent"
HIDDEN = "[...document.querySelectorAll('main > article')].map((one) => one.hidden).join()"
CARD = "[...document.querySelectorAll('[data-marks*=\" \"] a')].at(-1)"
LOOK = """(() => { const one = document.querySelector("mark.k1") || document.querySelector("mark");
  return getComputedStyle(one).backgroundImage; })()"""

if importlib.util.find_spec("PySide6.QtWebEngineWidgets") is None:
    pytest.skip("PySide6-Addons is not installed", allow_module_level=True)


def work(folder: Path, *steps: dict[str, Any], **options: str) -> list[Any]:
    """What the page says after each step; it writes nothing to the console."""
    path = folder / "x.html"
    written_to(FORMAT, small_bundle(), path)
    words = [word for name, value in options.items() for word in (f"--{name}", value) if word]
    asked = [sys.executable, "-m", "tests.formats.exchange.browser", str(path), *words]
    ran = subprocess.run(
        [*asked, "--steps", json.dumps(steps)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "HOME": str(folder)},
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["console"] == []
    said: list[Any] = told["said"]
    return said


def test_searching_by_keys(tmp_path: Path) -> None:
    said = work(
        tmp_path,
        {"say": "document.documentElement.classList.contains('scripted')"},
        {"type": "/", "say": "document.activeElement.id"},
        {"type": "o", "say": FOUND},
        {"key": "enter", "say": FOUND},
        {"key": "enter", "say": FOUND},
        {"key": "enter", "shift": True, "say": FOUND},
        {"say": "CSS.highlights.get('at-hand').size"},
        {"key": "escape", "say": f"document.getElementById('search').value + {FOUND}"},
        {"type": "nobody wrote this", "say": FOUND},
        {"say": HIDDEN},
        {"key": "escape", "say": HIDDEN},
        {"type": "(.*", "say": FOUND},
    )
    assert said[:2] == [True, "search"]
    places = int(said[2].split()[0])
    assert said[2] == f"{places} places in 1 article"
    assert places > 1
    assert said[3:6] == [f"1 of {places}", f"2 of {places}", f"1 of {places}"]
    assert said[6:] == [1, "", "Nothing found", "true", "false", "Nothing found"]


def test_a_kind_is_put_away_and_a_statement_lit(tmp_path: Path) -> None:
    said = work(
        tmp_path,
        {"type": "/"},
        {"key": "tab", "say": "document.activeElement.value"},
        {"key": "tab", "say": "document.activeElement.value"},
        {"say": LOOK},
        {"key": "space", "say": "document.documentElement.className"},
        {"say": LOOK},
        {"say": "document.querySelectorAll('details').forEach((one) => { one.open = true; })"},
        {"say": f"{CARD}.focus()"},
        {"say": "document.querySelectorAll('mark.lit').length"},
        {"key": "enter", "say": "document.querySelector(':target').tagName"},
    )
    assert said[1:3] == ["k0", "k1"]
    assert said[3] != "none"
    assert said[4].split() == ["scripted", "without-k1"]
    assert said[5] == "none"
    assert said[8] > 1
    assert said[9] == "MARK"


@pytest.mark.parametrize("width", ["1200", "400"])
def test_nothing_sticks_out(tmp_path: Path, width: str) -> None:
    say = "document.documentElement.scrollWidth <= window.innerWidth"
    assert work(tmp_path, {"say": say}, width=width) == [True]


def test_dark_where_the_system_is(tmp_path: Path) -> None:
    say = "getComputedStyle(document.body).backgroundColor"
    light, dark = work(tmp_path, {"say": say}), work(tmp_path, {"say": say}, dark="")
    assert light != dark
    assert sum(map(int, dark[0][4:-1].split(","))) < 200
