namespace Sandbox.Agent.Antivirus;

/// <summary>Counts what the databases of one's own hold: a signature in each line, in YARA files one for each rule.</summary>
internal static class SignatureLines
{
    /// <summary>Endings of files with signatures, of clamd's readdb.h; what only describes (.cfg, .ftm, .wdb, .info) is not among them.</summary>
    private static readonly string[] Signatures =
    [
        ".cbc", ".cdb", ".db", ".gdb", ".hdb", ".hdu", ".hsb", ".hsu", ".idb", ".imp", ".ioc", ".ldb", ".ldu", ".mdb", ".mdu", ".msb", ".msu", ".ndb",
        ".ndu", ".pdb", ".rmd", ".sdb", ".yar", ".yara", ".zmd",
    ];

    private static readonly string[] Ignoring = [".fp", ".ign", ".ign2", ".sfp"];

    public static bool Is(string file) => Has(file, Signatures);

    /// <summary>A list of what is to be let through.</summary>
    public static bool IsIgnoring(string file) => Has(file, Ignoring);

    public static uint Count(string file, string text)
    {
        if (Has(file, ".cbc", ".ioc")) return 1;
        var rules = Has(file, ".yar", ".yara");
        var count = 0u;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (rules ? IsRule(line) : !line.IsEmpty && line[0] != '#') count++;
        }

        return count;
    }

    private static bool IsRule(ReadOnlySpan<char> line)
    {
        while (line.StartsWith("private ") || line.StartsWith("global ")) line = line[line.IndexOf(' ')..].TrimStart();
        return line.StartsWith("rule ");
    }

    private static bool Has(string file, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
