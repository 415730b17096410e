using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Ocsf;

/// <summary>Events of OCSF 1.3 for systems that watch security: at the most one for an entry, so that a log of any length is written as it is read.</summary>
internal sealed class OcsfEvents(Site site)
{
    // Accounts whose change was told: later statements about it are about the evidence, not the account.
    private readonly HashSet<Google.Protobuf.ByteString> _told = [];

    /// <summary>The event of the next entry of the log. Null: it is about nothing that OCSF has a class for.</summary>
    public JsonObject? Of(PlacedEntry entry) => entry.Body switch
    {
        { VerdictChanged: { } changed } => OcsfCompliance.Of(entry, changed, site),
        { RoleGiven: { } given } => OcsfAccount.Of(entry, given, site),
        { Evidence: { } stated } when _told.Add(stated.EvidenceId) => OcsfAccount.Of(entry, stated, site),
        _ => null,
    };
}
