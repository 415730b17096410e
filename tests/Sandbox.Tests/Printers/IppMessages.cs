using CsCheck;
using Sandbox.Agent.Printing;
using Sandbox.Agent.Printing.Ipp;
using Sandbox.Protocol;

namespace Sandbox.Tests.Printers;

/// <summary>IPP, read and written.</summary>
public sealed class IppMessages
{
    [Fact]
    public void Values_come_by_their_kinds()
    {
        var group = Parse(new IppAnswer().Group(4).Number(0x21, "i", -5).Number(0x23, "e", 4).Truth("t", true).Text(0x42, "n", "lab", "second").Value(0x35, "with-language", [0, 2, .. "en"u8, 0, 3, .. "Raj"u8])).Groups[1];

        Assert.Equal((-5, 4, true, "lab", "Raj"), (group.Number("i"), group.Number("e"), group.Truth("t"), group.Text("n"), group.Text("with-language")));
        Assert.Equal(["lab", "second"], group.Texts("n"));
    }

    [Fact]
    public void A_value_of_another_kind_is_not_known()
    {
        var group = Parse(new IppAnswer().Group(4).Value(0x13, "no-value", []).Value(0x21, "short", [1]).Value(0x36, "cut", [0, 9, 1]).Value(0x22, "seven", [7])).Groups[1];

        Assert.Equal((null, null, null, null, null), (group.Number("no-value"), group.Text("no-value"), group.Number("short"), group.Text("cut"), group.Truth("seven")));
        Assert.Equal((null, null), (group.Text("never"), group.Number("never")));
    }

    [Fact]
    public void A_collection_takes_nothing_from_what_follows_it()
    {
        var group = Parse(new IppAnswer().Group(4).Value(0x34, "media-col", []).Value(0x4a, "", [.. "x-dimension"u8]).Number(0x21, "", 21000).Value(0x37, "", []).Text(0x42, "printer-name", "lab")).Groups[1];

        Assert.Equal(("lab", null), (group.Text("printer-name"), group.Number("media-col")));
    }

    [Theory]
    [InlineData(""), InlineData("0200"), InlineData("09000000000000010103"), InlineData("020000000000000101"), InlineData("0200000000000001" + "21000161000400000001" + "03"), InlineData("0200000000000001" + "01" + "21ffff")]
    [InlineData("0200000000000001" + "01" + "2100000004" + "00000001" + "03")]
    public void What_is_no_answer_or_does_not_end_is_told(string hex) => Assert.Null(IppMessage.Parse(Convert.FromHexString(hex)));

    [Fact]
    public void Nothing_breaks_the_reader() => Gen.Byte.Array[0, 300].Sample(bytes => Walk([2, 0, 0, 0, 0, 0, 0, 1, .. bytes]), iter: Fuzz.Times(20_000), threads: 1);

    [Fact]
    public void No_damage_to_a_sound_answer_breaks_the_reader()
    {
        var sound = new IppAnswer().Group(4).Text(0x42, "printer-name", "lab").Text(0x45, "device-uri", "smb://a:b@c/d").Number(0x23, "printer-state", 3).Group(2).Number(0x21, "job-id", 3).Text(0x42, "job-originating-user-name", "elif").ToBytes();

        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, sound.Length]).Sample((at, value, end) =>
        {
            var damaged = sound[..];
            damaged[at] = value;
            return Walk(damaged[..Math.Max(end, 1)]) && Walk(damaged);
        }, iter: Fuzz.Times(10_000), threads: 1);
    }

    [Fact]
    public void A_flood_of_groups_is_given_up() => Assert.Null(IppMessage.Parse(new byte[] { 2, 0, 0, 0, 0, 0, 0, 1 }.Concat(Enumerable.Repeat((byte)4, 1 << 20)).Append((byte)3).ToArray()));

    [Fact]
    public void A_question_is_written_as_RFC_8010_wants_it()
    {
        var bytes = new IppRequest(0x4002).With(IppValue.Name, "requesting-user-name", "elif").With("limit", 10).ToBytes();

        Assert.Equal(
            "0200" + "4002" + "00000001" + "01" + "470012" + Hex("attributes-charset") + "0005" + Hex("utf-8") + "48001b" + Hex("attributes-natural-language") + "0002" + Hex("en")
            + "420014" + Hex("requesting-user-name") + "0004" + Hex("elif") + "210005" + Hex("limit") + "0004" + "0000000a" + "03",
            Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void The_question_for_jobs_does_not_ask_what_they_are_called()
    {
        var text = System.Text.Encoding.Latin1.GetString(CupsJobs.Question(new PrintQueue { Name = "lab 2", IsClass = true }, "elif").ToBytes());

        Assert.DoesNotContain("job-name", text, StringComparison.Ordinal);
        Assert.DoesNotContain("document-name", text, StringComparison.Ordinal);
        Assert.Contains("ipp://localhost/classes/lab%202", text, StringComparison.Ordinal);
    }

    private static IppMessage Parse(IppAnswer answer) => IppMessage.Parse(answer.ToBytes())!;

    private static string Hex(string text) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));

    private static bool Walk(byte[] bytes)
    {
        foreach (var group in IppMessage.Parse(bytes)?.Groups ?? [])
        {
            _ = CupsQueues.Of(group)?.CalculateSize();
            _ = CupsJobs.Of(group, "lab")?.CalculateSize();
        }
        return true;
    }
}
