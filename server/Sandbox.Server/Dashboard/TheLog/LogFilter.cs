using Sandbox.Ledger;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>Which entries an address asks for.</summary>
/// <param name="Kind">Of this kind. Null: of any.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record LogFilter(EntryKind? Kind, int Page)
{
    /// <summary>Reads an address; what makes no sense is left out.</summary>
    public static LogFilter Of(string? kind, string? page) => new(
        Enum.TryParse<EntryKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        int.TryParse(page, out var number) ? Math.Max(1, number) : 1);

    /// <summary>The word of a kind in an address and in a leaf.</summary>
    public static string Word(EntryKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The address of another page of the same list.</summary>
    public string Url(int page) => $"/log?kind={(Kind is { } kind ? Word(kind) : "")}&page={page}";
}
