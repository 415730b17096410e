using Sandbox.Evidence.Policies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads what an entry of <c>rules</c> says of where its subject is set: <c>value</c>, <c>strict_conflicts</c>, <c>require_explicit</c>, <c>scope</c>.</summary>
internal static class PlacesReader
{
    private const string Configured = "configured";
    private const string Effective = "effective";
    private const string NewAccounts = "new_accounts";
    private const string Accounts = "accounts";

    /// <summary>The change, with what the entry says of places.</summary>
    public static RuleChange Read(YamlMap entry, RuleChange change, YamlFaults faults)
    {
        var kind = change.Kind;
        var value = kind.HasValue ? entry.Word("value", [Configured, Effective]) : null;
        return change with
        {
            Configured = value is null ? null : value == Configured,
            Conflicts = kind.HasPlaces ? entry.Switch("strict_conflicts") : null,
            Explicit = kind.HasPlaces ? entry.Switch("require_explicit") : null,
            Scope = kind.HasScope ? Scope(entry, faults) : null,
        };
    }

    /// <summary>Whose ageing is asked for. Null: not said, or wrong, which is noted.</summary>
    private static AgeScope? Scope(YamlMap entry, YamlFaults faults)
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
