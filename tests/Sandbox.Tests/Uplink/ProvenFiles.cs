using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Uplink;

namespace Sandbox.Tests.Uplink;

/// <summary>The file by which what starts the agent knows that this version works.</summary>
public sealed class ProvenFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly UplinkBook _book;
    private readonly ProvenFile _proven;

    public ProvenFiles()
    {
        _book = new UplinkBook(_folder["status.json"], _time, NullLogger<UplinkBook>.Instance);
        _proven = new ProvenFile(File, _book, _time, NullLogger<ProvenFile>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => _folder["0.1.0-abc.proven"];

    public void Dispose()
    {
        _proven.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_is_made_when_the_server_welcomes_the_agent()
    {
        await _proven.StartAsync(Ct);

        _book.Connected(clockOffset: null);

        await _proven.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Ct);
        Assert.True(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task It_is_made_after_five_minutes_without_a_server()
    {
        await _proven.StartAsync(Ct);

        // The service starts beside the test, so it may miss the first minutes.
        for (var i = 0; i < 2000 && !_proven.ExecuteTask!.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
        }

        Assert.True(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task An_agent_that_ends_before_has_proven_nothing()
    {
        await _proven.StartAsync(Ct);
        _time.Advance(TimeSpan.FromMinutes(4));

        await _proven.StopAsync(Ct);

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_ends_no_agent()
    {
        using var proven = new ProvenFile(_folder["gone/0.1.0.proven"], _book, _time, NullLogger<ProvenFile>.Instance);
        await proven.StartAsync(Ct);

        _book.Connected(clockOffset: null);

        await proven.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Ct);
    }
}
