"""What is written as we write it needs no second look; all else does."""

from __future__ import annotations

import msgspec
import pytest

from annotator.formats.strict_json import as_we_write


class Thing(msgspec.Struct):
    name: str
    size: float = 0.0


PLAIN = msgspec.json.encode(Thing("“é” 😊", 1.5))


@pytest.mark.parametrize(
    "data", [PLAIN, PLAIN + b"\n", msgspec.json.format(PLAIN, indent=2) + b"\n"]
)
def test_our_own_bytes_are_read_at_once(data: bytes) -> None:
    assert as_we_write(data, Thing) == Thing("“é” 😊", 1.5)


def test_so_are_those_of_another_layout_of_ours() -> None:
    data = PLAIN.replace(b",", b",\n")
    assert as_we_write(data, Thing) is None
    assert as_we_write(data, Thing, lambda _: b"", lambda _: data + b"\n") == Thing("“é” 😊", 1.5)


@pytest.mark.parametrize(
    "data",
    [
        b'{"name":"a","name":"b","size":0.0}',
        b'{"name":"a","size":0.0,"more":1}',
        b'{"name": "a","size":0.0}',
        b'{"size":0.0,"name":"a"}',
        b'{"name":"a"}',
        b'{"name":"\\u0061","size":0.0}',
        b'{"name":"a","size":1e0}',
        b'{"name":"a","size":0.0000000000000000000000000000000000000001}',
        b'{"name":"a","size":NaN}',
        b'{"name":"\\ud800","size":0.0}',
        b'{"name":"\xff","size":0.0}',
        b"[" * 100_000,
        b"",
    ],
)
def test_whatever_else_is_looked_through(data: bytes) -> None:
    assert as_we_write(data, Thing) is None
