"""UIMA CAS as WebAnno and others store it: links among the members, chains, types that are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.format import Incoming
from tests.formats.exchange.test_peculiar import FORMATS, listed, quotes, read
from tests.formats.exchange.test_real_files import statements

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>custom.Link</name><supertypeName>uima.cas.TOP</supertypeName><features>
<featureDescription><name>role</name><rangeTypeName>uima.cas.String</rangeTypeName>
</featureDescription><featureDescription><name>target</name>
<rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription></features>
</typeDescription>
<typeDescription><name>custom.Who</name><supertypeName>uima.tcas.Annotation</supertypeName>
</typeDescription>
<typeDescription><name>custom.Said</name><supertypeName>uima.tcas.Annotation</supertypeName>
<features><featureDescription><name>links</name><rangeTypeName>uima.cas.FSArray</rangeTypeName>
<elementType>custom.Link</elementType></featureDescription></features></typeDescription>
<typeDescription><name>custom.Same</name><supertypeName>uima.tcas.Annotation</supertypeName>
<features><featureDescription><name>next</name><rangeTypeName>custom.Same</rangeTypeName>
</featureDescription></features></typeDescription>
<typeDescription><name>custom.Chain</name><supertypeName>uima.cas.AnnotationBase</supertypeName>
<features><featureDescription><name>first</name><rangeTypeName>custom.Same</rangeTypeName>
</featureDescription></features></typeDescription>
</types></typeSystemDescription>
"""
FRAME = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:custom="http:///custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>{body}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text"
 sofaString="Vogel said no and he left"/>
<cas:View sofa="1" members="{members}"/></xmi:XMI>"""


def cas(folder: Path, body: str, members: str, types: str = TYPES) -> Path:
    (folder / "TypeSystem.xml").write_text(types, encoding="utf-8")
    path = folder / "x.xmi"
    path.write_text(FRAME.format(body=body, members=members), encoding="utf-8")
    return path


def taken(path: Path) -> Incoming:
    name, found = read(path)
    assert name == "xmi"
    return found


def test_links_that_are_members_themselves_are_no_marks(tmp_path: Path) -> None:
    body = """<custom:Who xmi:id="2" sofa="1" begin="0" end="5"/>
    <custom:Link xmi:id="3" role="who" target="2"/>
    <custom:Said xmi:id="4" sofa="1" begin="6" end="10" links="3"/>"""
    found = taken(cas(tmp_path, body, "2 3 4"))
    assert sorted(quotes(found.bundle)) == [("x", "said", "said"), ("x", "who", "Vogel")]
    assert statements(found.bundle) == [[("said", "said"), ("who", "Vogel")]]
    assert not listed(found)


CHAIN = """<custom:Same xmi:id="2" sofa="1" begin="0" end="5" next="{next}"/>
<custom:Same xmi:id="3" sofa="1" begin="18" end="20"{again}/>
<custom:Chain xmi:id="4" sofa="1" first="2"/>"""


@pytest.mark.parametrize("again", ["", ' next="2"'])
def test_a_chain_is_a_statement_of_what_is_in_it(again: str, tmp_path: Path) -> None:
    found = taken(cas(tmp_path, CHAIN.format(next=3, again=again), "2 3 4"))
    assert [words for *_, words in quotes(found.bundle)] == ["Vogel", "he"]
    assert statements(found.bundle) == [[("link", "Vogel"), ("link", "he")]]
    (statement,) = found.bundle.articles[0].statements
    assert statement.fields == {"relation": "chain"}
    assert not listed(found)


def test_a_type_that_the_type_system_has_not_is_named(tmp_path: Path) -> None:
    path = cas(tmp_path, CHAIN.format(next=3, again=""), "2 3 4", TYPES.replace("Chain", "Other"))
    with pytest.raises(BadInput) as told:
        taken(path)
    assert str(told.value) == (
        "x.xmi needs the type custom.Chain, which its type system does not describe; take the one"
        " that was exported with it."
    )


def test_a_reference_to_what_is_not_there_is_named(tmp_path: Path) -> None:
    body = '<custom:Said xmi:id="4" sofa="1" begin="6" end="10" links="7"/>'
    with pytest.raises(BadInput, match=r"x\.xmi refers to 7, which is not in it; export it again"):
        taken(cas(tmp_path, body, "4"))


WHO = '<custom:Who xmi:id="2" sofa="1" begin="0" end="5"/>'


@pytest.mark.parametrize("name", ["typesystem.xml", "small_typesystem.xml", "my-TypeSystem.xml"])
def test_a_type_system_by_another_name_is_found_and_is_no_article(
    tmp_path: Path, name: str
) -> None:
    path = cas(tmp_path, WHO, "2")
    (tmp_path / "TypeSystem.xml").rename(tmp_path / name)
    assert [quote for *_, quote in quotes(taken(path).bundle)] == ["Vogel"]
    assert name.endswith(FORMATS.formats["xmi"].companions)


def test_of_several_type_systems_none_is_guessed(tmp_path: Path) -> None:
    path = cas(tmp_path, WHO, "2")
    (tmp_path / "TypeSystem.xml").rename(tmp_path / "a_typesystem.xml")
    (tmp_path / "b_typesystem.xml").write_text(TYPES, encoding="utf-8")
    with pytest.raises(BadInput, match=r"put TypeSystem\.xml beside it"):
        taken(path)
