"""The pinned lists say what pyproject.toml asks for, and nothing about where it came from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ASKED = {
    "run": PROJECT["dependencies"],
    "test": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"],
}


def pins(goal: str) -> dict[str, Requirement]:
    lines = (ROOT / "requirements" / f"{goal}.txt").read_text("utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.strip().startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in found}


def version(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return specifier.version


@pytest.mark.parametrize("goal", ["run", "test"])
def test_every_package_asked_for_is_pinned_to_a_version_it_allows(goal: str) -> None:
    pinned = pins(goal)
    for asked in map(Requirement, ASKED[goal]):
        pin = pinned.get(canonicalize_name(asked.name))
        assert pin is not None, f"{asked.name} is not pinned: make lock"
        assert asked.specifier.contains(version(pin)), f"{pin} does not fit {asked}: make lock"


def test_developing_uses_the_same_versions_as_running() -> None:
    run, test = pins("run"), pins("test")
    assert {name: str(pin) for name, pin in run.items()} == {
        name: str(test.get(name)) for name in run
    }


@pytest.mark.parametrize("goal", ["run", "test"])
def test_the_list_names_no_address(goal: str) -> None:
    text = (ROOT / "requirements" / f"{goal}.txt").read_text("utf-8")
    assert "://" not in text
    assert "--" not in text
