using System.Diagnostics;
using Sandbox.EndToEnd.Harness;
using Sandbox.EndToEnd.Witness;

namespace Sandbox.EndToEnd.Strangers;

/// <summary>A program that is not ours (golang.org/x/mod) verifies the log that the real server serves over HTTPS.</summary>
public sealed class GoVerifier : LabTest
{
    [Fact]
    public async Task It_verifies_every_leaf_and_that_the_log_has_only_grown()
    {
        var older = await Lab.GrowLogAsync(300, Ct);
        await Lab.GrowLogAsync(500, Ct);

        var (code, said) = await VerifyAsync(await Lab.VerifierKeyAsync(Ct), older);

        Assert.True(code == 0, said);
        var size = (await Lab.CheckpointAsync(Ct))!.Size;
        Assert.Contains($"{size} entries stand in the log", said, StringComparison.Ordinal);
        Assert.Matches($"it has grown from 3[0-9]{{2}} to {size} entries", said);
    }

    [Fact]
    public async Task It_verifies_a_witness_s_cosignature()
    {
        var older = await Lab.GrowLogAsync(3, Ct);
        await using var witness = await WitnessMachine.OfAsync(Lab, await Lab.VerifierKeyAsync(Ct), Ct);
        await Lab.CosignedAsync(witness.Key, Ct);

        var (code, said) = await VerifyAsync(await Lab.VerifierKeyAsync(Ct), older, witness.Key.ToString());

        Assert.True(code == 0, said);
        Assert.Contains("auditor.example/witness cosigned it at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_finds_a_leaf_that_was_altered_in_the_database()
    {
        await Lab.GrowLogAsync(300, Ct);
        Lab.Change("update LogEntries set Leaf = cast(replace(cast(Leaf as text), '2026', '2027') as blob) where LeafIndex = 270");

        var (code, said) = await VerifyAsync(await Lab.VerifierKeyAsync(Ct));

        Assert.Equal(1, code);
        Assert.Contains("invalid", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_finds_a_tile_that_was_altered_in_the_database()
    {
        await Lab.GrowLogAsync(300, Ct);
        Lab.Change("update LogTiles set Hashes = zeroblob(length(Hashes)) where Level = 0 and \"Index\" = 1");

        var (code, _) = await VerifyAsync(await Lab.VerifierKeyAsync(Ct));

        Assert.Equal(1, code);
    }

    [Fact]
    public async Task It_does_not_believe_another_key()
    {
        await Lab.GrowLogAsync(3, Ct);

        var (code, said) = await VerifyAsync("localhost/evidence+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

        Assert.True(code == 1, said);
    }

    private static string Program => Path.Combine(Programs.Repository, "tests", "Sandbox.EndToEnd", "Strangers", "verify.go");

    private async Task<(int Code, string Said)> VerifyAsync(string key, byte[]? older = null, string? witness = null)
    {
        using var folder = new TemporaryFolder();
        List<string> arguments = ["run", Program, $"{Lab.Page}/log", Lab.Authority, key];
        if (older is not null)
        {
            await File.WriteAllBytesAsync(folder.At("older"), older, Ct);
            arguments.Add(folder.At("older"));
        }
        if (witness is not null) arguments.Add(witness);
        var start = new ProcessStartInfo("go", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("GO111MODULE", "off"), ("GOPATH", "/usr/share/gocode"), ("GOCACHE", Path.Combine(Path.GetTempPath(), "sandbox-go-cache")) })
            start.Environment[name] = value;
        using var go = Process.Start(start)!;
        var (output, error) = (go.StandardOutput.ReadToEndAsync(Ct), go.StandardError.ReadToEndAsync(Ct));
        await go.WaitForExitAsync(Ct);
        return (go.ExitCode, await output + await error);
    }
}
