using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Devices;

/// <summary>One line of a list of devices.</summary>
public sealed record DeviceRow
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name that people see.</summary>
    public required string Name { get; init; }

    /// <summary>The owner's name. Null: the person is gone.</summary>
    public string? Owner { get; init; }

    /// <summary>The operating system's name for people. Null: not reported.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Whether it may report.</summary>
    public required DeviceState State { get; init; }

    /// <summary>Whether its stream is open.</summary>
    public required bool Online { get; init; }

    /// <summary>When the server last heard of it. Null: never since it was enrolled.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Its checks by verdict.</summary>
    public required CheckCounts Checks { get; init; }

    /// <summary>How it stands, worst first.</summary>
    internal (Tone Tone, string Word) Standing => this switch
    {
        { State: DeviceState.Quarantined } => (Tone.Bad, "Quarantined"),
        { State: DeviceState.Revoked } => (Tone.Off, "Revoked"),
        { State: DeviceState.Retired } => (Tone.Off, "Retired"),
        { Checks.Fail: > 0 } => (Tone.Bad, "Attention"),
        { LastSeenAt: null, Online: false } => (Tone.Unknown, "Never seen"),
        { Online: false } => (Tone.Off, "Offline"),
        { Checks.Error: > 0 } => (Tone.Warn, "Not judged"),
        { Checks.Unknown: > 0 } or { Checks.Pass: 0 } => (Tone.Unknown, "Not fully known"),
        _ => (Tone.Good, "Compliant"),
    };
}

/// <summary>How many checks of a device have which verdict.</summary>
public sealed record CheckCounts(int Pass, int Fail, int Error, int Unknown)
{
    /// <summary>Whether nothing has been judged at all.</summary>
    public bool None => Pass + Fail + Error + Unknown == 0;
}

/// <summary>One page of a list of devices.</summary>
/// <param name="Rows">The devices, those in trouble first.</param>
/// <param name="Total">How many the query finds in all.</param>
/// <param name="FailingChecks">How many checks fail on all of those.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="AsOf">The instant that it holds for.</param>
public sealed record DeviceList(IReadOnlyList<DeviceRow> Rows, int Total, int FailingChecks, int Page, DateTimeOffset AsOf)
{
    /// <summary>Devices on a page of the list.</summary>
    public const int PageSize = 25;

    /// <summary>The last page, from 1.</summary>
    public int LastPage => Math.Max(1, (Total + PageSize - 1) / PageSize);
}
