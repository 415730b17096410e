using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Where software comes from, and subscriptions; the packages have a page of their own.</summary>
internal static class SoftwareTables
{
    public static IReadOnlyList<FactTable> Of(Software software) =>
    [
        .. software.Licences.Count > 0 ? [Licences(software)] : Array.Empty<FactTable>(),
        .. software.Repositories.Count > 0 ? [Repositories(software)] : Array.Empty<FactTable>(),
    ];

    private static FactTable Licences(Software software) => new("Licences", ["Licence", "State", "Holder", "Expires", "Switched on"],
        [.. software.Licences.Select(one => new FactTableRow($"software.licences[{one.Name}]",
        [
            one.Name,
            one.State switch { Licence.Types.State.Attached => "attached", Licence.Types.State.NotAttached => "not attached", _ => null },
            one.HasHolder ? one.Holder : null,
            one.ExpiresAt is { } at ? Instants.Of(at)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not an instant" : null,
            one.Services.Count == 0 ? "nothing, or not said" : string.Join(", ", one.Services),
        ]))]);

    private static FactTable Repositories(Software software) => new("Repositories", ["Address", "Kind", "Suite", "Components", "Signed by", "Used", "Written in"],
        [.. software.Repositories.Select((one, index) => new FactTableRow($"software.repositories[{index}]",
        [
            one.Uri, one.Type, one.HasSuite ? one.Suite : null, one.Components.Count == 0 ? "none" : string.Join(' ', one.Components),
            one is { HasUnsignedAccepted: true, UnsignedAccepted: true } ? "nobody: signatures are not asked for" : one.HasSignedBy ? one.SignedBy : "any trusted key",
            one.Enabled ? "yes" : "no", $"{one.Path}:{one.Line.ToString(CultureInfo.InvariantCulture)}",
        ]))], Folded: true);
}
