.POSIX:

CC = cc
CFLAGS = -O2 -g
LDFLAGS =
PREFIX = /usr/local
DESTDIR =
VERSION = 0.1.0
PKGCONFIG = pkg-config
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wold-style-definition -Wundef \
	-Wformat=2 -Wno-format-nonliteral -Wcast-qual -Wwrite-strings -Wvla
DEFINES = -D_POSIX_C_SOURCE=200809L -DVERSION='"$(VERSION)"' -DDATADIR='"$(PREFIX)/share/regen"'
PACKAGES = yaml-0.1 nettle expat

HDR = gen/adopt.h gen/annotation.h gen/apply.h gen/arena.h gen/block.h gen/bracket.h gen/buf.h gen/cell.h gen/cells.h \
	gen/change.h gen/chapter.h gen/check.h gen/cite.h gen/cited.h gen/column.h gen/comment.h gen/coverage.h gen/csv.h \
	gen/decode.h gen/diag.h gen/diff.h gen/document.h gen/draft.h gen/dump.h gen/edit.h gen/entry.h gen/entryview.h \
	gen/escape.h gen/extent.h gen/facet.h gen/fact.h gen/field.h gen/fieldview.h gen/file.h gen/folder.h gen/generate.h \
	gen/group.h gen/hash.h gen/hull.h gen/iana.h gen/input.h gen/json.h gen/lang.h gen/listing.h gen/listview.h gen/lock.h \
	gen/lookupview.h gen/mapping.h gen/merge.h gen/nameset.h gen/naming.h gen/number.h gen/options.h gen/pairing.h \
	gen/peers.h gen/place.h gen/poolview.h gen/product.h gen/project.h gen/ranger.h gen/reference.h gen/registry.h \
	gen/registryview.h gen/render.h gen/replace.h gen/report.h gen/rows.h gen/scalar.h gen/sequence.h gen/session.h \
	gen/slots.h gen/sources.h gen/splice.h gen/splicer.h gen/stage.h gen/status.h gen/style.h gen/subset.h gen/tableview.h \
	gen/targetview.h gen/template.h gen/tree.h gen/update.h gen/utf8.h gen/util.h gen/value.h gen/view.h gen/word.h \
	gen/wordhash.h gen/worker.h gen/xml.h
OBJ = build/adopt.o build/annotation.o build/apply.o build/arena.o build/block.o build/bracket.o build/buf.o build/cell.o \
	build/cells.o build/change.o build/chapter.o build/check.o build/cite.o build/cited.o build/column.o build/comment.o \
	build/coverage.o build/csv.o build/decode.o build/diag.o build/diff.o build/document.o build/draft.o build/dump.o \
	build/edit.o build/entry.o build/entryview.o build/escape.o build/extent.o build/facet.o build/fact.o build/field.o \
	build/fieldview.o build/file.o build/folder.o build/generate.o build/group.o build/hash.o build/hull.o build/input.o \
	build/json.o build/lang.o build/listing.o build/listview.o build/lock.o build/lookupview.o build/mapping.o \
	build/merge.o build/nameset.o build/naming.o build/number.o build/options.o build/pairing.o build/place.o \
	build/poolview.o build/product.o build/project.o build/ranger.o build/reference.o build/registry.o \
	build/registryview.o build/render.o build/replace.o build/report.o build/rows.o build/scalar.o build/sequence.o \
	build/session.o build/slots.o build/sources.o build/splice.o build/splicer.o build/stage.o build/status.o \
	build/style.o build/subset.o build/tableview.o build/targetview.o build/template.o build/tree.o build/update.o \
	build/utf8.o build/util.o build/value.o build/view.o build/word.o build/wordhash.o build/worker.o build/xml.o

all: build/regen

build/regen: $(OBJ) build/main.o
	$(CC) $(LDFLAGS) -o $@ $(OBJ) build/main.o $$($(PKGCONFIG) --libs $(PACKAGES))

build/main.o: gen/main.c
$(OBJ) build/main.o: $(HDR) Makefile

build/%.o: gen/%.c
	@mkdir -p build
	$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(DEFINES) $$($(PKGCONFIG) --cflags $(PACKAGES)) -c -o $@ gen/$*.c

# What building needs, and what the tests need: Debian's packages, a command or a Python module that shows that one is there.
setup:
	@sh .ci/setup cc:gcc make:make pkg-config:pkg-config libc6-dev libyaml-dev libexpat1-dev nettle-dev

setup-test: setup
	@sh .ci/setup g++:g++ clang:clang clang-tidy:clang-tidy clang-format:clang-format cppcheck:cppcheck tcc:tcc cmake:cmake \
		valgrind:valgrind strace:strace patch:patch mandoc:mandoc shellcheck:shellcheck python3:python3 ensurepip.py:python3-venv \
		yaml.py:python3-yaml golang-go go-staticcheck cargo:cargo clippy-driver:rust-clippy rustfmt:rustfmt node:nodejs npm:npm \
		chromium:chromium perl:perl gperf:gperf javac:openjdk-17-jdk-headless mvn:maven doxygen:doxygen include-what-you-use:iwyu \
		curl:curl openssl:openssl ca-certificates \
		libcmocka-dev libclang-rt-14-dev librust-serde-dev
	cd tests && npm ci --no-audit --no-fund --loglevel=error
	@sh tests/packages/go/setup
	@sh tests/packages/java/setup
	@sh tests/packages/python/setup

generate: build/regen
	build/regen generate --prune

check: build/regen
	build/regen generate --check --diff

# IANA's files as they are now, merged into the registry. What changed is printed as text, markdown or json.
REPORT = text

update: build/regen
	@mkdir -p build/iana
	@build/regen update --sources >build/iana/sources
	@sh .ci/fetch build/iana build/regen update --report $(REPORT) <build/iana/sources

# What the packages' tests agree with: every fact of the registry, as lines of fields between tabs.
build/vectors/vectors.tsv: build/regen registry.yaml registries/http.yaml registries/http2.yaml registries/http3.yaml \
		registries/websocket.yaml tests/packages/vectors/vectors/lang.yaml tests/packages/vectors/vectors/vectors.mustache
	build/regen generate -t tests/packages/vectors -o build
	@touch $@

unit: $(OBJ)
	@rm -rf build/unit && mkdir -p build/unit
	for t in tests/unit/*.c; do \
		$(CC) -std=c11 $(WARNINGS) -Wno-overlength-strings $(CFLAGS) $(DEFINES) $(LDFLAGS) -o build/unit/$$(basename $$t .c) $$t $(OBJ) \
			$$($(PKGCONFIG) --cflags --libs $(PACKAGES)) -lcmocka || exit 1; \
	done

# What regen understands of IANA's files, for the tests.
build/facts: tests/iana/facts.c $(OBJ)
	$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(DEFINES) $(LDFLAGS) -o $@ tests/iana/facts.c $(OBJ) $$($(PKGCONFIG) --cflags --libs $(PACKAGES))

# What tests/edit tells edits to.
build/edit/drive: tests/edit/drive.c $(OBJ)
	@mkdir -p build/edit
	$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(DEFINES) $(LDFLAGS) -o $@ tests/edit/drive.c $(OBJ) \
		$$($(PKGCONFIG) --cflags --libs $(PACKAGES))

test: build/regen build/facts build/edit/drive build/vectors/vectors.tsv unit
	tests/run

# The same, and all that takes minutes.
test-long: test asan valgrind test-hostile bench
	MUTATIONS=10000 tests/run build/asan/unit/mutations
	MUTATIONS=2000 REGEN=build/asan/regen tests/run tests/update/mutations.py
	ADOPT=all tests/run tests/iana/adopt.py
	REPLAY=all tests/run tests/update/replay.py

# A thousand registries at random, in minutes; SEED in the environment gives others.
test-hostile: build/regen
	sh tests/packages/hostile/check.sh $${SEED:-1} 1000

bless: build/regen
	sh tests/golden/run.sh --bless
	python3 tests/errors/run.py --bless
	sh tests/update/run.sh --bless

lint:
	if [ -f .clang-format ]; then clang-format --dry-run -Werror gen/*.c gen/*.h; fi
	bad=0; for c in gen/*.c; do clang-tidy --quiet $$c -- -std=c11 $(DEFINES) 2>/dev/null || bad=1; done; exit $$bad
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 $(DEFINES) gen/*.c
	bad=0; for c in gen/*.c; do gcc -std=c11 -O1 -fanalyzer -Werror $(DEFINES) -c -o /dev/null $$c || bad=1; done; exit $$bad
	clang -std=c11 -Weverything -Werror -Wno-unknown-warning-option -Wno-padded -Wno-format-nonliteral -Wno-comma \
		-Wno-declaration-after-statement -Wno-unsafe-buffer-usage -Wno-pre-c11-compat $(DEFINES) -fsyntax-only gen/*.c
	shellcheck -S warning -e SC2317 .ci/* .github/iana-update tests/run tests/one tests/*.sh tests/*/*.sh tests/*/*/*.sh
	if [ -f regen.1 ]; then mandoc -T lint -W warning regen.1; fi

# The tests of regen itself, with what would find a wrong access to memory.
SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CHECKED = tests/errors/run.py tests/golden/run.sh tests/cli.sh tests/update/run.sh tests/mustache/own.py tests/mustache/spec.py tests/mustache/grammar.py tests/mustache/mutate.py \
	tests/edit/comments.py tests/edit/property.py tests/iana/facts.py

asan:
	@rm -rf build/asan && mkdir -p build/asan/unit
	cd build/asan && $(CC) -std=c11 $(WARNINGS) $(SANITIZE) $(DEFINES) $$($(PKGCONFIG) --cflags $(PACKAGES)) -c ../../gen/*.c
	ar rc build/asan/regen.a build/asan/*.o
	$(CC) $(SANITIZE) -o build/asan/regen build/asan/main.o build/asan/regen.a $$($(PKGCONFIG) --libs $(PACKAGES))
	for t in tests/unit/*.c; do \
		$(CC) -std=c11 $(SANITIZE) $(DEFINES) -o build/asan/unit/$$(basename $$t .c) $$t build/asan/regen.a \
			$$($(PKGCONFIG) --libs $(PACKAGES)) -lcmocka || exit 1; \
	done
	for t in edit/drive iana/facts; do \
		$(CC) -std=c11 $(SANITIZE) $(DEFINES) -o build/asan/$$(basename $$t) tests/$$t.c build/asan/regen.a \
			$$($(PKGCONFIG) --libs $(PACKAGES)) || exit 1; \
	done
	REGEN=build/asan/regen FACTS=build/asan/facts DRIVE=build/asan/drive tests/run build/asan/unit/* $(CHECKED) tests/update/mutations.py

VALGRIND = valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite

valgrind: build/regen unit build/facts build/edit/drive
	@rm -rf build/valgrind && mkdir -p build/valgrind
	@for t in build/unit/*; do \
		{ echo '#!/bin/sh'; echo "exec $(VALGRIND) $$t"; } >build/valgrind/$$(basename $$t) && chmod +x build/valgrind/$$(basename $$t); \
	done
	MUTATIONS=50 CASES=200 REGEN='$(VALGRIND) build/regen' FACTS='$(VALGRIND) build/facts' DRIVE='$(VALGRIND) build/edit/drive' \
		tests/run build/valgrind/* $(CHECKED)

# How long it takes, beside a program that only reads the YAML, and how long lookups take in what is generated.
bench: build/regen
	@mkdir -p build/bench
	for t in events empty measure; do \
		$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(DEFINES) $(LDFLAGS) -o build/bench/$$t tests/bench/$$t.c \
			$$($(PKGCONFIG) --cflags --libs $(PACKAGES)) || exit 1; \
	done
	$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(DEFINES) $(LDFLAGS) -o build/bench/render tests/bench/render.c $(OBJ) \
		$$($(PKGCONFIG) --cflags --libs $(PACKAGES))
	python3 tests/bench/bench.py
	for l in c go java rust ts; do sh tests/bench/lookup/$$l/run.sh || exit 1; done

# A million entries in all languages: gigabytes of output, in /dev/shm.
bench-long: bench
	python3 tests/bench/bench.py --long

install: build/regen
	mkdir -p $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/regen $(DESTDIR)$(PREFIX)/share/man/man1
	cp build/regen $(DESTDIR)$(PREFIX)/bin/regen
	cp -R templates gen/registry.schema.json .ci/fetch $(DESTDIR)$(PREFIX)/share/regen/
	cp regen.1 $(DESTDIR)$(PREFIX)/share/man/man1/regen.1

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/regen $(DESTDIR)$(PREFIX)/share/regen $(DESTDIR)$(PREFIX)/share/man/man1/regen.1

clean:
	rm -rf build

.PHONY: all setup setup-test generate check update unit test test-long test-hostile bless lint asan valgrind bench bench-long install uninstall clean
