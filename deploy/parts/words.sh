# shellcheck shell=bash
# Saying things: to people, in seconds, and out of the programs' answers.

say() { printf '%s\n' "$*"; }

# Something that a person must put right first.
put_right() { printf '%s\n' "$*" >&2; exit 2; }

# Something went wrong on the way.
failed() { printf '%s\n' "$*" >&2; exit 1; }

now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }

# since MICROSECONDS: `1.2 s`
since() {
    local tenths=$((($(now) - $1) / 100000))
    printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# answer FILE KEY: the value of the last line `KEY: value`, or nothing.
answer() { last_match "$1" "s/^$2: *//p"; }

# json_number FILE KEY and json_text FILE KEY: a value of a flat JSON file, or nothing.
json_number() { last_match "$1" "s/.*\"$2\" *: *([0-9]+).*/\1/p"; }
json_text() { last_match "$1" "s/.*\"$2\" *: *\"([^\"]*)\".*/\1/p"; }

last_match() { [[ ! -r $1 ]] || sed -nE "$2" "$1" | tail -n 1; }

# step WORDS LOG COMMAND...: runs a command with its output in LOG and prints how long it took; shows the log's end when it fails.
step() {
    local words=$1 log=$2 code=0 began
    shift 2
    began=$(now)
    printf '%-36s' "$words"
    : >"$log"
    setsid "$@" </dev/null >>"$log" 2>&1 &
    step_pid=$!
    wait "$step_pid" || code=$?
    step_pid=''
    if ((code)); then
        say "failed"
        tail -n 30 "$log" >&2
        # Our programs end with 2 when something must be put right first; what is built with says nothing of the kind.
        [[ $code != 2 || " $* " != *" ${server:-not built yet} "* ]] || put_right "$words: put that right first, then type the same again. All of its words: $log"
        failed "$words failed with exit code $code. All of its words: $log"
    fi
    since "$began"
    echo
}
