using System.Text;
using Sandbox.Ledger;
using Sandbox.Verify.Files;

namespace Sandbox.Verify.Trust;

/// <summary>The key that a bundle or server says is its own: to be compared with the one on paper, and never trusted for itself.</summary>
internal static class ClaimedKey
{
    private const int MostBytes = 1024 * 1024;

    // Where a server, and where a bundle, says it in plain text.
    private static readonly string[] _places = ["key", "README.txt"];

    /// <summary>The first key that is told and has signed the checkpoint. Null: none.</summary>
    public static async Task<VerifierKey?> FindAsync(IBundleFiles files, SignedNote note, CancellationToken ct)
    {
        foreach (var place in _places)
        {
            try
            {
                var text = Encoding.UTF8.GetString(await files.ReadAsync(place, MostBytes, ct));
                if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains('+')).Select(Read).FirstOrDefault(key => key is not null && note.IsSignedBy(key)) is { } key) return key;
            }
            catch (InvalidDataException)
            {
                // It does not say: that is no fault here. What a document lacks is told with the documents.
            }
        }
        return null;
    }

    private static VerifierKey? Read(string word)
    {
        try
        {
            return VerifierKey.Parse(word);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
