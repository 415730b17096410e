using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Shares.Nfs;

/// <summary>exports(5), its drop-ins, and what of it the kernel was told last.</summary>
internal sealed class Exports(RootFolder root, UnseenNotes unseen)
{
    private const string Main = "etc/exports";
    private const string DropIns = "etc/exports.d";
    private const string InForce = "var/lib/nfs/etab";
    private const int Most = 300;
    private const int Longest = 300;

    /// <summary>Files and folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = [Main, DropIns, InForce];

    /// <summary>One for each folder and client.</summary>
    public IReadOnlyList<NfsExport> Read()
    {
        var found = Files().SelectMany(Of).ToList();
        if (found.Count > Most) unseen.Add(Why.Of(Main, $"more than {Most} exports; the others are left out"));
        var kept = found.Take(Most).ToList();
        if (Told() is not { } told) return kept;
        foreach (var export in kept)
        {
            if (told.Contains((export.Path, export.Client))) export.InForce = true;
            // exportfs writes a host's name as the name service says it.
            else if (!IsHostName(export.Client) || !told.Any(one => one.Item1 == export.Path)) export.InForce = false;
        }
        return kept;
    }

    private static bool IsHostName(string client) => char.IsAsciiLetter(client[0]) && !client.AsSpan().ContainsAny("*?[/:");

    private IEnumerable<string> Files()
    {
        yield return Main;
        if (!root.Has(DropIns)) yield break;
        var names = root.List(DropIns, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names.Where(name => name.EndsWith(".exports", StringComparison.Ordinal) && name[0] != '.')) yield return $"{DropIns}/{name}";
    }

    private IEnumerable<NfsExport> Of(string path)
    {
        if (!root.TryRead(path, out var text, out var fault))
        {
            if (path != Main || !Why.IsAbsent(fault)) unseen.Add(fault);
            yield break;
        }
        foreach (var (line, number) in ContinuedLines.Of(text))
        {
            if (line.AsSpan().Trim() is [] or ['#', ..]) continue;
            if (ExportLine.Parse(line) is not { Path.Length: < Longest } export) unseen.Add(Why.Of(path, $"line {number} is no export", "Find the fault: sudo exportfs -rav"));
            else foreach (var client in export.Clients) yield return Described(export.Path, client, RootFolder.Shown(path), number);
        }
    }

    private static NfsExport Described(string path, ExportClient client, string file, uint line)
    {
        // Without any word of it: ro, root_squash, sys (exports(5)).
        var export = new NfsExport { Path = path, Client = ShortText.Of(client.Name, Longest) ?? "*", ReadOnly = true, DefinedIn = file, Line = line };
        var security = "sys";
        foreach (var option in client.Options)
        {
            switch (option)
            {
                case "rw": export.ReadOnly = false; break;
                case "ro": export.ReadOnly = true; break;
                case "no_root_squash": export.RootIsRoot = true; break;
                case "root_squash": export.RootIsRoot = false; break;
                case "all_squash": export.EveryoneIsNobody = true; break;
                case "no_all_squash": export.EveryoneIsNobody = false; break;
                case ['s', 'e', 'c', '=', .. var said]: security = said; break;
                default: break;
            }
        }
        export.Security.AddRange(security.Split(':', StringSplitOptions.RemoveEmptyEntries).Take(10));
        export.Options.AddRange(client.Options.Select(option => ShortText.Of(option, Longest)).OfType<string>());
        return export;
    }

    // Null: there is no such file, or it cannot be read.
    private HashSet<(string, string)>? Told()
    {
        if (!root.Has(InForce)) return null;
        if (root.TryRead(InForce, out var text, out var fault))
            return [.. text.Split('\n').Select(ExportLine.Parse).OfType<ExportLine>().SelectMany(line => line.Clients.Select(client => (line.Path, client.Name)))];
        unseen.Add(fault);
        return null;
    }
}
