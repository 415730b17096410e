using Microsoft.EntityFrameworkCore;
using Sandbox.Agent;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Identity;

/// <summary>A laptop that slept through its certificate, and clocks that are off: the real agent against the real server.</summary>
public sealed class LongSleeps : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    private AgentFolders Folders => new(_folder.Path);

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await RealAgent.EnrolAsync(Folders, await RealAgent.CodeAsync(_server));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(60)]
    [InlineData(150)]
    public async Task It_renews_by_itself_and_reports_all_that_waited(int days)
    {
        _server.Time.Advance(TimeSpan.FromDays(days));

        await using var agent = RealAgent.Start(Folders, ClockAt(_server.Time.GetUtcNow()));
        await agent.PutAsync("from the spool");

        await agent.DeliveredAsync();
        Assert.Equal(1, await _server.InStoreAsync(db => db.Reports.CountAsync()));
    }

    // Its certificate has ended by the server's clock, and by its own it has not.
    [Theory]
    [InlineData(60)]
    [InlineData(-1)]
    public async Task Its_clock_may_be_wrong_meanwhile(int days)
    {
        _server.Time.Advance(TimeSpan.FromDays(60));

        await using var agent = RealAgent.Start(Folders, days > 0 ? TimeProvider.System : ClockAt(_server.Time.GetUtcNow().AddDays(10)));
        await agent.PutAsync("from the spool");

        await agent.DeliveredAsync();
    }

    private static ShiftedClock ClockAt(DateTimeOffset now) => new(now - TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task After_180_days_it_is_told_to_enrol_again_and_a_new_code_does_it()
    {
        _server.Time.Advance(TimeSpan.FromDays(200));
        await using (var agent = RealAgent.Start(Folders))
        {
            await agent.PutAsync("from the spool");
            await Eventually.TrueAsync(() => Task.FromResult(Agent.Uplink.AgentStatus.Read(Folders.Status)?.LastTrouble?.StartsWith("CERTIFICATE_TOO_OLD: ", StringComparison.Ordinal) == true));
        }

        var enrolled = await RealAgent.EnrolAsync(Folders, await RealAgent.CodeAsync(_server));

        Assert.True(Directory.Exists(Path.Combine(enrolled.Aside!, "spool")));
    }
}
