using System.Collections.Concurrent;

namespace Sandbox.Evidence.Policies;

/// <summary>The policies that come with Sandbox.</summary>
public static class PolicyProfiles
{
    private static readonly ConcurrentDictionary<string, Policy> Known = new(StringComparer.Ordinal);

    /// <summary>Their ids.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["lab-default", "cis-l1", "stig", "nist-800-63b"];

    /// <summary>The one of an id. Null: there is none.</summary>
    public static Policy? Find(string id) => Ids.Contains(id) ? Known.GetOrAdd(id, Read) : null;

    /// <summary>Its text, to begin an own one with. Null: there is none of the id.</summary>
    public static string? Text(string id)
    {
        if (!Ids.Contains(id)) return null;
        using var reader = new StreamReader(typeof(PolicyProfiles).Assembly.GetManifestResourceStream($"{id}.yaml") ?? throw new InvalidOperationException($"{id}.yaml is not part of this program."));
        return reader.ReadToEnd();
    }

    private static Policy Read(string id)
    {
        var reading = PolicyReader.Read(Text(id)!);
        return reading.Policy ?? throw new InvalidOperationException($"{id}.yaml: {string.Join("; ", reading.Faults)}");
    }
}
