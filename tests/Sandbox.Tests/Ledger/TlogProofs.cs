using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>One entry's proof in a file of its own.</summary>
public sealed class TlogProofs : IDisposable
{
    private readonly LogKey _key = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task It_proves_its_entry_after_a_journey_as_bytes()
    {
        var proof = TlogProof.Parse((await MakeAsync()).ToBytes());

        Assert.Null(proof.FaultFor(GrownTree.Entry(271), _key.Verifier));
    }

    [Fact]
    public async Task It_begins_as_the_specification_says() =>
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 271\n", Encoding.UTF8.GetString((await MakeAsync()).ToBytes()), StringComparison.Ordinal);

    [Fact]
    public async Task Another_entry_is_not_proved() =>
        Assert.Contains("does not lead", (await MakeAsync()).FaultFor(GrownTree.Entry(272), _key.Verifier), StringComparison.Ordinal);

    [Fact]
    public async Task Another_key_is_not_believed()
    {
        using var other = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());

        Assert.Contains("not signed by", (await MakeAsync()).FaultFor(GrownTree.Entry(271), other.Verifier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n")]
    public void What_is_no_proof_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => TlogProof.Parse(Encoding.UTF8.GetBytes(text))).Message);

    private async Task<TlogProof> MakeAsync()
    {
        var tree = await GrownTree.OfAsync(300);
        var path = await tree.Reader().InclusionAsync(271, TestContext.Current.CancellationToken);
        return new TlogProof(271, path, new Checkpoint("lab.example/evidence", 300, tree.Root).Sign(_key));
    }
}
