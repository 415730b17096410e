using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Export;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.Api;

/// <summary>What stands behind the question mark of an address of the API; what is absent narrows nothing.</summary>
internal sealed record EntryQuery
{
    private static readonly string[] _names = ["person", "device", "line", "from", "until", "kind", "after", "limit", "follow"];

    /// <summary>Entries about this person: the id, or what they type to sign in.</summary>
    [FromQuery]
    public string? Person { get; init; }

    /// <summary>Entries about this device: its id.</summary>
    [FromQuery]
    public string? Device { get; init; }

    /// <summary>Entries that speak of one of these lines; may come several times.</summary>
    [FromQuery]
    public string[]? Line { get; init; }

    /// <summary>Entries of this instant or later: 2026-11-23, or 2026-11-23T17:00:00Z.</summary>
    [FromQuery]
    public string? From { get; init; }

    /// <summary>Entries before this instant.</summary>
    [FromQuery]
    public string? Until { get; init; }

    /// <summary>Entries of one kind.</summary>
    [FromQuery]
    public string? Kind { get; init; }

    /// <summary>Entries after this index.</summary>
    [FromQuery]
    public string? After { get; init; }

    /// <summary>At the most.</summary>
    [FromQuery]
    public string? Limit { get; init; }

    /// <summary>true: goes on with what comes.</summary>
    [FromQuery]
    public string? Follow { get; init; }

    /// <summary>A misspelt filter would narrow nothing and show everything: it is refused.</summary>
    /// <exception cref="SetupException">One is unknown, empty, or stands there twice.</exception>
    public static void RequireKnown(IQueryCollection asked)
    {
        foreach (var (name, values) in asked)
        {
            if (!_names.Contains(name)) throw new SetupException($"There is no filter '{name}': give any of {string.Join(", ", _names)}.");
            if (values.Any(string.IsNullOrWhiteSpace)) throw new SetupException($"{name} is empty: give it a value, or leave it out.");
            if (values.Count > 1 && name != "line") throw new SetupException($"{name} stands there {values.Count} times: only line may come several times.");
        }
    }

    /// <summary>Whether it asks for what only a list of entries has.</summary>
    public bool HasMoreThanScope => Kind is not null || After is not null || Limit is not null || Follow is not null;

    /// <summary>Reads it.</summary>
    /// <exception cref="SetupException">Something in it is none; the message says what.</exception>
    public async Task<EntryFilter> FilterAsync(SandboxDb db, Viewer viewer, CancellationToken ct)
    {
        var scope = ScopeOptions.Of(await PersonAsync(db, Person, viewer, ct), DeviceOf(Device), Line ?? [], From, Until);
        var follow = Follow is null or "false" ? false : Follow == "true" ? true : throw new SetupException("follow is true or false.");
        return new EntryFilter(scope, EntryFilter.KindOf(Kind), Number(After, "after", 0), Number(Limit, "limit", 1), follow);
    }

    /// <summary>A person by id or sign-in name. Null: none was asked for, or it does not matter, since this viewer sees themselves alone and must not find out who else there is.</summary>
    /// <exception cref="SetupException">There is nobody of that name.</exception>
    public static async Task<Guid?> PersonAsync(SandboxDb db, string? typed, Viewer viewer, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(typed) || !viewer.SeesEverything) return null;
        if (Guid.TryParse(typed, out var id)) return id;
        var normalized = typed.ToUpperInvariant();
        return await db.Users.Where(x => x.NormalizedUserName == normalized).Select(x => (Guid?)x.Id).SingleOrDefaultAsync(ct)
            ?? throw new SetupException($"There is nobody who signs in as '{typed}'.");
    }

    private static DeviceId? DeviceOf(string? typed) =>
        string.IsNullOrEmpty(typed) ? null : DeviceId.TryParse(typed, out var id) ? id : throw new SetupException($"'{typed}' is no device's id: it has 32 hexadecimal digits, as the device's page shows.");

    private static long? Number(string? typed, string name, long least) =>
        string.IsNullOrEmpty(typed) ? null
        : long.TryParse(typed, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new SetupException($"{name}={typed} is no whole number from {least} on.");
}
