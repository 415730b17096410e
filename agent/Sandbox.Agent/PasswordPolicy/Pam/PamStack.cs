using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy.Pam;

/// <summary>The modules of one type that a service runs, in order, with every include resolved.</summary>
internal sealed class PamStack
{
    // More than any real stack by far; it bounds files that include each other over and over.
    private const int MostFiles = 200;
    private const int MostLines = 1000;
    private readonly List<PamLine> _lines = [];
    private readonly List<string> _open = [];
    private int _files;

    private PamStack(string type) => Type = type;

    /// <summary><c>auth</c>, <c>account</c>, <c>password</c>.</summary>
    public string Type { get; }

    /// <summary>The lines in order, includes replaced by what they bring.</summary>
    public IReadOnlyList<PamLine> Lines => _lines;

    /// <summary>Everything was read, so that what is not here is not in the stack.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>The stack of the first of the services that has a file.</summary>
    public static PamStack Read(PamFiles files, string type, params ReadOnlySpan<string> services)
    {
        var stack = new PamStack(type);
        foreach (var service in services)
        {
            if (files.Find(service) is not { } path) continue;
            stack.Add(files, path);
            return stack;
        }

        stack.Complete = false;
        files.Note(Why.Absent($"/etc/pam.d/{services[0]}"));
        return stack;
    }

    /// <summary>The lines of a module.</summary>
    public IEnumerable<PamLine> Of(string module) => _lines.Where(line => line.Module == module);

    private void Add(PamFiles files, string path)
    {
        if (_open.Contains(path))
        {
            Incomplete(files, path, "it includes itself");
            return;
        }

        if (++_files > MostFiles || files.Read(path) is not { } lines)
        {
            Complete = false;
            if (_files > MostFiles) Incomplete(files, _open[0], $"more than {MostFiles} includes in one stack");
            return;
        }

        _open.Add(path);
        foreach (var line in lines) Add(files, line);
        _open.RemoveAt(_open.Count - 1);
    }

    private void Add(PamFiles files, PamLine line)
    {
        if (line.Type != Type && line.Type != PamText.IncludeAll) return;
        if (line.Type != PamText.IncludeAll && line.Control is not ("include" or "substack")) Add(line, files);
        else if (files.Find(line.Module) is { } path) Add(files, path);
        else Incomplete(files, line.Path, $"line {line.Line} includes {line.Module}, which is not there");
    }

    private void Add(PamLine line, PamFiles files)
    {
        if (_lines.Count < MostLines) _lines.Add(line);
        else Incomplete(files, _open[0], $"more than {MostLines} lines in one stack");
    }

    private void Incomplete(PamFiles files, string path, string why)
    {
        Complete = false;
        files.Note(Why.Of(path, why));
    }
}
