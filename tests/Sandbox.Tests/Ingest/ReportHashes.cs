using System.Security.Cryptography;
using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Tests.Ingest;

public sealed class ReportHashes
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2048), InlineData(2049), InlineData(100_000)]
    public void A_report_of_any_length_has_the_hash_of_prefix_device_and_bytes(int length)
    {
        var (device, report) = (DeviceId.New(), RandomNumberGenerator.GetBytes(length));

        var hash = ReportHash.Of(device, report);

        Assert.Equal(SHA256.HashData([.. Encoding.ASCII.GetBytes("sandbox-report/v1"), .. device.ToBytes(), .. report]), hash);
    }
}
