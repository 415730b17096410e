namespace Sandbox.Agent.Acts.Redaction;

/// <summary>
/// The list: what is not on it is not shown. Options are those of the manual pages of Debian 12; comments (full names), hashes, passwords, options of
/// mounts and queues, and addresses with a user in them are left out on purpose.
/// </summary>
internal static class ProgramRules
{
    private static readonly Func<string, bool> AnyName = Shape.IsName;

    private static readonly ProgramRule Apt = new()
    {
        Flags = "ydqsmfuV",
        LongFlags = ["--yes", "--assume-yes", "--reinstall", "--no-install-recommends", "--purge", "--autoremove", "--only-upgrade", "--download-only", "--fix-broken", "--quiet"],
        Hidden = ["-o", "--option", "-c", "--config-file"],
        Shown = ["-t", "--target-release"],
        Positional = Shape.IsPackage,
        Verbs = ["install", "remove", "purge", "upgrade", "full-upgrade", "dist-upgrade", "autoremove", "update", "reinstall", "autopurge", "clean", "build-dep"],
    };

    private static readonly ProgramRule Dnf = new()
    {
        Flags = "yqv", LongFlags = ["--assumeyes", "--quiet"], Positional = Shape.IsPackage, Verbs = ["install", "remove", "upgrade", "update", "reinstall", "downgrade", "autoremove", "check-update"],
    };

    private static readonly string[] NetworkWords = ["add", "clone", "connect", "delete", "disconnect", "down", "edit", "ethernet", "import", "list", "modify", "reload", "show", "type", "up", "wifi"];

    private static readonly ProgramRule Interface = new() { Flags = "av", LongFlags = ["--all", "--force"], Positional = AnyName };

    private static readonly ProgramRule Editor = new() { Positional = Shape.IsPath };

    private static readonly ProgramRule Mode = new() { Flags = "Rvfcm", LongFlags = ["--recursive"], Positional = Shape.IsPath };

    private static readonly Dictionary<string, ProgramRule> Rules = new(StringComparer.Ordinal)
    {
        ["useradd"] = new()
        {
            Flags = "DmMNrUolF", LongFlags = ["--create-home", "--no-create-home", "--system", "--user-group", "--no-user-group", "--non-unique", "--no-log-init"],
            Shown = ["-d", "-b", "-e", "-f", "-g", "-G", "-k", "-s", "-u", "--home-dir", "--base-dir", "--expiredate", "--inactive", "--gid", "--groups", "--skel", "--shell", "--uid"],
            Hidden = ["-p", "--password", "-c", "--comment", "-K", "--key", "-R", "--root", "-P", "--prefix", "-Z", "--selinux-user"],
            Positional = AnyName, MostPositional = 1,
        },
        ["usermod"] = new()
        {
            Flags = "aLUmor", LongFlags = ["--append", "--lock", "--unlock", "--move-home", "--non-unique", "--remove"],
            Shown = ["-d", "-e", "-f", "-g", "-G", "-l", "-s", "-u", "--home", "--expiredate", "--inactive", "--gid", "--groups", "--login", "--shell", "--uid"],
            Hidden = ["-p", "--password", "-c", "--comment", "-R", "--root", "-P", "--prefix", "-Z", "--selinux-user", "-v", "-w", "-V", "-W"],
            Positional = AnyName, MostPositional = 1,
        },
        ["userdel"] = new() { Flags = "frZ", LongFlags = ["--force", "--remove"], Hidden = ["-R", "--root", "-P", "--prefix"], Positional = AnyName, MostPositional = 1 },
        ["groupadd"] = new()
        {
            Flags = "for", LongFlags = ["--force", "--non-unique", "--system"], Shown = ["-g", "--gid", "-U", "--users"],
            Hidden = ["-p", "--password", "-K", "--key", "-R", "--root", "-P", "--prefix"], Positional = AnyName, MostPositional = 1,
        },
        ["groupmod"] = new() { Flags = "o", Shown = ["-g", "--gid", "-n", "--new-name"], Hidden = ["-p", "--password", "-R", "--root"], Positional = AnyName, MostPositional = 1 },
        ["groupdel"] = new() { Flags = "f", Hidden = ["-R", "--root", "-P", "--prefix"], Positional = AnyName, MostPositional = 1 },
        ["passwd"] = new()
        {
            Flags = "adekluqS", LongFlags = ["--all", "--delete", "--expire", "--lock", "--unlock", "--status", "--keep-tokens", "--quiet"],
            Shown = ["-i", "-n", "-w", "-x", "--inactive", "--mindays", "--warndays", "--maxdays"], Hidden = ["-R", "--root", "-r", "--repository"], Positional = AnyName, MostPositional = 1,
        },
        ["chage"] = new()
        {
            Flags = "li", LongFlags = ["--list", "--iso8601"],
            Shown = ["-d", "-E", "-I", "-m", "-M", "-W", "--lastday", "--expiredate", "--inactive", "--mindays", "--maxdays", "--warndays"],
            Hidden = ["-R", "--root"], Positional = AnyName, MostPositional = 1,
        },
        ["gpasswd"] = new() { Flags = "rR", LongFlags = ["--remove-password", "--restrict"], Shown = ["-a", "-d", "-A", "-M", "--add", "--delete", "--administrators", "--members"], Hidden = ["-Q", "--root"], Positional = AnyName, MostPositional = 1 },
        ["chsh"] = new() { Shown = ["-s", "--shell"], Positional = AnyName, MostPositional = 1 },
        ["adduser"] = new()
        {
            LongFlags = ["--system", "--group", "--disabled-password", "--disabled-login", "--no-create-home", "--quiet"],
            Shown = ["--ingroup", "--gid", "--uid", "--shell", "--home"], Hidden = ["--gecos", "--comment", "--conf"], Positional = AnyName, MostPositional = 2,
        },
        ["deluser"] = new() { LongFlags = ["--remove-home", "--remove-all-files", "--group", "--system", "--quiet"], Hidden = ["--backup-to", "--conf"], Positional = AnyName, MostPositional = 2 },
        ["addgroup"] = new() { LongFlags = ["--system"], Shown = ["--gid"], Positional = AnyName, MostPositional = 1 },
        ["delgroup"] = new() { LongFlags = ["--system", "--only-if-empty"], Positional = AnyName, MostPositional = 1 },
        ["su"] = new() { Flags = "l", LongFlags = ["--login"], Hidden = ["-c", "--command"], Positional = AnyName, MostPositional = 1 },
        ["apt"] = Apt,
        ["apt-get"] = Apt,
        ["aptitude"] = Apt,
        ["dnf"] = Dnf,
        ["yum"] = Dnf,
        ["dpkg"] = new() { Flags = "irP", LongFlags = ["--install", "--remove", "--purge", "--configure", "--force-all"], Positional = Shape.IsPackage },
        ["snap"] = new() { LongFlags = ["--classic"], Positional = Shape.IsPackage, Verbs = ["install", "remove", "refresh"] },
        ["systemctl"] = new()
        {
            Flags = "fq", LongFlags = ["--now", "--force", "--quiet", "--no-block"], Positional = Shape.IsUnit,
            Verbs = ["start", "stop", "restart", "reload", "enable", "disable", "mask", "unmask", "daemon-reload", "reenable", "set-default", "isolate", "reboot", "poweroff", "try-restart"],
        },
        ["service"] = new() { Positional = Shape.IsUnit },
        ["ufw"] = new() { LongFlags = ["--force"], Positional = Shape.IsWord, StopAt = ["comment"] },
        ["nft"] = new() { Flags = "f", Positional = Shape.IsWord, StopAt = ["comment"], Verbs = ["add", "insert", "delete", "flush", "create", "destroy", "replace", "list"] },
        ["firewall-cmd"] = new() { LongFlags = ["--permanent", "--reload"], Shown = ["--add-service", "--remove-service", "--add-port", "--remove-port", "--zone", "--set-default-zone"], Value = Shape.IsWord },
        ["mount"] = new() { Flags = "avrw", Shown = ["-t", "--types"], Hidden = ["-o", "--options", "-O", "-L", "-U"], Positional = Shape.IsPath },
        ["umount"] = new() { Flags = "flav", Positional = Shape.IsPath },
        ["lpadmin"] = new() { Flags = "E", Shown = ["-p", "-d", "-x", "-m"], Hidden = ["-v", "-o", "-D", "-L", "-P", "-u", "-h", "-U", "-i", "-c", "-r"] },
        // Name of the share; a comment and a list of who may do what come behind it, and a password behind -U.
        ["net"] = new() { Positional = AnyName, FirstPositional = 2, Verbs = ["usershare"] },
        ["exportfs"] = new() { Flags = "aruvif", Hidden = ["-o"], Positional = Shape.IsPath },
        // Words of its own and no others: names of networks, passwords and properties stand between them in any order. NetworkManager's own log names the connection.
        ["nmcli"] = new() { Positional = static value => NetworkWords.Contains(value), Verbs = ["connection", "con", "c", "device", "dev", "d"], StopAt = ["password", "passwd-file"] },
        ["netplan"] = new() { Positional = static _ => false, Verbs = ["apply", "try", "generate"] },
        ["ip"] = new() { Positional = Shape.IsWord, Verbs = ["link", "addr", "address"], StopAt = ["key", "ikey", "okey", "alias"] },
        ["ifup"] = Interface,
        ["ifdown"] = Interface,
        ["mdadm"] = new()
        {
            Flags = "arfDSQEv", LongFlags = ["--manage", "--add", "--re-add", "--remove", "--fail", "--replace", "--with", "--detail", "--stop", "--assemble", "--create", "--grow", "--scan", "--run", "--examine"],
            Shown = ["-l", "--level", "-n", "--raid-devices"], Positional = IsDevice,
        },
        ["visudo"] = new() { Flags = "cs", Shown = ["-f", "--file"], LongFlags = ["--check", "--strict"] },
        ["cryptsetup"] = new()
        {
            Flags = "qv", Shown = ["--type"], Hidden = ["-d", "--key-file", "-c", "--cipher", "-s", "--key-size", "-h", "--hash", "--master-key-file"], Positional = Shape.IsPath,
            Verbs = ["luksFormat", "luksOpen", "luksClose", "open", "close", "luksAddKey", "luksRemoveKey", "luksKillSlot", "luksDump", "reencrypt", "status"],
        },
        ["restic"] = new() { Positional = static _ => false, Verbs = ["backup", "restore", "check", "init", "snapshots", "forget", "prune"] },
        ["borg"] = new() { Positional = static _ => false, Verbs = ["init", "create", "extract", "check", "list", "prune", "delete", "mount"] },
        ["timeshift"] = new() { LongFlags = ["--create", "--restore", "--list", "--delete", "--scripted"] },
        ["duplicity"] = new() { Positional = static _ => false, Verbs = ["full", "incr", "restore", "verify", "cleanup"] },
        ["wg"] = new() { Positional = static _ => false, Verbs = ["set", "addconf", "setconf", "syncconf", "show", "showconf"] },
        ["wg-quick"] = new() { Positional = AnyName, Verbs = ["up", "down", "save"], MostPositional = 2 },
        // Against whom a test is run, and nothing of its scripts.
        ["nmap"] = new() { Flags = "AFOPRSTUVnrsv0123456", Shown = ["-p"], Hidden = ["-o"], Value = Shape.IsWord, Positional = Shape.IsWord },
        ["iperf3"] = new() { Flags = "46Rsu", LongFlags = ["--reverse", "--server", "--udp", "--bidir"], Shown = ["-c", "--client", "-p", "--port", "-t", "--time"], Value = Shape.IsWord },
        ["sandbox-agent"] = new() { Positional = static _ => false, Verbs = ["enrol", "run", "status", "move", "doctor", "collect"] },
        ["chmod"] = Mode,
        ["chown"] = new() { Flags = "Rvfc", LongFlags = ["--recursive"], Positional = static value => Shape.IsPath(value) },
        ["setfacl"] = new() { Flags = "Rbkd", Shown = ["-m", "-x"], Value = static value => Shape.IsWord(value), Positional = Shape.IsPath },
        // Of a script of sed nothing is shown, and nothing after an option that is not listed.
        ["sed"] = new() { Flags = "inErsz", LongFlags = ["--in-place", "--regexp-extended", "--quiet"], Hidden = ["-e", "-f", "--expression", "--file"], Positional = IsSettings },
        ["tee"] = new() { Flags = "ai", LongFlags = ["--append"], Positional = IsSettings },
        ["sudoedit"] = Editor,
        ["nano"] = Editor,
        ["vi"] = Editor,
        ["vim"] = Editor,
        ["vim.basic"] = Editor,
        ["reboot"] = new(),
        ["shutdown"] = new() { Flags = "rhcPH", Positional = static value => Shape.IsNumber(value) || value is "now" },
    };

    private static bool IsDevice(string value) => value.StartsWith("/dev/", StringComparison.Ordinal) && Shape.IsPath(value);

    // Other words of a quoted argument look like paths, too.
    private static bool IsSettings(string value) => value.StartsWith("/etc/", StringComparison.Ordinal) && Shape.IsPath(value);

    /// <summary>Those of the program. Null: it is not on the list.</summary>
    public static ProgramRule? Of(string program) => Rules.GetValueOrDefault(program);
}
