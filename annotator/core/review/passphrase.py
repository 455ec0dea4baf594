"""Passphrases: what is stored of one, and whether one is right.

scrypt (RFC 7914) with N = 2^17, r = 8, p = 1, which takes 128 MiB: the first choice of the OWASP
Password Storage Cheat Sheet for scrypt. The parameters are stored beside the salt, so that they
can be raised later. It keeps colleagues from working under each other's names by mistake or on a
whim; the project file itself is not encrypted.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

from annotator.core.errors import NotAllowed

COST_LOG2, BLOCK, PARALLEL = 17, 8, 1
_HIGHEST = (20, 16, 4)
"""Of the three, in a file that may come from anywhere."""
_SALT, _LENGTH = 16, 32
_NAME = "scrypt"


def protect(words: str) -> str:
    """What to store; empty when there is no passphrase."""
    if not words:
        return ""
    salt = secrets.token_bytes(_SALT)
    parameters = (COST_LOG2, BLOCK, PARALLEL)
    parts = [_NAME, *map(str, parameters), _text(salt), _text(_derived(words, salt, *parameters))]
    return "$".join(parts)


def fits(stored: str, words: str) -> bool:
    """Whether these are the words; anything fits where none are stored."""
    if not stored:
        return True
    try:
        name, *numbers, salt, key = stored.split("$")
        cost, block, parallel = map(int, numbers)
        if name != _NAME or any(
            not 1 <= n <= top for n, top in zip((cost, block, parallel), _HIGHEST, strict=True)
        ):
            raise ValueError(name)
        salted, expected = base64.b64decode(salt), base64.b64decode(key)
        derived = _derived(words, salted, cost, block, parallel)
    except (ValueError, OverflowError) as error:
        raise NotAllowed(
            "The stored passphrase cannot be read; a reviewer can take it away."
        ) from error
    return hmac.compare_digest(derived, expected)


def _derived(words: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    """The key of a passphrase, however its accents were typed."""
    return hashlib.scrypt(
        unicodedata.normalize("NFC", words).encode("utf-8", "surrogatepass"),
        salt=salt,
        n=1 << cost,
        r=block,
        p=parallel,
        maxmem=(128 * block * (1 << cost) + 128 * block * parallel) * 2,
        dklen=_LENGTH,
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
