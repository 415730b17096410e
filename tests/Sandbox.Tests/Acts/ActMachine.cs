using System.IO.Compression;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Acts;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Acts;

/// <summary>A machine whose logs are read for acts, run by run; the first run has already been.</summary>
internal sealed class ActMachine : IDisposable
{
    public const string Auth = "var/log/auth.log";
    public const string Audit = "var/log/audit/audit.log";
    public const string MachineId = "3d1219c7c4c5404aaa1f6d2a48adfda4";
    private readonly TemporaryFolder _data = new();

    public MachineFiles Files { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero));

    public string Place => _data["acts.place"];

    /// <summary>What the kernel told.</summary>
    public HeardRecords Heard { get; private set; } = null!;

    private LinuxActs Collector { get; set; } = null!;

    public static ActMachine Started()
    {
        var machine = new ActMachine();
        machine.Files.With("etc/machine-id", $"{MachineId}\n");
        machine.Restart();
        machine.Run();
        return machine;
    }

    /// <summary>As after a restart of the agent: only the place file is remembered.</summary>
    public void Restart() => Collector = new LinuxActs(Files.Root, Place, Time, Heard = new HeardRecords());

    public void Append(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Files.At(path))!);
        File.AppendAllText(Files.At(path), text);
    }

    /// <summary>One run whose acts become durable.</summary>
    public IReadOnlyList<AdminAct> Run() => Acts(deliver: true);

    /// <summary>One run whose acts find no room.</summary>
    public IReadOnlyList<AdminAct> RunWithoutRoom() => Acts(deliver: false);

    /// <summary>Runs until there is no more.</summary>
    public List<AdminAct> RunAll()
    {
        var all = new List<AdminAct>();
        do all.AddRange(Run());
        while (Collector.HasMore);
        return all;
    }

    public Sandbox.Protocol.Acts? Fact() => Facts() is [var fact] ? fact.Acts : null;

    public void Dispose()
    {
        Files.Dispose();
        _data.Dispose();
    }

    public static string Recorded(string name) => Path.Combine(RepositoryRoot.Path, "tests/Sandbox.Tests/Acts/Recorded", name);

    public static byte[] RecordedJournal()
    {
        using var packed = new GZipStream(File.OpenRead(Recorded("system.journal.gz")), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        packed.CopyTo(whole);
        return whole.ToArray();
    }

    private IReadOnlyList<Fact> Facts() => Collector.CollectAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

    private List<AdminAct> Acts(bool deliver)
    {
        var facts = Facts();
        if (facts.Count > 0 && deliver) Collector.Delivered();
        return facts is [var fact] ? [.. fact.Acts.Acts_] : [];
    }
}
