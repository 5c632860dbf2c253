# Two commands matter: `make run` starts the bot, `make test` runs all checks. The rest is for developers.
# Python 3.11 or newer and make are all that must be there; name another Python with `make run PYTHON=/path/to/python`.

RECENT := import sys; sys.exit(sys.version_info < (3, 11))
NAMES := python3 python3.11 python3.12 python3.13 python3.14 python
ifndef PYTHON
PYTHON := $(shell for name in $(NAMES); do "$$name" -c '$(RECENT)' 2>/dev/null && echo "$$name" && break; done)
endif

VENV := .venv
IN_VENV := $(VENV)/bin/python
# An environment that is not there, was made by half or has lost its Python is made anew.
ENVIRONMENT := $(shell $(IN_VENV) -c 'import pip; $(RECENT)' 2>/dev/null || echo environment)
# Compiling 640 MB of libraries takes as long as copying them; Python compiles by itself what is used.
INSTALL := $(IN_VENV) -m pip install --require-hashes --no-deps --no-compile --disable-pip-version-check \
	$(shell test -t 1 || echo --quiet)
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help run test crash eval trial bench lock environment

help:
	@echo "make run    set up and start: Telegram with TELEGRAM_BOT_TOKEN set, else a chat in the terminal"
	@echo "make test   format, lint, types, import contract, tests"
	@echo "make crash  kill builds at every moment, start again and ask (KILLS=100)"
	@echo "make eval   how well the question sets are answered"
	@echo "make trial  thousands of questions to models that lie, obey documents, break or hang"
	@echo "make bench  time and memory beside a plain LangChain + Chroma pipeline"
	@echo "make lock   write the lock files anew from pyproject.toml (needs uv)"

run: $(VENV)/run.installed
	@$(IN_VENV) -m bot

test: $(VENV)/dev.installed
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m mypy
	$(IN_VENV) $(VENV)/bin/lint-imports
	$(IN_VENV) -m pytest -m alone
	$(IN_VENV) -m pytest -m "not alone" --numprocesses 2 --dist worksteal

KILLS = 100
LONGEST_S = 10
crash: $(VENV)/dev.installed
	$(IN_VENV) tests/crash/rounds.py --kills $(KILLS) --longest $(LONGEST_S)

# Another question set: make eval QUESTIONS=my.jsonl, other benchmarks in BEIR layout: BEIR="one two", none: BEIR=
QUESTIONS = $(wildcard knowledge/data/questions/*.jsonl ../shared/questions/dev.jsonl)
BEIR = $(wildcard ../shared/benchmarks/*)
# By the configured model: make eval ENGINE=model, which weight vectors deserve: make eval TRUSTS="0 0.01 0.1 0.3 1"
ENGINE = quotes
TRUSTS =
WEIGHTS = $(if $(TRUSTS),--trusts $(TRUSTS))
eval: $(VENV)/run.installed
	@$(IN_VENV) -m ingest build
	@$(IN_VENV) -m knowledge evaluate --questions $(QUESTIONS) --engine $(ENGINE) $(WEIGHTS)
	@for folder in $(if $(filter quotes,$(ENGINE)),$(BEIR)); do \
		$(IN_VENV) -m knowledge evaluate --beir "$$folder" $(WEIGHTS) && \
		$(IN_VENV) -m knowledge evaluate --beir "$$folder" --no-marks $(WEIGHTS) || exit 1; \
	done

# The trials of `make test` against models that lie, obey or break, at their full size: 2,000 lies, 500 questions to 100
# poisoned documents, 200 questions to a service that hangs.
trial: $(VENV)/dev.installed
	TRIAL=1 $(IN_VENV) -m pytest -s tests/test_model_lies.py tests/test_model_poison.py tests/test_model_trouble.py

bench: $(VENV)/dev.installed
	$(IN_VENV) tests/bench/compare.py

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH: see pip install uv" >&2; exit 1; }
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock

# The development lock holds all that running needs, in the same versions.
$(VENV)/run.installed: requirements.lock $(ENVIRONMENT)
	@echo "Installing libraries from requirements.lock (640 MB; the first time takes minutes)"
	@$(INSTALL) -r $<
	@touch $@

$(VENV)/dev.installed: requirements-dev.lock $(ENVIRONMENT)
	@echo "Installing libraries and development tools from requirements-dev.lock"
	@$(INSTALL) -r $<
	@touch $@ $(VENV)/run.installed

environment:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(RECENT)' || { \
		echo "Python 3.11 or newer is needed; here is $$("$(or $(PYTHON),python3)" --version 2>&1)." \
			"Install one, or name it: make run PYTHON=/path/to/python3.11" >&2; \
		echo "Cần Python 3.11 trở lên; hãy cài rồi chạy lại." >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
