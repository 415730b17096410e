using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Agent.PasswordPolicy.Pam;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>
/// pam_pwquality(8): drop-ins first, then pwquality.conf, which beats them, then the arguments in the stack, which beat both.
/// (libpwquality 1.4.5.)
/// </summary>
internal sealed class PwQuality(Protocol.PasswordPolicy policy, SettingsInForce settings)
{
    public const string Module = "pam_pwquality.so";
    private const string Main = "/etc/security/pwquality.conf";
    private const string DropIns = "/etc/security/pwquality.conf.d";
    private const string Dictionary = "/var/cache/cracklib/cracklib_dict";

    /// <summary>Every setting of the library with its own default; null: a path or a list that has none.</summary>
    private static readonly (string Name, string? Default, Func<string, string?> Read)[] Known =
    [
        ("badwords", null, SettingValue.Text), ("dcredit", "0", SettingValue.Number), ("dictcheck", "1", SettingValue.Number),
        ("dictpath", null, SettingValue.Text), ("difok", "1", SettingValue.Number), ("enforce_for_root", null, SettingValue.Flag),
        ("enforcing", "1", SettingValue.Number), ("gecoscheck", "0", SettingValue.Number), ("lcredit", "0", SettingValue.Number),
        ("local_users_only", null, SettingValue.Flag), ("maxclassrepeat", "0", SettingValue.Number),
        ("maxrepeat", "0", SettingValue.Number), ("maxsequence", "0", SettingValue.Number), ("minclass", "0", PwQualityLimits.Classes),
        ("minlen", "8", PwQualityLimits.Length), ("ocredit", "0", SettingValue.Number), ("retry", "1", SettingValue.Number),
        ("ucredit", "0", SettingValue.Number), ("usercheck", "1", SettingValue.Number), ("usersubstr", "0", SettingValue.Number),
    ];

    private readonly Dictionary<string, string?> _inForce = [];

    /// <summary>Fewest characters that it lets through. Null: it stands not in the stack, only warns, or cannot be told.</summary>
    public uint? MinLength { get; private set; }

    /// <summary>It stands in the stack and its refusal counts. Null: cannot be told.</summary>
    public bool? Enforced { get; private set; }

    public void Describe(RootFolder root, PamStack stack)
    {
        var line = stack.Of(Module).FirstOrDefault();
        var files = Files(root, out var readable);
        if (line is not null) files.AddRange(SettingsInForce.Arguments(line));
        if (Named(files, "minlen").LastOrDefault() is { Name: not null } minlen && SettingValue.Number(minlen.Value) is { } length)
            policy.ConfiguredMinLength = int.Parse(length);
        if (line is null)
        {
            foreach (var known in Known) settings.AddIdle($"pwquality.{known.Name}", Named(files, known.Name));
            if (stack.Complete) Enforced = false;
            return;
        }

        InForce(files, readable);
        Conclude(root, line, readable);
    }

    private void InForce(List<Setting> all, bool readable)
    {
        // When a file is there and cannot be read, only the arguments are sure.
        foreach (var (name, fallback, read) in Known)
        {
            var definitions = Named(all, name).ToList();
            if (readable || definitions is [.., { Origin: ConfiguredSetting.Types.Origin.PamArgument }])
                _inForce[name] = settings.Add($"pwquality.{name}", definitions, fallback, read);
        }
    }

    private void Conclude(RootFolder root, PamLine line, bool readable)
    {
        var refuses = PamControl.Refuses(line.Control);
        if (!refuses) Enforced = false;
        else if (Number("enforcing") is { } enforcing) Enforced = enforcing != 0;
        if (readable || _inForce.ContainsKey("enforce_for_root"))
            policy.QualityBindsRoot = _inForce.GetValueOrDefault("enforce_for_root") is not null;
        if (Number("dictcheck") is { } check and not 0) policy.DictionaryUsable = root.Has(DictionaryFile());
        if (Enforced == true && Number("minlen") is { } length && Credits() is { } credits)
            MinLength = PwQualityLimits.Fewest(length, credits);
    }

    private string DictionaryFile() => (_inForce.GetValueOrDefault("dictpath") ?? Dictionary) + ".pwd";

    private int? Credits()
    {
        var sum = 0L;
        foreach (var name in (ReadOnlySpan<string>)["dcredit", "ucredit", "lcredit", "ocredit"])
        {
            if (Number(name) is not { } credit) return null;
            sum += Math.Max(0, credit);
        }

        return (int)Math.Min(sum, int.MaxValue);
    }

    private int? Number(string name) => _inForce.GetValueOrDefault(name) is { } text ? int.Parse(text) : null;

    private List<Setting> Files(RootFolder root, out bool readable)
    {
        var all = new List<Setting>();
        readable = true;
        IReadOnlyList<string> dropIns = [];
        if (root.Has(DropIns))
        {
            dropIns = root.List(DropIns, out var fault);
            if (fault is not null)
            {
                readable = false;
                settings.Unseen.Add(fault);
            }
        }

        foreach (var path in dropIns.Where(n => n.EndsWith(".conf", StringComparison.Ordinal)).Select(n => $"{DropIns}/{n}").Append(Main))
        {
            if (ConfFile.Read(root, path, settings.Unseen) is not { } found) readable = false;
            else all.AddRange(found);
        }

        foreach (var stranger in all.Where(setting => !Known.Any(known => known.Name == setting.Name)))
            settings.Unseen.Add(Why.Of(stranger.Path, $"line {stranger.Line}: no setting is called {stranger.Name}"));
        return all;
    }

    private static IEnumerable<Setting> Named(List<Setting> all, string name) => all.Where(setting => setting.Name == name);
}
