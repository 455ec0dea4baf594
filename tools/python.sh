#!/bin/sh
# Runs a module of this checkout (`sh tools/python.sh tools.setup run`) with the .venv's Python where
# there is a whole one, else with the first Python here that is new enough.
set -u
cd "$(dirname "$0")/.." || exit 1

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

if [ ! -e .venv/unfinished ] && .venv/bin/python -c "import pip; $new_enough" 2>/dev/null; then
    exec .venv/bin/python -m "$@"
fi

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$candidate" -c "$new_enough" 2>/dev/null; then
        exec "$candidate" -m "$@"
    fi
done

first=${PYTHON:-python3}
if command -v "$first" >/dev/null; then
    found="$first is $("$first" --version 2>&1 | head -n 1)"
else
    found="there is no $first here"
fi
echo "Annotator needs Python 3.11 or newer, and $found. Install one" \
    "(Debian, Ubuntu: apt-get install python3; macOS: brew install python@3.13)" \
    "or name one: make run PYTHON=/path/to/python3" >&2
exit 1
