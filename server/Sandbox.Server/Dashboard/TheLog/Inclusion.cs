using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>Whether an entry stands in the published log, checked when the page was made.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Tone">Good only for what was checked.</param>
/// <param name="Words">What came of it, with the checkpoint.</param>
/// <param name="Tile">Address of the piece of the log that holds the leaf. Null: none does yet.</param>
public sealed record Inclusion(LoggedEntry Entry, Tone Tone, string Words, string? Tile);
