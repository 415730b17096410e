using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting.Additions;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 4.7: an account for a person that was not there at first, on a machine that serves others, with parameters beyond its name: groups that give it what it may do
/// there, or a day on which it ends. The same account counts for 1.3 as well, which <see cref="SharedActs"/> declares. Administrators' rights are no such parameter.
/// </summary>
internal sealed class ServerAccountSetUp : ICreditRule
{
    private const string Refused = "that the server refuses what the account may not do is not seen";

    // Everybody's, such as Debian's adduser and installer give; and those that give root by another door.
    private static readonly string[] Everybodys =
    [
        "users", "audio", "bluetooth", "cdrom", "dip", "floppy", "games", "input", "lpadmin", "netdev", "plugdev", "render", "scanner", "video", .. RootDoors.Groups,
    ];

    private readonly AccountAdded _account = new();

    public string Line => "4.7";

    public string Act => "server_account.set_up";

    public string Counts => "an account on a server, with groups or an end of its own";

    public TimeSpan Dwell => _account.Dwell;

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts.Role != DeviceRole.Server) yield break;
        var service = device.Facts[Fact.KindOneofCase.Services] is { } services ? ServiceSetUp.Serving(services.Fact.Services).FirstOrDefault() : null;
        foreach (var credit in _account.Find(device, now))
        {
            if (Account(credit.Target, credit.Shown) is not { } account || Parameters(account, now) is not { } parameters) continue;
            yield return credit with { After = $"{credit.After}, {parameters}, on a server ({service ?? "a mentor says so"})", Reservation = $"{credit.Reservation}; {Refused}; {SharedActs.Words(Act)}" };
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        var standing = _account.Look(item, device, now);
        if (standing is not Standing.Stands || Account(item.Target, device.Facts[Fact.KindOneofCase.Accounts]!) is not { } account) return standing;
        return Parameters(account, now) is null ? new Standing.TakenBack("the account has no groups of its own any more, and no end") : standing;
    }

    public bool Explains(EvidenceItem item, AdminAct act) => _account.Explains(item, act)
        || Trace.IsOnAccount(act, AccountOf(item), AccountTarget.UidIn(item.Target), Action.AddMember, Action.ChangeAccount, Action.ChangeAgeing) || Trace.IsRun(act, AccountOf(item), "usermod", "gpasswd", "chage");

    public string AccountOf(EvidenceItem item) => _account.AccountOf(item);

    private static Account? Account(string target, ReportedFact reported) => reported.Fact.Accounts.Accounts_.FirstOrDefault(one => one.HasUid && AccountTarget.Of(one) == target);

    // Null: it has a name and nothing more, or everything.
    private static string? Parameters(Account account, DateTimeOffset now)
    {
        if (account is not { HasAdministrator: true, Administrator: false }) return null;
        var groups = account.Groups.Skip(1).Except(Everybodys).ToList();
        string[] words =
        [
            .. groups.Count > 0 ? [$"in {string.Join(", ", groups)}"] : (string[])[],
            .. account is { HasAccountExpiresDay: true, AccountExpiresDay: > 0 and var end } && end > Day.Of(now) ? [$"ends on {Day.Words(end)}"] : (string[])[],
        ];
        return words.Length == 0 ? null : string.Join(" and ", words);
    }
}
