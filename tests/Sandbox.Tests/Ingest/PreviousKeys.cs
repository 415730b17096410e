using System.Security.Cryptography;
using Sandbox.Protocol;
using Sandbox.Server.Ingest;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Ingest;

/// <summary>Signatures of the key that a device had before it was split from its copy.</summary>
public sealed class PreviousKeys
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_hold_for_the_device_that_had_it_and_for_no_other(bool had)
    {
        await using var store = await TemporaryStore.CreateAsync();
        var device = await ReportingDevice.EnrolAsync(store);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var check = new ReportCheck(device.Id, key.ExportSubjectPublicKeyInfo(), device.Epoch) { Previous = had ? device.Caller.PublicKey : null };

        var (report, refused) = check.Check(device.Write(_ => { }, sign: true));

        Assert.Equal((had, had ? (Reason?)null : Reason.SignatureInvalid), (report is not null, refused?.Reason));
    }
}
