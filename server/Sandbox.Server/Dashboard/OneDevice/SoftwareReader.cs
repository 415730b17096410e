using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>One page of a device's packages.</summary>
/// <param name="DeviceId">32 hexadecimal digits.</param>
/// <param name="DeviceName">The name that people see.</param>
/// <param name="Text">Part of the names that were asked for; empty: any.</param>
/// <param name="Packages">The packages of this page. Null: the device has not reported its software.</param>
/// <param name="Total">How many packages fit.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record SoftwareView(
    string DeviceId, string DeviceName, string Text, IReadOnlyList<Package>? Packages, int Total, int Page, DateTimeOffset AsOf)
{
    /// <summary>Packages on a page.</summary>
    public const int PageSize = 100;

    /// <summary>Lists of apt's repositories were read.</summary>
    public bool ListsKnown { get; init; }
}

/// <summary>Reads the packages of a device.</summary>
internal sealed class SoftwareReader(SandboxDb db, DeviceQuery query)
{
    /// <summary>A page of them, or null when there is no such device or this person may not see it.</summary>
    public async Task<SoftwareView?> ReadAsync(Viewer viewer, DeviceId id, string text, int page, CancellationToken ct)
    {
        var found = await query.VisibleTo(viewer).Where(d => d.Id == id).Select(d => new
        {
            d.Name,
            Bytes = db.Facts.Where(f => f.DeviceId == d.Id && f.Kind == Fact.SoftwareFieldNumber).Select(f => f.Bytes).FirstOrDefault(),
        }).FirstOrDefaultAsync(ct);
        if (found is null) return null;
        // Stored under the field's number, yet of another wire type than this build reads: as good as not reported.
        var software = found.Bytes is null ? null : Fact.Parser.ParseFrom(found.Bytes).Software;
        if (software is null) return new SoftwareView(id.ToString(), found.Name, text, null, 0, 1, query.AsOf);

        var fitting = software.Packages.Where(p => p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var last = Math.Max(1, (fitting.Count + SoftwareView.PageSize - 1) / SoftwareView.PageSize);
        var shown = Math.Clamp(page, 1, last);
        var rows = fitting.Skip((shown - 1) * SoftwareView.PageSize).Take(SoftwareView.PageSize).ToList();
        return new SoftwareView(id.ToString(), found.Name, text, rows, fitting.Count, shown, query.AsOf) { ListsKnown = SoftwareWords.ListsKnown(software) };
    }
}
