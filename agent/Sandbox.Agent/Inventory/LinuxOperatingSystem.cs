using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using OperatingSystem = Sandbox.Protocol.OperatingSystem;

namespace Sandbox.Agent.Inventory;

/// <summary>The installed system from its files, the running kernel from /proc/sys/kernel and /proc/stat.</summary>
internal sealed class LinuxOperatingSystem(string root) : ICollector
{
    private const string RestartMark = "run/reboot-required";

    // btime is the clock minus the uptime: it drifts by a second or two while the clock is slewed.
    private const long BootSlackSeconds = 3;

    // Of the year 9999.
    private const long LastSecond = 253_402_300_799;
    private readonly RootFolder _root = new(root);
    private (string? BootId, long Seconds) _boot;

    public string Name => "operating-system";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.OperatingSystem];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public IReadOnlyList<string> Watches =>
    [
        "etc/os-release", "etc/debian_version", "etc/hostname", "etc/machine-id", "etc/localtime", "etc/timezone", RestartMark,
    ];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var system = new OperatingSystem { Family = OperatingSystem.Types.Family.Linux };
        AddRelease(system);
        AddKernel(system);
        AddBoot(system);
        AddInstallation(system);
        if (LinuxTimeZone.Read(_root, system.Unseen) is { } zone) system.TimeZone = zone;
        if (RestartRequired() is { } required) system.RestartRequired = required;
        return ValueTask.FromResult<IReadOnlyList<Fact>>([new Fact { OperatingSystem = system }]);
    }

    private void AddRelease(OperatingSystem system)
    {
        if (_root.TryRead("etc/os-release", out var text, out var unseen) || _root.TryRead("usr/lib/os-release", out text, out _))
        {
            var release = OsRelease.Parse(text);
            if (release.GetValueOrDefault("ID") is { } id) system.Id = id;
            if (release.GetValueOrDefault("PRETTY_NAME") is { } name) system.Name = name;
            if (release.GetValueOrDefault("VERSION_ID") is { } version) system.Version = version;
        }
        else
        {
            system.Unseen.Add(unseen);
        }
        if (_root.Line("etc/debian_version") is { } build) system.Build = build;
    }

    private void AddKernel(OperatingSystem system)
    {
        if (Seen("proc/sys/kernel/osrelease", system) is { } kernel) system.Kernel = kernel;
        if (Seen("proc/sys/kernel/hostname", system) is { } host) system.HostName = host;
        if (_root.Line("proc/sys/kernel/arch") is { } word) system.Architecture = word;
        else if (_root.IsThisSystem) system.Architecture = Word(RuntimeInformation.OSArchitecture);
        else system.Unseen.Add(Why.Absent("proc/sys/kernel/arch"));
    }

    private void AddBoot(OperatingSystem system)
    {
        var id = Seen("proc/sys/kernel/random/boot_id", system);
        if (id is not null) system.BootId = id;
        if (!_root.TryRead("proc/stat", out var text, out var unseen))
        {
            system.Unseen.Add(unseen);
            return;
        }
        var at = text.IndexOf("\nbtime ", StringComparison.Ordinal);
        if (at < 0 || !long.TryParse(RootFolder.FirstLine(text[(at + 7)..]), CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > LastSecond)
        {
            system.Unseen.Add(Why.Of("proc/stat", "no line says btime"));
            return;
        }
        if (id is null || _boot.BootId != id || Math.Abs(_boot.Seconds - seconds) > BootSlackSeconds) _boot = (id, seconds);
        system.BootedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(_boot.Seconds));
    }

    private void AddInstallation(OperatingSystem system)
    {
        if (MachineId(system) is { } machine) system.MachineId = machine;
        if (LinuxInstallation.At(_root) is { } at) system.InstalledAt = Timestamp.FromDateTimeOffset(at);
    }

    private string? MachineId(OperatingSystem system)
    {
        if (!_root.TryRead("etc/machine-id", out var text, out var unseen))
        {
            system.Unseen.Add(unseen);
            return null;
        }
        if (RootFolder.FirstLine(text) is { Length: 32 } id && id.All(char.IsAsciiHexDigit)) return id.ToLowerInvariant();
        system.Unseen.Add(Why.Of("etc/machine-id", "not 32 hexadecimal digits", "Make one: sudo systemd-machine-id-setup"));
        return null;
    }

    // The mark says something only where an installed program sets it.
    private bool? RestartRequired()
    {
        if (_root.Has(RestartMark)) return true;
        return _root.Has("etc/kernel/postinst.d/unattended-upgrades") || _root.Has("usr/share/update-notifier/notify-reboot-required") ? false : null;
    }

    private string? Seen(string path, OperatingSystem system)
    {
        if (_root.TryRead(path, out var text, out var unseen)) return RootFolder.FirstLine(text);
        system.Unseen.Add(unseen);
        return null;
    }

    private static string Word(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        _ => architecture.ToString().ToLowerInvariant(),
    };
}
