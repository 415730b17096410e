using Sandbox.EndToEnd.Harness;
using Sandbox.EndToEnd.Strangers;

namespace Sandbox.EndToEnd.Witness;

/// <summary>A real log and a real witness outside: the data folder is put back from a copy, and no agent is there to notice.</summary>
public sealed class OutsideWitness : LabTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_log_that_was_rolled_back_is_halted_by_what_the_witness_saw()
    {
        await using var witness = await CosignedAsync();
        var copy = await DataCopy.TakeAsync(Lab, Ct);
        await GrowAndCosignAsync(witness, 20);

        await copy.PutBackAsync(Ct);

        await HaltedAsync();
        Assert.Matches("state: halted since .*: The witness auditor.example/witness .* showed a checkpoint of [0-9]+ entries that this log's own key signed, but the log has only [0-9]+\\.", await Lab.AnswerAsync(Ct, "log", "status"));
        var (code, said) = await witness.CommandAsync(Ct, "list");
        Assert.Equal(1, code);
        Assert.Contains("the log went back, or somebody sent an old one again", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_was_forked_while_the_witness_was_away_is_found_by_both_when_it_comes_back()
    {
        await using var witness = await CosignedAsync();
        var copy = await DataCopy.TakeAsync(Lab, Ct);
        await GrowAndCosignAsync(witness, 3);
        await witness.KillAsync();
        await copy.PutBackAsync(Ct);
        await Lab.GrowLogAsync(40, Ct);

        await witness.StartAsync(Ct);

        await HaltedAsync();
        Assert.Matches("but this log's first [0-9]+ entries are others", await Lab.AnswerAsync(Ct, "log", "status"));
        var (code, said) = await witness.CommandAsync(Ct, "list");
        Assert.Equal(1, code);
        Assert.Contains("nobody proved that it has grown from the", said, StringComparison.Ordinal);
    }

    private async Task<WitnessMachine> CosignedAsync()
    {
        await Lab.GrowLogAsync(3, Ct);
        var witness = await WitnessMachine.OfAsync(Lab, await Lab.VerifierKeyAsync(Ct), Ct);
        await GrowAndCosignAsync(witness, 1);
        return witness;
    }

    private async Task GrowAndCosignAsync(WitnessMachine witness, int count)
    {
        await Lab.GrowLogAsync(count, Ct);
        await Lab.CosignedAsync(witness.Key, Ct);
    }

    private Task HaltedAsync() => Patience.UntilAsync("The log is halted", Soon,
        () => Lab.Server.Log.Contains("Nothing is signed in the evidence log any more: The witness auditor.example/witness", StringComparison.Ordinal), Ct);
}
