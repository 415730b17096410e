using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>Services of systemd that make backups, with the timers that start them: systemd.service(5), systemd.timer(5).</summary>
internal sealed class UnitJobs(RootFolder root, UnseenNotes unseen, CancellationToken ct)
{
    private const string Own = "etc/systemd/system";
    private const string Stamps = "var/lib/systemd/timers";
    private const int MostUnits = 2000;
    private const int MostBytes = 64 << 10;
    private const int MostDropIns = 20;
    private static readonly string[] Folders = [Own, "run/systemd/system", "usr/local/lib/systemd/system", "usr/lib/systemd/system", "lib/systemd/system"];
    private readonly EnabledUnits _enabled = new(root);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = [Own, $"{Own}/timers.target.wants", Stamps];

    /// <summary>In no order.</summary>
    public IEnumerable<BackupJob> Read()
    {
        foreach (var folder in Folders.Where(root.Has))
        {
            var names = root.List(folder, out var fault);
            if (fault is not null) unseen.Add(fault);
            foreach (var name in names.Where(name => name.EndsWith(".service", StringComparison.Ordinal) || name.EndsWith(".timer", StringComparison.Ordinal)).Take(MostUnits)) _files.TryAdd(name, $"{folder}/{name}");
        }
        var timers = _files.Keys.Where(name => name.EndsWith(".timer", StringComparison.Ordinal)).ToDictionary(name => name, name => IniText.Parse(Text(name)).ToList(), StringComparer.Ordinal);
        return _files.Keys.Where(name => name.EndsWith(".service", StringComparison.Ordinal)).ToList().SelectMany(name => Jobs(name, timers));
    }

    private IEnumerable<BackupJob> Jobs(string name, Dictionary<string, List<IniSetting>> timers)
    {
        ct.ThrowIfCancellationRequested();
        var settings = Files(name).SelectMany(Settings).ToList();
        // An empty one takes back those before it, which is how a drop-in puts another command in their place.
        var from = settings.FindLastIndex(one => one is { Name: "ExecStart", Value: "" }) + 1;
        foreach (var start in settings.Where((one, at) => one.Name is "ExecStartPre" or "ExecStartPost" || (one.Name == "ExecStart" && at >= from)))
            foreach (var command in Scripts.In(root, start.Value).ToList())
            {
                var job = JobOf.Command(command with { Store = command.Store ?? Repository(settings) }, start.Path, start.Line);
                Timed(job, name, timers.FirstOrDefault(timer => Starts(timer.Key, timer.Value, name)));
                yield return job;
            }
    }

    private static IEnumerable<Setting> Settings((string Path, string Text) file)
    {
        foreach (var (line, number) in ContinuedLines.Of(file.Text))
            if (line.Split('=', 2) is [var name, var value] && name.AsSpan().TrimStart() is not ['#' or ';', ..]) yield return new Setting(name.Trim(), value.Trim(), RootFolder.Shown(file.Path), number);
    }

    private void Timed(BackupJob job, string service, KeyValuePair<string, List<IniSetting>> timer)
    {
        if (_enabled.Any([timer.Key ?? service]) is { } enabled) job.Enabled = enabled;
        if (timer.Key is null) return;
        job.Timer = timer.Key;
        var schedule = string.Join("; ", timer.Value.Where(one => one.Name.StartsWith("On", StringComparison.Ordinal)).Select(one => $"{one.Name}={one.Value}"));
        if (schedule.Length is > 0 and < 200) job.Schedule = schedule;
        // systemd touches it when a persistent timer elapses: it says that the service was started, and nothing of how it ended.
        var stamp = $"{Stamps}/stamp-{timer.Key}";
        if (FileState.Of(root.Resolve(stamp)) is not { IsRegular: true } state) return;
        job.LastStarted = new Timestamp { Seconds = state.Changed.Seconds };
        job.LastStartedSource = RootFolder.Shown(stamp);
    }

    private static bool Starts(string timer, List<IniSetting> settings, string service) =>
        (settings.LastOrDefault(one => one is { Section: "Timer", Name: "Unit" }) is { Value.Length: > 0 } said ? said.Value : $"{timer[..^".timer".Length]}.service") == service;

    private string? Repository(IReadOnlyList<Setting> settings)
    {
        string? found = null;
        foreach (var setting in settings)
        {
            if (setting.Name == "Environment") foreach (var word in CommandWords.Of(setting.Value).SelectMany(words => words)) found = AskedEnvironment.Repository(word) ?? found;
            // Whatever the files say counts more than the unit: systemd.exec(5).
            else if (setting.Name == "EnvironmentFile" && setting.Value.TrimStart('-') is ['/', ..] path && root.Has(path))
            {
                if (root.TryRead(path, out var text, out var fault, MostBytes)) found = AskedEnvironment.Repository(text) ?? found;
                else unseen.Add(fault);
            }
        }
        return found;
    }

    private string Text(string name) => string.Join('\n', Files(name).Select(file => file.Text));

    // The unit's file with its administrator's drop-ins behind it.
    private IEnumerable<(string Path, string Text)> Files(string name)
    {
        if (!root.TryRead(_files[name], out var text, out _, MostBytes)) yield break;
        yield return (_files[name], text);
        var folder = $"{Own}/{name}.d";
        if (!root.Has(folder)) yield break;
        foreach (var path in root.List(folder, out _).Where(file => file.EndsWith(".conf", StringComparison.Ordinal)).Take(MostDropIns).Select(file => $"{folder}/{file}"))
            if (root.TryRead(path, out var more, out _, MostBytes)) yield return (path, more);
    }
}
