using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Apt;

/// <summary>One run of apt as history.log tells it: fields from Start-Date to End-Date.</summary>
internal sealed class AptStanza
{
    private static readonly (string Field, string Word, Action Action)[] Changes =
    [
        ("Install", "install", Action.Install), ("Remove", "remove", Action.Remove), ("Purge", "purge", Action.Remove),
        ("Reinstall", "reinstall", Action.Reinstall), ("Upgrade", "upgrade", Action.Upgrade), ("Downgrade", "downgrade", Action.Upgrade),
    ];

    private readonly Dictionary<string, string> _fields = [];
    private readonly LogClock _clock;

    /// <summary>Reads its lines.</summary>
    public AptStanza(string text, LogClock clock)
    {
        _clock = clock;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimEnd('\r');
            if (line.IndexOf(": ") is > 0 and var colon) _fields.TryAdd(line[..colon].ToString(), line[(colon + 2)..].ToString());
        }
    }

    /// <summary>When it began. Null: not said.</summary>
    public DateTimeOffset? Start => Instant("Start-Date");

    /// <summary>When it ended. Null: not said.</summary>
    public DateTimeOffset? End => Instant("End-Date");

    /// <summary>The act. Null: it says too little.</summary>
    public AdminAct? Act()
    {
        if (Start is not { } start || Array.Find(Changes, change => _fields.ContainsKey(change.Field)) is not { Field: not null } first) return null;
        var command = _fields.GetValueOrDefault("Commandline", "");
        var act = NewAct.Of(Source.AptHistory, Id(), start, first.Action, first.Word);
        if (command.Length > 0) act.Ran(Redacted.OfText(command));
        act.Result = _fields.ContainsKey("Error") ? Result.Failure : Result.Success;
        Who(act, command);
        AptPackages.Add(act, Changes.Where(change => _fields.ContainsKey(change.Field)).Select(change => (change.Word, _fields[change.Field])));
        return act;
    }

    private void Who(AdminAct act, string command)
    {
        var requested = _fields.GetValueOrDefault("Requested-By", "");
        var open = requested.LastIndexOf(" (", StringComparison.Ordinal);
        if (open > 0 && requested[^1] == ')' && Shape.IsName(requested[..open]) && uint.TryParse(requested[(open + 2)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var uid))
        {
            (act.Actor.OsName, act.Actor.OsUid) = (requested[..open], uid);
            act.By(Method.A4, "apt took it from its environment (SUDO_UID), which root can set to anything");
        }
        else
        {
            act.By(Method.None, "apt does not say who asked for it");
        }
        if (command.Contains("unattended-upgrade", StringComparison.Ordinal)) act.Automation = "unattended-upgrades";
        else if (command.Length == 0 && requested.Length == 0) act.Automation = "apt was run by another program, without a command line";
    }

    // Rotation moves a stanza about, so its place is no name for it.
    private string Id()
    {
        var all = string.Join('\n', Changes.Select(change => _fields.GetValueOrDefault(change.Field, "")));
        return $"{_fields["Start-Date"].Replace("  ", "T", StringComparison.Ordinal)}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 6))}";
    }

    private DateTimeOffset? Instant(string field) => _fields.TryGetValue(field, out var text) ? _clock.WithoutZone(text) : null;
}
