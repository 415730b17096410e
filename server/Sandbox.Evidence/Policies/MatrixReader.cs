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
        var roles = new List<JobRole>();
        var nodes = map.List("roles");
        foreach (var node in nodes)
            if (YamlMap.Of(node, "an entry of `roles`", faults) is { } entry && Role(entry, faults) is { } role)
            {
                if (roles.Exists(one => one.Name == role.Name)) faults.At(node, $"the role `{role.Name}` stands here twice: name all its accounts and groups in one entry");
                roles.Add(role);
            }
        if (roles.Count > 0) return new Expectation.Matrix(roles);
        if (map.Find("roles") is null) map.Missing("roles");
        else if (nodes.Count == 0 && map.Find("roles") is YamlSequenceNode list) faults.At(list, "`roles` must name at least one");
        return null;
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
        foreach (var node in (entry.Find(key) as YamlSequenceNode)?.Children.OfType<YamlScalarNode>() ?? [])
            if (node.Value is not { Length: > 0 } name) continue;
            else if (name.Trim() != name || name.AsSpan().ContainsAny(":,\n") || name[0] is '%' or '@' or '-' or '+') faults.At(node, $"{YamlMap.Shown(node)} cannot be a name in `{key}`: write it as /etc/passwd and /etc/group have it");
            else if (!seen.Add(name)) faults.At(node, $"{YamlMap.Shown(node)} stands twice in `{key}`");
    }
}
