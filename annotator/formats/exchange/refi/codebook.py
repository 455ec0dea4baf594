"""REFI-QDA codebooks: each code is a kind; in ours the issues and values are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from annotator.core.bundle import Bundle
from annotator.core.errors import BadInput
from annotator.core.foreign.people import key_of
from annotator.formats.exchange.format import Asked, Incoming
from annotator.formats.exchange.gathering import Gathering
from annotator.formats.exchange.packed import LONGEST
from annotator.formats.exchange.refi import guids
from annotator.formats.exchange.refi.project_xml import Code, codes_in
from annotator.formats.exchange.safe_xml import parsed


def read_codebook(path: Path, _asked: Asked) -> Incoming:
    """A bundle without articles."""
    try:
        size = path.stat().st_size
        if size > LONGEST:
            raise BadInput(f"{path.name} has {size:,} bytes; the limit is {LONGEST:,}.")
        root = parsed(path.read_bytes(), path.name)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if not guids.is_of("codebook", "CodeBook", root.tag):
        raise BadInput(f"{path.name} is no REFI-QDA codebook but {root.tag[:60]}.")
    codes = {code.guid: code for code in codes_in(root)}
    gathering = Gathering("refi-codebook", path.name)
    ours = root.get("origin", "") == guids.ORIGIN
    kinds = {g: code for g, code in codes.items() if (code.above == guids.KINDS) or not ours}
    for code in kinds.values():
        if code.codable and code.name:
            gathering.kind(code.name)
        elif not ours:
            gathering.losses.add("a code that only groups others is left out", code.name)
    if any(code.above and not ours for code in kinds.values()):
        gathering.losses.add("which code is below which is left out", path.name)
    issues = [code for code in codes.values() if ours and _is_issue(code, codes)]
    for code in issues:
        gathering.issue(code.name)
    rest = len(codes) - len(kinds) - len(issues)
    groups = sum(code.guid in (guids.KINDS, guids.ISSUES) for code in codes.values())
    if rest > groups:
        gathering.losses.add("codes for values of fields are left out", path.name, rest - groups)
    told = {key_of(code.name): code.description for code in kinds.values()}
    bundle = explained(gathering.bundle(), told)
    return Incoming(_in_a_tree(bundle, issues, codes), gathering.losses)


def _is_issue(code: Code, codes: dict[str, Code]) -> bool:
    at = code.above
    for _ in codes:
        if at == guids.ISSUES:
            return True
        if at not in codes:
            return False
        at = codes[at].above
    return False


def explained(bundle: Bundle, told: Mapping[str, str]) -> Bundle:
    """With the definitions of kinds, which are said by key."""
    kinds = bundle.codebook.kinds.items()
    made = {k: msgspec.structs.replace(v, definition=told.get(k, v.definition)) for k, v in kinds}
    return replace(bundle, codebook=msgspec.structs.replace(bundle.codebook, kinds=made))


def _in_a_tree(bundle: Bundle, issues: list[Code], codes: dict[str, Code]) -> Bundle:
    """With the issues below those that they are below in the file."""
    ids = {issue.name: issue.id for issue in bundle.issues}
    above = {code.name: codes[code.above].name for code in issues if code.above in codes}
    made = tuple(
        msgspec.structs.replace(issue, parent=ids.get(above.get(issue.name, "")))
        for issue in bundle.issues
    )
    return replace(bundle, issues=made)
