# make run    opens Dukkan, or the shop named with SHOP=…      make test   checks everything
# The rest is for those who work on it: lint portable bench torture load audit messages tour pictures clean.

PYTHON ?= python3
PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen
ENVIRONMENT := pyproject.toml packaging/constraints.txt packaging/environment.py

# Bytecode is kept whatever the shell says: the tests start the program by the hundred, and each start would compile all
# of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint portable bench torture load audit messages tour pictures clean
.DELETE_ON_ERROR:

run: .venv/run.stamp
	@$(PY) packaging/run.py $(if $(SHOP),"$(SHOP)")

# Ten thousand small files in memory, where there is room for them, take a fifth less time than on a disk.
MEMORY := $(shell df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000 { print $$6 }')

# --max-worker-restart=0: a worker that Qt takes down fails the run instead of being quietly replaced; loadfile: what the
# tests of one file share is made once. Their order and the examples of rules are drawn from one seed, so that a run says
# of the same tree the same everywhere; SEED=… draws others.
test: lint
	@$(PY) packaging/prepare.py
	@$(OFFSCREEN) PYTEST_DEBUG_TEMPROOT=$(MEMORY) $(PY) -m pytest --quiet --numprocesses 2 --dist loadfile --max-worker-restart=0 \
		--randomly-seed=$(or $(SEED),1) --hypothesis-seed=$(or $(SEED),1)

lint: .venv/test.stamp
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check .
	@$(PY) -m mypy --no-error-summary --num-workers 2
	@.venv/bin/lint-imports --no-logo

# The types as Windows and macOS have them.
portable: .venv/test.stamp
	@$(PY) -m mypy --no-error-summary --num-workers 2 --platform win32
	@$(PY) -m mypy --no-error-summary --num-workers 2 --platform darwin

bench: .venv/test.stamp
	@$(PY) packaging/prepare.py
	@$(OFFSCREEN) $(PY) tests/benchmarks/bench.py

# A program that is killed 200 times as it writes; then files of every kind that comes in, damaged at random: COUNT of
# each, 100,000 if it is not said, in some minutes.
torture: .venv/test.stamp
	@$(PY) tests/torture/run.py $(COUNT) $(SEED)

# Twenty computers at one shop of 100,000 items on a server, which is restarted meanwhile: SECONDS, 120 if not said.
load: .venv/test.stamp
	@$(PY) tests/torture/load.py $(SECONDS)

# Whether a library has a known hole, where there is a network to ask.
audit: .venv/test.stamp
	@$(PY) packaging/audit.py

messages: .venv/test.stamp
	@$(PY) packaging/messages.py

tour: .venv/run.stamp
	@$(PY) packaging/prepare.py
	@$(OFFSCREEN) $(PY) -m desktop tour --out build/tour

# The pictures of README.md are real pages of a sample shop.
PICTURES := catalog:en:light catalog:ar:dark orders:ar:light automatic:en:light replies:en:light

pictures: .venv/run.stamp
	@$(PY) packaging/prepare.py
	@rm -rf build/pictures && mkdir -p build/pictures packaging/screenshots
	@for lang in ar en; do $(PY) -m desktop --lang $$lang new build/pictures/$$lang.dukkan --sample gifts || exit; done
	@for picture in $(PICTURES); do \
		IFS=:; set -- $$picture; unset IFS; \
		$(OFFSCREEN) $(PY) -m desktop shot build/pictures/$$2.dukkan --page $$1 --lang $$2 --theme $$3 \
			--size 1320x840 --out packaging/screenshots/$$1-$$2-$$3.png || exit; \
	done

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: $(ENVIRONMENT)
	@command -v "$(PYTHON)" >/dev/null || { echo "Dukkan needs Python 3.11 or newer: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@"$(PYTHON)" packaging/environment.py .
	@touch $@

.venv/test.stamp: $(ENVIRONMENT)
	@command -v "$(PYTHON)" >/dev/null || { echo "Dukkan needs Python 3.11 or newer: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@"$(PYTHON)" packaging/environment.py ".[dev]"
	@touch .venv/run.stamp $@
