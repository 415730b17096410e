using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Record;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Ocsf;
using Sandbox.Server.Export.Formats.Oscal;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.Export;

/// <summary>A scope's entries, read once: what every document of an export is made of.</summary>
internal sealed class ReadScope
{
    private ReadScope(ExportScope scope, DisclosedEntries entries, ScopeWords words, string ocsf) => (Scope, Entries, Words, Ocsf) = (scope, entries, words, ocsf);

    /// <summary>What was asked for.</summary>
    public ExportScope Scope { get; }

    /// <summary>The entries.</summary>
    public DisclosedEntries Entries { get; }

    /// <summary>What they are, for people.</summary>
    public ScopeWords Words { get; }

    /// <summary>File with an event of OCSF a line. It is written while entries are read, for they are larger than a server's memory.</summary>
    public string Ocsf { get; }

    /// <summary>The last verdicts.</summary>
    public LastTransitions Transitions { get; } = new();

    /// <summary>The schedules of those whom entries concern, filled in.</summary>
    public IReadOnlyList<FilledSchedule> Schedules { get; private set; } = [];

    /// <summary>Reads it.</summary>
    /// <param name="db">The store.</param>
    /// <param name="scope">What is asked for.</param>
    /// <param name="size">Entries of the log that are looked at.</param>
    /// <param name="site">The lab.</param>
    /// <param name="folder">Where larger files lie.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="SetupException">There is nothing in the scope.</exception>
    public static async Task<ReadScope> OfAsync(SandboxDb db, ExportScope scope, long size, Site site, string folder, CancellationToken ct)
    {
        var read = new ReadScope(scope, new DisclosedEntries(db, scope, size), await ScopeWords.OfAsync(scope, db, size, ct), Path.Combine(folder, "ocsf.jsonl"));
        await using (var events = File.Create(read.Ocsf)) await read.ReadAsync(new OcsfEvents(site), events, ct);
        if (read.Entries.Count == 0) throw new SetupException("The evidence log has no entry of that: nothing to export. Choose another person, device or period.");
        read.Schedules = [.. (await PeopleAsync(db, read, ct)).Select(person => FilledSchedule.Of(person.Id, person.Name, read.Entries.ForSchedules))];
        return read;
    }

    /// <summary>The folder of somebody's documents: the top where it is one person's export.</summary>
    public string Folder(FilledSchedule schedule) => Scope.Person is null ? $"schedules/{Slug(schedule)}/" : "";

    private Task ReadAsync(OcsfEvents events, Stream into, CancellationToken ct) => Entries.ReadAsync(
        async (entry, ended) =>
        {
            Transitions.Take(entry);
            if (events.Of(entry) is { } said) await into.WriteAsync(JsonText.Line(said), ended);
        },
        ct);

    private static async Task<IReadOnlyList<NamedPerson>> PeopleAsync(SandboxDb db, ReadScope read, CancellationToken ct)
    {
        if (read.Scope.Person is { } only) return await db.Names.Where(x => x.Id == only).ToListAsync(ct);
        var named = await db.Names.OrderBy(x => x.Name).ThenBy(x => x.Id).ToListAsync(ct);
        var concerned = read.Entries.ForSchedules.Select(entry => FilledSchedule.PersonOf(entry.Body)).ToHashSet();
        return [.. named.Where(person => concerned.Contains(person.Id))];
    }

    // Names are for people; the digits tell two of one name apart.
    private static string Slug(FilledSchedule person) =>
        $"{new string([.. person.Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-')}-{person.Person.ToString()[..8]}".TrimStart('-');
}
