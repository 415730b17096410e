using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>Those entries of one of apt's lists that are about installed packages. Of all the others nothing is kept.</summary>
/// <param name="path">The list.</param>
/// <param name="sorted">The installed packages, sorted by name.</param>
internal sealed class AptListStanzas(string path, List<Package> sorted) : IDisposable
{
    private const int LongestName = 256;

    private readonly Deb822 _fields = new(path);
    private readonly char[] _name = new char[LongestName];

    // The installed packages of the entry's name: as many as there are architectures of it.
    private int _at;
    private int _end;
    private string _version = "";
    private string _architecture = "";

    /// <summary>The next of the installed packages that the repository knows, and whether it has the very version that is installed. False: there is none.</summary>
    public bool Next(CancellationToken ct, out int index, out bool isVersion)
    {
        (index, isVersion) = (0, false);
        while (_at == _end)
        {
            ct.ThrowIfCancellationRequested();
            if (!Stanza()) return false;
        }

        index = _at++;
        isVersion = sorted[index].Version == _version && sorted[index].Architecture == _architecture;
        return true;
    }

    public void Dispose() => _fields.Dispose();

    // Reads one entry. False: the list is over.
    private bool Stanza()
    {
        (_at, _end) = (0, 0);
        while (_fields.Next(out var name, out var value))
        {
            if (name.IsEmpty) return true;
            if (name.SequenceEqual("Package"u8)) Find(value);
            else if (_at == _end) continue;
            else if (name.SequenceEqual("Version"u8)) _version = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Architecture"u8)) _architecture = Encoding.UTF8.GetString(value);
        }
        // The last entry needs no empty line behind it.
        return _at < _end;
    }

    private void Find(ReadOnlySpan<byte> package)
    {
        (_version, _architecture) = ("", "");
        if (!Encoding.UTF8.TryGetChars(package, _name, out var length)) return;
        var name = _name.AsSpan(0, length);
        _at = _end = SortedPackages.First(sorted, name);
        while (_end < sorted.Count && name.SequenceEqual(sorted[_end].Name)) _end++;
    }
}
