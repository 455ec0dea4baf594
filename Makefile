# Every target works in a fresh checkout: it first makes ready what it needs (tools/setup.py),
# which takes seconds when nothing has changed. Works with GNU make 3.81 (macOS).

SET_UP = sh tools/python.sh tools.setup
PY = .venv/bin/python
ARGS =

.DEFAULT_GOAL = help
.PHONY: help run test test-readers check torture fuzz audit format pictures lock clean

help:
	@echo 'make run     open Annotator on a project made from the seed articles'
	@echo 'make test    make check, then all tests;  ARGS="tests/core -x" narrows them'
	@echo 'make test-readers  the tests of formats with heavy readers of others, in .readers'
	@echo 'make check   lint, format, types and import rules, without running the tests'
	@echo 'make torture kill programs and cut the power for minutes; says what was lost'
	@echo 'make fuzz    give every reader nonsense for minutes;  ARGS="--seconds 60" for each'
	@echo 'make audit   look up every pinned package among known weaknesses; needs a network'
	@echo 'make format  put the code into the shape that make check wants'
	@echo 'make pictures  draw the pictures of the documents anew'
	@echo 'make lock    pin the packages anew after a change of pyproject.toml;'
	@echo '             ARGS=--upgrade takes the newest of each'
	@echo 'make clean   remove everything that was made here, the .venv included'
	@echo
	@echo 'PYTHON=python3.12 names the interpreter that .venv is made with.'

run:
	@$(SET_UP) run
	@$(PY) -m annotator seeds

test: check
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto $(ARGS)

# A gigabyte of packages, kept apart from .venv and not pinned: they want other versions of some.
test-readers:
	@$(SET_UP) test
	test -x .readers/bin/python || $(PY) -m venv .readers
	.readers/bin/python -m pip install --quiet --disable-pip-version-check \
		'.[test,readers]'
	QT_QPA_PLATFORM=offscreen HF_HUB_OFFLINE=1 .readers/bin/python -m pytest -n auto tests/formats $(ARGS)

check:
	@$(SET_UP) test
	$(PY) -m ruff check --quiet
	$(PY) -m ruff format --check --quiet
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo

torture:
	@$(SET_UP) test
	$(PY) -m tests.torture $(ARGS)

fuzz:
	@$(SET_UP) test
	$(PY) -m tests.fuzz $(ARGS)

# In an environment of its own: what looks is no part of what is looked at.
audit:
	@$(SET_UP) venv
	$(PY) -m venv .audit
	.audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.10,<3'
	$(PY) -m tools.audit .audit/bin/pip-audit $(ARGS)

format:
	@$(SET_UP) test
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

PICTURES = pictures panel_pictures book_pictures people_pictures articles_pictures exchange_pictures large_pictures \
	review_pictures agreement_pictures backup_pictures fault_pictures \
	gallery

pictures:
	@$(SET_UP) run
	for script in $(PICTURES); do $(PY) -m tools.$$script || exit 1; done

# uv resolves once for every platform and Python; the run list takes its pins from the test list.
UV_COMPILE = .uv/bin/uv pip compile --quiet --universal --python $(PY) --python-version 3.11 \
	--custom-compile-command 'make lock' $(ARGS) pyproject.toml

lock:
	@$(SET_UP) venv
	$(PY) -m pip install --quiet --disable-pip-version-check --upgrade --target .uv 'uv==0.13.9'
	$(UV_COMPILE) --extra test --output-file requirements/test.txt
	$(UV_COMPILE) --constraint requirements/test.txt --output-file requirements/run.txt

clean:
	rm -rf .venv .uv .audit .readers build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
