#!/bin/sh
# Installs the Sandbox agent on this machine, or upgrades it: fetches the package from the server that this script came from, checks it, enrols the
# machine and starts the agent. The page `Enrol a device` shows the command that runs it. It ends with the line `main "$@"`, so that half of it does nothing.
set -u
server='@SERVER@' pin='@PIN@'
data=/var/lib/sandbox-agent programs=/usr/lib/sandbox-agent
# Before there was a package, agents that root ran kept their files here.
former=/var/lib/sandbox/agent
# Longest waits, in seconds: for a file from the server; until the agent reports.
longest_fetch=300 longest_start=30
code_file='' name='' faults='' work='' join_code=''

usage() {
    cat <<WORDS
curl -fsSk --pinnedpubkey '$pin' $server/install | sudo sh
    Installs the agent of $server, enrols this machine, and starts the agent. Asks for the join code on the terminal.
    On a machine that has the agent it upgrades it; a machine that is enrolled stays as what it is.

... | sudo sh -s -- [--code-file FILE] [--name NAME] [--allow-faults]
    --code-file FILE   read the join code from a file; where there is no terminal
    --name NAME        what to call this machine; its host name unless set
    --allow-faults     let mentors have small faults seeded on this machine, for an apprentice to find; they undo themselves

Exit code: 0 done, 1 something failed, 2 something to put right first.
WORDS
}

say() { printf '%s\n' "$*"; }
failed() { say "$*" >&2; exit 1; }
put_right() { say "$*" >&2; exit 2; }

read_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --code-file | --name)
                [ -n "${2-}" ] || put_right "$1 needs a value."
                if [ "$1" = --name ]; then name=$2; else code_file=$2; fi
                shift 2 ;;
            --allow-faults) faults=yes; shift ;;
            --help | -h) usage; exit 0 ;;
            *) usage >&2; put_right "Unknown option: $1" ;;
        esac
    done
}

is_enrolled() { [ -e $data/agent/device.pem ]; }

# All that can be known beforehand, so that nothing is left half done.
check() {
    [ "$(uname -s)" = Linux ] || put_right "This installs the agent on Linux; this is $(uname -s)."
    [ "$(id -u)" = 0 ] || put_right 'The agent is installed for the whole machine. Type the same with sudo.'
    case $(uname -m) in
        x86_64 | amd64) arch=amd64 ;;
        aarch64 | arm64) arch=arm64 ;;
        *) put_right "There are packages for amd64 and arm64; this machine is $(uname -m)." ;;
    esac
    for tool in curl sha256sum setpriv; do
        command -v $tool >/dev/null || put_right "$tool is missing. On Debian and Ubuntu: sudo apt-get install -y curl coreutils util-linux"
    done
    ! is_enrolled || return 0
    [ ! -e $former/device.pem ] || put_right "This machine is enrolled already, by an agent without a package that keeps its files in $former. Stop that one. To go on as the same device, type
    sudo install -d -m 0700 $data && sudo mv $former $data/agent
and then the same as before."
    ask
}

# All questions come first. The code reaches the agent on standard input: arguments and environments are there for others to read.
ask() {
    if [ -n "$code_file" ]; then
        join_code=$(cat "$code_file") || put_right "The file $code_file cannot be read; cat's own words are above."
        [ -n "$join_code" ] || put_right "There is no join code in $code_file."
        return
    fi
    no_terminal='There is no terminal to ask for the join code on. Put it into a file and type at the end of the command: -s -- --code-file FILE'
    { true </dev/tty; } 2>/dev/null || put_right "$no_terminal"
    printf 'Join code (it is not shown): ' >/dev/tty
    stty -echo </dev/tty
    trap 'stty echo </dev/tty' EXIT
    # sudo may have made a terminal where there is none: nobody answers there.
    IFS= read -r join_code </dev/tty || join_code=''
    stty echo </dev/tty
    trap - EXIT
    printf '\n' >/dev/tty
    [ -n "$join_code" ] || put_right "No join code was typed. $no_terminal"
}

# fetch NAME: the server's key must be the one that this script was fetched with; -k only says that its CA need not be known here.
fetch() {
    code=0
    curl -fsSk --proto '=https' --pinnedpubkey "$pin" --max-time $longest_fetch -o "$work/$1" "$server/packages/$1" || code=$?
    case $code in
        0) ;;
        22) failed "The server has no $1 any more. If packages were just made anew, type the same again; else on the server: deploy/package" ;;
        90) failed 'The server shows another key than before. Its certificate was made anew, or somebody stands in between: load the page Enrol a device again and type the command that it shows then.' ;;
        *) failed "$server/packages/$1 could not be fetched; curl's own words are above." ;;
    esac
}

# fetch_package ENDING: sets `package`, or leaves it empty when the server has none.
fetch_package() {
    line=$(grep -E "^[0-9a-f]{64}  sandbox-agent_[0-9A-Za-z.+~]+$1\$" "$work/SHA256SUMS" | head -n 1)
    package=${line##* }
    [ -n "$package" ] || return 0
    say "Fetching $package ..."
    fetch "$package"
    printf '%s\n' "$line" | (cd "$work" && sha256sum -c - >/dev/null 2>&1) ||
        failed "$package is not what the server's SHA256SUMS says. Nothing was installed. If packages were just made anew, type the same again."
}

install_package() {
    fetch SHA256SUMS
    if command -v dpkg >/dev/null; then
        fetch_package "_$arch\\.deb"
        [ -n "$package" ] || no_package
        say "Installing it ..."
        run_quietly install_deb || failed "The package could not be installed; the reason is above."
    else
        fetch_package "_linux-$arch\\.tar\\.gz"
        [ -n "$package" ] || no_package
        say "Installing it ..."
        run_quietly install_tarball || failed "The agent could not be installed; the reason is above."
    fi
    [ -x $programs/sandbox-agent ] || failed "The package was installed, but $programs/sandbox-agent is not there."
}

no_package() { put_right "The server has no package for $arch. Make it on a machine of that kind: deploy/package --to DIR, and copy what it makes into the folder server/packages of the server's data."; }

# apt-get brings what the package needs; where it is not there, dpkg says what is missing.
install_deb() {
    if command -v apt-get >/dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --reinstall --allow-downgrades "$work/$package"
    else
        dpkg -i "$work/$package"
    fi
}

install_tarball() { (cd "$work" && tar -xzf "$package" && "${package%.tar.gz}/install"); }

# What it says is shown when it fails. It gets no standard input: that is this script.
run_quietly() { "$@" </dev/null >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; return 1; }; }

enrol() {
    if is_enrolled; then
        say "This machine is enrolled already and stays what it is."
        [ -z "$faults" ] || say 'Whether faults may be seeded on it is said when it is enrolled, and stays as it was: sudo sandbox-agent faults'
        return
    fi
    set --
    [ -z "$name" ] || set -- --name "$name"
    [ -z "$faults" ] || set -- "$@" --allow-faults
    printf '%s\n' "$join_code" | setpriv --reuid sandbox-agent --regid sandbox-agent --init-groups $programs/sandbox-agent enrol - "$@" >"$work/enrolled" ||
        failed "The agent is installed, and not enrolled: the reason is above. To try again type the same again, or: sudo sandbox-agent enrol -"
    sed 's/ Now run: .*//' "$work/enrolled"
    [ -z "$faults" ] || say_helper
}

# What applies faults is root's, and a yes of its own: it is not installed here.
say_helper() {
    helper=$(grep -oE "  sandbox-agent-faults_[0-9A-Za-z.+~]+_$arch\\.deb\$" "$work/SHA256SUMS" | head -n 1)
    if [ -z "$helper" ] || ! command -v apt-get >/dev/null; then
        say "That takes the package sandbox-agent-faults as well, which cannot be had here: the server has none for $arch, or there is no apt-get."
        return
    fi
    helper=${helper#  }
    say "That takes the package sandbox-agent-faults as well:
    curl -fsSkO --pinnedpubkey '$pin' $server/packages/$helper && sudo apt-get install -y ./$helper"
}

start() {
    if [ ! -d /run/systemd/system ]; then
        say "systemd does not run here, so nothing starts the agent by itself. By hand: sudo $programs/launch"
        return
    fi
    if ! systemctl is-enabled --quiet sandbox-agent; then
        say "The service was disabled here, and stays so. To start it: sudo systemctl enable --now sandbox-agent"
        return
    fi
    systemctl restart sandbox-agent || failed "The agent is enrolled, and does not start. Look why: journalctl -u sandbox-agent"
    waited=0
    until $programs/sandbox-agent status >/dev/null 2>&1; do
        [ $waited -lt $longest_start ] || failed "The agent runs, and has not reached the server within $longest_start s. Look why: sudo sandbox-agent status, journalctl -u sandbox-agent"
        sleep 1
        waited=$((waited + 1))
    done
    say "The agent runs and reports, now and whenever this machine starts."
}

tidy() { [ -z "$work" ] || rm -rf "$work"; }

main() {
    read_options "$@"
    trap 'exit 130' INT TERM HUP
    check
    trap tidy EXIT
    # apt's own user must be able to read the package there.
    work=$(mktemp -d) || failed "No temporary folder could be made; mktemp's own words are above."
    chmod 0755 "$work"
    install_package
    say "Installed: sandbox-agent $(cat $programs/build)"
    enrol
    start
    say "How it stands: sudo sandbox-agent status. What it sees: sudo sandbox-agent doctor. Its page: $server/devices"
}

main "$@"
