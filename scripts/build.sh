# shellcheck shell=bash
# For ./run, ./actionmail and ./test: what is missing on this machine, and a build only when a source is newer than the last.

# Used by the scripts that source this file.
# shellcheck disable=SC2034
CLI=src/ActionMail.Cli/bin/Debug/net10.0/actionmail.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$1" >&2
    exit "${2:-2}"
}

need_dotnet() {
    command -v dotnet >/dev/null || fail 'the .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download and put dotnet on the PATH.'
    dotnet --version >/dev/null 2>&1 || fail 'dotnet is here, but not the .NET 10 SDK that global.json asks for: install it from https://dotnet.microsoft.com/download.'
}

# The front end's bundler says from which version on.
need_node() {
    local version major minor
    version="$(node --version 2>/dev/null || true)"
    [[ -n "$version" ]] || fail 'Node is missing: install Node 20.19 or newer from https://nodejs.org and put node and npm on the PATH.'
    IFS=. read -r major minor _ <<<"${version#v}"
    ((major > 20 || (major == 20 && minor >= 19))) || fail "Node $version is too old: install Node 20.19 or newer from https://nodejs.org."
    command -v npm >/dev/null || fail 'npm is missing: it comes with Node, install it and put it on the PATH.'
}

# A file is held against the moment before the last build; a folder, from which a file may have gone, against the one
# after it, since a first build makes folders of its own.
changed_since() {
    [[ ! -e "$1" || ! -e "$1.done" ]] || [[ -n "$(find src samples Directory.*.props global.json .editorconfig \
        \( -name bin -o -name obj -o -name node_modules -o -path src/ActionMail.Server/wwwroot/assets \) -prune \
        -o \( -type f -newer "$1" -o -type d -newer "$1.done" \) -print -quit)" ]]
}

# build PROJECT LOG: quiet when it goes well; else each error once.
build() {
    dotnet build "$1" --nologo -v quiet >"$2" 2>&1 && return
    { grep -E '\berror\b.*:' "$2" | sort -u; } >&2 || cat "$2" >&2
    fail "the build of $1 failed; the lines above say why." 1
}

# build_if_changed NAME PROJECT…
build_if_changed() {
    local stamp=".stamp/$1" project
    shift
    command -v dotnet >/dev/null || need_dotnet
    changed_since "$stamp" || return 0
    need_dotnet
    [[ "$*" != *ActionMail.Server* ]] || need_node # which bundles the front end
    mkdir -p .stamp
    touch "$stamp.started"
    for project in "$@"; do
        [[ $# -eq 1 ]] || printf 'Building %s …\n' "$(basename "$project" .csproj)" >&2
        build "$project" .stamp/log
    done
    mv -f "$stamp.started" "$stamp"
    touch "$stamp.done"
}
