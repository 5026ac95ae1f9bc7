# Sourced by the other scripts, which run in the project's root with `set -euo pipefail`.

# Containers often set it, and then each start of Python compiles all of our modules anew.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*"; }

fail() {
    printf '\n%s\n' "$@" >&2
    exit 1
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Sets $python. The project's own comes first: on most days nothing else is needed.
find_python() {
    local candidate version found=""
    for candidate in .venv/bin/python python3.13 python3.12 python3.11 python3; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        if is_recent "$candidate"; then
            python=$candidate
            return
        fi
        # A version manager's stand-in may be on the PATH for a Python that it does not run.
        version=$("$candidate" --version 2>&1 | head -n 1) || version="not one that runs"
        found="$found  $candidate is $version"$'\n'
    done
    fail "Obverse needs Python 3.11 or newer." \
        "${found:-  No Python was found at all.
}" \
        "To mend it, install one and start this script again:
  Debian, Ubuntu   sudo apt install python3.11 python3.11-venv
  Fedora           sudo dnf install python3.11
  macOS            brew install python@3.12"
}

# A stamp remembers what a step was last done for; cksum is the one checksum every Unix has.
fingerprint() { cat -- "$@" | cksum | tr -d ' '; }
is_stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# Runs a step quietly and shows what it said only when it failed.
quietly() {
    local title=$1 log status=0
    shift
    say "$title …"
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [ $status -eq 0 ] || tail -n 40 "$log" >&2
    rm -f "$log"
    return $status
}
