using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Tests.Enrolment;

public sealed class JoinCodeTexts
{
    private static readonly string _code = JoinCode.Write(new JoinCodeContent
    {
        Address = "lab:7444",
        CaPin = ByteString.CopyFrom(new byte[32]),
        Token = ByteString.CopyFrom(new byte[16]),
        ExpiresAt = new Timestamp { Seconds = 1 },
    });

    [Fact]
    public void A_code_that_lost_any_part_of_its_end_is_called_incomplete()
    {
        for (var length = "sbx1_".Length; length < _code.Length; length++)
        {
            Assert.False(JoinCode.TryRead(_code[..length], out _, out var fault));
            Assert.Contains("incomplete", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Characters_of_another_alphabet_are_called_that()
    {
        Assert.False(JoinCode.TryRead(_code[..20] + "§" + _code[21..], out _, out var fault));

        Assert.Contains("characters that no join code has", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_altogether_is_told_how_a_code_begins()
    {
        Assert.False(JoinCode.TryRead("hello", out _, out var fault));

        Assert.Contains("begins with sbx1_", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void One_changed_character_is_noticed()
    {
        var other = _code[30] == 'A' ? 'B' : 'A';

        Assert.False(JoinCode.TryRead(_code[..30] + other + _code[31..], out _, out _));
    }
}
