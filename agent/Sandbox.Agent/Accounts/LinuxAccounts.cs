using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Agent.Accounts;

/// <summary>The accounts of a Linux system's own files.</summary>
internal sealed class LinuxAccounts(string root) : ICollector
{
    private const long UsualUidMin = 1000;
    private readonly RootFolder _root = new(root);

    public string Name => "accounts";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Accounts];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public IReadOnlyList<string> Watches { get; } = ["etc/passwd", "etc/shadow", "etc/group", "etc/nsswitch.conf", .. LoginDefs.Watches];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.Accounts();
        var unseen = new UnseenNotes(fact.Unseen);
        var uidMin = LoginDefs.Read(_root, unseen).Number("UID_MIN");
        if (uidMin is >= 0 and <= uint.MaxValue and var least) fact.UidMin = (uint)least;
        var files = new AccountFiles(_root, unseen);
        var groups = files.ReadGroups();
        if (groups is not null)
        {
            fact.Groups.AddRange(groups.All(out var leftOut));
            if (leftOut > 0) unseen.Add(Why.Of("etc/group", $"{leftOut} more groups; they are left out"));
        }

        if (files.ReadPasswd() is { } entries)
        {
            ct.ThrowIfCancellationRequested();
            Add(fact, entries, files.ReadShadow(), groups);
        }

        fact.Directories.AddRange(files.ReadDirectories());
        fact.Files.AddRange(AccountFileRights.Read(_root, unseen));
        unseen.Close();
        return new([new Fact { Accounts = fact }]);
    }

    private static void Add(
        Protocol.Accounts fact, List<PasswdEntry> entries, Dictionary<string, ShadowEntry>? shadow, GroupBook? groups)
    {
        var maker = new AccountFact(shadow, groups, fact.HasUidMin ? fact.UidMin : UsualUidMin);
        var accounts = entries.ConvertAll(maker.From);
        if (shadow is not null)
        {
            var known = entries.Select(entry => entry.Name).ToHashSet();
            accounts.AddRange(shadow.Values.Where(entry => !known.Contains(entry.Name)).Select(AccountFact.From));
        }

        accounts.Sort(ByUidThenName);
        fact.Accounts_.AddRange(accounts);
        fact.SharedUids.AddRange(Shared(accounts));
        fact.HashInPasswd.AddRange(entries.Where(HasHash).Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    private static bool HasHash(PasswdEntry entry) =>
        entry.Password is { State: PasswordState.Set or PasswordState.Locked or PasswordState.Invalid };

    private static IEnumerable<SharedUid> Shared(List<Account> accounts) => accounts
        .Where(account => account.HasUid)
        .GroupBy(account => account.Uid)
        .Where(same => same.Skip(1).Any())
        .Select(same => new SharedUid { Uid = same.Key, Names = { same.Select(account => account.Name) } });

    // Accounts without a number come last.
    private static int ByUidThenName(Account a, Account b)
    {
        var order = (a.HasUid ? a.Uid : ulong.MaxValue).CompareTo(b.HasUid ? b.Uid : ulong.MaxValue);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    }
}
