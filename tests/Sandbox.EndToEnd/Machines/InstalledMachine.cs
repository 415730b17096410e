using System.Text;
using Sandbox.EndToEnd.Harness;
using Sandbox.EndToEnd.Packaging;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Machines;

/// <summary>A server, and a machine that was started from its own disk and had the agent installed and enrolled by the server's script: one for all tests.</summary>
public sealed class InstalledMachine(AgentPackages packages) : IAsyncDisposable
{
    /// <summary>What the machine calls the server.</summary>
    internal const string ServerName = "lab-server";

    /// <summary>Who enrolled it: an apprentice, who does nothing on it.</summary>
    internal const string Owner = "otto";

    private static readonly TimeSpan LongestReport = TimeSpan.FromSeconds(60);
    private Task? _prepared;
    private MachineImage? _image;
    private VirtualMachine? _machine;
    private Lab? _lab;

    internal VirtualMachine Machine => _machine ?? throw new InvalidOperationException("There is no machine yet.");

    internal Lab Lab => _lab ?? throw new InvalidOperationException("There is no server yet.");

    /// <summary>Makes and starts everything, for the first who asks.</summary>
    internal Task PrepareAsync(CancellationToken ct) => _prepared ??= MakeAsync(ct);

    /// <summary>What server and agent said, as far as they came.</summary>
    internal async Task<string> LogsAsync()
    {
        var journal = _machine is null ? null : await _machine.RunAsync("journalctl -u sandbox-agent -n 100 --no-pager", CancellationToken.None);
        return $"{_lab?.Logs}\n--- agent ---\n{journal?.Output}";
    }

    /// <summary>What the server knows of one thing. Null: nothing.</summary>
    internal Fact? Known(int kind) => Lab.Bytes($"select \"Bytes\" from \"Facts\" where \"Kind\" = {kind}") is { } fact ? Fact.Parser.ParseFrom(fact) : null;

    /// <summary>What was done on the machine, as far as the server knows, the earliest first.</summary>
    internal IReadOnlyList<AdminAct> Acts() => [.. Lab.AllBytes("select \"Bytes\" from \"Acts\" order by \"OccurredAt\"").Select(AdminAct.Parser.ParseFrom)];

    /// <summary>All bytes of the server's database, each as a letter, to look for what may not be there.</summary>
    internal string Stored() => string.Concat(Directory.GetFiles(Path.GetDirectoryName(Lab.Database)!, Path.GetFileName(Lab.Database) + "*").Select(file => Encoding.Latin1.GetString(Shared(file))));

    /// <summary>Waits until the server knows it so.</summary>
    internal async Task<T> KnowsAsync<T>(string what, int kind, Func<Fact, T?> of, CancellationToken ct)
        where T : class
    {
        T? found = null;
        try
        {
            await Patience.UntilAsync($"The server knows: {what}", LongestReport, () => (found = Known(kind) is { } fact ? of(fact) : null) is not null, ct);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{late.Message} It knows: {Known(kind)}", late);
        }
        return found!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_machine is not null) await _machine.DisposeAsync();
        if (_lab is not null) await _lab.DisposeAsync();
        _image?.Dispose();
    }

    private static byte[] Shared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private async Task MakeAsync(CancellationToken ct)
    {
        _lab = await Lab.StartAsAsync(ServerName, ct);
        await packages.ServeAsync(_lab, "0.1.0");
        _image = await MachineImage.MakeAsync(ct);
        _machine = await VirtualMachine.BootAsync(_image, ct);
        _ = await _lab.AnswerAsync(ct, "people", "add", Owner, "--role", "apprentice");
        _ = (await _machine.RunAsync("umask 077; cat > /root/code", ct, typed: await _lab.JoinCodeAsync(ct, Owner) + "\n")).Worked;
        _ = (await _machine.RunAsync($"curl -fsSk https://{ServerName}:{_lab.WebPort}/install | sh -s -- --code-file /root/code", ct)).Worked;
    }
}

/// <summary>What shares that machine.</summary>
[CollectionDefinition]
public sealed class OnOneMachine : ICollectionFixture<InstalledMachine>;
