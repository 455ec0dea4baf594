"""The tests need no screen, also when they are not started by ``make test``."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
