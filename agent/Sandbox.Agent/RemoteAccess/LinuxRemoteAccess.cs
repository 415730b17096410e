using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Agent.RemoteAccess.Ssh;
using Sandbox.Agent.RemoteAccess.Vpn;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess;

/// <summary>The ways into a Linux system from elsewhere, and the tunnels that it keeps.</summary>
internal sealed class LinuxRemoteAccess(string root, SharedListening? listening = null) : ISelfWaking
{
    private const int MostWatchedHomes = 200;
    private static readonly string[] Sshd = ["sshd"];
    private static readonly HashSet<string> Processes = [.. Sshd, .. KnownPrograms.All.SelectMany(program => program.Processes)];
    private readonly RootFolder _root = new(root);

    public string Name => "remote-access";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.RemoteAccess];

    // The safety net, and what is left where the kernel does not say who listens.
    public TimeSpan Every => TimeSpan.FromMinutes(2);

    public IReadOnlyList<string> Watches { get; } =
    [
        "etc/ssh", "etc/ssh/sshd_config.d", "usr/sbin/sshd", Home.Source[1..], .. EnabledUnits.Watches("multi-user.target", "sockets.target", "graphical.target"), .. WireGuard.Watches, .. OpenVpn.Watches,
        .. NetworkManagerVpns.Watches,
        .. Home.Read(new RootFolder(root), out _).Where(home => home.LogsIn).Take(MostWatchedHomes)
            .Select(home => $"{home.Folder.Trim('/')}/.ssh/authorized_keys"),
    ];

    public IDisposable? Listen(Action wake) => listening?.Listen(wake);

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.RemoteAccess();
        var unseen = new UnseenNotes(fact.Unseen);
        var units = new EnabledUnits(_root);
        var running = RunningPrograms.Read(_root, Processes, unseen, ct);
        AddSshd(fact, units, running);
        AddSettingsAndKeys(fact, unseen, ct);
        fact.Wireguard.AddRange(new WireGuard(_root, units, unseen).Read());
        fact.Openvpn.AddRange(new OpenVpn(_root, units, unseen).Read());
        fact.NetworkManagerVpns.AddRange(NetworkManagerVpns.Read(_root, unseen));
        fact.Programs.AddRange(KnownPrograms.All.Select(program => Installed(program, units, running)).OfType<RemoteProgram>());
        unseen.Close();
        return new([new Fact { RemoteAccess = fact }]);
    }

    private void AddSshd(Protocol.RemoteAccess fact, EnabledUnits units, RunningPrograms? running)
    {
        if (_root.Has("/usr/sbin/sshd") || _root.Has("/usr/local/sbin/sshd")) fact.SshdInstalled = true;
        else if (_root.Has("/usr/sbin")) fact.SshdInstalled = false;
        if (units.Any(["ssh.service", "sshd.service", "ssh.socket", "sshd.socket"]) is { } enabled) fact.SshdEnabled = enabled;
        if (running is null) return;
        fact.SshdListening.AddRange(running.Listening(Sshd));
        fact.SshdRunning = running.Runs(Sshd);
    }

    private void AddSettingsAndKeys(Protocol.RemoteAccess fact, UnseenNotes unseen, CancellationToken ct)
    {
        var files = new SshdFiles(_root, unseen, ct);
        var settings = new SshdSettings(files.Read(), unseen);
        var all = settings.All();
        if (files.Readable) fact.SshdSettings.AddRange(all);
        else if (files.Main is null && fact.SshdInstalled) unseen.Add(Why.Absent("/etc/ssh/sshd_config"));
        if (files.KeyProgram is { } program) unseen.Add(Why.Of(program, "sshd asks this program for keys, too (AuthorizedKeysCommand); it is not asked here"));
        if (fact.SshdInstalled || files.Main is not null) fact.HostKeys.AddRange(HostKeys.Read(_root, settings.Effective("HostKey") ?? "", unseen));
        fact.AuthorizedKeys.AddRange(new AccountKeys(_root, unseen, ct).Read(settings.Effective("AuthorizedKeysFile") ?? ""));
    }

    private RemoteProgram? Installed(KnownProgram known, EnabledUnits units, RunningPrograms? running)
    {
        if (known.Paths.FirstOrDefault(_root.Has) is not { } path) return null;
        var program = new RemoteProgram { Name = known.Name, Kind = known.Kind, Path = path };
        if (known.Units.Length > 0 && units.Any(known.Units) is { } enabled) program.Enabled = enabled;
        if (running is null) return program;
        program.Running = running.Runs(known.Processes);
        program.Listening.AddRange(running.Listening(known.Processes));
        return program;
    }
}
