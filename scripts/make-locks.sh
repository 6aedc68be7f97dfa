#!/usr/bin/env bash
# Writes requirements/run.lock and dev.lock from pyproject.toml, with the hashes of every file a pinned version has.
#
#   scripts/make-locks.sh               keeps the versions that still satisfy pyproject.toml
#   scripts/make-locks.sh --upgrade     takes the newest
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

compile() {
    "$scratch/venv/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url --no-emit-find-links "$@"
}

# The condition of [tool.uv] environments is true wherever the lock is used, so it is noise. Left in, it would do harm:
# elsewhere pip would skip every line and call that a success.
readonly everywhere="python_full_version < '3.15' and implementation_name == 'cpython' and platform_python_implementation == 'CPython' and sys_platform == 'linux'"
readonly inner="implementation_name == 'cpython' and platform_python_implementation == 'CPython' and sys_platform == 'linux'"
tidy() { sed -i -e "s/ ; $everywhere\( \\\\\)\?$/\1/" -e "s/ and $everywhere//" -e "s/ and $inner//" "$1"; }

compile --group build --extra ocr --output-file requirements/run.lock "$@"
tidy requirements/run.lock
# The versions of the first are given to the second: a set-up for tests runs what a set-up for use runs.
compile --group build --group dev --all-extras --constraint requirements/run.lock --output-file requirements/dev.lock "$@"
tidy requirements/dev.lock
