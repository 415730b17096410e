# shellcheck shell=bash
# Starting, watching and stopping the server and the agent, each by its own process id.
# shellcheck disable=SC2154,SC2034  # the variables are those of deploy/up

# Longest waits, in seconds: until the server listens; until a process that was asked to stop has stopped.
readonly ready_deadline=90 stop_deadline=15

start_server() {
    local ready=$data/server.ready began code=0
    began=$(now)
    rm -f "$ready"
    printf '%-36s' "Starting the server"
    keep_previous "$logs/server.log"
    setsid "$server" run "${options[@]}" --ready-file "$ready" </dev/null >"$logs/server.log" 2>&1 &
    server_pid=$!
    while [[ ! -s $ready ]]; do
        kill -0 "$server_pid" 2>/dev/null || { wait "$server_pid" 2>/dev/null || code=$?; server_pid=''; died server "$code"; }
        ((($(now) - began) / 1000000 < ready_deadline)) || { tail -n 30 "$logs/server.log" >&2; failed "The server was not ready within $ready_deadline s. Its log: $logs/server.log"; }
        sleep 0.1
    done
    page=$(json_text "$ready" page) && page=${page%/}
    printf '%s\n' $$ "$server_pid" >"$data/up.pids"
    since "$began"
    echo
}

# The code goes through standard input: arguments are there for all to read in process lists.
enrol_this_machine() {
    local began code address log=$logs/enrol.log
    if [[ -s $data/agent/device.pem ]]; then
        say "This machine is enrolled already."
        address=$(json_text "$data/server/server.json" host):$agent_port
        [[ $(json_text "$data/agent/enrolment.json" address) == "$address" ]] && return
        # The server has moved: its CA is what the agent knows it by, so only the address is new.
        "$agent" move "$address" --data "$data" || failed "This machine's agent could not be told the server's new address."
        say "Agents on other machines do not know it yet. On each of them type: sandbox-agent move $address"
        return
    fi
    began=$(now)
    printf '%-36s' "Enrolling this machine"
    code=$(timeout 60 "$server" codes new admin --quiet --expires 10m --data "$data" 2>"$log") || enrol_failed "No join code could be made" "$log"
    printf '%s\n' "$code" | timeout 120 "$agent" enrol - --data "$data" >"$log" 2>&1 || enrol_failed "This machine could not be enrolled" "$log"
    since "$began"
    echo
}

enrol_failed() {
    say "failed"
    tail -n 20 "$2" >&2
    failed "$1. The server's log: $logs/server.log"
}

start_agent() {
    printf '%-36s' "Starting the agent"
    keep_previous "$logs/agent.log"
    local began
    began=$(now)
    setsid "$agent" run --data "$data" </dev/null >"$logs/agent.log" 2>&1 &
    agent_pid=$!
    printf '%s\n' $$ "$server_pid" "$agent_pid" >"$data/up.pids"
    since "$began"
    echo
}

keep_previous() { [[ ! -e $1 ]] || mv -f "$1" "$1.previous"; }

# died NAME CODE: shows what it said last; never returns.
died() {
    printf '\nThe %s stopped by itself (exit code %s). Its last words:\n' "$1" "$2" >&2
    tail -n 20 "$logs/$1.log" >&2
    failed "All of its words: $logs/$1.log"
}

# Returns never: the server ended by itself, or a signal ends this script. The other machines need the server, whatever becomes of this one's agent.
watch_both() {
    local gone='' code=0
    quiet_end=yes
    # Of a process that a signal ended, the shell would say so itself.
    wait -n -p gone "$server_pid" "$agent_pid" 2>/dev/null || code=$?
    if [[ $gone == "$agent_pid" ]]; then
        agent_ended "$code"
        code=0
        wait "$server_pid" 2>/dev/null || code=$?
    fi
    server_pid=''
    died server "$code"
}

# agent_ended CODE: says so, and how to start it again.
agent_ended() {
    agent_pid=''
    printf '%s\n' $$ "$server_pid" >"$data/up.pids"
    printf '\nThe agent of this machine stopped by itself (exit code %s). Its last words:\n' "$1" >&2
    tail -n 5 "$logs/agent.log" >&2
    printf 'The server goes on. To start the agent again, type in another window: %q run --data %q\nOr stop all with Ctrl-C and run deploy/up again.\n' "$agent" "$data" >&2
}

# What ends the script: Ctrl-C once all is up is how people stop it, so that is no failure.
interrupted() {
    echo
    if [[ -n ${quiet_end-} ]]; then exit 0; else exit 130; fi
}

clean_up() {
    trap '' INT TERM HUP USR1
    [[ -z $step_pid ]] || kill -TERM -- "-$step_pid" 2>/dev/null || true
    [[ -z $agent_pid ]] || stop_one agent "$agent_pid"
    [[ -z $server_pid ]] || stop_one server "$server_pid"
    [[ -z $deadline_pid ]] || kill -TERM -- "-$deadline_pid" 2>/dev/null || true
    [[ -z $agent_pid$server_pid ]] || say "Stopped."
    [[ -z ${lock-} ]] || rm -f "$data/up.pids"
    [[ -z $temporary ]] || rm -rf -- "$temporary"
    [[ -z ${unclean-} ]] || exit 1
}

# stop_one NAME PID: asks it to stop, waits, then insists. A program that does not end well is a failure.
stop_one() {
    local began=$SECONDS code=0
    kill -TERM "$2" 2>/dev/null || return 0
    while kill -0 "$2" 2>/dev/null; do
        if ((SECONDS - began > stop_deadline)); then
            say "The $1 did not stop within $stop_deadline s: killed."
            kill -KILL "$2" 2>/dev/null
            break
        fi
        sleep 0.1
    done
    wait "$2" 2>/dev/null || code=$?
    # 143: it was asked so early that nothing in it listened to signals yet.
    ((code != 0 && code != 143)) || return 0
    unclean=yes
    printf 'The %s did not end well (exit code %s). Its last words:\n' "$1" "$code" >&2
    tail -n 20 "$logs/$1.log" >&2
}
