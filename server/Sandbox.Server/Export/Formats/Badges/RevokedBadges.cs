using System.Text.Json.Nodes;
using Google.Protobuf;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// Badges whose signatures stand no more, as the 1EdTech Revocation List Status Method has them: any that might have been exported while both signatures stood. Ids alone stand in it, which say
/// nothing to whoever has not got the badge, and no reason, which would.
/// </summary>
internal sealed class RevokedBadges(Site site)
{
    private readonly Dictionary<(ByteString Person, string Line), Signatures> _standing = [];
    private readonly List<string> _revoked = [];

    /// <summary>Takes the next entry of the log.</summary>
    public void Take(PlacedEntry entry)
    {
        if (FilledSchedule.Decision(entry.Body) is not { } decided) return;
        var standing = _standing.GetValueOrDefault((decided.PersonId, decided.Line)) ?? new Signatures(null, null, []);
        var signature = decided.Decision == "signed" ? entry.Salt : (ReadOnlyMemory<byte>?)null;
        standing = decided.Column == "ojt" ? standing with { Ojt = signature } : standing with { Ri = signature };
        if (signature is null)
        {
            _revoked.AddRange(standing.Badges);
            standing = standing with { Badges = [] };
        }
        else if (standing is { Ojt: { } ojt, Ri: { } ri })
        {
            // A column that is signed anew takes nothing back.
            standing = standing with { Badges = [.. standing.Badges, Badge.Id(site, ojt, ri)] };
        }
        _standing[(decided.PersonId, decided.Line)] = standing;
    }

    /// <summary>The list as it is now.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = site.Revocations, ["issuer"] = site.Issuer, ["revokedCredential"] = JsonText.Array(_revoked.Select(id => new JsonObject { ["id"] = id, ["revoked"] = true })),
    };

    // The salts of the signatures that stand, null where none does, and of the badges that they made.
    private sealed record Signatures(ReadOnlyMemory<byte>? Ojt, ReadOnlyMemory<byte>? Ri, IReadOnlyList<string> Badges);
}
