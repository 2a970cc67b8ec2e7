# `make help` lists the targets. CI runs `make check` and `make gates`.
#
# The lists that look for packages take ./..., so that a new package is tested,
# linted and fuzzed from its first day.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GO     ?= go
PKG    ?= ./...
BIN    ?= bin
# What `make test` and `make fuzz` run of PKG, how often a fuzz target is tried,
# which benchmarks run, and which events `make demo` explains.
RUN        ?= .
FUZZ       ?= ^Fuzz
FUZZ_COUNT ?= 100000
FUZZ_SLOW  ?= FuzzText=15000 FuzzRedact=15000 FuzzSecretFlag=15000 FuzzSecretArgument=15000 FuzzMarkdown=1500 FuzzEscape=5000 FuzzPage=3000 FuzzMessages=20000
BENCH      ?= .
EVENTS     ?= $(addprefix events/,01-*.json 05-*.json 15-*.json 20-*.json 28-*.json 34-*.json)

# The stack of `make send-test-event` and `make redeliver`, and how they call AWS.
STACK ?= assumewhy
AWS   ?= aws

VERSION ?= $(or $(shell git describe --tags --always --dirty 2>/dev/null),dev)
COMMIT  ?= $(or $(shell git rev-parse --verify --quiet --short=12 HEAD 2>/dev/null),unknown)

# The time of what is in a release: that of the commit.
RELEASE_TIME ?= $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),0)

MODULE  := github.com/assumewhy/assumewhy
TOOL    := $(GO) tool -modfile=tools/go.mod
SOURCES  = $(wildcard cmd functions internal pkg)
LDFLAGS := -s -w -X $(MODULE)/pkg/cli.version=$(VERSION) -X $(MODULE)/pkg/cli.commit=$(COMMIT)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: build ## explain the sample events against the sample estate
	$(BIN)/assumewhy explain $(wildcard $(EVENTS)) --estate events/estate

.PHONY: build
build: ## build bin/assumewhy
	@mkdir -p $(BIN)
	CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o $(BIN)/ ./cmd/assumewhy

.PHONY: release
release: ## archives for linux, darwin and windows with their checksums, in dist/
	$(GO) run ./internal/release -out dist -version '$(VERSION)' -time '$(RELEASE_TIME)' -ldflags '$(LDFLAGS)'

# What `sam build` calls for function AuditorFunction of template.yaml, in a copy
# of the tree without .git: VERSION is then what the environment gives, or dev.
.PHONY: build-AuditorFunction
build-AuditorFunction:
	@[ -n '$(ARTIFACTS_DIR)' ] || { echo 'ARTIFACTS_DIR is not set: run sam build, which sets it, or give the folder for bootstrap: make build-AuditorFunction ARTIFACTS_DIR=bin/auditor' >&2; exit 1; }
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 $(GO) build -tags lambda.norpc,nethttpomithttp2 -trimpath -buildvcs=false \
		-ldflags '-s -w -X main.version=$(VERSION)' -o '$(ARTIFACTS_DIR)/bootstrap' ./functions/auditor

# The event says that a user asked for a role, both of which do not exist. Each
# run asks for another role, so that it is a new incident and is told. EventBridge
# takes no event that says it is of AWS's from anybody else: it goes to the queue.
.PHONY: send-test-event
send-test-event: ## put a denied call that never happened into the queue of the deployed auditor (STACK=assumewhy)
	@queue=$$($(AWS) cloudformation describe-stacks --stack-name '$(STACK)' --output text \
		--query "Stacks[0].Outputs[?OutputKey=='EventsQueueUrl'].OutputValue"); \
	account=$$($(AWS) sts get-caller-identity --query Account --output text); \
	n=$$(date -u +%s); now=$$(date -u +%Y-%m-%dT%H:%M:%SZ); \
	event=$$(sed -e "s/123456789012/$$account/g" -e "s/assumewhy-test-0/assumewhy-test-$$n/" \
		-e "s/2026-10-14T12:00:00Z/$$now/" -e "s/-000000000000\"/-$$(printf %012d "$$n")\"/" deploy/test-event.json); \
	$(AWS) sqs send-message --queue-url "$$queue" --message-body "$$event" --query MessageId --output text; \
	echo "sent: the message about role assumewhy-test-$$n should arrive within a minute"

# SQS moves by itself only what another queue has put aside. What a rule has put
# aside is taken, sent on and only then deleted, one by one: what is cut short
# comes again, and an event that comes twice is told once.
.PHONY: redeliver
redeliver: ## send what EventBridge could not deliver to the queue of events (STACK=assumewhy)
	@output() { $(AWS) cloudformation describe-stacks --stack-name '$(STACK)' --output text --query "Stacks[0].Outputs[?OutputKey=='$$1'].OutputValue"; }; \
	from=$$(output UndeliveredUrl); to=$$(output EventsQueueUrl); \
	tab=$$(printf '\t'); body=$$(mktemp); trap 'rm -f "$$body"' EXIT; n=0; \
	while :; do \
		one=$$($(AWS) sqs receive-message --queue-url "$$from" --wait-time-seconds 5 --query 'Messages[0].[ReceiptHandle,Body]' --output text); \
		case "$$one" in ''|None*) break;; esac; \
		printf %s "$${one#*$$tab}" > "$$body"; \
		$(AWS) sqs send-message --queue-url "$$to" --message-body "file://$$body" --query MessageId --output text; \
		$(AWS) sqs delete-message --queue-url "$$from" --receipt-handle "$${one%%$$tab*}"; \
		n=$$((n+1)); \
	done; \
	echo "sent on: $$n"

.PHONY: docs
docs: ## write docs/codes.md and the examples of the catalogue out of testdata/scenarios
	$(GO) test ./pkg/cli -count=1 -run Codes -update

.PHONY: test
test: ## all tests, race detector, shuffled (PKG=./pkg/eval RUN=TestName)
	@mkdir -p $(BIN)
	$(GO) run ./internal/gates/testrun -summary $(BIN)/test-summary -- -race -shuffle=on -run '$(RUN)' $(PKG)

.PHONY: allocs
allocs: ## the tests of allocations and times, which the race detector would falsify
	$(GO) run ./internal/gates/testrun -- -count=1 -run 'Alloc|ExplainTime' $(PKG)

.PHONY: check
check: fmt-check vet tidy-check build test allocs lint fuzz ## everything that CI holds a change to, save `make gates`
	@cat $(BIN)/test-summary

.PHONY: fmt
fmt: ## format with gofumpt
	$(TOOL) gofumpt -w $(SOURCES)

.PHONY: fmt-check
fmt-check: ## name the files that gofumpt would change
	@files=$$($(TOOL) gofumpt -l $(SOURCES)); \
	if [ -n "$$files" ]; then printf 'not formatted, run make fmt:\n%s\n' "$$files"; exit 1; fi

.PHONY: vet
vet: ## go vet
	$(GO) vet $(PKG)

.PHONY: lint
lint: ## golangci-lint, configuration checked first
	$(TOOL) golangci-lint config verify
	$(TOOL) golangci-lint run --allow-parallel-runners $(PKG)

.PHONY: purity
purity: ## the pure packages are pure, and packages import only rows above their own
	$(GO) test -count=1 -run '^Test(Pure|Row)' ./internal/gates

.PHONY: docs-check
docs-check: ## README and docs name only what exists (make test runs their commands)
	$(GO) test -count=1 -run '^Test(Docs|Build)' ./internal/gates

.PHONY: tidy-check
tidy-check: ## go.mod and tools/go.mod are tidy
	$(GO) mod tidy -diff
	$(GO) -C tools mod tidy -diff

.PHONY: fuzz
fuzz: ## every fuzz target, FUZZ_COUNT executions each, slow ones fewer
	$(GO) run ./internal/gates/fuzzrun -match '$(FUZZ)' -count $(FUZZ_COUNT) -slow '$(FUZZ_SLOW)' $(PKG)

.PHONY: mutations
mutations: ## every change of every scenario, where `make test` tries one in eight
	$(GO) test -count=1 -run '^TestMutations$$' ./pkg/cli -every 1

.PHONY: bench
bench: ## benchmarks (BENCH=Decide PKG=./pkg/eval)
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem $(PKG)

.PHONY: figures
figures: ## what the auditor needs, end to end against moto: package, init, processor, memory, a storm
	$(GO) test -count=1 -v -run '^Test(EndToEnd|Package|ExplainTimeWarm)$$' ./functions/auditor

.PHONY: gates
gates: ## break every gate once in a copy of the tree, and expect red
	$(GO) run ./internal/gates/plant -work $(BIN)/gates

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BIN) dist
