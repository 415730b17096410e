using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>Repositories of dnf.conf(5): sections of /etc/yum.repos.d/*.repo.</summary>
internal static class YumRepositories
{
    private const string Folder = "etc/yum.repos.d";

    public static IReadOnlyList<string> Watches { get; } = [Folder];

    public static IEnumerable<Repository> Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (!root.Has(Folder)) return [];
        var names = root.List(Folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => name.EndsWith(".repo", StringComparison.Ordinal)).SelectMany(name => Of(root, $"{Folder}/{name}", unseen));
    }

    private static IEnumerable<Repository> Of(RootFolder root, string path, ICollection<Unseen> unseen)
    {
        if (root.TryRead(path, out var text, out var fault)) return Parse(text, RootFolder.Shown(path));
        unseen.Add(fault);
        return [];
    }

    public static IEnumerable<Repository> Parse(string text, string path) =>
        IniText.Parse(text).Where(setting => setting.Section is not ("" or "main"))
            .GroupBy(setting => (setting.Section, setting.SectionLine))
            .SelectMany(section => Of(section.Key.Section, section.Key.SectionLine, section.ToList(), path));

    private static IEnumerable<Repository> Of(string id, uint line, List<IniSetting> settings, string path)
    {
        string? Value(string name) => settings.FindLast(setting => setting.Name == name) is { Name: not null } found ? found.Value : null;
        var addresses = Value("baseurl") ?? Value("metalink") ?? Value("mirrorlist") ?? "";
        foreach (var address in addresses.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var repository = new Repository
            {
                Type = "rpm", Uri = RepositoryAddress.Of(address), Suite = id, Path = path, Line = line, Enabled = AptSwitch.Of(Value("enabled") ?? "1") != false,
            };
            if (Value("gpgkey") is { Length: > 0 } key) repository.SignedBy = string.Join(' ', key.Split((char[]?)null).Select(RepositoryAddress.Of));
            if (AptSwitch.Of(Value("gpgcheck") ?? "") is { } check) repository.UnsignedAccepted = !check;
            yield return repository;
        }
    }
}
