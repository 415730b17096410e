using System.Net;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>What is in force: the first definition without a condition, all of them for lists, or the default.</summary>
internal sealed class SshdSettings(IReadOnlyList<SshdDirective> directives, UnseenNotes unseen)
{
    private const int MostDefinitions = 50;
    private const int LongestValue = 512;
    private const int LongestEffective = 2048;
    private readonly ILookup<SshdKeyword, SshdDirective> _found = directives.ToLookup(one => one.Keyword);
    private readonly Dictionary<string, string?> _effective = new(StringComparer.Ordinal);

    /// <summary>Every setting that is reported, sorted by name.</summary>
    public List<ConfiguredSetting> All()
    {
        var settings = SshdKeywords.All.Select(Setting).ToList();
        var listen = settings.Find(setting => setting.Name == "ListenAddress")!;
        if (listen.HasEffective || listen.Definitions.Count == 0) listen.Effective = Addresses(listen.Effective);
        if (listen.Origin == Origin.Unspecified) listen.Origin = Origin.Default;
        settings.RemoveAll(setting => !setting.HasEffective && setting.Definitions.Count == 0);
        return settings;
    }

    /// <summary>The value in force of a setting that <see cref="All"/> went through. Null: there is none.</summary>
    public string? Effective(string name) => _effective.GetValueOrDefault(name);

    private ConfiguredSetting Setting(SshdKeyword keyword)
    {
        var setting = new ConfiguredSetting { Name = keyword.Name };
        var all = _found[keyword].ToList();
        foreach (var one in all.Take(MostDefinitions)) setting.Definitions.Add(Definition(one));
        if (all.Count > MostDefinitions) unseen.Add(Why.Of(all[0].Path, $"{keyword.Name} is set {all.Count} times; the first {MostDefinitions} are listed"));
        // Each is read, since sshd refuses the file for any of them.
        var values = all.ConvertAll(one => (one.Condition, Value: Read(keyword, one))).FindAll(one => string.IsNullOrEmpty(one.Condition)).OrderBy(one => one.Condition is null).Select(one => one.Value).ToList();
        if (values.Count == 0)
        {
            if (keyword.Default is not null) (setting.Effective, setting.Origin) = (keyword.Default, Origin.Default);
        }
        else
        {
            setting.Origin = Origin.File;
            if ((keyword.Adds ? Joined(values) : values[0]) is { } value) setting.Effective = Cut(value, LongestEffective);
        }

        _effective[keyword.Name] = setting.HasEffective ? setting.Effective : null;
        return setting;
    }

    private string? Read(SshdKeyword keyword, SshdDirective one)
    {
        var value = keyword.Read(one.Arguments);
        if (value is null) unseen.Add(SshdFiles.Refused(one.Path, one.Line, $"{keyword.Name} cannot be '{Cut(string.Join(' ', one.Arguments), 60)}'"));
        return value;
    }

    private static string? Joined(List<string?> values) => values.Contains(null) ? null : string.Join(' ', values);

    private static SettingDefinition Definition(SshdDirective one)
    {
        var definition = new SettingDefinition { Path = one.Path, Line = one.Line, Value = Cut(string.Join(' ', one.Arguments), LongestValue) };
        if (one.Condition is { Length: > 0 } condition) definition.Condition = condition;
        return definition;
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;

    // An address without a port listens on every port; without any address every address of the family does.
    private string Addresses(string named)
    {
        var ports = (Effective("Port") ?? "22").Split(' ');
        var hosts = named.Length > 0 ? named.Split(' ') : Effective("AddressFamily") switch { "inet" => ["0.0.0.0"], "inet6" => ["::"], _ => ["0.0.0.0", "::"] };
        return string.Join(' ', hosts.SelectMany(host => WithPort(host, ports)).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> WithPort(string host, string[] ports)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address) && !(host[0] == '[' && !host.EndsWith(']')))
            return ports.Select(port => address.ToString().Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}");
        return host.Contains(':', StringComparison.Ordinal) ? [host] : ports.Select(port => $"{host}:{port}");
    }
}
