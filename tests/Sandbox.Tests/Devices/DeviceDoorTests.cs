using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

/// <summary>Who gets past the interceptor, and with which words the others are turned away.</summary>
public sealed class DeviceDoorTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Without_a_certificate_only_Enrol_answers()
    {
        using var machine = new Machine(_server);

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.RenewAsync());

        Assert.Equal((StatusCode.Unauthenticated, "CERTIFICATE_MISSING"), (status, reason));
    }

    [Fact]
    public async Task A_key_that_no_device_has_is_unknown()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await _server.InStoreAsync(db => db.Devices.ExecuteDeleteAsync());

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.RenewAsync());

        Assert.Equal((StatusCode.Unauthenticated, "DEVICE_UNKNOWN"), (status, reason));
    }

    [Theory]
    [InlineData(DeviceState.Revoked, "DEVICE_REVOKED")]
    [InlineData(DeviceState.Retired, "DEVICE_RETIRED")]
    public async Task A_device_out_of_service_is_refused_at_its_next_call(DeviceState state, string expected)
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await machine.RenewAsync();
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state)));

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.RenewAsync());

        Assert.Equal((StatusCode.PermissionDenied, expected), (status, reason));
    }

    [Fact]
    public async Task A_refusal_tells_the_mentor_why_and_the_agent_nothing_of_it()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked).SetProperty(x => x.StateReason, "stolen from the van")));

        var (_, _, fault) = await Refusals.RefusedAsync(() => machine.RenewAsync());

        Assert.DoesNotContain("stolen", fault.Status.Detail, StringComparison.Ordinal);
        var row = await Eventually.NotNullAsync(() => _server.InStoreAsync(db => db.Refusals.AsNoTracking().SingleOrDefaultAsync()));
        Assert.Contains("stolen from the van", row.Detail, StringComparison.Ordinal);
        Assert.NotNull(row.DeviceId);
    }

    [Fact]
    public async Task A_certificate_of_another_CA_ends_in_the_handshake_and_the_log_says_so()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=somebody else's", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: true));
        using var foreign = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var machine = new Machine(_server);

        var fault = await Assert.ThrowsAsync<RpcException>(() => machine.RenewAsync(certificate: foreign));

        Assert.NotEqual(StatusCode.OK, fault.StatusCode);
        await Eventually.TrueAsync(() => Task.FromResult(_server.Log.Any(line => line.Contains("CERTIFICATE_FOREIGN", StringComparison.Ordinal) && line.Contains("somebody else's", StringComparison.Ordinal))));
        var row = await Eventually.NotNullAsync(() => _server.InStoreAsync(db => db.Refusals.AsNoTracking().SingleOrDefaultAsync()));
        Assert.Equal((Reason.CertificateForeign, true), (row.Reason, row.Peer is "127.0.0.1" or "::1"));
    }

    [Fact]
    public async Task The_servers_own_certificate_opens_nothing()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(_server.Folder.Folders.Pki, "server.crt"), Path.Combine(_server.Folder.Folders.Pki, "server.key"));
        using var machine = new Machine(_server);

        var fault = await Assert.ThrowsAsync<RpcException>(() => machine.RenewAsync(certificate: certificate));

        Assert.Null(fault.Trailers.GetValue(Wire.ReasonTrailer));
    }

    [Fact]
    public async Task A_machine_that_tries_again_and_again_is_one_row_with_its_latest_time()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked).SetProperty(x => x.StateReason, "first")));
        await Refusals.RefusedAsync(() => machine.RenewAsync());
        await Eventually.TrueAsync(() => _server.InStoreAsync(db => db.Refusals.AnyAsync()));
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.StateReason, "second")));

        await Refusals.RefusedAsync(() => machine.RenewAsync());

        await Eventually.TrueAsync(() => _server.InStoreAsync(async db => (await db.Refusals.AsNoTracking().SingleAsync()).Detail.Contains("second", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_refusal_after_more_than_an_hour_is_a_row_of_its_own()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked)));
        await Refusals.RefusedAsync(() => machine.RenewAsync());
        await Eventually.TrueAsync(() => _server.InStoreAsync(db => db.Refusals.AnyAsync()));
        var before = _server.Time.GetUtcNow().AddMinutes(-61);
        await _server.InStoreAsync(db => db.Refusals.ExecuteUpdateAsync(set => set.SetProperty(x => x.At, before)));

        await Refusals.RefusedAsync(() => machine.RenewAsync());

        await Eventually.TrueAsync(() => _server.InStoreAsync(async db => await db.Refusals.CountAsync() == 2));
    }

    [Fact]
    public async Task A_later_certificate_than_a_restored_database_knows_counts_and_the_log_says_so()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        var (older, end) = (new byte[] { 1 }, new DateTimeOffset(machine.Certificate!.NotAfter).AddDays(-3));
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.CurrentSerial, older).SetProperty(x => x.CertificateExpiresAt, end)));

        await machine.RenewAsync();

        Assert.Equal(machine.Certificate!.SerialNumberBytes.ToArray(), await _server.InStoreAsync(db => db.Devices.Select(x => x.CurrentSerial).SingleAsync()));
        Assert.Contains(_server.Log, line => line.Contains("does not know", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_book_of_refusals_is_bounded()
    {
        var now = _server.Time.GetUtcNow();
        await _server.InStoreAsync(async db =>
        {
            db.Refusals.Add(new Refusal { Id = 1, At = now, Reason = Reason.CodeUsed, Peer = "old", Detail = "old" });
            db.Refusals.Add(new Refusal { Id = 5000, At = now, Reason = Reason.CodeUsed, Peer = "new", Detail = "new" });
            return await db.SaveChangesAsync();
        });
        using var machine = new Machine(_server);

        await Refusals.RefusedAsync(() => machine.RenewAsync());

        await Eventually.TrueAsync(() => _server.InStoreAsync(async db => !await db.Refusals.AnyAsync(x => x.Peer == "old")));
        Assert.Equal(2, await _server.InStoreAsync(db => db.Refusals.CountAsync()));
    }
}
