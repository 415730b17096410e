using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Sandbox.Evidence.Record;
using Sandbox.Protocol;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export.Formats.Ocsf;

/// <summary>Accounts: those on machines that were added or closed, and people of the lab who get a role or are locked.</summary>
internal static partial class OcsfAccount
{
    private const string Change = "Account Change";
    private const string Access = "User Access Management";

    /// <summary>A change on a machine. Null: it is not about an account.</summary>
    public static JsonObject? Of(PlacedEntry entry, EvidenceStatement stated, Site site)
    {
        OcsfType? type = stated.Act switch
        {
            "account.added" or "server_account.set_up" => new(3001, Change, 1, "Create"),
            "account.closed" => new(3001, Change, 5, "Disable"),
            _ => null,
        };
        if (type is null) return null;
        var said = OcsfEvent.Of(entry, site, type, stated.ChangedAt?.ToDateTimeOffset() ?? entry.At, OcsfEvent.Informational);
        said["user"] = User(stated.Target, Convert.ToHexStringLower(stated.DeviceId.Span));
        // Without an act that was seen, the person is for whom the machine was enrolled, and may have done nothing.
        if (stated.HasActId) said["actor"] = Actor(stated.PersonId);
        said["message"] = stated.After;
        return said;
    }

    /// <summary>A person's role or lock.</summary>
    public static JsonObject Of(PlacedEntry entry, RoleGiven given, Site site)
    {
        OcsfType type = (given.Locked, given.HasRole) switch
        {
            (true, _) => new(3001, Change, 9, "Lock"),
            (_, true) => new(3005, Access, 1, "Assign Privileges"),
            _ => new(3005, Access, 2, "Revoke Privileges"),
        };
        var said = OcsfEvent.Of(entry, site, type, entry.At, OcsfEvent.Informational);
        said["user"] = new JsonObject { ["uid"] = Id(given.PersonId), ["name"] = given.SignInName, ["full_name"] = given.Name };
        if (type.Class == 3005) said["privileges"] = new JsonArray(given.HasRole ? given.Role : "all");
        if (given.HasSaidBy) said["actor"] = Actor(given.SaidBy);
        return said;
    }

    // Targets are for people: "elif (uid 1001)".
    private static JsonObject User(string target, string domain)
    {
        var user = new JsonObject { ["name"] = target, ["domain"] = domain };
        if (NameAndNumber().Match(target) is { Success: true } both) (user["name"], user["uid"]) = (both.Groups[1].Value, both.Groups[2].Value);
        return user;
    }

    [GeneratedRegex("""^(.+) \(uid ([0-9]+)\)$""")]
    private static partial Regex NameAndNumber();

    private static JsonObject Actor(ByteString id) => new() { ["user"] = new JsonObject { ["uid"] = Id(id) } };

    private static string Id(ByteString id) => $"{LogId.From(id) ?? Guid.Empty}";
}
