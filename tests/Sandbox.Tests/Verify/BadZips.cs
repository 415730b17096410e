using System.IO.Compression;
using Sandbox.Verify;

namespace Sandbox.Tests.Verify;

/// <summary>Zips that are none, lead outside, or unpack to far more than they are.</summary>
public sealed class BadZips
{
    private static readonly VerifySettings _settings = new() { Key = Sample.Key.Verifier };

    [Theory]
    [InlineData(0), InlineData(1), InlineData(100), InlineData(5000)]
    public async Task A_zip_that_was_cut_off_says_so(int missing)
    {
        var zip = (await (await Sample.LogAsync()).ExportAsync()).ToZip();

        var fault = await Assert.ThrowsAsync<SetupException>(() => MadeBundle.VerifyAsync(missing == 0 ? [] : zip[..^missing], _settings));
        Assert.Contains("This is no zip, or not all of it", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside"), InlineData("/outside"), InlineData("tile/../../outside"), InlineData("C:\\outside"), InlineData(".hidden"), InlineData("a//b")]
    public async Task A_name_that_leads_outside_is_refused(string name)
    {
        var bundle = await new MadeLog(Sample.Key).ExportAsync();
        bundle.Files[name] = [1];

        var fault = await Assert.ThrowsAsync<SetupException>(() => bundle.VerifyAsync(Sample.Key));
        Assert.Contains($"'{name}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_stands_in_it_twice_is_refused()
    {
        using var zip = new MemoryStream();
        zip.Write((await new MadeLog(Sample.Key).ExportAsync()).ToZip());
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true)) archive.CreateEntry("checkpoint");

        var fault = await Assert.ThrowsAsync<SetupException>(() => MadeBundle.VerifyAsync(zip.ToArray(), _settings));
        Assert.Contains("'checkpoint' twice", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint"), InlineData("export.json"), InlineData("SHA256SUMS"), InlineData("tile/entries/000"), InlineData("tile/0/000"), InlineData("handovers/0123abcd")]
    public async Task What_unpacks_to_far_more_is_not_unpacked(string path)
    {
        var bundle = await (await Sample.LogAsync()).ExportAsync();
        bundle.Files[path] = new byte[64 * 1024 * 1024];
        var zip = bundle.ToZip(CompressionLevel.Fastest);

        var report = await MadeBundle.VerifyAsync(zip, _settings);

        Assert.Contains(report.Faults, fault => fault.Where == path && fault.What.Contains("it has more than the", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_without_an_end_is_not_read_to_its_end()
    {
        var bundle = await (await Sample.LogAsync()).ExportAsync();
        bundle.Files["entries.jsonl"] = new byte[64 * 1024 * 1024];

        var report = await MadeBundle.VerifyAsync(bundle.ToZip(CompressionLevel.Fastest), _settings);

        Assert.Contains(report.Faults, fault => fault.What.StartsWith("it has a line of more than", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_checkpoint_of_more_leaves_than_there_are_ends_at_once()
    {
        var bundle = await (await Sample.LogAsync()).ExportAsync();
        bundle.Files["checkpoint"] = new Sandbox.Ledger.Checkpoint(MadeLog.Origin, 1L << 39, new byte[32]).Sign(Sample.Key);

        Assert.Equal("faults", (await bundle.VerifyAsync(Sample.Key)).Outcome);
    }
}
