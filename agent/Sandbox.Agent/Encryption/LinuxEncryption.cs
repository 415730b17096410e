using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Agent.Encryption.Luks;
using Sandbox.Agent.Encryption.Tls;
using Sandbox.Protocol;

namespace Sandbox.Agent.Encryption;

/// <summary>Whether what lies on a Linux system's disks is encrypted, and which certificates its servers show.</summary>
internal sealed class LinuxEncryption(string root, SharedListening? listening = null) : ISelfWaking
{
    private readonly RootFolder _root = new(root);
    private readonly OwnListeners _listeners = new(new RootFolder(root), TimeProvider.System);

    public string Name => "encryption";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Encryption];

    // A server that shows another certificate tells nobody.
    public TimeSpan Every => TimeSpan.FromMinutes(2);

    // A volume that is opened or closed gets or loses a name in /dev/mapper.
    public IReadOnlyList<string> Watches { get; } = [Crypttab.Path, "dev/mapper", "run/cryptsetup", .. MountTable.Watches, "proc/swaps", .. KnownServers.Watches];

    public IDisposable? Listen(Action wake) => listening?.Listen(wake);

    public async ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var fact = new Protocol.Encryption();
        var unseen = new UnseenNotes(fact.Unseen);
        var names = new BlockNames(_root);
        if (!names.AreKnown) unseen.Add(Why.Absent(BlockNames.Folder));
        var crypttab = Crypttab.Read(_root, unseen);
        var volumes = new LuksVolumes(_root, names, unseen);
        volumes.Read(crypttab, ct);
        fact.Volumes.AddRange(volumes.Found);
        var mounts = MountTable.Read(_root, unseen);
        var places = new DataPlaces(_root, mounts, () => new Beneath(_root, names, mounts, volumes.Unlike));
        fact.Places.AddRange(places.Files(unseen, ct));
        fact.Swaps.AddRange(places.Swaps(names, unseen));
        var open = names.AreKnown ? names.All.Select(names.MappedName).OfType<string>().ToHashSet(StringComparer.Ordinal) : null;
        fact.Crypttab.AddRange(crypttab.Select(line => Crypttab.Describe(line, _root, places, open)));
        fact.Folders.AddRange(FolderEncryptions.Read(_root, mounts, unseen));
        fact.Certificates.AddRange(new ServerCertificates(_root, unseen, ct).Read());
        fact.Listeners.AddRange(await _listeners.AskAsync(unseen, ct));
        unseen.Close();
        return [new Fact { Encryption = fact }];
    }
}
