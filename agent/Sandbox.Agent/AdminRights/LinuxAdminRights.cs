using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.AdminRights;

/// <summary>Who may act as root through sudo on a Linux system.</summary>
internal sealed class LinuxAdminRights(string root) : ICollector
{
    private const int MostGrants = 500;
    private const int MostAdministrators = 500;
    private const string Doas = "/etc/doas.conf";
    private static readonly string[] Programs = ["/usr/bin/sudo", "/bin/sudo", "/usr/local/bin/sudo"];
    private readonly RootFolder _root = new(root);

    public string Name => "admin-rights";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.AdminRights];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public IReadOnlyList<string> Watches { get; } =
    [
        "etc/sudoers", "etc/sudoers.d", "etc/passwd", "etc/group", "etc/nsswitch.conf", HostName.Source, "usr/bin/sudo",
        .. Polkit.Folders.Select(folder => folder[1..]),
    ];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.AdminRights();
        var unseen = new UnseenNotes(fact.Unseen);
        if (Programs.Any(_root.Has)) fact.SudoInstalled = true;
        else if (_root.Has("/usr/bin")) fact.SudoInstalled = false;
        if (fact.SudoInstalled || _root.Has(SudoersFiles.Main)) AddSudoers(fact, unseen, ct);
        fact.Directories.AddRange(OtherSources.Read(_root, unseen));
        fact.PolkitFiles.AddRange(Polkit.Read(_root, unseen));
        if (_root.Has(Doas)) unseen.Add(Why.Of(Doas, "doas grants rights, too, and its rules are not read"));
        unseen.Close();
        return new([new Fact { AdminRights = fact }]);
    }

    private void AddSudoers(Protocol.AdminRights fact, UnseenNotes unseen, CancellationToken ct)
    {
        var sudoers = new SudoersFiles(_root, unseen, ct).Read();
        fact.Files.AddRange(sudoers.Files);
        fact.Settings.AddRange(SudoSettings.Of(sudoers, unseen));
        var grants = new Grants(sudoers.Aliases);
        fact.Grants.AddRange(sudoers.Rules.SelectMany(grants.Of).Take(MostGrants));
        if (fact.Grants.Count == MostGrants) unseen.Add(Why.Of(SudoersFiles.Main, $"only the first {MostGrants} grants are listed"));
        AddAdministrators(fact, sudoers, unseen, ct);
    }

    private void AddAdministrators(Protocol.AdminRights fact, Sudoers sudoers, UnseenNotes unseen, CancellationToken ct)
    {
        var rights = new FullRights(sudoers, HostName.Full(_root));
        if (!rights.Complete) unseen.Add(Why.Of(SudoersFiles.Main, "so many rules grant everything that only the last of them were heeded"));
        var people = LocalPeople.Read(_root, unseen);
        foreach (var person in people.All.Where(person => person.Uid != 0))
        {
            ct.ThrowIfCancellationRequested();
            if (rights.Of(person) is { } administrator) fact.FullAdministrators.Add(administrator);
            if (fact.FullAdministrators.Count < MostAdministrators) continue;
            unseen.Add(Why.Of(LocalPeople.Passwd, $"only the first {MostAdministrators} administrators are listed"));
            break;
        }

        fact.Groups.AddRange(AdminGroups.Of(rights, people));
    }
}
