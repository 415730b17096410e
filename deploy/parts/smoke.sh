# shellcheck shell=bash
# The smoke test: goes through the pages as a person would, until this machine's facts are there.
# shellcheck disable=SC2154,SC2034  # the variables are those of deploy/up

# Longest time, in seconds, for all of it, the build included; and for facts to show once somebody is signed in.
readonly smoke_deadline=1200 facts_deadline=90

start_deadline() {
    setsid bash -c "sleep $smoke_deadline; kill -USR1 $$" </dev/null >/dev/null 2>&1 &
    deadline_pid=$!
}

smoke_test() {
    local began device
    cookies=$temporary/cookies
    password=$temporary/password
    printf 'smoke %s' "$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')" >"$password"
    began=$(now)
    printf '%-36s' "Setting up the admin" && set_up_admin && since "$began" && echo
    began=$(now)
    printf '%-36s' "Signing in" && sign_in && since "$began" && echo
    began=$(now)
    printf '%-36s' "Waiting for this machine's facts" && wait_for_facts && since "$began" && echo
    say "Smoke test passed: $(uname -n) runs $(uname -r), says the page $page/devices/$device"
}

# ask PATH [CURL OPTION...]: a page as the browser of one person would get it; certificate checked against the server's own CA.
ask() {
    local path=$1
    shift
    curl -sS --fail-with-body --max-time 20 --cacert "$data/server/pki/ca.crt" --connect-to "::127.0.0.1:$web_port" \
        --cookie "$cookies" --cookie-jar "$cookies" "$@" "$page$path"
}

# hidden_fields FILE: curl options for the hidden fields of a page's form, the antiforgery token among them.
hidden_fields() {
    grep -oE '<input[^>]*type="hidden"[^>]*>' "$1" | while read -r field; do
        printf -- '--data-urlencode\n%s=%s\n' "$(attribute name "$field")" "$(attribute value "$field")"
    done
}

attribute() { sed -nE "s/.*[[:space:]]$1=\"([^\"]*)\".*/\1/p" <<<"$2"; }

# send_form PATH FIELD ...: gets the page, fills its form in, sends it. A field is NAME=VALUE, or NAME@FILE for what no process list may show.
send_form() {
    local path=$1 form=$temporary/form.html fields=() field
    shift
    ask "$path" -o "$form" || smoke_failed "The page $path could not be had" "$form"
    mapfile -t fields < <(hidden_fields "$form")
    for field in "$@"; do fields+=(--data-urlencode "$field"); done
    ask "$path" -o "$temporary/answer.html" -w '%{http_code}' "${fields[@]}" >"$temporary/code" ||
        smoke_failed "The page $path refused what was sent" "$temporary/answer.html"
}

set_up_admin() {
    local token
    token=$(answer "$logs/init.log" set-up)
    [[ $token == *#* ]] || smoke_failed "The server gave no set-up link" "$logs/init.log"
    printf %s "${token##*#}" >"$temporary/token"
    send_form /setup "token@$temporary/token" "displayName=Smoke test" "password@$password" "password2@$password"
}

sign_in() {
    send_form /sign-in "name=admin" "password@$password"
    ask /devices -o "$temporary/devices.html" || smoke_failed "Nobody could sign in" "$temporary/answer.html"
}

wait_for_facts() {
    local began=$SECONDS html=$temporary/device.html
    until device=$(ask /devices | grep -oE 'data-device="[0-9a-f]{32}"' | head -n 1 | grep -oE '[0-9a-f]{32}') &&
        ask "/devices/$device" -o "$html" && shows operating_system.kernel "$(uname -r)" && shows operating_system.host_name "$(uname -n)"; do
        kill -0 "$agent_pid" 2>/dev/null || died agent 'not known'
        ((SECONDS - began < facts_deadline)) || smoke_failed "The page did not show this machine's facts within $facts_deadline s" "$html"
        sleep 0.2
    done
}

# shows FACT TEXT: whether the device page has the text in the cell of the fact.
shows() { tr '\n' ' ' <"$html" | grep -oE "data-fact=\"$1\"[^>]*>[^<]*" | grep -qF ">$2"; }

smoke_failed() {
    say "failed"
    sed -E 's/<[^>]*>//g; /^[[:space:]]*$/d' "$2" 2>/dev/null | head -n 30 >&2
    printf '\nThe end of the server'\''s log:\n' >&2 && tail -n 15 "$logs/server.log" >&2
    printf '\nThe end of the agent'\''s log:\n' >&2 && tail -n 15 "$logs/agent.log" >&2
    failed "$1."
}
