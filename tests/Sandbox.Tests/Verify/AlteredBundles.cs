using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;

namespace Sandbox.Tests.Verify;

/// <summary>A good bundle that somebody changed on its way to the auditor: it is told what, and where.</summary>
public sealed class AlteredBundles
{
    private const string Entries = BundlePath.Entries;

    public static TheoryData<string, string, Action<object>> Ways
    {
        get
        {
            var ways = new TheoryData<string, string, Action<object>>();
            void Add(string where, string words, Action<MadeBundle> tamper) => ways.Add(where, words, bundle => tamper((MadeBundle)bundle));
            Add("entry 3", "it is missing from entries.jsonl: this signoff of 2026-11-23 17:00:03Z belongs to what was exported", bundle => bundle.Write(Entries, bundle.Lines(Entries).Where((_, i) => i != 3)));
            Add("entry 3", "its bytes are not those to which its leaf commits", bundle => bundle.Write(Entries, Swapped(bundle.Lines(Entries), 3, 4)));
            Add("entry 3", "it stands in entries.jsonl after entry 4", bundle => bundle.Write(Entries, Reordered(bundle.Lines(Entries), 3, 4)));
            Add("entry 3", "it stands in entries.jsonl twice", bundle => bundle.Write(Entries, bundle.Lines(Entries).SelectMany((line, i) => Enumerable.Repeat(line, i == 3 ? 2 : 1))));
            Add("entries.jsonl, line 292", "it speaks of entry 291; the log has 291", bundle => bundle.Write(Entries, bundle.Lines(Entries).Append("""{"index":290}""").Append("""{"index":291}""")));
            Add("entries.jsonl, line 4", "A disclosed entry reads", bundle => bundle.Write(Entries, bundle.Lines(Entries).Select((line, i) => i == 3 ? line + " " : line)));
            Add(Entries, "its last line is not ended", bundle => bundle.Write(Entries, bundle.Text(Entries)[..^1]));
            Add(Entries, "it was altered: its SHA-256 is not the one in SHA256SUMS", bundle => bundle.Write(Entries, bundle.Lines(Entries).Take(100)));
            Add(Entries, "it is missing; SHA256SUMS names it", bundle => bundle.Files.Remove(Entries));
            Add("schedule.csv", "it was altered", bundle => bundle.Write("schedule.csv", bundle.Text("schedule.csv").Replace("Mia", "Max", StringComparison.Ordinal)));
            Add("schedule.csv", "it is missing", bundle => bundle.Files.Remove("schedule.csv"));
            Add("more.html", "it is not part of this bundle", bundle => bundle.Write("more.html", "Believe me."));
            Add("SHA256SUMS", "it is not the file to which the export's entry in the log commits", bundle => bundle.Write("SHA256SUMS", bundle.Lines("SHA256SUMS").Take(2)));
            Add("SHA256SUMS", "it is missing", bundle => bundle.Files.Remove("SHA256SUMS"));
            Add("export.json", "it is missing", bundle => bundle.Files.Remove("export.json"));
            Add("export.json", "it is no entry of an export", bundle => bundle.Write("export.json", bundle.Lines(Entries)[3] + "\n"));
            Add("export.json", "it speaks of entry 5000", bundle => bundle.Write("export.json", bundle.Text("export.json").Replace("""{"index":290""", """{"index":5000""", StringComparison.Ordinal)));
            Add("entry 289", "its bytes are not those to which its leaf commits", bundle => bundle.Write("export.json", bundle.Text("export.json").Replace("""{"index":290""", """{"index":289""", StringComparison.Ordinal)));
            Add("tile/entries/000", "it is missing; what comes after it was not checked", bundle => bundle.Files.Remove("tile/entries/000"));
            Add("tile/entries/001.p/35", "it has 34 entries instead of 35", bundle => bundle.Files["tile/entries/001.p/35"] = Rewritten(bundle.Files["tile/entries/001.p/35"], leaves => leaves.RemoveAt(0)));
            Add("checkpoint", "its root hash is not that of the 291 leaves", bundle => bundle.Files["tile/entries/000"] = Rewritten(bundle.Files["tile/entries/000"], leaves => leaves.Reverse(10, 2)));
            Add("tile/0/000", "hash 10 of it is not what the leaves below it give", bundle => bundle.Files["tile/entries/000"] = Rewritten(bundle.Files["tile/entries/000"], leaves => leaves.Reverse(10, 2)));
            Add("entry 10", "this is no leaf of the log", bundle => bundle.Files["tile/entries/000"] = Rewritten(bundle.Files["tile/entries/000"], leaves => leaves[10] = [1, 2, 3]));
            Add("tile/1/000.p/1", "hash 0 of it is not what the leaves below it give", bundle => bundle.Files["tile/1/000.p/1"][0]++);
            Add("tile/0/001.p/35", "it has 32 bytes instead of 1120", bundle => bundle.Files["tile/0/001.p/35"] = new byte[32]);
            Add("tile/0/002", "it is not part of a tree of 291 entries", bundle => bundle.Files["tile/0/002"] = new byte[8192]);
            Add("tile/x", "it is not part of a tree of 291 entries", bundle => bundle.Files["tile/x"] = []);
            Add("checkpoint", "nothing else could be checked", bundle => bundle.Write("checkpoint", bundle.Text("checkpoint") + "\n"));
            Add("checkpoint", "it is not signed by the key that you gave", bundle => bundle.Files["checkpoint"] = Resigned(bundle.Files["checkpoint"]));
            Add("handovers/more", "no disclosed entry says that this key gave way to another", bundle => bundle.Files["handovers/more"] = bundle.Files["checkpoint"]);
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways), DisableDiscoveryEnumeration = true)]
    public async Task What_was_changed_is_named(string where, string words, Action<object> tamper)
    {
        var bundle = await (await Sample.LogAsync()).ExportAsync();
        tamper(bundle);

        var report = await bundle.VerifyAsync(Sample.Key);

        Assert.Equal(1, report.ExitCode);
        Assert.Contains(report.Faults, fault => fault.Where == where && fault.What.Contains(words, StringComparison.Ordinal));
    }

    private static List<string> Swapped(List<string> lines, int one, int other)
    {
        (lines[one], lines[other]) = ($$"""{"index":{{one}},{{lines[other][(lines[other].IndexOf(',', StringComparison.Ordinal) + 1)..]}}""", $$"""{"index":{{other}},{{lines[one][(lines[one].IndexOf(',', StringComparison.Ordinal) + 1)..]}}""");
        return lines;
    }

    private static List<string> Reordered(List<string> lines, int one, int other)
    {
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return lines;
    }

    private static byte[] Rewritten(byte[] bundle, Action<List<byte[]>> change)
    {
        var leaves = EntryBundle.Read(bundle).ToList();
        change(leaves);
        return EntryBundle.Write(leaves);
    }

    private static byte[] Resigned(byte[] note)
    {
        using var thief = MadeLog.NewKey();
        return SignedNote.Sign(SignedNote.Parse(note).Text, thief).ToBytes();
    }
}
