using System.Diagnostics;

namespace Sandbox.Tests.Export.Formats;

/// <summary>Programs of others that check what is exported: <c>tests/validators</c>, which <c>tests/run</c> installs into the folder <c>SANDBOX_VALIDATORS</c>.</summary>
internal sealed class Validators : IDisposable
{
    private readonly TemporaryFolder _files = new();

    /// <summary>What the programs say: <c>ok</c>, or why not.</summary>
    public async Task<string> CheckAsync(string what, string document, string? jwks = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Environment.GetEnvironmentVariable("SANDBOX_VALIDATORS");
        Assert.SkipWhen(folder is null, "The programs that check exports are not installed here. Type: tests/run fast");
        await File.WriteAllTextAsync(_files["document"], document, ct);
        await File.WriteAllTextAsync(_files["jwks"], jwks ?? "{}", ct);
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "check.mjs"), what, _files["document"], _files["jwks"]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var (said, fault) = (node.StandardOutput.ReadToEndAsync(ct), node.StandardError.ReadToEndAsync(ct));
        await node.WaitForExitAsync(ct);
        var words = (await said).Trim();
        Assert.True(words.Length > 0 && node.ExitCode == (words == "ok" ? 0 : 1), $"{await fault}{words}");
        return words;
    }

    public void Dispose() => _files.Dispose();
}
