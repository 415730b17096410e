using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// Whom a credential is about: the id that the log has for them, and their name, as on a certificate. Never an address or a number of a government.
/// </summary>
internal static class BadgeSubject
{
    /// <summary>The apprentice as a subject of some type.</summary>
    public static JsonObject Of(FilledSchedule schedule, string type) => new()
    {
        ["id"] = Site.Person(schedule.Person),
        ["type"] = new JsonArray(type),
        ["identifier"] = new JsonArray(new JsonObject { ["type"] = "IdentityObject", ["identityType"] = "name", ["hashed"] = false, ["identityHash"] = schedule.Name }),
    };
}
