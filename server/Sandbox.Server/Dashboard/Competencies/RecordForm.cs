using System.Globalization;
using System.Security.Cryptography;
using Sandbox.Server.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>What was typed into the form for a record, so that a refusal loses nothing.</summary>
/// <param name="Day">The day.</param>
/// <param name="Source">Provider, source or place.</param>
/// <param name="Hours">Hours.</param>
/// <param name="Summary">What was learnt or done.</param>
public sealed record RecordForm(string Day, string Source, string Hours, string Summary)
{
    /// <summary>Largest certificate, in bytes.</summary>
    public const int LargestFile = 20_000_000;

    /// <summary>Nothing was typed yet.</summary>
    public static RecordForm Empty { get; } = new("", "", "", "");

    /// <summary>What a form says.</summary>
    public static RecordForm Of(IFormCollection form) => new(form["day"].ToString().Trim(), form["source"].ToString(), form["hours"].ToString().Trim(), form["summary"].ToString());

    /// <summary>The record. The file is hashed and not kept.</summary>
    /// <exception cref="SetupException">It cannot be read.</exception>
    internal async Task<NewRecord> ReadAsync(LineAddress at, IFormFile? file, CancellationToken ct)
    {
        if (!DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) throw new SetupException(Day.Length == 0 ? "Say on which day it was." : $"'{Day}' is no day: type it like 2026-11-23.");
        return new NewRecord(at, day, Source, Minutes(), Summary, file is { Length: > 0 } ? await HashAsync(file, ct) : null);
    }

    private int? Minutes() => Hours.Length == 0 ? null
        : decimal.TryParse(Hours.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours < 100_000 ? (int)Math.Round(hours * 60)
        : throw new SetupException($"'{Hours}' is no number of hours: type it like 1.5.");

    private static async Task<HashedFile> HashAsync(IFormFile file, CancellationToken ct)
    {
        if (file.Length > LargestFile) throw new SetupException($"The file has {LineWords.Size(file.Length)}; {LineWords.Size(LargestFile)} is the most.");
        await using var bytes = file.OpenReadStream();
        var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
        return new HashedFile(Storage.StorableText.Of(name.Length > 200 ? name[^200..] : name), file.Length, await SHA256.HashDataAsync(bytes, ct));
    }
}
