using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// The list of revoked badges as the 1EdTech Revocation List Status Method has it. Ids alone stand in it, which say nothing to whoever has not got the badge,
/// and no reason, which would.
/// </summary>
internal static class RevocationDocument
{
    /// <summary>Makes it.</summary>
    /// <param name="site">The lab.</param>
    /// <param name="revoked"><see cref="Badge.Digest">Digests</see> of the badges.</param>
    public static JsonObject Of(Site site, IEnumerable<byte[]> revoked) => new()
    {
        ["id"] = site.Revocations,
        ["issuer"] = site.Issuer,
        ["revokedCredential"] = JsonText.Array(revoked.Select(digest => Badge.Id(site, digest)).Distinct().Select(id => new JsonObject { ["id"] = id, ["revoked"] = true })),
    };
}
