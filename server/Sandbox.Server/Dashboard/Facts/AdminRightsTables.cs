using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Who may administer first, then why; rules and settings fold away.</summary>
internal static class AdminRightsTables
{
    public static IReadOnlyList<FactTable> Of(AdminRights rights) =>
    [
        new("Full administrators besides root", ["Account", "Uid", "Through", "Asks for a password", "Exceptions", "Because of"],
            [.. rights.FullAdministrators.Select(one => new FactTableRow($"admin_rights.full_administrators[{one.Name}]",
            [
                one.Name, one.HasUid ? Number(one.Uid) : null, one.Through, one.NoPassword ? "no" : "yes",
                one.WithExceptions ? "some commands, which is no protection" : "none", Place(one.Path, one.Line),
            ]))]),
        new("Groups of administrators", ["Group", "May do everything", "Members", "Because of"],
            [.. rights.Groups.Select(one => new FactTableRow($"admin_rights.groups[{one.Name}]",
            [
                one.Name, one.FullGrant ? "yes" : "no rule says so", one.Members.Count == 0 ? "none" : string.Join(", ", one.Members),
                one.HasPath ? Place(one.Path, one.Line) : "no rule",
            ]))]),
        new("Rules of sudo", ["Who", "On", "As", "Commands", "Terms", "Written in"],
            [.. rights.Grants.Select((one, index) => new FactTableRow($"admin_rights.grants[{index.ToString(CultureInfo.InvariantCulture)}]",
            [
                Who(one), one.EveryHost ? "every host" : string.Join(", ", one.Hosts), As(one), Commands(one), Terms(one), Place(one.Path, one.Line),
            ]))], Folded: true),
        SettingTable.Of("Settings of sudo", "admin_rights.settings", rights.Settings),
        new("Polkit", ["File", "Names in its text"],
            [.. rights.PolkitFiles.Select(one => new FactTableRow($"admin_rights.polkit_files[{one.Path}]", [one.Path, one.Identities.Count == 0 ? "none" : string.Join(", ", one.Identities)]))], Folded: true),
    ];

    private static string Who(SudoGrant grant)
    {
        var who = grant.WhoKind switch
        {
            SudoGrant.Types.Who.Everybody => "everybody",
            SudoGrant.Types.Who.Group => $"group {grant.Who}",
            SudoGrant.Types.Who.Uid => $"uid {grant.Who}",
            SudoGrant.Types.Who.Gid => $"gid {grant.Who}",
            SudoGrant.Types.Who.Netgroup => $"netgroup {grant.Who}",
            SudoGrant.Types.Who.OtherGroup => $"group {grant.Who} of a directory",
            SudoGrant.Types.Who.Undefined => $"nobody: {grant.Who} is not defined",
            _ => grant.Who,
        };
        return (grant.Excluded ? "not " : "") + who + (grant.HasAlias ? $" (as {grant.Alias})" : "");
    }

    private static string As(SudoGrant grant) => (grant.AsUsers.Count, grant.AsGroups.Count) switch
    {
        (0, 0) => "root",
        (_, 0) => string.Join(", ", grant.AsUsers),
        (0, _) => $"group {string.Join(", ", grant.AsGroups)}",
        _ => $"{string.Join(", ", grant.AsUsers)} : {string.Join(", ", grant.AsGroups)}",
    };

    private static string Commands(SudoGrant grant)
    {
        var allowed = string.Join(", ", (grant.AllCommands ? ["everything"] : Array.Empty<string>()).Concat(grant.Commands));
        var forbidden = grant.Forbidden.Count == 0 ? "" : $"not {string.Join(", ", grant.Forbidden)}";
        return allowed.Length > 0 && forbidden.Length > 0 ? $"{allowed}; {forbidden}" : allowed + forbidden;
    }

    private static string Terms(SudoGrant grant)
    {
        string[] terms =
        [
            grant.NoPassword ? "no password" : "", grant.SetEnvironment ? "may set the environment" : "", grant.NoExec ? "may start no other program" : "", grant.Timed ? "for a time" : "",
        ];
        return terms.All(term => term.Length == 0) ? "none" : string.Join(", ", terms.Where(term => term.Length > 0));
    }

    private static string Place(string path, uint line) => $"{path}:{Number(line)}";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
