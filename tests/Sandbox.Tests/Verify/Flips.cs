using System.Security.Cryptography;
using Sandbox.Ledger;
using Sandbox.Verify;

namespace Sandbox.Tests.Verify;

/// <summary>A single bit that is another one is found, wherever in a bundle it is.</summary>
public sealed class Flips
{
    private static readonly WitnessKey _witness = WitnessKey.FromSeed("auditor.example", LogKey.NewSeed());
    private static readonly VerifySettings _settings = new() { Key = Sample.Key.Verifier, Witnesses = [_witness.Verifier] };

    // Most of the flips are made in a small log, as what is checked of each entry is the same in both.
    [Theory]
    [InlineData(290, 1000), InlineData(12, 8000)]
    public async Task Every_flipped_bit_of_every_sort_of_file_is_found(long size, int flips)
    {
        var bundle = await BundleAsync(size);
        Assert.Equal("proved", (await bundle.VerifyAsync(_settings)).Outcome);

        // Each file is as likely as any other, so that the small ones are not left out.
        string[] paths = [.. bundle.Files.Keys];
        for (var i = 0; i < Fuzz.Times(flips); i++)
        {
            var bytes = bundle.Files[paths[i % paths.Length]];
            var (place, bit) = Flip(bytes);
            Assert.True((await bundle.VerifyAsync(_settings)).Outcome == "faults", $"{paths[i % paths.Length]}, byte {place}, bit {bit} is not found.");
            bytes[place] ^= (byte)(1 << bit);
        }
    }

    [Fact]
    public async Task A_flipped_bit_of_the_zip_is_found_or_changes_no_content()
    {
        var bundle = await BundleAsync(12);
        var zip = bundle.ToZip(System.IO.Compression.CompressionLevel.Fastest);
        for (var i = 0; i < Fuzz.Times(1000); i++)
        {
            var (place, bit) = Flip(zip);
            Assert.True(await IsFoundAsync(zip) || IsSame(bundle, MadeBundle.Of(zip)), $"Byte {place}, bit {bit} of the zip is not found.");
            zip[place] ^= (byte)(1 << bit);
        }
    }

    private static async Task<MadeBundle> BundleAsync(long size)
    {
        var log = await Sample.LogAsync(size);
        return await log.ExportAsync(null, null, (_witness, log.Now));
    }

    private static (int Place, int Bit) Flip(byte[] bytes)
    {
        var (place, bit) = (RandomNumberGenerator.GetInt32(bytes.Length), RandomNumberGenerator.GetInt32(8));
        bytes[place] ^= (byte)(1 << bit);
        return (place, bit);
    }

    private static async Task<bool> IsFoundAsync(byte[] zip)
    {
        try
        {
            return (await MadeBundle.VerifyAsync(zip, _settings)).Outcome == "faults";
        }
        catch (SetupException)
        {
            return true;
        }
    }

    private static bool IsSame(MadeBundle one, MadeBundle other) =>
        one.Files.Keys.SequenceEqual(other.Files.Keys) && one.Files.All(file => file.Value.AsSpan().SequenceEqual(other.Files[file.Key]));
}
