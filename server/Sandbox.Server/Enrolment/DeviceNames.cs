using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>Names are labels: a taken one gets a number and never refuses a machine.</summary>
internal sealed class DeviceNames(SandboxDb db)
{
    private const int Longest = 64;

    /// <summary>A name that no device has that is active or in quarantine.</summary>
    /// <param name="wanted">What the machine calls itself. Null or unprintable: one is made up of the id.</param>
    /// <param name="id">The device's id.</param>
    /// <param name="except">A device whose name is about to be free. Null: none.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<string> FreeAsync(string? wanted, DeviceId id, DeviceId? except, CancellationToken ct)
    {
        var label = string.Concat((wanted ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c))).Trim();
        if (label.Length == 0) label = $"device-{id.ToString()[..6]}";
        var names = await db.Devices.Where(x => (x.State == DeviceState.Active || x.State == DeviceState.Quarantined) && x.Id != (except ?? id)).Select(x => x.Name).ToListAsync(ct);
        var taken = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(1, int.MaxValue - 1).Select(n => Numbered(label, n)).First(name => !taken.Contains(name));
    }

    private static string Numbered(string label, int number)
    {
        var suffix = number == 1 ? "" : $"-{number}";
        return label[..Math.Min(label.Length, Longest - suffix.Length)] + suffix;
    }
}
