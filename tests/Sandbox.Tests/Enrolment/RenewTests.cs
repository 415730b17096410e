using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Enrolment;

public sealed class RenewTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_next_certificate_is_for_the_same_key_and_device()
    {
        using var machine = await Machine.EnrolledAsync(_server);

        var reply = await machine.RenewAsync();

        using var next = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
        Assert.Equal(machine.Certificate!.Subject, next.Subject);
        Assert.Equal(machine.Key.ExportSubjectPublicKeyInfo(), next.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.NotEqual(machine.Certificate.SerialNumber, next.SerialNumber);
    }

    [Fact]
    public async Task Until_the_next_certificate_is_used_the_old_one_works()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await machine.RenewAsync();

        await machine.RenewAsync();

        Assert.Equal(machine.Certificate!.SerialNumberBytes.ToArray(), (await Device()).CurrentSerial);
    }

    [Fact]
    public async Task Once_the_next_certificate_was_used_the_old_one_is_refused()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        using var old = machine.Certificate!;
        machine.Use((await machine.RenewAsync()).Certificate);
        await machine.RenewAsync();

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.RenewAsync(certificate: old));

        Assert.Equal((StatusCode.PermissionDenied, "SERIAL_SUPERSEDED"), (status, reason));
        Assert.Equal(DeviceState.Active, (await Device()).State);
        await machine.RenewAsync();
    }

    [Fact]
    public async Task A_request_for_another_key_is_refused()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.RenewAsync(machine.Request(other)));

        Assert.Equal((StatusCode.InvalidArgument, "CSR_INVALID"), (status, reason));
        Assert.Null((await Device()).NextSerial);
    }

    [Fact]
    public async Task A_machine_that_slept_longer_than_its_certificate_lives_is_not_stuck()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        _server.Time.Advance(TimeSpan.FromDays(60));

        machine.Use((await machine.RenewAsync()).Certificate);

        Assert.True(machine.Certificate!.NotAfter.ToUniversalTime() > _server.Time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task With_a_certificate_that_has_ended_nothing_else_is_reached()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        _server.Time.Advance(TimeSpan.FromDays(60));
        using var channel = _server.Channel(machine.Certificate);
        using var stream = new Telemetry.TelemetryClient(channel).Stream(cancellationToken: TestContext.Current.CancellationToken);

        var (status, reason, _) = await Refusals.RefusedAsync(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.Unauthenticated, "CERTIFICATE_EXPIRED"), (status, reason));
    }

    [Theory]
    [InlineData(14 + 179, null)]
    [InlineData(14 + 181, "CERTIFICATE_TOO_OLD")]
    public async Task After_a_summer_it_is_still_renewed_but_not_after_180_days(int days, string? expected)
    {
        using var machine = await Machine.EnrolledAsync(_server);
        _server.Time.Advance(TimeSpan.FromDays(days));

        var refused = await Record.ExceptionAsync(() => machine.RenewAsync()) as RpcException;

        Assert.Equal(expected, refused?.Trailers.GetValue(Wire.ReasonTrailer));
        if (expected is not null) Assert.Contains("ask for a new join code", refused!.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_device_is_not_renewed_though_it_only_slept()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        _server.Time.Advance(TimeSpan.FromDays(60));
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked)));

        Assert.Equal("DEVICE_REVOKED", (await Refusals.RefusedAsync(() => machine.RenewAsync())).Reason);
    }

    private Task<Device> Device() => _server.InStoreAsync(db => db.Devices.AsNoTracking().SingleAsync());
}
