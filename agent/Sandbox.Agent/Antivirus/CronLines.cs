using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Antivirus;

/// <summary>Which cron tables and scripts name a program (cron(8), run-parts(8)).</summary>
internal static class CronLines
{
    private const int MostFiles = 200;

    /// <summary>Paths of the files, sorted. <paramref name="complete"/>: every place where cron looks could be read.</summary>
    public static List<string> Naming(RootFolder root, string program, UnseenNotes unseen, out bool complete)
    {
        var whole = true;
        var found = CronFiles.All(root, Missed).Select(file => file.Path).Take(MostFiles).Where(Names).Select(RootFolder.Shown).Order(StringComparer.Ordinal).ToList();
        complete = whole;
        return found;

        bool Names(string path)
        {
            if (root.TryRead(path, out var text, out var fault)) return Has(text, program);
            Missed(fault);
            return false;
        }

        void Missed(Protocol.Unseen fault)
        {
            whole = false;
            unseen.Add(fault);
        }
    }

    private static bool Has(string text, string program)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimStart();
            if (!line.StartsWith('#') && line.Contains(program, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
