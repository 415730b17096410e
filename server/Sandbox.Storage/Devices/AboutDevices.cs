using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.LocalAccounts;
using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>Reads what people say of devices, for pages and commands; the ingest has its own way.</summary>
public static class AboutDevices
{
    /// <summary>What people say of a device now.</summary>
    public static async Task<AboutDevice> AboutAsync(this SandboxDb db, DeviceId device, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new AboutDevice
        {
            Device = $"{device}",
            Role = await db.Devices.Where(x => x.Id == device).Select(x => x.Role).FirstOrDefaultAsync(ct),
            Groups = (await db.DeviceGroups.Where(x => x.DeviceId == device).Select(x => x.Group).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal),
            Marks = await db.CompromiseMarks.Where(x => x.WithdrawnAt == null && (x.DeviceId == null || x.DeviceId == device)).Select(x => new CompromiseMark(x.Account, x.Since, x.Reason, x.DeviceId == null)).ToListAsync(ct),
        };
    }

    /// <summary>Names of a device's accounts. Null: it did not say, or not all of them.</summary>
    public static async Task<IReadOnlyList<string>?> AccountsOfAsync(this SandboxDb db, DeviceId device, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var bytes = await db.Facts.Where(x => x.DeviceId == device && x.Kind == (int)Fact.KindOneofCase.Accounts).Select(x => x.Bytes).FirstOrDefaultAsync(ct);
        return bytes is not null && Fact.Parser.ParseFrom(bytes) is { KindCase: Fact.KindOneofCase.Accounts } fact ? KnownAccounts.Of(fact.Accounts) : null;
    }

    /// <summary>What decides which rules a device is asked: people's word, and its services.</summary>
    public static async Task<DeviceFacts> ScopeAsync(this SandboxDb db, DeviceId device, CancellationToken ct)
    {
        var facts = new DeviceFacts { About = await db.AboutAsync(device, ct) };
        if (await db.Facts.AsNoTracking().FirstOrDefaultAsync(x => x.DeviceId == device && x.Kind == (int)Fact.KindOneofCase.Services, ct) is not { } stored) return facts;
        var fact = Fact.Parser.ParseFrom(stored.Bytes);
        if (fact.KindCase == Fact.KindOneofCase.Services) facts.Put(new ReportedFact(fact, stored.ReportId, stored.ChangedAt, stored.VerifiedAt));
        return facts;
    }
}
