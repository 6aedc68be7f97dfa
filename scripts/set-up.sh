#!/usr/bin/env bash
# Makes .venv hold what requirements/<set>.lock pins, and pegextract itself (editable); does nothing when it already does.
#
#   scripts/set-up.sh run|dev                  "dev" is "run" and the tools of the tests
#   PYTHON=python3.12 scripts/set-up.sh run    with another Python than python3
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/apt.sh

readonly packages=${1:?say which: run or dev}
python=${PYTHON:-python3} version="" identity=""

fail() { echo "set-up: $*" >&2; exit 1; }

# Prints the program itself, its version and where it is installed. Of an activated .venv: the program that made it, because
# the environment may have to be made anew under our feet.
probe() {
    "$1" -I -c 'import sys
print(sys._base_executable if sys.prefix != sys.base_prefix else sys.argv[1])
print("%d.%d" % sys.version_info[:2])
print(sys.version.split()[0], sys.base_prefix)' "$1" 2>/dev/null
}

find_python() {
    command -v "$python" >/dev/null || fail "there is no $python here; install it, or name another: make run PYTHON=python3.12"
    local name=$python
    { read -r python; read -r version; read -r identity; } < <(probe "$name") || fail "$name does not start"
    [ "${version#3.}" -ge 11 ] 2>/dev/null ||
        fail "pegextract needs Python 3.11 or newer and $python is $version; name another: make run PYTHON=python3.12"
}

# An environment is ours when the same Python made it in this very place: scripts in a copied .venv point to the original.
is_ours() {
    [ -x .venv/bin/python ] && [ "$(probe .venv/bin/python | tail -n 1)" = "$identity" ] &&
        grep -qF "$PWD/.venv/bin/python" .venv/bin/pip 2>/dev/null
}

# Debian ships python3 without ensurepip, which lies in a package of its own.
has_venv() { "$python" -I -c 'import ensurepip, venv' 2>/dev/null; }

make_venv() {
    if ! has_venv; then
        local package=python$version-venv
        may_install || fail "$python cannot make virtual environments; run this line, then try again: $(install_line "$package")"
        echo "set-up: installing $package, which $python needs to make virtual environments"
        if ! install_packages "$package" || ! has_venv; then
            fail "$package could not be installed; run this line, then try again: $(install_line "$package")"
        fi
    fi
    "$python" -I -m venv --clear .venv
}

# Only wheels, only with the hashes of the lock: nothing is compiled, nothing is fetched that was not reviewed.
pip_install() {
    PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        .venv/bin/python -I -m pip install -qq --no-input "$@" </dev/null ||
        fail "the packages could not be installed, for the reason above; try again: scripts/set-up.sh $packages"
}

# Two makes at a time (make -j run test) take turns; the lock is on a file that is there anyway.
exec 9<pyproject.toml
if command -v flock >/dev/null; then flock 9; fi

find_python
content=$( (cat requirements/*.lock pyproject.toml; echo "$identity" "$PWD") | sha256sum | cut -c1-16)
readonly content
[ ! -e ".venv/.stamp-$packages-$content" ] || ! is_ours || exit 0

is_ours || make_venv
echo "set-up: putting requirements/$packages.lock into .venv (a minute or two; skipped next time)"
# What the environment held before counts no longer, even if this is interrupted.
[ -e ".venv/.stamp-run-$content" ] || rm -f .venv/.stamp-*
pip_install --require-hashes --only-binary=:all: -r "requirements/$packages.lock"
if [ ! -e ".venv/.stamp-run-$content" ]; then
    pip_install --no-deps --no-build-isolation --editable .
fi
touch ".venv/.stamp-run-$content" ".venv/.stamp-$packages-$content"
