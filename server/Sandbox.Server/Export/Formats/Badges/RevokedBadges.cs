using Google.Protobuf;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>Badges whose signatures stand no more: any that might have been exported while both signatures stood.</summary>
internal sealed class RevokedBadges
{
    private readonly Dictionary<(ByteString Person, string Line), Signatures> _standing = [];
    private readonly List<byte[]> _revoked = [];

    /// <summary>Their <see cref="Badge.Digest">digests</see>, in the order in which they were revoked.</summary>
    public IReadOnlyList<byte[]> Digests => _revoked;

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
            standing = standing with { Badges = [.. standing.Badges, Badge.Digest(ojt, ri)] };
        }
        _standing[(decided.PersonId, decided.Line)] = standing;
    }

    // The salts of the signatures that stand, null where none does, and of the badges that they made.
    private sealed record Signatures(ReadOnlyMemory<byte>? Ojt, ReadOnlyMemory<byte>? Ri, IReadOnlyList<byte[]> Badges);
}
