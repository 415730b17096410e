using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.Shares.Mail;

/// <summary>Where dovecot keeps mail, and how much of it.</summary>
internal static class MailQuotas
{
    private const int LongestValue = 200;
    private const int MostSettings = 100;
    private const int MostHomes = 300;
    private const int MostBytes = 64 * 1024;
    private static readonly string[] Reported = ["mail_location", "mail_driver", "mail_path", "mail_home", "mail_plugins"];

    /// <summary>Null: dovecot is not there, or it cannot be read, which is noted.</summary>
    public static MailStorage? Read(RootFolder root, UnseenNotes unseen)
    {
        if (new DovecotConf(root, unseen).Read() is not { } all) return null;
        var settings = all.Where(one => IsReported(one.Name)).GroupBy(one => one.Name).OrderBy(group => group.Key, StringComparer.Ordinal).Take(MostSettings).Select(group => Setting([.. group])).ToList();
        string? Value(string name) => settings.Find(one => one.Name == name) is { HasEffective: true } found ? found.Effective : null;
        var mail = new MailStorage { QuotaLoaded = (Value("mail_plugins") ?? "").Split(' ').Contains("quota") || settings.Exists(one => one is { Name: "mail_plugins/quota", Effective: "yes" }) };
        if ((Value("mail_location") ?? Value("mail_path")) is { } location) mail.Location = location;
        if (Bytes(Value) is { } bytes) mail.QuotaBytes = bytes;
        mail.Settings.AddRange(settings);
        mail.Mailboxes.AddRange(Mailboxes(root, mail.Location, unseen));
        return mail;
    }

    private static ulong? Bytes(Func<string, string?> value) =>
        value("plugin/quota_rule") is { } rule ? QuotaSize.OfRule(rule) : value("quota_storage_size") is { } size ? QuotaSize.Of(size, 1) : null;

    // Passwords of databases stand in files of their own, and in settings that have other names.
    private static bool IsReported(string name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        return (Reported.Contains(last) && !name.StartsWith("passdb", StringComparison.Ordinal) && !name.StartsWith("userdb", StringComparison.Ordinal)) || last.StartsWith("quota", StringComparison.Ordinal);
    }

    private static ConfiguredSetting Setting(List<Setting> all)
    {
        var setting = new ConfiguredSetting { Name = all[0].Name, Origin = ConfiguredSetting.Types.Origin.File };
        var value = "";
        foreach (var one in all)
        {
            // `mail_plugins = $mail_plugins quota` adds to what was said before.
            value = one.Value.Replace($"${one.Name}", value, StringComparison.Ordinal).Trim();
            setting.Definitions.Add(new SettingDefinition { Path = one.Path, Line = one.Line, Value = Shown(one.Value) });
        }
        setting.Effective = Shown(value);
        return setting;
    }

    // An address may hold a user and a password, and `<file` stands for what the file holds: its name is all that is said.
    private static string Shown(string value) => value.Contains('@', StringComparison.Ordinal) || value.Contains("pass", StringComparison.OrdinalIgnoreCase) ? "withheld" : ShortText.Of(value, LongestValue) ?? "";

    private static IEnumerable<MailboxQuota> Mailboxes(RootFolder root, string location, UnseenNotes unseen)
    {
        // maildir:~/Maildir:INDEX=...; elsewhere than in homes there is no telling whose a folder is.
        var folder = location.Split(':') switch { ["maildir", var at, ..] => at, [var at] => at, _ => "" };
        if (!folder.StartsWith("~/", StringComparison.Ordinal) || !root.Has("/home")) yield break;
        foreach (var user in root.List("/home", out _).Take(MostHomes))
        {
            var path = $"/home/{user}/{folder[2..]}/maildirsize";
            if (!root.Has(path)) continue;
            if (!root.TryRead(path, out var text, out var fault, MostBytes)) unseen.Add(fault);
            else if (RootFolder.FirstLine(text) is { } line) yield return Quota(line, user, path);
        }
    }

    // The first line of maildirsize (Maildir++): 1073741824S,1000C.
    private static MailboxQuota Quota(string line, string user, string path)
    {
        var quota = new MailboxQuota { User = ShortText.Of(user, LongestValue) ?? "", DefinedIn = path };
        foreach (var part in line.Split(','))
        {
            if (part.Length < 2 || !ulong.TryParse(part.AsSpan(0, part.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) continue;
            if (part[^1] == 'S') quota.LimitBytes = number;
            else if (part[^1] == 'C') quota.LimitMessages = number;
        }
        return quota;
    }
}
