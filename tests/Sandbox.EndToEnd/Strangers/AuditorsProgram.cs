using System.IO.Compression;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Strangers;

/// <summary>
/// <c>sandbox-verify</c> as an auditor runs it, on a log that the real server serves and on files. It is the native program where SANDBOX_NATIVE_VERIFY names
/// one, as <c>tests/run</c> does.
/// </summary>
public sealed class AuditorsProgram : LabTest
{
    private readonly TemporaryFolder _home = new();

    private static string Program => Environment.GetEnvironmentVariable("SANDBOX_NATIVE_VERIFY") is { Length: > 0 } native ? native : Programs.Verify;

    private string Log => $"{Lab.Page}/log";

    [Fact]
    public async Task It_proves_a_served_log_and_the_next_time_that_it_only_grew()
    {
        await Lab.GrowLogAsync(300, Ct);
        var first = await VerifyAsync(Log, "--ca", Lab.Authority, "--key", await Lab.VerifierKeyAsync(Ct));
        await Lab.GrowLogAsync(500, Ct);
        var next = await VerifyAsync(Log, "--ca", Lab.Authority);

        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Contains("Without a witness order is proved and time is not", first.Output, StringComparison.Ordinal);
        Assert.True(next.ExitCode == 0, next.Output);
        Assert.Contains("it was confirmed on this machine before", next.Output, StringComparison.Ordinal);
        Assert.Contains("The log is the continuation of what this machine saw", next.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_served_key_is_shown_and_not_believed()
    {
        await Lab.GrowLogAsync(3, Ct);
        var said = await VerifyAsync(Log, "--ca", Lab.Authority);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains($"--key {await Lab.VerifierKeyAsync(Ct)}", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leaf_that_was_altered_in_the_database_is_named()
    {
        await Lab.GrowLogAsync(300, Ct);
        Lab.Change("update LogEntries set Leaf = cast(replace(cast(Leaf as text), 'policy', 'refusal') as blob) where LeafIndex = 270");

        var said = await VerifyAsync(Log, "--ca", Lab.Authority, "--key", await Lab.VerifierKeyAsync(Ct));

        Assert.Equal(1, said.ExitCode);
        Assert.Contains("hash 14 of it is not what the leaves below it give", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_is_not_read()
    {
        await Lab.GrowLogAsync(3, Ct);
        var said = await VerifyAsync(Log, "--key", await Lab.VerifierKeyAsync(Ct));

        Assert.Equal(2, said.ExitCode);
        Assert.Contains("--ca ca.crt", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_proved_as_a_zip_and_unpacked_and_each_entry_can_be_read()
    {
        await Lab.GrowLogAsync(300, Ct);
        var (zip, folder, key) = (_home.At("bundle.zip"), _home.At("unpacked"), await Lab.VerifierKeyAsync(Ct));
        _ = await Lab.AnswerAsync(Ct, "evidence", "export", zip);
        await ZipFile.ExtractToDirectoryAsync(zip, folder, Ct);

        Assert.Equal(0, (await VerifyAsync(zip, "--key", key)).ExitCode);
        Assert.Equal(0, (await VerifyAsync(folder)).ExitCode);
        var shown = await VerifyAsync("show", zip, "200");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("\"policy\": \"lab-default/1\"", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_or_was_asked_for_wrongly_ends_with_2()
    {
        await File.WriteAllTextAsync(_home.At("no.zip"), "no zip", Ct);

        Assert.Equal(2, (await VerifyAsync(_home.At("no.zip"))).ExitCode);
        Assert.Equal(2, (await VerifyAsync(_home.At("nothing"))).ExitCode);
        Assert.Equal(2, (await VerifyAsync("--key", "no key", _home.At("no.zip"))).ExitCode);
        Assert.Equal(2, (await VerifyAsync()).ExitCode);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _home.Dispose();
    }

    private async Task<Outcome> VerifyAsync(params string[] arguments)
    {
        await using var program = RunningProgram.Start("sandbox-verify", "env", [$"XDG_STATE_HOME={_home.At("state")}", Program, .. arguments]);
        return new Outcome(await program.WaitForExitAsync(Ct), program.Log);
    }
}
