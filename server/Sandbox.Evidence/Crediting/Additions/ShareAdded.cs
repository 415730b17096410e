using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using static Sandbox.Protocol.SambaShare.Types;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 1.6: a folder that was not shared at first is shared with some and not with everybody, by a server that runs. Homes, printers, hidden and administrative
/// shares, those that guests or everybody may enter, and folders in which everybody may write do not count, nor one under another name.
/// </summary>
internal sealed class ShareAdded() : Addition("1.6", "share.added", "share", Fact.KindOneofCase.Shares)
{
    private const uint OthersWrite = 0b010;
    private const int WidestNetwork = 8;

    // Everyone, authenticated users, users, guests: [MS-DTYP] 2.4.2.4.
    private static readonly string[] Everybody = ["S-1-1-0:", "S-1-5-11:", "S-1-5-32-545:", "S-1-5-32-546:"];

    private const string Use = "that who may not enter is refused, and the network map, are not seen";

    public override string Counts => "a folder that was shared with some and not with everybody";

    protected override bool HasObjects => true;

    protected override IEnumerable<string> Names(Fact fact) =>
        [.. fact.Shares.SambaShares.Select(one => one.Name), .. fact.Shares.NfsExports.Select(Name)];

    protected override IEnumerable<string> Objects(Fact fact) =>
        [.. fact.Shares.SambaShares.Where(one => one.HasPath).Select(one => Tidy(one.Path)), .. fact.Shares.NfsExports.Select(one => Tidy(one.Path))];

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) =>
    [
        .. fact.Shares.SambaShares.Where(one => IsForSome(one) && IsGuarded(one.Path, fact.Shares)).Where(_ => Runs(fact.Shares, "smbd")).Select(one => new Thing(one.Name, $"shared by Samba with {Who(one)}") { Object = Tidy(one.Path), Reservation = Use }),
        .. fact.Shares.NfsExports.Where(one => IsForSome(one) && IsGuarded(one.Path, fact.Shares)).DistinctBy(one => one.Path).Select(one => new Thing(Name(one), $"shared by NFS with {one.Client}") { Object = Tidy(one.Path), Reservation = Use }),
    ];

    // A server that is started anew serves again.
    protected override string? Lost(string name, Fact shown) => !Names(shown).Contains(name) ? "the share was removed" : IsOpen(name, shown.Shares) ? "the share is open to everybody, or switched off" : null;

    protected override bool Explains(string name, EvidenceItem item, AdminAct act) =>
        Trace.IsRunOnFile(act, "/etc/samba/", "/etc/exports") || (Trace.IsRunWith(act, "net", "usershare") && act.Arguments.Contains("add") && act.Arguments.Contains(name));

    protected override IReadOnlyList<Outlook> SeenBy(string name, EvidenceItem item, DeviceFacts facts) =>
        facts[Fact.KindOneofCase.Shares] is not { Fact.Shares: var shares } ? []
        : shares.NfsExports.FirstOrDefault(one => Name(one) == name) is { } export ? [Seen.Mounted(Tidy(export.Path), facts, isSamba: false)]
        : [Seen.Mounted(name, facts, isSamba: true)];

    private static string Name(NfsExport export) => $"{export.Path} for {export.Client}";

    private static string Who(SambaShare share) => share.Kind == Kind.Usershare ? "those whom its list names" : string.Join(", ", share.ValidUsers);

    private static bool Runs(Shares shares, string server) => shares.Servers.Any(one => one.Name == server && one is { Installed: true, HasRunning: true, Running: true });

    private static bool IsForSome(SambaShare share) => share is { HasPath: true, HasGuestOk: true, GuestOk: false } && share.Path is ['/', _, ..] && !share.Name.EndsWith('$') && share.Kind switch
    {
        Kind.Folder => share is { HasAvailable: true, Available: true, ValidUsers.Count: > 0 } && !share.ValidUsers.Any(IsEverybody),
        Kind.Usershare => share is { HasUsershareAcl: true, UsershareAcl.Length: > 0 } && share.UsershareAcl.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is var who
            && !who.Any(one => LetsIn(one) && Array.Exists(Everybody, sid => one.StartsWith(sid, StringComparison.OrdinalIgnoreCase))) && who.Any(LetsIn),
        _ => false,
    };

    private static bool IsForSome(NfsExport export) =>
        export is { HasInForce: true, InForce: true, RootIsRoot: false } && export.Path is ['/', _, ..] && IsSome(export.Client);

    // Who has a password at all, and whoever it is.
    private static bool IsEverybody(string user) => user.Contains('%', StringComparison.Ordinal) || user.TrimStart('@', '+', '&') == "users";

    private static bool LetsIn(string entry) => entry.EndsWith(":F", StringComparison.OrdinalIgnoreCase) || entry.EndsWith(":R", StringComparison.OrdinalIgnoreCase);

    // exports(5): a name with no letter of its own is everybody's, and so is a network of half the world.
    private static bool IsSome(string client) =>
        client.Any(char.IsAsciiLetterOrDigit) && !client.EndsWith("/0.0.0.0", StringComparison.Ordinal) && !(client.Split('/') is [_, var bits] && int.TryParse(bits, out var prefix) && prefix < WidestNetwork);

    // A folder is the same however its path is written.
    private static string Tidy(string path) => "/" + string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));

    // The folder is there, and not everybody of the machine may write in it.
    private static bool IsGuarded(string path, Shares shares) =>
        shares.Folders.Any(one => Tidy(one.Path) == Tidy(path) && one is { HasPresent: true, Present: true, HasMode: true } && (one.Mode & OthersWrite) == 0);

    // Known to be so: what is not known takes nothing back.
    private static bool IsOpen(string name, Shares shares) =>
        shares.SambaShares.Any(one => one.Name == name && (!IsForSome(one) && one.HasGuestOk || IsWritable(one.Path, shares))) || shares.NfsExports.Any(one => Name(one) == name && (one is { RootIsRoot: true } or { HasInForce: true, InForce: false } || IsWritable(one.Path, shares)));

    private static bool IsWritable(string path, Shares shares) => shares.Folders.Any(one => Tidy(one.Path) == Tidy(path) && one.HasMode && (one.Mode & OthersWrite) != 0);
}
