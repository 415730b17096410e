using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.Encryption.Tls;

/// <summary>The certificates that known servers' configurations name.</summary>
internal sealed class ServerCertificates(RootFolder root, UnseenNotes unseen, CancellationToken ct)
{
    private const int Most = 200;
    private const int MostFiles = 300;
    private const int MostPlaces = 20;
    private const int Deepest = 8;
    private readonly SortedDictionary<(string Path, string Server), SortedSet<string>> _named = [];
    private int _files;

    /// <summary>Sorted by path.</summary>
    public IEnumerable<NamedCertificate> Read()
    {
        foreach (var server in KnownServers.All)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in server.Files.Where(root.Has)) Read(server, file, 0, seen);
            foreach (var folder in server.Keychains.Where(root.Has)) Keychain(server, folder);
        }
        if (_named.Count > Most) unseen.Add(Why.Of("/etc", $"more than {Most} certificates are named; the others are left out"));
        return _named.Take(Most).Select(one => Describe(one.Key.Path, one.Key.Server, one.Value)).ToList();
    }

    private void Read(KnownServer server, string path, int depth, HashSet<string> seen)
    {
        ct.ThrowIfCancellationRequested();
        if (depth > Deepest || ++_files > MostFiles || !seen.Add(path)) return;
        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return;
        }
        foreach (var (name, values, line) in ConfigStatements.Of(text, [.. server.Settings, .. server.Includes]))
        {
            if (server.Settings.Contains(name)) foreach (var value in values) Named(server, value, $"{path}:{line}");
            else foreach (var file in values.SelectMany(value => PathPattern.Expand(root, Absolute(server, value), unseen))) Read(server, file, depth + 1, seen);
        }
    }

    private void Named(KnownServer server, string value, string place)
    {
        // A name that nginx makes anew for every request, or Postfix's own word for its folder.
        var path = value.Replace("$config_directory", server.Home, StringComparison.Ordinal);
        if (path is "none" or "") return;
        if (path.Contains('$', StringComparison.Ordinal) || path.StartsWith("data:", StringComparison.Ordinal))
            unseen.Add(Why.Of(place, "the certificate's name is made anew for every connection, so it is not looked at"));
        else Add(server.Name, Absolute(server, path), place);
    }

    private void Keychain(KnownServer server, string folder)
    {
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names.Where(name => name.EndsWith(".crt", StringComparison.Ordinal))) Add(server.Name, $"{folder}/{name}", folder);
    }

    private void Add(string server, string path, string place)
    {
        if (_named.Count > Most) return;
        if (!_named.TryGetValue((path, server), out var places)) _named[(path, server)] = places = new SortedSet<string>(StringComparer.Ordinal);
        if (places.Count < MostPlaces) places.Add(place);
    }

    private NamedCertificate Describe(string path, string server, IEnumerable<string> places)
    {
        ct.ThrowIfCancellationRequested();
        var described = new NamedCertificate { Server = server, Path = path, NamedIn = { places } };
        if (!root.TryRead(path, out var text, out var fault)) unseen.Add(fault);
        else if (PemCertificates.First(text, out var count) is { } certificate) (described.Certificate, described.Count) = (certificate, count);
        else unseen.Add(Why.Of(path, count == 0 ? "no certificate in PEM" : "the first certificate in it is damaged"));
        return described;
    }

    private static string Absolute(KnownServer server, string path) => path.StartsWith('/') ? path : $"{server.Home}/{path}";
}
