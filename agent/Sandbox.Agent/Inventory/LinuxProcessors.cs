using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>/proc/cpuinfo: one block per hardware thread, in words that differ by architecture.</summary>
internal sealed class LinuxProcessors
{
    private const string Source = "proc/cpuinfo";
    private readonly HashSet<(int Package, int Core)> _cores = [];
    private string? _model;
    private uint _threads;
    private int _package = -1;

    /// <summary>The processor says that a hypervisor runs it.</summary>
    public bool Hypervised { get; private set; }

    public static LinuxProcessors Read(RootFolder root, Hardware hardware)
    {
        var processors = new LinuxProcessors();
        try
        {
            using var lines = new ByteLines(root.Resolve(Source));
            while (lines.Next(out var line)) processors.Take(line);
            processors.AddTo(hardware);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            hardware.Unseen.Add(Why.Of(Source, fault));
        }
        return processors;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0) return;
        var name = line[..colon].TrimEnd(" \t"u8);
        var value = line[(colon + 1)..].Trim((byte)' ');
        if (name.SequenceEqual("processor"u8) && Number(value) >= 0) (_threads, _package) = (_threads + 1, -1);
        else if (_model is null && (name.SequenceEqual("model name"u8) || name.SequenceEqual("cpu model"u8)) && !value.IsEmpty)
            _model = Encoding.UTF8.GetString(value);
        else if (name.SequenceEqual("physical id"u8)) _package = Number(value);
        else if (name.SequenceEqual("core id"u8) && _package >= 0 && Number(value) is >= 0 and var core) _cores.Add((_package, core));
        else if (_threads == 1 && name.SequenceEqual("flags"u8)) Hypervised = Flag(value, "hypervisor"u8);
    }

    private void AddTo(Hardware hardware)
    {
        if (_model is not null) hardware.Processor = _model;
        else hardware.Unseen.Add(Why.Of(Source, "this processor does not say its model"));
        if (_threads > 0) hardware.LogicalProcessors = _threads;
        if (_cores.Count > 0) hardware.Cores = (uint)_cores.Count;
    }

    private static int Number(ReadOnlySpan<byte> value) =>
        int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static bool Flag(ReadOnlySpan<byte> flags, ReadOnlySpan<byte> wanted)
    {
        foreach (var flag in flags.Split((byte)' '))
            if (flags[flag].SequenceEqual(wanted)) return true;
        return false;
    }
}
