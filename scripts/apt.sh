# shellcheck shell=bash
# Sourced by the other scripts: what may be installed with Debian's package manager, and how to say so when it may not.

# True when packages can be installed without asking anybody: apt-get is here, and we are root or sudo needs no password.
may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# The one line a person has to run for the packages given.
install_line() {
    if [ "$(id -u)" = 0 ]; then echo "apt-get install -y $*"; else echo "sudo apt-get install -y $*"; fi
}

# Installs the packages given and is quiet unless that fails, when it prints what apt-get said last.
install_packages() {
    local as_root=() said
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    # A list that cannot be refreshed (one source of several is away) is no reason not to try the list that is here.
    "${as_root[@]}" apt-get -qq update >/dev/null 2>&1 </dev/null || true
    if ! said=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        --no-remove -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 install "$@" 2>&1 </dev/null); then
        tail -n 5 <<<"$said" >&2
        return 1
    fi
}
