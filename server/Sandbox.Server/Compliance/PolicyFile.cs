using Sandbox.Evidence.Policies;

namespace Sandbox.Server.Compliance;

/// <summary>Policies that people name on the command line.</summary>
internal static class PolicyFile
{
    private const long LongestFile = 64L << 20;

    /// <summary>The policy of a file, or the profile of an id.</summary>
    /// <exception cref="SetupException">It is neither, or the file has faults.</exception>
    public static Policy Load(string named)
    {
        if (File.Exists(named)) return Parse(Text(named), named);
        return PolicyProfiles.Find(named) ?? throw new SetupException($"{named} is neither a file nor a profile. Profiles: {string.Join(", ", PolicyProfiles.Ids)}.");
    }

    /// <summary>The policy of a text.</summary>
    /// <exception cref="SetupException">It has faults: all are named, with their places in <paramref name="path"/>.</exception>
    public static Policy Parse(string text, string path)
    {
        var reading = PolicyReader.Read(text);
        return reading.Policy ?? throw new SetupException($"{path} is no policy:{string.Concat(reading.Faults.Select(fault => $"{Environment.NewLine}{path}:{fault}"))}");
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="SetupException">It cannot be read.</exception>
    public static string Text(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestFile }) throw new SetupException($"{path} is longer than {LongestFile >> 20} MiB: this is not what it should be.");
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"{path} cannot be read: {fault.Message}");
        }
    }

    /// <summary><c>7 rules, 1 exemption</c>.</summary>
    public static string Size(Policy policy) => policy.Exemptions.Count switch
    {
        0 => Rules(policy),
        1 => $"{Rules(policy)}, 1 exemption",
        var many => $"{Rules(policy)}, {many} exemptions",
    };

    private static string Rules(Policy policy) => $"{(policy.Rules == 1 ? "1 rule" : $"{policy.Rules} rules")}{(policy.ScopedRules == 0 ? "" : $" and {policy.ScopedRules} for groups and roles")}";
}
