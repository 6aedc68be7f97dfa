#!/usr/bin/env bash
# Installs the missing packages of scripts/system-packages.txt for the purposes given, or says in one line what to run.
#
#   scripts/system-packages.sh run         scripts/system-packages.sh run test
#
# Never fails: without them pegextract and its tests do less, and say what.
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/apt.sh

wanted() {
    local purpose
    for purpose in "$@"; do awk -v purpose="$purpose" '$1 == purpose { print $2 }' scripts/system-packages.txt; done
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

any_is_installed() {
    local package
    for package in ${1//|/ }; do ! is_installed "$package" || return 0; done
    return 1
}

missing=()
for package in $(wanted "$@"); do any_is_installed "$package" || missing+=("${package%%|*}"); done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! may_install; then
    echo "set-up: going on without ${missing[*]}; what needs them will say so. To have them: $(install_line "${missing[@]}")"
else
    echo "set-up: installing ${missing[*]}"
    install_packages "${missing[@]}" || echo "set-up: that failed, going on without; to try again: $(install_line "${missing[@]}")"
fi
