using Sandbox.Evidence.Policies.Yaml;
using Sandbox.Evidence.Settings;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads what an entry of <c>rules</c> says of where its subject is set: <c>value</c>, <c>strict_conflicts</c>, <c>require_explicit</c>, <c>scope</c>.</summary>
internal static class PlacesReader
{
    private const string Configured = "configured";
    private const string Effective = "effective";
    private const string NewAccounts = "new_accounts";
    private const string Accounts = "accounts";

    /// <summary>How the places are taken: what is not said stays as it was inherited.</summary>
    public static Strictness Strictness(YamlMap entry, RuleKind kind, Strictness? before)
    {
        before ??= Settings.Strictness.None;
        var value = kind.HasValue ? entry.Word("value", [Configured, Effective]) : null;
        return new Strictness(
            value is null ? before.Configured : value == Configured,
            (kind.HasPlaces ? entry.Switch("strict_conflicts") : null) ?? before.Conflicts,
            (kind.HasPlaces ? entry.Switch("require_explicit") : null) ?? before.Explicit);
    }

    /// <summary>Whose ageing is asked for. Null: not said, or wrong, which is noted.</summary>
    public static AgeScope? Scope(YamlMap entry, YamlFaults faults)
    {
        if (entry.Find("scope") is not { } node) return null;
        AgeScope scope = 0;
        foreach (var word in entry.Texts("scope"))
        {
            if (word == NewAccounts) scope |= AgeScope.NewAccounts;
            else if (word == Accounts) scope |= AgeScope.Accounts;
            else faults.At(node, $"`scope` must name {NewAccounts}, {Accounts} or both, and names `{word}`");
        }
        if (node is YamlSequenceNode { Children.Count: 0 }) faults.At(node, $"`scope` must name {NewAccounts}, {Accounts} or both");
        return scope == 0 ? null : scope;
    }
}
