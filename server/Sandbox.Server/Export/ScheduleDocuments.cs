using System.Text;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Record;
using Sandbox.Ledger.Bundle;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.Export;

/// <summary>
/// The Work Process Schedule filled in, as a page, for print and as a table; of one person at the top of the bundle, of several in a folder for each.
/// </summary>
internal sealed class ScheduleDocuments(SandboxDb db, ExportScope scope, IReadOnlyList<string> keys)
{
    /// <summary>Makes them, with the bundle's README.</summary>
    /// <param name="entries">Entries of the scope in the log's order.</param>
    /// <param name="size">Entries of the log that were looked at.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<IReadOnlyList<BundleDocument>> MakeAsync(IReadOnlyList<PlacedEntry> entries, long size, CancellationToken ct)
    {
        var people = await PeopleAsync(entries, ct);
        var words = await ScopeWords.OfAsync(scope, db, size, ct);
        List<BundleDocument> documents = [Text("README.txt", BundleReadme.Of(words, keys, SchedulePdf.Missing))];
        foreach (var person in people)
        {
            var filled = FilledSchedule.Of(person.Id, person.Name, entries);
            var folder = scope.Person is null ? $"schedules/{Slug(person)}/" : "";
            documents.Add(Text($"{folder}schedule.html", await ScheduleHtml.OfAsync(filled, words)));
            documents.Add(Text($"{folder}schedule.csv", ScheduleCsv.Of(filled)));
            if (SchedulePdf.Missing is null) documents.Add(BundleDocument.Of($"{folder}schedule.pdf", SchedulePdf.Of(filled, words)));
        }
        return documents;
    }

    private async Task<IReadOnlyList<NamedPerson>> PeopleAsync(IReadOnlyList<PlacedEntry> entries, CancellationToken ct)
    {
        if (scope.Person is { } only) return await db.Names.Where(x => x.Id == only).ToListAsync(ct);
        var named = await db.Names.OrderBy(x => x.Name).ThenBy(x => x.Id).ToListAsync(ct);
        var concerned = entries.Select(entry => FilledSchedule.PersonOf(entry.Body)).ToHashSet();
        return [.. named.Where(person => concerned.Contains(person.Id))];
    }

    // Names are for people; the digits tell two of one name apart.
    private static string Slug(NamedPerson person) =>
        $"{new string([.. person.Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-')}-{person.Id.ToString()[..8]}".TrimStart('-');

    private static BundleDocument Text(string path, string text) => BundleDocument.Of(path, Encoding.UTF8.GetBytes(text));
}
