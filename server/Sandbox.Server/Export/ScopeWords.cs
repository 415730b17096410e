using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;

namespace Sandbox.Server.Export;

/// <summary>What a bundle holds, for people.</summary>
/// <param name="What">Whose entries, of what.</param>
/// <param name="Size">Entries of the log that were looked at.</param>
public sealed record ScopeWords(string What, long Size)
{
    /// <summary>Says it.</summary>
    internal static async Task<ScopeWords> OfAsync(ExportScope scope, SandboxDb db, long size, CancellationToken ct)
    {
        List<string> parts = [scope.Person is { } person ? $"entries about {await db.Names.Where(x => x.Id == person).Select(x => x.Name).SingleOrDefaultAsync(ct) ?? "a person who is not known any more"}" : "entries about everybody"];
        if (scope.Device is { } device) parts.Add($"on the device {await db.Devices.Where(x => x.Id == device).Select(x => x.Name).SingleOrDefaultAsync(ct) ?? device.ToString()}");
        if (scope.Lines.Count > 0) parts.Add($"of line{(scope.Lines.Count == 1 ? "" : "s")} {string.Join(", ", scope.Lines)}");
        if (scope.From is { } from) parts.Add($"from {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC on");
        if (scope.Until is { } until) parts.Add($"before {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return new ScopeWords(string.Join(", ", parts), size);
    }
}
