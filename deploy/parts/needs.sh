# shellcheck shell=bash
# What must be there before anything long begins. Each check says what is wrong and what to type.
# shellcheck disable=SC2154  # the variables are those of deploy/up, and of deploy/package

# Under sudo, HOME may still be the other user's: files of root in there would break that user's own builds.
need_home() {
    [[ $EUID -ne 0 || -z ${SUDO_USER-} ]] || HOME=$(getent passwd 0 | cut -d: -f6)
    mkdir -p "${HOME:-/none}/.dotnet" 2>/dev/null ||
        put_right "Your home folder ${HOME:-(HOME is not set)} cannot be written to, and the .NET SDK needs one. Type: HOME=/a/folder/of/yours deploy/${0##*/}"
    export HOME DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
    export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
}

# What .NET and this script need of Debian or Ubuntu; installs only what is missing.
need_tools() {
    local missing=()
    command -v curl >/dev/null || missing+=(curl)
    { command -v setsid && command -v flock; } >/dev/null || missing+=(util-linux)
    [[ -s /etc/ssl/certs/ca-certificates.crt ]] || missing+=(ca-certificates)
    compgen -G '/usr/lib/*/libssl.so.3' >/dev/null || compgen -G '/lib/*/libssl.so.3' >/dev/null || missing+=(openssl)
    # For print alone; without it the server leaves PDFs out and says so.
    ((EUID != 0)) || [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf ]] || missing+=(fonts-dejavu-core)
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

install_packages() {
    command -v apt-get >/dev/null || put_right "Missing: $*. Install them with this system's package tool, then run deploy/${0##*/} again."
    ((EUID == 0)) || put_right "Missing: $*. Type: sudo apt-get install -y $*   then run deploy/${0##*/} again."
    say "Installing $* ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } </dev/null >/dev/null ||
        put_right "apt-get could not install: $*. Its own words are above."
}

# The SDK: on the path, or where its installers put it; else from the system's own packages, where they have it.
need_sdk() {
    local folder
    find_sdk && return
    # A fresh image has no lists of packages yet.
    ((EUID != 0)) || ! command -v apt-get >/dev/null || apt-get update -qq </dev/null >/dev/null 2>&1 || true
    if ((EUID == 0)) && apt-cache policy dotnet-sdk-10.0 2>/dev/null | grep -q 'Candidate: [0-9]'; then
        install_packages dotnet-sdk-10.0
        find_sdk && return
    fi
    put_right "The .NET SDK 10 is missing. Get it in one of these ways, then run deploy/${0##*/} again:
    Ubuntu:           sudo apt-get install -y dotnet-sdk-10.0
    any, no root:     curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
    Debian packages:  https://learn.microsoft.com/dotnet/core/install/linux-debian"
}

find_sdk() {
    local folder user_home
    user_home=$(getent passwd "${SUDO_USER:-$EUID}" | cut -d: -f6)
    for folder in "$(dirname "$(readlink -f "$(command -v dotnet || echo /none/dotnet)")")" \
        /usr/lib/dotnet /usr/share/dotnet /opt/dotnet "$HOME/.dotnet" "$user_home/.dotnet"; do
        [[ -x $folder/dotnet ]] && "$folder/dotnet" --list-sdks 2>/dev/null | grep -q '^10\.' || continue
        dotnet=$folder/dotnet
        export DOTNET_ROOT=$folder
        return 0
    done
    return 1
}

# need_cache KIND: sets `cache`, the folder of a kind of build of this checkout. It lies outside, so that root and plain users never meet each other's files.
need_cache() {
    if ((EUID == 0)); then cache=/var/cache/sandbox; else cache=${XDG_CACHE_HOME:-$HOME/.cache}/sandbox; fi
    cache=$cache/$1-$(printf %s "$top" | cksum | cut -d' ' -f1)
    mkdir -p "$cache" || put_right "Cannot make the folder $cache for the build. Make it yours, or set HOME to a folder of yours."
}

# The agent on this machine goes to the address in its join code. A name that was not chosen and leads nowhere helps nobody.
need_host() {
    if [[ -z $host && ! -e $data/server/server.json ]] && ! getent hosts "$(uname -n)" >/dev/null; then
        say "The name of this machine, $(uname -n), leads to no address: using localhost. Another: deploy/up --host NAME"
        host=localhost
    fi
    [[ -n $host ]] || return 0
    [[ $host =~ ^[A-Za-z0-9.-]+$ ]] || put_right "--host takes a plain host name or IPv4 address, such as lab.example.org; this is none: $host"
    getent hosts "$host" >/dev/null ||
        put_right "This machine does not find the name $host. Put it into DNS, or type: echo \"127.0.0.1 $host\" | sudo tee -a /etc/hosts"
}

need_folder() {
    local part
    [[ ! -e $data || -d $data ]] || put_right "$data is a file, and --data names a folder. Choose another: deploy/up --data DIR"
    local or=", or type: sudo deploy/up"
    ((EUID != 0)) || or=''
    mkdir -p "$data" 2>/dev/null && [[ -w $data ]] ||
        put_right "The folder $data cannot be written to by $(id -un). Choose another (deploy/up --data DIR)$or"
    for part in "$data"/server "$data"/agent "$data"/logs; do
        [[ ! -e $part || -O $part ]] || put_right "$part belongs to $(stat -c %U "$part"), and you are $(id -un).
Run deploy/up as $(stat -c %U "$part"), or choose another folder: deploy/up --data DIR"
    done
}

# Two servers on one folder would fight over the database.
need_alone() {
    exec {lock}>>"$data/up.lock"
    if ! flock -n "$lock"; then
        # Not ours: what the running one wrote down stays.
        lock=''
        put_right "Sandbox runs from $data already. Stop it with Ctrl-C where it was started, or type: kill $(paste -sd ' ' "$data/up.pids" 2>/dev/null)"
    fi
    printf '%s\n' $$ >"$data/up.pids"
}

need_ports() {
    local option port
    [[ $web_port != "$agent_port" ]] || put_right "Pages and agents need two ports; both are $web_port. Type for example: deploy/up --web-port 7443 --agent-port 7444"
    for option in web-port agent-port; do
        if [[ $option == web-port ]]; then port=$web_port; else port=$agent_port; fi
        [[ $port =~ ^[1-9][0-9]{0,4}$ ]] && ((port <= 65535)) || put_right "--$option takes a number from 1 to 65535; this is none: $port"
        ((port >= 1024 || EUID == 0)) || put_right "Only root may use ports below 1024, such as $port. Type: deploy/up --$option $((port + 7000))   or: sudo deploy/up"
        port_busy "$port" && put_right "Port $port is in use$(port_user "$port"). Stop what uses it, or choose another: deploy/up --$option $((port + 1000 <= 65535 ? port + 1000 : port - 1000))"
    done
    return 0
}

# Whether something listens on a TCP port, on whatever address.
port_busy() {
    local hex
    printf -v hex ':%04X' "$1"
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port="$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { busy = 1 } END { exit !busy }'
}

port_user() {
    local line
    line=$(ss -Hltnp "sport = :$1" 2>/dev/null | grep -oE '"[^"]+",pid=[0-9]+' | head -n 1 || true)
    [[ -z $line ]] || printf ' by %s (process %s)' "$(cut -d'"' -f2 <<<"$line")" "${line##*=}"
}

# free_port [OTHER]: a port where nothing listens, below those that systems hand out by themselves.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)); port_busy "$port" || [[ $port == "${1-}" ]]; do :; done
    echo "$port"
}
