using Sandbox.Agent.Collecting;
using Sandbox.Agent.Shares.Mail;
using Sandbox.Agent.Shares.Nfs;
using Sandbox.Agent.Shares.Samba;
using Sandbox.Protocol;

namespace Sandbox.Agent.Shares;

/// <summary>What a Linux system shares by Samba and NFS, with whom, what it uses of others, and how much mail it keeps for each.</summary>
internal sealed class LinuxShares(string root) : ICollector
{
    private const int MostShares = 200;
    private static readonly (string Name, string Program)[] Servers = [("smbd", "usr/sbin/smbd"), ("nfsd", "usr/sbin/exportfs"), ("dovecot", "usr/sbin/dovecot")];
    private readonly RootFolder _root = new(root);

    public string Name => "shares";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Shares];

    // Who may do what in a folder wakes nobody.
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public IReadOnlyList<string> Watches { get; } = ["etc/samba", "var/lib/samba/usershares", .. Exports.Watches, RemoteMounts.Fstab, .. MountTable.Watches, "etc/dovecot", "etc/dovecot/conf.d"];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.Shares();
        var unseen = new UnseenNotes(fact.Unseen);
        var running = new RunningPrograms(_root);
        fact.Servers.AddRange(Servers.Select(server => Server(server.Name, server.Program, running)));
        var mounts = MountTable.Read(_root, unseen);
        AddSamba(fact, unseen);
        fact.NfsExports.AddRange(new Exports(_root, unseen).Read());
        fact.RemoteMounts.AddRange(RemoteMounts.Read(_root, mounts, unseen));
        fact.Mail = MailQuotas.Read(_root, unseen);
        ct.ThrowIfCancellationRequested();
        var folders = new SharedFolders(_root, mounts, unseen);
        foreach (var share in fact.SambaShares.Where(share => share.HasPath && share.Kind != SambaShare.Types.Kind.Printer)) folders.Add(share.Path, $"samba {share.Name}");
        foreach (var export in fact.NfsExports) folders.Add(export.Path, "nfs");
        fact.Folders.AddRange(folders.Sorted(ct));
        unseen.Close();
        return new([new Fact { Shares = fact }]);
    }

    private ShareServer Server(string name, string program, RunningPrograms programs)
    {
        var server = new ShareServer { Name = name, Installed = _root.Has(program) };
        if (programs.Has(name) is { } runs) server.Running = runs;
        return server;
    }

    private void AddSamba(Protocol.Shares fact, UnseenNotes unseen)
    {
        var conf = new SmbConf(_root, unseen);
        var shares = new List<SambaShare>();
        var folder = Usershares.Folder;
        if (conf.Read())
        {
            fact.SambaSettings.AddRange(SambaShares.Settings(conf.Global));
            shares.AddRange(conf.Shares.Select(SambaShares.Of));
            folder = conf.Global.Value(SmbName.Of("usershare path")!.Value.Name) is ['/', ..] said ? said : folder;
        }
        shares.AddRange(Usershares.Read(_root, folder, unseen));
        if (shares.Count > MostShares) unseen.Add(Why.Of(SmbConf.Main, $"more than {MostShares} shares; the others are left out"));
        fact.SambaShares.AddRange(shares.Take(MostShares));
    }
}
