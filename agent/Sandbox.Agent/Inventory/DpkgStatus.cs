using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>The installed packages of a dpkg status file (deb822(5)), one at a time.</summary>
internal sealed class DpkgStatus(string path) : IDisposable
{
    private readonly Deb822 _fields = new(path);
    private readonly List<(byte[] Bytes, string Text)> _architectures = [];

    /// <summary>The next package that is installed, with an empty version when the entry has none. False: there is none.</summary>
    public bool Next(out Package package)
    {
        package = new Package();
        var installed = false;
        while (_fields.Next(out var name, out var value))
        {
            if (name.IsEmpty)
            {
                if (installed && package.Name.Length > 0) return true;
                if (package.Name.Length > 0) package = new Package();
                installed = false;
            }
            else if (name.SequenceEqual("Package"u8)) package.Name = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Version"u8)) package.Version = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Architecture"u8)) package.Architecture = Architecture(value);
            else if (name.SequenceEqual("Status"u8)) installed = Installed(value);
        }
        return installed && package.Name.Length > 0;
    }

    public void Dispose() => _fields.Dispose();

    // want, error flag, state: "deinstall ok config-files" is gone but for its settings.
    private static bool Installed(ReadOnlySpan<byte> status) =>
        status.EndsWith(" installed"u8) && (status.StartsWith("install "u8) || status.StartsWith("hold "u8));

    // A handful of words for thousands of packages.
    private string Architecture(ReadOnlySpan<byte> word)
    {
        foreach (var (bytes, text) in _architectures)
            if (word.SequenceEqual(bytes)) return text;
        _architectures.Add((word.ToArray(), Encoding.UTF8.GetString(word)));
        return _architectures[^1].Text;
    }
}
