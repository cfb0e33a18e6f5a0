# The commands of this repository. They need make and Node 20 or newer; everything else is fetched into the clone.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help ready start dev build lint unit e2e control-plane bench bench-cleaning test-control-plane test

RUN := node --import tsx

# A real cluster is meant only by what is typed behind make: many have a KUBECONFIG in their environment.
REAL := KUBECONFIG CONTEXT PROMETHEUS ALERTMANAGER TOKEN_FILE CA_FILE
GIVEN = $(foreach name,$(REAL),$(if $(filter command,$(origin $(name))),$(name)))

help: ## Show this list
	@echo 'make TARGET [SCENARIO=id] [PORT=number]'
	@echo 'make start KUBECONFIG=file [CONTEXT=name] [PROMETHEUS=url] [ALERTMANAGER=url] [TOKEN_FILE=file] [CA_FILE=file]'
	@echo
	@sed -n 's/^\([a-z][a-z0-9-]*\):[^#]*## \(.*\)/  \1	\2/p' $(MAKEFILE_LIST) | expand -t 22
	@echo
	@echo '  SCENARIO  the fault to begin with; `make start SCENARIO=list` names them all'
	@echo '  PORT      where the console listens on 127.0.0.1 (9000)'
	@echo
	@echo '  KUBECONFIG    a real cluster in place of the simulated one, with your own rights; writes are real'
	@echo '  CONTEXT       its context, if not the current one'
	@echo '  PROMETHEUS    where its Prometheus or Thanos answers; not given, the address that the cluster publishes'
	@echo '  ALERTMANAGER  likewise'
	@echo '  TOKEN_FILE    a file with a bearer token, in place of the credentials in the kubeconfig'
	@echo '  CA_FILE       a file with the CA of Prometheus and Alertmanager, if this machine does not trust it'
	@echo
	@echo '  The same runbooks in a terminal, without a console: npm run --silent virt-runbooks -- diagnose [ALERT]'
	@echo '  (npm run --silent virt-runbooks -- --help; docs/command.md)'

ready: ## Check Node and install the npm packages if they are missing or changed
	@sh scripts/ready.sh

start: ready ## Start the local console, before a simulated cluster or, with KUBECONFIG, a real one; Ctrl-C stops it
	@GIVEN='$(GIVEN)' exec $(RUN) sandbox/start.ts

dev: ready ## The same, rebuilding the plugin on every change and reloading the page
	@WATCH=1 GIVEN='$(GIVEN)' exec $(RUN) sandbox/start.ts

build: ready ## Build the plugin for production into dist/
	@npm run --silent build

lint: ready ## Check types, style, dead code and what is generated
	@$(RUN) scripts/test.ts typecheck lint dead-code shelf texts schema command testing runbooks

unit: ready ## Run the specs that need no browser
	@$(RUN) scripts/test.ts unit

e2e: ready ## Build the plugin and walk through it in Chromium
	@$(RUN) scripts/test.ts build e2e

control-plane: ready ## Start a real Kubernetes and KubeVirt control plane without machines; Ctrl-C stops it (needs Go once)
	@exec $(RUN) integration-tests/control-plane/start.ts

test-control-plane: ready ## Run the specs against that control plane
	@$(RUN) scripts/test.ts control-plane

bench: ready ## Measure against typed commands, and write docs/speed.md and docs/speed-cleaning.md (needs Go once)
	@$(RUN) integration-tests/bench/bench.ts
	@exec $(RUN) integration-tests/bench/cleaning.ts

bench-cleaning: ready ## Measure the deletion of 20,000 pods alone, and write docs/speed-cleaning.md
	@exec $(RUN) integration-tests/bench/cleaning.ts

test: ready ## Run everything: types, style, specs, build, browser
	@$(RUN) scripts/test.ts
