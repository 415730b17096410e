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

    /// <summary>The id that is most like what somebody wrote.</summary>
    public static string Nearest(string written) => Nearness.Order(written, Ids).First();
}
