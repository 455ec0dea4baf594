"""Three statements in the panel."""

from __future__ import annotations

import pytest

from tests.ui.acting import mark_words
from tests.ui.conftest import Hands
from tests.ui.panel.cards import (
    ENTER,
    ESC,
)
from tests.workshop import SEED_000


@pytest.fixture
def three(hands: Hands) -> Hands:
    """Three statements in seed 000: Lavrov's whole, Trump's without an actor, a lone claim."""
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    mark_words(hands, "It was not discussed in Anchorage.", "c")
    hands.press(ENTER)
    hands.type("Lavrov")
    hands.press(ENTER, ESC)
    mark_words(hands, "Trump announced", "s")
    mark_words(hands, "urge him to meet with Zelensky", "c")
    hands.press(ESC)
    mark_words(hands, "It was raised later.", "c")
    hands.press(ESC)
    return hands
