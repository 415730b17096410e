using System.Text;
using CsCheck;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>The leaf's text.</summary>
public sealed class Leaves
{
    private const string Good = "sandbox-log/v1\nkind evidence\ntime 2026-11-23T17:00:00.123456Z\nbody 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";

    [Fact]
    public void Any_leaf_is_read_as_it_was_written() => Gen.Select(Gen.Enum<EntryKind>(), Gen.Long[0, 4_000_000_000_000_000], Gen.Byte.Array[16].Null(), Gen.Byte.Array[16].Null(), Gen.Byte.Array[16].Null(), Gen.Byte.Array[32])
        .Sample((kind, microseconds, device, person, subject, body) =>
        {
            var bytes = new LogEntry(kind, DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds), device, person, subject, body).ToBytes();

            Assert.Equal(bytes, LogEntry.Parse(bytes).ToBytes());
        });

    [Fact]
    public void A_leaf_without_ids_is_read()
    {
        var entry = LogEntry.Parse(Encoding.ASCII.GetBytes(Good));

        Assert.Equal((EntryKind.Evidence, null, null, null), (entry.Kind, entry.Device, entry.Person, entry.Subject));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 17, 0, 0, 123, 456, TimeSpan.Zero), entry.Time);
    }

    [Theory]
    [InlineData("sandbox-log/v1", "sandbox-log/v2", "begins with 'sandbox-log/v1', not with 'sandbox-log/v2'")]
    [InlineData("kind evidence", "kind rumour", "of the kind 'rumour', which this program does not know")]
    [InlineData("kind evidence", "kind Evidence", "Line 2 of a leaf should be 'kind'")]
    [InlineData("kind evidence", "kind 7", "Line 2 of a leaf should be 'kind'")]
    [InlineData("kind evidence\n", "", "Line 2 of a leaf should be 'kind' with its value; it is 'time ")]
    [InlineData("123456Z", "123456+00:00", "Line 3 of a leaf should be 'time'")]
    [InlineData("time 2026", "time 2026-", "Line 3 of a leaf should be 'time'")]
    [InlineData("body", "device 0011\nbody", "Line 4 of a leaf should be 'device'")]
    [InlineData("body 0011", "body 00", "Line 4 of a leaf should be 'body'")]
    [InlineData("aabb", "AABB", "not spelled as leaves are")]
    [InlineData("eeff\n", "eeff", "has a line feed and nothing else")]
    [InlineData("eeff\n", "eeff\nmore\n", "has a line feed and nothing else; this one has 'more'")]
    public void What_is_no_leaf_is_refused_with_the_line_that_is_wrong(string from, string to, string words)
    {
        var fault = Assert.ThrowsAny<FormatException>(() => LogEntry.Parse(Encoding.ASCII.GetBytes(Good.Replace(from, to, StringComparison.Ordinal))));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_no_leaf() => Assert.Throws<FormatException>(() => LogEntry.Parse([]));
}
