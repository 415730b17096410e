using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>What people read when the two sides do not want each other.</summary>
public sealed class Refusals : IDisposable
{
    private readonly LabAuthority _authority = new();
    private readonly LabAuthority _foreign = new();

    [Theory]
    [InlineData(Reason.DeviceRevoked, "DEVICE_REVOKED: somebody said so")]
    [InlineData(Reason.DeviceRetired, "DEVICE_RETIRED: somebody said so")]
    [InlineData(Reason.SerialSuperseded, "SERIAL_SUPERSEDED: somebody said so")]
    public async Task A_refusal_is_said_with_code_and_words_and_asked_again_slowly(Reason reason, string words)
    {
        await using var server = await LabServer.StartAsync(_authority);
        server.Streams.TurnsAway = StreamScript.Refusal(reason, StatusCode.PermissionDenied, "somebody said so");

        Assert.Equal(words, await TroubleOf(server.Address, slowly: true));

        Assert.Single(server.Streams.Hellos);
    }

    [Fact]
    public async Task A_refusal_that_is_taken_back_is_forgotten()
    {
        await using var server = await LabServer.StartAsync(_authority);
        server.Streams.TurnsAway = StreamScript.Refusal(Reason.DeviceRevoked, StatusCode.PermissionDenied, "somebody said so");
        using var device = new EnrolledDevice(_authority, server.Address);
        await using var uplink = new RunningUplink(device).Start();
        await RunningUplink.Until(() => uplink.Status?.LastTrouble is not null, "no refusal");

        server.Streams.TurnsAway = null;

        await RunningUplink.Until(() => uplink.Status is { ConnectedSince: not null, LastTrouble: null }, "it did not come back");
    }

    [Fact]
    public async Task A_server_of_another_lab_is_named_as_such()
    {
        await using var server = await LabServer.StartAsync(_foreign);

        Assert.Matches("^SERVER_UNTRUSTED: .*does not come from the CA that this device was enrolled with", await TroubleOf(server.Address));

        Assert.Empty(server.Streams.Hellos);
    }

    [Fact]
    public async Task A_device_of_another_lab_is_told_so_with_code_and_what_to_type()
    {
        await using var server = await LabServer.StartAsync(_authority);

        Assert.Matches("^CERTIFICATE_FOREIGN: .*another CA made it.* type: .*sandbox-agent enrol -$", await TroubleOf(server.Address, issuer: _foreign));

        Assert.Empty(server.Streams.Hellos);
    }

    [Fact]
    public Task An_expired_server_certificate_is_named() =>
        ServerShows(_authority.Server(LabAuthority.Now.AddDays(-30), LabAuthority.Now.AddDays(-1)), "the server's certificate ended at");

    [Fact]
    public Task A_server_certificate_of_the_future_is_named() =>
        ServerShows(_authority.Server(LabAuthority.Now.AddDays(1), LabAuthority.Now.AddDays(2)), "the server's certificate is not valid before");

    [Fact]
    public Task A_device_cannot_play_the_server() =>
        ServerShows(_authority.ServerWithoutTheRight(), "does not come from the CA that this device was enrolled with (NotValidForUsage)");

    [Fact]
    public Task A_server_that_may_not_be_one_has_a_code_for_it() => ServerShows(_authority.ServerWithoutTheRight(), "SERVER_UNTRUSTED: ");

    [Fact]
    public Task Clock_trouble_says_what_to_type() =>
        ServerShows(_authority.Server(LabAuthority.Now.AddDays(1), LabAuthority.Now.AddDays(2)), "timedatectl set-ntp true");

    [Fact]
    public async Task Nobody_listening_is_said_so()
    {
        var server = await LabServer.StartAsync(_authority);
        var address = server.Address;
        await server.DisposeAsync();

        Assert.Equal($"{address}: nothing listens there; is the server running?", await TroubleOf(address));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _foreign.Dispose();
    }

    private async Task ServerShows(X509Certificate2 certificate, string words)
    {
        await using var server = await LabServer.StartAsync(_authority, certificate);

        Assert.Contains(words, await TroubleOf(server.Address), StringComparison.Ordinal);

        Assert.Empty(server.Streams.Hellos);
    }

    private async Task<string> TroubleOf(string address, LabAuthority? issuer = null, bool slowly = false)
    {
        using var device = new EnrolledDevice(_authority, address, issuer);
        await using var uplink = new RunningUplink(device).Start(slowly ? RunningUplink.Quick with { LongestRetry = TimeSpan.FromMinutes(1) } : null);
        await RunningUplink.Until(() => uplink.Status?.LastTrouble is not null, "no trouble");
        var trouble = uplink.Status!.LastTrouble!;
        if (slowly) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        return trouble;
    }
}
