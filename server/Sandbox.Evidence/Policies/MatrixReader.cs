using Sandbox.Evidence.Access;
using Sandbox.Evidence.Policies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads <c>expect: { op: as_roles, roles: [ { name: helpdesk, accounts: [ben], groups: [lpadmin] } ] }</c>.</summary>
internal static class MatrixReader
{
    /// <summary>The matrix. Null: something is wrong, which is noted.</summary>
    public static Expectation.Matrix? Read(YamlMap map, YamlFaults faults)
    {
        var roles = EntriesReader.Read(
            map, "roles", entry => Role(entry, faults),
            (earlier, role) => earlier.Name == role.Name ? $"the role `{role.Name}` stands here twice: name all its accounts and groups in one entry" : null, faults);
        return roles.Count > 0 ? new Expectation.Matrix(roles) : null;
    }

    private static JobRole? Role(YamlMap entry, YamlFaults faults)
    {
        var (name, accounts, groups) = (entry.Text("name", required: true), entry.Texts("accounts"), entry.Texts("groups"));
        // No accounts: nobody has the role now, and nobody may be in its groups for it.
        if (entry.Find("accounts") is null) entry.Missing("accounts");
        if (entry.Find("groups") is null) entry.Missing("groups");
        else if (entry.Find("groups") is YamlSequenceNode { Children.Count: 0 } none) faults.At(none, "`groups` must name at least one");
        entry.Close();
        Check(entry, "accounts", faults);
        Check(entry, "groups", faults);
        return name is null || groups.Count == 0 ? null : new JobRole(name, accounts, groups);
    }

    // As they stand in passwd(5) and group(5); sudo's way to write a group is none.
    private static void Check(YamlMap entry, string key, YamlFaults faults)
    {
        var seen = new HashSet<string>();
        foreach (var node in ((entry.Find(key) as YamlSequenceNode)?.Children ?? []).OfType<YamlScalarNode>().Where(node => node.Value is { Length: > 0 }))
        {
            if (!IsName(node.Value!)) faults.At(node, $"{YamlMap.Shown(node)} cannot be a name in `{key}`: write it as /etc/passwd and /etc/group have it");
            else if (!seen.Add(node.Value!)) faults.At(node, $"{YamlMap.Shown(node)} stands twice in `{key}`");
        }
    }

    private static bool IsName(string text) => text.Trim() == text && !text.AsSpan().ContainsAny(":,\n") && text[0] is not ('%' or '@' or '-' or '+');
}
