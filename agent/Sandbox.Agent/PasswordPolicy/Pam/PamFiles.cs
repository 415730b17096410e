using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy.Pam;

/// <summary>The files of pam.d(5), each read once: those of the administrator, then those that the distribution ships.</summary>
internal sealed class PamFiles(RootFolder root, UnseenNotes unseen)
{
    private static readonly string[] Folders = ["/etc/pam.d", "/usr/lib/pam.d"];
    private readonly Dictionary<string, IReadOnlyList<PamLine>?> _read = [];

    /// <summary>Notes something that could not be seen.</summary>
    public void Note(Unseen what) => unseen.Add(what);

    /// <summary>The path of a service's file. Null: there is none.</summary>
    public string? Find(string name)
    {
        if (name.StartsWith('/')) return root.Has(name) ? name : null;
        return Folders.Select(folder => $"{folder}/{name}").FirstOrDefault(root.Has);
    }

    /// <summary>The lines of a file that exists. Null: it cannot be read; that is noted once.</summary>
    public IReadOnlyList<PamLine>? Read(string path)
    {
        if (_read.TryGetValue(path, out var known)) return known;
        IReadOnlyList<PamLine>? lines = null;
        if (root.TryRead(path, out var text, out var fault)) lines = PamText.Parse(text, path, unseen);
        else unseen.Add(fault);
        return _read[path] = lines;
    }
}
