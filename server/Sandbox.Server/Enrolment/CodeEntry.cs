using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>A join code as lists show it, without its secret.</summary>
/// <param name="Id">32 hexadecimal digits; the first 8 name it.</param>
/// <param name="Person">Sign-in name of the person for whom it was made.</param>
/// <param name="State"><c>open</c>, <c>used</c>, <c>revoked</c> or <c>expired</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When the server stops taking it.</param>
/// <param name="Device">Name of the device that redeemed it. Null: none did.</param>
internal sealed record CodeEntry(string Id, string Person, string State, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? Device)
{
    /// <summary>All codes, the newest first.</summary>
    public static async Task<IReadOnlyList<CodeEntry>> ListAsync(SandboxDb db, DateTimeOffset now, CancellationToken ct)
    {
        var codes = await db.Codes.AsNoTracking().OrderByDescending(x => x.CreatedAt).ToListAsync(ct);
        var people = await db.Users.AsNoTracking().ToDictionaryAsync(x => x.Id, x => x.UserName!, ct);
        var devices = await db.Devices.AsNoTracking().ToDictionaryAsync(x => x.Id, x => x.Name, ct);
        return [.. codes.Select(x => new CodeEntry(
            x.Id.ToString("N"), people.GetValueOrDefault(x.PersonId, "nobody"), StateOf(x, now), x.CreatedAt, x.ExpiresAt, x.DeviceId is { } id ? devices.GetValueOrDefault(id) : null))];
    }

    private static string StateOf(IssuedCode code, DateTimeOffset now) => code switch
    {
        { RedeemedAt: not null } => "used",
        { RevokedAt: not null } => "revoked",
        _ when now >= code.ExpiresAt => "expired",
        _ => "open",
    };
}
