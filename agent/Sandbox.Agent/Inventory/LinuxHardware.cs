using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>The machine from SMBIOS, /proc and /sys/block.</summary>
internal sealed class LinuxHardware(string root) : ICollector
{
    private readonly RootFolder _root = new(root);

    public string Name => "hardware";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.Hardware];

    public TimeSpan Every => TimeSpan.FromHours(1);

    // The kernel's own file systems tell nobody when they change.
    public IReadOnlyList<string> Watches => [];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var hardware = new Hardware();
        LinuxDmi.Add(_root, hardware);
        var processors = LinuxProcessors.Read(_root, hardware);
        AddMemory(hardware);
        ct.ThrowIfCancellationRequested();
        LinuxDisks.Add(_root, hardware);
        if (LinuxVirtualisation.Name(_root, processors) is { } virtualisation) hardware.Virtualisation = virtualisation;
        return ValueTask.FromResult<IReadOnlyList<Fact>>([new Fact { Hardware = hardware }]);
    }

    private void AddMemory(Hardware hardware)
    {
        if (!_root.TryRead("proc/meminfo", out var text, out var unseen))
        {
            hardware.Unseen.Add(unseen);
            return;
        }
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("MemTotal:") || !line.EndsWith("kB")) continue;
            if (!ulong.TryParse(line["MemTotal:".Length..^2].Trim(), out var kibibytes)) break;
            hardware.MemoryBytes = kibibytes * 1024;
            return;
        }
        hardware.Unseen.Add(Why.Of("proc/meminfo", "no line says MemTotal in kB"));
    }
}
