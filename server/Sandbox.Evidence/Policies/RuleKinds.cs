using Sandbox.Evidence.Policies.Kinds;

namespace Sandbox.Evidence.Policies;

/// <summary>Every rule that a policy may hold.</summary>
internal static class RuleKinds
{
    private static readonly Dictionary<string, RuleKind> ById = ((RuleKind[])
        [.. PasswordKinds.All, .. LockoutKinds.All, .. PamKinds.All, .. AccountKinds.All, .. MachineKinds.All, .. SshKinds.All, .. SudoKinds.All, .. QualityKinds.All, .. FileKinds.All])
        .ToDictionary(kind => kind.Id, StringComparer.Ordinal);

    /// <summary>Their ids, in the order in which people think of them.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. ById.Keys];

    /// <summary>The one of an id. Null: there is none.</summary>
    public static RuleKind? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The id that is most like what somebody wrote: one that goes on like it, else one with few other letters.</summary>
    public static string Nearest(string written) => Ids.MinBy(id => id.StartsWith(written, StringComparison.Ordinal) ? 0 : Distance(written, id))!;

    // Letters that must be put in, taken out or changed (Levenshtein).
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
                (row[j + 1], diagonal) = (Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + (one[i] == other[j] ? 0 : 1)), row[j + 1]);
        }
        return row[^1];
    }
}
