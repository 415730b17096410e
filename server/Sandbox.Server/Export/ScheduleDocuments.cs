using System.Text;
using Sandbox.Ledger.Bundle;
using Sandbox.Server.Export.Formats;

namespace Sandbox.Server.Export;

/// <summary>
/// The Work Process Schedule filled in, as a page, for print and as a table; of one person at the top of the bundle, of several in a folder for each.
/// </summary>
internal static class ScheduleDocuments
{
    /// <summary>Makes them, with the bundle's README.</summary>
    /// <param name="read">Entries of the scope.</param>
    /// <param name="keys">Verifier keys that sign the log now.</param>
    public static async Task<IReadOnlyList<BundleDocument>> MakeAsync(ReadScope read, IEnumerable<string> keys)
    {
        List<BundleDocument> documents = [Text("README.txt", BundleReadme.Of(read.Words, keys, SchedulePdf.Missing, Exchange.NoBadges(read.Scope)))];
        foreach (var filled in read.Schedules)
        {
            var folder = read.Folder(filled);
            documents.Add(Text($"{folder}schedule.html", await ScheduleHtml.OfAsync(filled, read.Words)));
            documents.Add(Text($"{folder}schedule.csv", ScheduleCsv.Of(filled)));
            if (SchedulePdf.Missing is null) documents.Add(BundleDocument.Of($"{folder}schedule.pdf", SchedulePdf.Of(filled, read.Words)));
        }
        return documents;
    }

    private static BundleDocument Text(string path, string text) => BundleDocument.Of(path, Encoding.UTF8.GetBytes(text));
}
