"""``python -m annotator`` is the command ``annotator``."""

import sys

from annotator.cli import main

sys.exit(main())
