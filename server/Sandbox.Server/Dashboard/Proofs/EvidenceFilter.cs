using Sandbox.Evidence.Crediting;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>Which evidence an address asks for.</summary>
/// <param name="Person">Credited to this person. Null: to anybody.</param>
/// <param name="Line">For this line of the schedule. Null: for any.</param>
/// <param name="State">In this state. Null: in any.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record EvidenceFilter(Guid? Person, string? Line, EvidenceState? State, int Page)
{
    /// <summary>Whether it leaves anything out.</summary>
    public bool IsNarrow => Person is not null || Line is not null || State is not null;

    /// <summary>Reads an address; what makes no sense is left out.</summary>
    public static EvidenceFilter Of(string? person, string? line, string? state, string? page) => new(
        Guid.TryParse(person, out var id) ? id : null,
        string.IsNullOrWhiteSpace(line) ? null : line.Trim(),
        Enum.TryParse<EvidenceState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        int.TryParse(page, out var number) ? Math.Max(1, number) : 1);

    /// <summary>The address of exactly this list.</summary>
    public string Url()
    {
        var query = new List<string>();
        if (Person is { } person) query.Add($"person={person}");
        if (Line is not null) query.Add($"line={Uri.EscapeDataString(Line)}");
        if (State is { } state) query.Add($"state={state.ToString().ToLowerInvariant()}");
        if (Page > 1) query.Add($"page={Page}");
        return query.Count == 0 ? "/evidence" : "/evidence?" + string.Join('&', query);
    }
}
