# The commands of this repository. They need make and Node 20 or newer; everything else is fetched into the clone.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help ready start dev build lint unit e2e test

RUN := node --import tsx

help: ## Show this list
	@echo 'make TARGET [SCENARIO=id] [PORT=number]'
	@echo
	@sed -n 's/^\([a-z][a-z0-9-]*\):[^#]*## \(.*\)/  \1	\2/p' $(MAKEFILE_LIST) | expand -t 10
	@echo
	@echo '  SCENARIO  the fault to begin with; `make start SCENARIO=list` names them all'
	@echo '  PORT      where the console listens on 127.0.0.1 (9000)'

ready: ## Check Node and install the npm packages if they are missing or changed
	@sh scripts/ready.sh

start: ready ## Start the local console with a simulated cluster and a real Prometheus; Ctrl-C stops it
	@exec $(RUN) sandbox/start.ts

dev: ready ## The same, rebuilding the plugin on every change and reloading the page
	@WATCH=1 exec $(RUN) sandbox/start.ts

build: ready ## Build the plugin for production into dist/
	@npm run --silent build

lint: ready ## Check types, style, dead code and what is generated
	@$(RUN) scripts/test.ts typecheck lint dead-code shelf texts

unit: ready ## Run the specs that need no browser
	@$(RUN) scripts/test.ts unit

e2e: ready ## Build the plugin and walk through it in Chromium
	@$(RUN) scripts/test.ts build e2e

test: ready ## Run everything: types, style, specs, build, browser
	@$(RUN) scripts/test.ts
