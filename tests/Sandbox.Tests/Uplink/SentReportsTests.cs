using System.Security.Cryptography;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>How much of the spool is read to find what the server refused.</summary>
public sealed class SentReportsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly InFlight _inFlight = new(TimeSpan.FromMinutes(1), TimeProvider.System);
    private readonly DeviceSigner _signer;
    private readonly Agent.Uplink.Spool _spool;
    private readonly SentReports _sent;
    private readonly List<byte[]> _hashes = [];

    public SentReportsTests()
    {
        _signer = new DeviceSigner(DeviceId.New(), _key);
        _spool = Agent.Uplink.Spool.Open(_folder["spool"]);
        _sent = new SentReports(_spool, _signer, _inFlight);
        var chain = new ReportChain(_spool, _signer);
        for (var i = 0; i < 40; i++)
        {
            var reports = chain.Build(new ReportChain.Content(LabAuthority.Now, [[]], [], []), sign: false);
            _spool.Append(reports);
            _hashes.Add(_signer.Hash(SignedReport.Parser.ParseFrom(reports[0]).Report.Span));
        }
    }

    [Fact]
    public void Each_of_many_is_found_where_the_last_one_was()
    {
        _inFlight.Sent(1, 30);

        Assert.Equal(Enumerable.Range(1, 30).Select(x => (ulong?)x), _hashes.Take(30).Select(hash => _sent.Find(hash)));

        Assert.Equal(30, _sent.Hashed);
    }

    [Fact]
    public void One_that_comes_out_of_order_is_found_as_well()
    {
        _inFlight.Sent(1, 30);
        _sent.Find(_hashes[20]);

        Assert.Equal(4UL, _sent.Find(_hashes[3]));
    }

    [Fact]
    public void What_was_not_sent_or_is_settled_is_not_looked_at()
    {
        _inFlight.Sent(1, 10);
        _inFlight.Sent(11, 13);
        _spool.Acknowledge(_inFlight.Acknowledged(10));

        Assert.Null(_sent.Find(_hashes[35]));
        Assert.Null(_sent.Find(_hashes[5]));

        Assert.Equal(6, _sent.Hashed);
    }

    [Fact]
    public void Before_anything_was_sent_nothing_is_found()
    {
        Assert.Null(_sent.Find(_hashes[0]));

        Assert.Equal(0, _sent.Hashed);
    }

    public void Dispose()
    {
        _spool.Dispose();
        _inFlight.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }
}
