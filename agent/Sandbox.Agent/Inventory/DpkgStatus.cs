using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>The installed packages of a dpkg status file (deb822(5)), one at a time.</summary>
internal sealed class DpkgStatus(string path) : IDisposable
{
    private readonly Deb822 _fields = new(path);
    private readonly FewWords _words = new();

    /// <summary>The next package that is installed, with an empty version when the entry has none. False: there is none.</summary>
    public bool Next(out Package package)
    {
        package = Blank();
        var installed = false;
        while (_fields.Next(out var name, out var value))
        {
            if (name.IsEmpty)
            {
                if (installed && package.Name.Length > 0) return true;
                if (package.Name.Length > 0) package = Blank();
                installed = false;
            }
            else if (name.SequenceEqual("Package"u8)) package.Name = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Version"u8)) package.Version = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Architecture"u8)) package.Architecture = _words.Of(value);
            else if (name.SequenceEqual("Origin"u8) && !value.IsEmpty) package.Origin = _words.Of(value);
            else if (name.SequenceEqual("Status"u8)) installed = Installed(value);
        }
        return installed && package.Name.Length > 0;
    }

    public void Dispose() => _fields.Dispose();

    // want, error flag, state: "deinstall ok config-files" is gone but for its settings, "deinstall ok installed" is there until apt is next asked.
    private static bool Installed(ReadOnlySpan<byte> status) =>
        status.EndsWith(" installed"u8) || status.EndsWith(" triggers-pending"u8) || status.EndsWith(" triggers-awaited"u8);

    private static Package Blank() => new() { Manager = Package.Types.Manager.Dpkg };
}
