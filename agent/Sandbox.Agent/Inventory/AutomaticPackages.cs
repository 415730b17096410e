using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>apt's marks of what it brought in by itself.</summary>
internal sealed class AutomaticPackages
{
    /// <summary>Below the root folder.</summary>
    public const string States = "var/lib/apt/extended_states";

    private readonly HashSet<string> _marked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _markedOfAnyArchitecture = new(StringComparer.Ordinal);

    /// <summary>Null: this system keeps no such marks, or they cannot be read, and then <paramref name="unseen"/> has it.</summary>
    public static AutomaticPackages? Read(RootFolder root, ICollection<Unseen> unseen)
    {
        var path = root.Resolve(States);
        if (!File.Exists(path)) return null;
        try
        {
            var marks = new AutomaticPackages();
            using var fields = new Deb822(path);
            marks.Add(fields);
            return marks;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            unseen.Add(Why.Of(States, fault));
            return null;
        }
    }

    /// <summary>Whether the package is marked. apt files packages for all architectures under the machine's own.</summary>
    public bool Has(Package package) => package.Architecture == "all"
        ? _markedOfAnyArchitecture.Contains(package.Name)
        : _marked.Contains($"{package.Name}:{package.Architecture}");

    private void Add(Deb822 fields)
    {
        var (package, architecture, automatic) = ("", "", false);
        while (fields.Next(out var name, out var value))
        {
            if (name.IsEmpty)
            {
                Mark(package, architecture, automatic);
                (package, architecture, automatic) = ("", "", false);
            }
            else if (name.SequenceEqual("Package"u8)) package = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Architecture"u8)) architecture = Encoding.UTF8.GetString(value);
            else if (name.SequenceEqual("Auto-Installed"u8)) automatic = value.SequenceEqual("1"u8);
        }
        Mark(package, architecture, automatic);
    }

    private void Mark(string package, string architecture, bool automatic)
    {
        if (!automatic || package.Length == 0) return;
        _marked.Add($"{package}:{architecture}");
        _markedOfAnyArchitecture.Add(package);
    }
}
