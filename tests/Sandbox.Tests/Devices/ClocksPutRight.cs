using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

/// <summary>A server's clock was far ahead when it issued a certificate, and is put right: what it issues from then on ends earlier.</summary>
public sealed class ClocksPutRight
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_superseded_certificate_that_ends_later_stays_superseded(bool renewed)
    {
        var server = await RunningServer.StartAsync();
        var right = new FakeTimeProvider(server.Time.GetUtcNow());
        server.Time.Advance(TimeSpan.FromDays(60));
        var token = await Machine.TokenAsync(server);
        var (key, ahead) = await EnrolledAsync(server, token);
        using var issued = ahead;
        server = await server.RestartAsync(() => Task.CompletedTask, right);
        await using var restarted = server;
        using var machine = new Machine(server, key);

        if (renewed) machine.Use((await machine.RenewAsync(certificate: ahead)).Certificate);
        else await machine.EnrolAsync(token);
        await machine.RenewAsync();

        Assert.True(machine.Certificate!.NotAfter < ahead.NotAfter);
        Assert.Equal("SERIAL_SUPERSEDED", (await Refusals.RefusedAsync(() => machine.RenewAsync(certificate: ahead))).Reason);
        Assert.Equal(ahead.NotAfter.ToUniversalTime(), await server.InStoreAsync(db => db.Devices.Select(x => x.CertificateExpiresAt.UtcDateTime).SingleAsync()));
    }

    private static async Task<(System.Security.Cryptography.ECDsa Key, X509Certificate2 Certificate)> EnrolledAsync(RunningServer server, byte[] token)
    {
        var machine = new Machine(server);
        await machine.EnrolAsync(token);
        return (machine.Key, machine.Certificate!);
    }
}
