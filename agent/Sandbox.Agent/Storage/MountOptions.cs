namespace Sandbox.Agent.Storage;

/// <summary>Options that say what a file system allows or limits. The others stay on the device: some hold user names and passwords.</summary>
internal static class MountOptions
{
    private static readonly HashSet<string> Telling =
    [
        "ro", "noexec", "nosuid", "nodev", "quota", "uquota", "gquota", "pquota", "usrquota", "grpquota", "prjquota",
    ];

    private static readonly HashSet<string> OfTable = ["noauto", "nofail", "discard"];

    /// <summary>Those that tell, sorted, each once. usrjquota=FILE is usrquota with a journal.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> options, bool table = false) =>
        options.Select(Name).Where(option => Telling.Contains(option) || (table && OfTable.Contains(option))).Distinct().Order(StringComparer.Ordinal);

    private static string Name(string option) => option switch
    {
        _ when option.StartsWith("usrjquota=", StringComparison.Ordinal) => "usrquota",
        _ when option.StartsWith("grpjquota=", StringComparison.Ordinal) => "grpquota",
        _ => option,
    };
}
