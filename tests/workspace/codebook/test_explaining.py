"""What the codebook says of its parts, and by which names they went."""

from __future__ import annotations

from annotator.core.book import changing, formerly, merging
from annotator.core.book.explaining import everything, explain, explain_kind
from annotator.core.book.parts import Part
from tests.workspace.codebook.scene import NATO, SUMMIT, Scene


def test_fields_and_values_are_explained(scene: Scene) -> None:
    book, issues = scene.ada.codebook, scene.ada.issues()
    assert explain(book, issues, "stance").startswith("Where the position stands")
    assert explain(book, issues, "stance", -2).startswith("Rejects the proposition")
    assert explain(book, issues, "issue", NATO) == "Ukraine should be able to join NATO."
    assert explain(book, issues, "told", "direct").startswith("A whole sentence")
    assert explain(book, issues, "condition", "whatever") == ""
    assert explain(book, issues, "nothing") == ""
    assert "Boundaries: The whole noun phrase" in explain_kind(book, "speaker")
    assert "Such as: NBC’s Meet the Press · the BBC" in explain_kind(book, "via")
    several = explain(book, issues, "issue", [NATO, SUMMIT])
    assert several.startswith("Ukraine in NATO: Ukraine should")
    assert "\nPutin–Zelensky summit: Putin" in several


def test_everything_is_there_to_be_read(scene: Scene) -> None:
    found = everything(scene.ada.codebook, scene.ada.issues())
    assert list(found) == ["Kinds", "Roles", "Fields", "Stances", "Issues"]
    depths = {one.heading: one.depth for one in found["Issues"]}
    assert (depths["Meetings"], depths["Trilateral summit"]) == (0, 1)
    assert depths.keys() == {issue.name for issue in scene.ada.issues()}


def test_old_names_stay_readable(scene: Scene) -> None:
    scene.ada.do(changing.change(scene.ada, Part("kind", "via"), name="Channel").make())
    scene.ada.do(merging.merge(scene.ada, Part("kind", "via"), Part("kind", "speaker")).make())
    scene.ada.do(merging.merge(scene.ada, Part("issue", NATO), Part("issue", SUMMIT)).make())
    revisions = list(scene.ada.history())[::-1]
    found = formerly.names(entry for revision in revisions for entry in revision.entries)
    assert found[Part("kind", "via")] == "Channel"
    assert found[Part("issue", NATO)] == "Ukraine in NATO"
    assert found[Part("choice", "direct", "told")] == "direct quote"
    assert scene.ada.former_names()[Part("kind", "via")] == "Channel"
    assert revisions[-2].label == "Merge “Channel” into “Speaker”"
