using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Tests.Identity;

public sealed class JoinCodeInputTests
{
    private static readonly DateTimeOffset _longAgo = new(2001, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_argument_is_taken()
    {
        Assert.Equal("lab:7444", (await Read(Code(), "")).Address);
    }

    [Theory]
    [InlineData(null), InlineData("-")]
    public async Task Without_an_argument_standard_input_is_read(string? argument)
    {
        Assert.Equal("lab:7444", (await Read(argument, Code() + "\n")).Address);
    }

    [Fact]
    public async Task A_code_that_the_terminal_wrapped_is_read_as_one()
    {
        Assert.Equal("lab:7444", (await Read("-", Code().Insert(40, "\n").Insert(20, "\r\n  ") + "\n")).Address);
    }

    [Fact]
    public async Task Nothing_at_all_says_what_to_type()
    {
        var fault = await Assert.ThrowsAsync<SetupException>(() => Read(null, "\n"));

        Assert.Contains("There is no join code", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_paste_is_noticed()
    {
        var fault = await Assert.ThrowsAsync<SetupException>(() => Read(Code()[..^3], ""));

        Assert.Contains("incomplete or mistyped", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_in_no_message()
    {
        var code = Code();

        var fault = await Assert.ThrowsAsync<SetupException>(() => Read(code[..^3], ""));

        Assert.DoesNotContain(code[10..40], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_its_time_is_over_is_left_to_the_servers_clock()
    {
        Assert.NotNull(await Read(Code(_longAgo), ""));
    }

    private static Task<JoinCodeContent> Read(string? argument, string input) =>
        JoinCodeInput.ReadAsync(argument, new StringReader(input), TestContext.Current.CancellationToken);

    private static string Code(DateTimeOffset? end = null) => JoinCode.Write(new JoinCodeContent
    {
        Address = "lab:7444",
        CaPin = ByteString.CopyFrom(new byte[32]),
        Token = ByteString.CopyFrom(new byte[16]),
        ExpiresAt = (end ?? _longAgo.AddYears(99)).ToTimestamp(),
    });
}
