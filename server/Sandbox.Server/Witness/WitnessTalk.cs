using System.Globalization;
using System.Net;
using Sandbox.Ledger;
using Sandbox.Server.Live;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Witness;

/// <summary>
/// Asks one witness outside to cosign a checkpoint. One that has cosigned what this log cannot have grown from, and shows it with this log's own signature,
/// proves that the database is an older copy: the log is halted.
/// </summary>
internal sealed class WitnessTalk(WitnessClient client, ILogStore store, TestimonyCourt court, Halt halt, CosignedCheckpoint cosigned)
{
    private const int MostWords = 200;

    /// <summary>Asks once, and once more from the size that the witness says it has.</summary>
    public async Task<WitnessWord> AskAsync(LogWitness witness, PublishedCheckpoint newest, CancellationToken ct)
    {
        try
        {
            Remember(witness, newest);
            var answer = await SendAsync(witness, witness.Size, newest, ct);
            if (SizeOf(answer) is { } size && size <= newest.Size) answer = await SendAsync(witness, size, newest, ct);
            return await ReadAsync(witness, newest, answer, ct);
        }
        catch (HttpRequestException fault)
        {
            return WitnessWord.Trouble(witness.Size, $"it does not answer: {fault.Message}");
        }
        catch (Exception fault) when (fault is StoreUnavailableException or InvalidDataException or FormatException)
        {
            return WitnessWord.Trouble(witness.Size, $"it was not asked: {fault.Message}");
        }
    }

    // What it said before this server started.
    private void Remember(LogWitness witness, PublishedCheckpoint newest)
    {
        var note = SignedNote.Parse(newest.Note);
        if (witness.Cosignature is { } line && Signature(line) is { } signature && WitnessVerifierKey.Parse(witness.VerifierKey).Of(note with { Signatures = [signature] }) is not null)
            cosigned.Add(note.Text, signature);
    }

    private async Task<WitnessAnswer> SendAsync(LogWitness witness, long known, PublishedCheckpoint newest, CancellationToken ct)
    {
        var old = Math.Min(known, newest.Size);
        var proof = await new TreeReader(newest.Size, store.TileAsync).ConsistencyAsync(old, ct);
        return await client.AddAsync(witness.Url, new AddCheckpoint(old, proof, newest.Note), ct);
    }

    private async Task<WitnessWord> ReadAsync(LogWitness witness, PublishedCheckpoint newest, WitnessAnswer answer, CancellationToken ct) => answer.Status switch
    {
        HttpStatusCode.OK => Take(witness, newest, answer.Body),
        HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity => await HearAsync(witness, newest, SizeOf(answer) ?? witness.Size, ct),
        var status => WitnessWord.Trouble(witness.Size, $"it answers {(int)status}: {answer.Body.Trim()[..Math.Min(answer.Body.Trim().Length, MostWords)]}"),
    };

    private WitnessWord Take(LogWitness witness, PublishedCheckpoint newest, string lines)
    {
        var (key, note) = (WitnessVerifierKey.Parse(witness.VerifierKey), SignedNote.Parse(newest.Note));
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Signature(line) is not { } signature || key.Of(note with { Signatures = [signature] }) is not { } valid) continue;
            cosigned.Add(note.Text, signature);
            return new WitnessWord(newest.Size, signature, valid.Time, null);
        }
        return WitnessWord.Trouble(witness.Size, $"it answers without a valid cosignature of its key {witness.VerifierKey}");
    }

    // It does not cosign: because it has seen more than this log has, or something else.
    private async Task<WitnessWord> HearAsync(LogWitness witness, PublishedCheckpoint newest, long size, CancellationToken ct)
    {
        var origin = Checkpoint.Parse(SignedNote.Parse(newest.Note).Text).Origin;
        if (await client.CheckpointAsync(witness.Url, origin, ct) is not { } shown)
            return WitnessWord.Trouble(size, $"it refuses the checkpoint of {newest.Size} entries: it has cosigned {size}, from which this log has not grown, and does not show it");
        var finding = await court.JudgeAsync(shown, ct);
        if (finding.Testimony == Testimony.Contradicts) await halt.LogAsync($"The witness {witness.Name} ({witness.Url})", shown, finding, ct);
        return WitnessWord.Trouble(size, finding.Testimony switch
        {
            Testimony.Contradicts => $"it showed {finding.Words}",
            Testimony.Ignored => $"it refuses the checkpoint of {newest.Size} entries, and of what it shows instead: {finding.Words}",
            _ => $"it refuses the checkpoint of {newest.Size} entries, though this log has grown from what it shows",
        });
    }

    private static long? SizeOf(WitnessAnswer answer) =>
        answer.Status == HttpStatusCode.Conflict && long.TryParse(answer.Body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static NoteSignature? Signature(string line)
    {
        try
        {
            return NoteSignature.Parse(line);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
