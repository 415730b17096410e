using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Collecting;

/// <summary>A real collector as small as can be: the text of one file becomes the host name of its fact.</summary>
internal sealed class FileCollector(string root, string path, Fact.KindOneofCase kind) : ICollector
{
    private int _runs;

    public string Name { get; init; } = kind.ToString();

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [kind];

    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    public IReadOnlyList<string> Watches => [Watched ?? path];

    public string? Watched { get; init; }

    public Func<CancellationToken, Task>? Before { get; set; }

    public int Runs => Volatile.Read(ref _runs);

    public async ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _runs);
        if (Before is { } before) await before(ct);
        var at = Path.Combine(root, path);
        var text = File.Exists(at) ? await File.ReadAllTextAsync(at, ct) : "";
        return [Said(text)];
    }

    private Fact Said(string text) => kind switch
    {
        Fact.KindOneofCase.Hardware => new Fact { Hardware = new Hardware { Product = text } },
        Fact.KindOneofCase.Software => new Fact { Software = new Software { Packages = { new Package { Name = text, Version = "1" } } } },
        _ => new Fact { OperatingSystem = new Sandbox.Protocol.OperatingSystem { HostName = text } },
    };
}
