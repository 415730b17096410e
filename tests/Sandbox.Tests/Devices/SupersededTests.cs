using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

/// <summary>A certificate whose successor was used comes again: from a machine that was set back, or from a second one.</summary>
public sealed class SupersededTests : IAsyncLifetime
{
    private readonly ByteString _epoch = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Once_and_again_is_no_proof_while_the_successor_is_silent()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        using var old = machine.Certificate!;
        await RenewAndUseAsync(machine);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("SERIAL_SUPERSEDED", await HelloAsync(machine, old));
            _server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(DeviceState.Active, await StateAsync());
    }

    [Fact]
    public async Task Again_after_its_successor_was_used_meanwhile_is_proof()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        using var old = machine.Certificate!;
        await RenewAndUseAsync(machine);
        Assert.Equal("SERIAL_SUPERSEDED", await HelloAsync(machine, old, "bench-2"));
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        await HelloAsync(machine, machine.Certificate!);

        Assert.Equal("DEVICE_QUARANTINED", await HelloAsync(machine, old, "bench-2"));

        Assert.Equal("DEVICE_QUARANTINED", await HelloAsync(machine, machine.Certificate!));
        Assert.Contains("bench-2 at", await _server.InStoreAsync(db => db.Devices.Select(x => x.StateReason).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_seen_with_host_and_address_though_it_is_turned_away()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        using var old = machine.Certificate!;
        await RenewAndUseAsync(machine);

        await HelloAsync(machine, old, "bench-2");
        await HelloAsync(machine, old, "bench-2");

        var seen = await _server.InStoreAsync(db => db.Sightings.AsNoTracking().SingleAsync(x => x.Session == 0));
        Assert.Equal(("bench-2", Convert.ToHexString(old.SerialNumberBytes.Span)), (seen.HostName, Convert.ToHexString(seen.Serial)));
    }

    [Fact]
    public async Task A_certificate_whose_successors_reply_was_lost_still_counts()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await machine.RenewAsync();
        await machine.RenewAsync();

        Assert.Null(await HelloAsync(machine, machine.Certificate!));
    }

    private async Task RenewAndUseAsync(Machine machine)
    {
        machine.Use((await machine.RenewAsync()).Certificate);
        Assert.Null(await HelloAsync(machine, machine.Certificate!));
    }

    // The reason with which the hello was refused; null: it was welcomed.
    private async Task<string?> HelloAsync(Machine machine, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, string host = "bench-1")
    {
        using var channel = _server.Channel(certificate);
        using var call = new Telemetry.TelemetryClient(channel).Stream(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(new AgentMessage { Hello = new Hello { ProtocolVersion = Wire.ProtocolVersion, Epoch = _epoch, AgentVersion = "0.1.0", HostName = host } });
            return await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken) ? null : "closed";
        }
        catch (RpcException fault)
        {
            return fault.Trailers.GetValue(Wire.ReasonTrailer);
        }
    }

    private Task<DeviceState> StateAsync() => _server.InStoreAsync(db => db.Devices.Select(x => x.State).SingleAsync());
}
