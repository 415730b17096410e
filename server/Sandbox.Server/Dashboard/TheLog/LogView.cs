using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>The evidence log's page, read at one instant.</summary>
public sealed record LogView
{
    /// <summary>Entries on a page.</summary>
    public const int PageSize = 25;

    /// <summary>Where the log is. Null: nothing has been logged yet.</summary>
    public LogHead? Head { get; init; }

    /// <summary>Entries that wait for their place.</summary>
    public required int Pending { get; init; }

    /// <summary>The keys that sign, as auditors write them down.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Those outside who are asked to cosign, with their last word.</summary>
    public required IReadOnlyList<LogWitness> Witnesses { get; init; }

    /// <summary>How many devices were given the newest checkpoint since this server started.</summary>
    public required int ToldDevices { get; init; }

    /// <summary>Which entries are shown.</summary>
    public required LogFilter Filter { get; init; }

    /// <summary>Entries of this page, the newest first.</summary>
    public required IReadOnlyList<LogRow> Rows { get; init; }

    /// <summary>How many entries the filter finds.</summary>
    public required int Total { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The last page, from 1.</summary>
    public int LastPage => Math.Max(1, (Total + PageSize - 1) / PageSize);

    /// <summary>How the log stands.</summary>
    internal (Tone Tone, string Word) Standing => this switch
    {
        { Head.HaltedAt: not null } => (Tone.Bad, "Halted"),
        { Head.Checkpoint: null } or { Head: null } => (Tone.Unknown, "Nothing published yet"),
        { Pending: > 0 } => (Tone.Plain, "Growing"),
        _ => (Tone.Good, "Published"),
    };
}

/// <summary>An entry with what it speaks of.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Device">Name of the device. Null: none is concerned, or it is gone.</param>
/// <param name="Person">Name of the person. Null: nobody is concerned, or they are gone.</param>
public sealed record LogRow(LoggedEntry Entry, string? Device, string? Person)
{
    /// <summary>Who decided, entered, gave or said it. Null: nobody, or it does not say.</summary>
    public Guid? ById { get; init; }

    /// <summary>Their name. Null: there is nobody, or they are gone.</summary>
    public string? By { get; init; }
}
