using CsCheck;

namespace Sandbox.Tests.Spool;

public sealed class SpoolProperties
{
    private static readonly Gen<(int Append, int Acknowledge, bool Restart)> _step = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 12], Gen.Bool);

    [Fact]
    public void Appends_acknowledgements_and_restarts_in_any_order_lose_nothing() =>
        Gen.Select(_step.Array[1, 25], Gen.Int[1, 120]).Sample(
            (steps, size) =>
            {
                using var folder = new SpoolFolder();
                var spool = folder.Open(SpoolFolder.SmallSegments);
                var (written, acknowledged) = (0, 0);
                foreach (var (append, acknowledge, restart) in steps)
                {
                    if (append > 0) spool.Append([.. Enumerable.Range(written + 1, append).Select(n => SpoolFolder.Report(n, size))]);
                    written += append;
                    acknowledged = Math.Max(acknowledged, Math.Min(written, acknowledge));
                    spool.Acknowledge((ulong)acknowledged);
                    if (restart) spool = Reopen(folder, spool);
                }

                var read = SpoolFolder.Read(spool, (ulong)acknowledged + 1);
                var expected = Enumerable.Range(acknowledged + 1, written - acknowledged).Select(n => ((ulong)n, SpoolFolder.Hex(n, size)));
                spool.Dispose();
                Assert.Equal(expected, read);
                Assert.False(spool.HasGaps);
            },
            iter: Fuzz.Times(60),
            threads: 1);

    [Fact]
    public void A_crash_at_any_byte_of_the_newest_segment_loses_only_what_was_not_whole()
    {
        using var folder = new SpoolFolder();
        List<long> ends = [];
        using (var spool = folder.Open())
        {
            for (var i = 1; i <= 6; i++)
            {
                spool.Append([SpoolFolder.Report(i, 7 * i)]);
                ends.Add(spool.Bytes);
            }
        }

        var epoch = File.ReadAllBytes(Path.Combine(folder.Path, "epoch"));
        var (path, whole) = (folder.Segments()[0], File.ReadAllBytes(folder.Segments()[0]));
        for (var cut = 24; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, "epoch"), epoch);
            File.WriteAllBytes(path, whole[..cut]);
            using var spool = folder.Open();
            var survivors = ends.Count(end => end <= cut);
            Assert.Equal(Enumerable.Range(1, survivors).Select(n => ((ulong)n, SpoolFolder.Hex(n, 7 * n))), SpoolFolder.Read(spool));
            Assert.Equal(survivors == 0 || !ends.Contains(cut), spool.HasGaps);
        }
    }

    [Fact]
    public void One_damaged_byte_anywhere_costs_one_report_and_is_seen()
    {
        using var folder = new SpoolFolder();
        using (var spool = folder.Open(SpoolFolder.SmallSegments))
            for (var i = 1; i <= 12; i++) spool.Append([SpoolFolder.Report(i)]);

        Gen.Select(Gen.Int[0, folder.Segments().Count - 2], Gen.Int[24, 200], Gen.Byte[1, 255]).Sample(
            (segment, offset, flip) =>
            {
                var path = folder.Segments()[segment];
                var whole = File.ReadAllBytes(path);
                SpoolFolder.Alter(path, bytes => [.. bytes.Select((b, i) => i == offset ? (byte)(b ^ flip) : b)]);
                using (var spool = folder.Open(SpoolFolder.SmallSegments))
                {
                    var gap = Assert.Single(spool.TakeGaps());
                    Assert.Equal(gap.FirstSequence, gap.LastSequence);
                    Assert.Equal(Enumerable.Range(1, 12).Select(n => (ulong)n).Where(n => n != gap.FirstSequence), SpoolFolder.Read(spool).Select(r => r.Sequence));
                }

                File.WriteAllBytes(path, whole);
            },
            iter: Fuzz.Times(60),
            threads: 1);
    }

    private static Agent.Uplink.Spool Reopen(SpoolFolder folder, Agent.Uplink.Spool spool)
    {
        spool.Dispose();
        return folder.Open(SpoolFolder.SmallSegments);
    }
}
