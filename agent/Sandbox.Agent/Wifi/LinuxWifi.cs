using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.Wifi;

/// <summary>Wireless networks that this machine knows, and those that it is in.</summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
/// <param name="kernel">Answers for the running kernel. Null: the kernel itself, where the root folder is this system's.</param>
internal sealed class LinuxWifi(string root, IGenericNetlink? kernel = null) : ISelfWaking
{
    private const int Most = 500;
    private const string Links = "sys/class/net";
    private const string Times = "var/lib/NetworkManager/timestamps";
    private const string Supplicants = "etc/wpa_supplicant";
    private static readonly string[] Connections =
        ["etc/NetworkManager/system-connections", "run/NetworkManager/system-connections", "usr/lib/NetworkManager/system-connections"];

    private readonly RootFolder _root = new(root);

    public string Name => "wifi";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Wifi];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    // The file of times is left out: it is rewritten every few minutes, and only its days are looked at.
    public IReadOnlyList<string> Watches { get; } = [.. Connections, Supplicants, Iwd.Folder];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new WiFi();
        var unseen = new UnseenNotes(fact.Unseen);
        var all = Keyfiles(unseen).Concat(Files(Supplicants, ".conf", unseen).SelectMany(file => Supplicant.Parse(file.Text, file.Path))).Concat(Iwd.Read(_root, unseen))
            .OrderBy(one => one.Ssid, StringComparer.Ordinal).ThenBy(one => one.Path, StringComparer.Ordinal).ToList();
        fact.Networks.AddRange(all.Take(Most));
        if (all.Count > Most) unseen.Add(Why.Of(all[Most].Path, $"more than {Most} networks; the others are left out"));
        fact.Interfaces.AddRange(_root.Has(Links) ? _root.List(Links, out _).Where(name => _root.Has($"{Links}/{name}/phy80211")) : []);
        if (fact.Interfaces.Count > 0) Joined(fact, unseen);
        unseen.Close();
        return new([new Fact { Wifi = fact }]);
    }

    public IDisposable? Listen(Action wake) => _root.IsThisSystem ? JoinChanges.Listen(wake) : null;

    private void Joined(WiFi fact, UnseenNotes unseen)
    {
        if ((kernel ?? (_root.IsThisSystem ? new GenericNetlink() : null)) is { } asked) JoinedNetworks.Describe(asked, fact, unseen);
        else unseen.Add(JoinedNetworks.Note("only the running system knows which network is joined, and the root folder is another", "Leave out --root"));
    }

    private IEnumerable<WiFiNetwork> Keyfiles(UnseenNotes unseen)
    {
        var days = Days(unseen);
        foreach (var (path, text) in Connections.SelectMany(folder => Files(folder, "", unseen)))
        {
            if (Keyfile.Parse(text, path) is not var (network, uuid)) continue;
            if (uuid is not null && days.TryGetValue(uuid, out var day)) network.LastUsedDay = day;
            yield return network;
        }
    }

    private IEnumerable<(string Path, string Text)> Files(string folder, string ending, UnseenNotes unseen)
    {
        if (!_root.Has(folder)) yield break;
        var names = _root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Take(2 * Most))
        {
            if (_root.TryRead($"{folder}/{name}", out var text, out fault)) yield return (RootFolder.Shown($"{folder}/{name}"), text);
            else unseen.Add(fault);
        }
    }

    // [timestamps], UUID=seconds.
    private Dictionary<string, long> Days(UnseenNotes unseen)
    {
        var days = new Dictionary<string, long>(StringComparer.Ordinal);
        if (!_root.Has(Times)) return days;
        if (!_root.TryRead(Times, out var text, out var fault)) unseen.Add(fault);
        foreach (var setting in IniText.Parse(text ?? ""))
            if (long.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0) days[setting.Name] = seconds / 86_400;
        return days;
    }
}
