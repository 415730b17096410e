using System.Text;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Record;
using Sandbox.Ledger.Bundle;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Export.Formats.Case;
using Sandbox.Server.Export.Formats.Oscal;
using Sandbox.Server.Export.Formats.Xapi;

namespace Sandbox.Server.Export.Formats;

/// <summary>The documents that other systems take in: all of them for a bundle, or one by itself.</summary>
internal sealed class Exchange(Site site, IssuerKeyFile keys)
{
    private const string Folder = "exchange/";
    private readonly CaseFramework _framework = new(Schedule.Current, site);

    /// <summary>The lab.</summary>
    public Site Site => site;

    /// <summary>Why a scope gives no badges. Null: it may give some.</summary>
    public static string? NoBadges(ExportScope scope) => scope.Until is null ? null : "a signature may have been revoked after the period that was asked for";

    /// <summary>All of them, with their paths in a bundle.</summary>
    public IEnumerable<BundleDocument> Of(ReadScope read) =>
    [
        .. read.Schedules.SelectMany(schedule => OfPerson(schedule, read)),
        BundleDocument.Of($"{Folder}case.json", CaseDocument()),
        BundleDocument.Of($"{Folder}oscal.json", OscalDocument(read)),
        new BundleDocument($"{Folder}ocsf.jsonl", () => File.OpenRead(read.Ocsf)),
    ];

    /// <summary>The bare schedule. It tells of nobody.</summary>
    public byte[] CaseDocument() => JsonText.Document(CasePackage.Of(_framework));

    /// <summary>One by itself.</summary>
    /// <exception cref="SetupException">It is one person's and several are in the scope, or there is nothing of that sort.</exception>
    public async Task<byte[]> OneAsync(ExchangeFormat format, ReadScope read, CancellationToken ct) => format switch
    {
        ExchangeFormat.Case => CaseDocument(),
        ExchangeFormat.Oscal => OscalDocument(read),
        ExchangeFormat.Ocsf => await File.ReadAllBytesAsync(read.Ocsf, ct),
        ExchangeFormat.Xapi => JsonText.Document(JsonText.Array(read.Schedules.SelectMany(schedule => XapiStatements.Of(schedule.Person, read.Entries.ForSchedules, _framework)).Select(statement => statement!.DeepClone()))),
        ExchangeFormat.Clr => Encoding.ASCII.GetBytes(Earned(read).Clr + "\n"),
        _ => Encoding.ASCII.GetBytes(string.Concat(Earned(read).Badges.Select(badge => badge.Token + "\n"))),
    };

    private IEnumerable<BundleDocument> OfPerson(FilledSchedule schedule, ReadScope read)
    {
        var folder = read.Folder(schedule) + Folder;
        yield return BundleDocument.Of($"{folder}xapi.json", JsonText.Document(XapiStatements.Of(schedule.Person, read.Entries.ForSchedules, _framework)));
        if (NoBadges(read.Scope) is not null || Sign(schedule, read.Scope) is not { } signed) yield break;
        yield return Token($"{folder}clr.jwt", signed.Clr);
        foreach (var (line, token) in signed.Badges) yield return Token($"{folder}badges/{line}.jwt", token);
    }

    private SignedRecord Earned(ReadScope read)
    {
        if (NoBadges(read.Scope) is { } why) throw new SetupException($"There are no badges of that: {why}. Leave --until away.");
        if (read.Scope.Person is null || read.Schedules is not [var only]) throw new SetupException("Badges are one person's: say whose with --person NAME.");
        return Sign(only, read.Scope) ?? throw new SetupException($"{only.Name} has no line of which both columns are signed, so there is no badge to write.");
    }

    // The key is not made before there is something to sign.
    private SignedRecord? Sign(FilledSchedule schedule, ExportScope scope)
    {
        if (LearnerRecord.Of(schedule, _framework, scope.IsPartOfARecord) is not { } record) return null;
        using var key = keys.LoadOrCreate();
        return new SignedRecord(SignedCredential.Of(record, key), [.. Badge.Of(schedule, _framework).Select(badge => (badge.Line, SignedCredential.Of(badge.Credential, key)))]);
    }

    private byte[] OscalDocument(ReadScope read) => JsonText.Document(OscalResults.Of(new OscalContents(read.Schedules, read.Transitions.All, read.Words, read.Entries.Last), site));

    private static BundleDocument Token(string path, string token) => BundleDocument.Of(path, Encoding.ASCII.GetBytes(token + "\n"));

    private sealed record SignedRecord(string Clr, IReadOnlyList<(string Line, string Token)> Badges);
}
