using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>The join code as it was typed, or as it comes over standard input: arguments show in process lists and in sudo's log.</summary>
internal static class JoinCodeInput
{
    private const int LongestLine = 4096;

    /// <summary>Reads the code and checks what can be checked before any connection.</summary>
    /// <param name="argument">What stands on the command line; null or <c>-</c>: read standard input.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="time">The device's clock.</param>
    /// <param name="ct">Ends the wait for input.</param>
    /// <exception cref="SetupException">It is no join code.</exception>
    /// <exception cref="RefusedException">Its time is over.</exception>
    public static async Task<JoinCodeContent> ReadAsync(string? argument, TextReader input, TimeProvider time, CancellationToken ct)
    {
        var text = argument is null or "-" ? await ReadInputAsync(input, ct) : argument;
        if (string.IsNullOrWhiteSpace(text))
            throw new SetupException("There is no join code. Type it after the command (sandbox-agent enrol CODE) or send it to its standard input.");
        if (!JoinCode.TryRead(text, out var code, out var fault))
            throw new SetupException($"This is no join code: {fault}. Copy it from the page Enrol a device, then run: sandbox-agent enrol CODE");

        var (now, end) = (time.GetUtcNow(), code.ExpiresAt.ToDateTimeOffset());
        if (now < end) return code;
        throw new RefusedException(
            Reason.CodeExpired,
            $"this join code ended {ClockWords.Span(now - end)} ago, at {end:u} (this machine's clock says {now:u}). Ask for a new one on the page Enrol a device");
    }

    // All of it, not a line: terminals wrap long codes. A person at a terminal ends with Enter.
    private static async Task<string> ReadInputAsync(TextReader input, CancellationToken ct)
    {
        var buffer = new char[LongestLine];
        var length = await input.ReadBlockUntilAsync(buffer, ct);
        return new string(buffer, 0, length);
    }

    private static async Task<int> ReadBlockUntilAsync(this TextReader input, Memory<char> buffer, CancellationToken ct)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await input.ReadAsync(buffer[length..], ct);
            length += read;
            if (read == 0 || JoinCode.TryRead(new string(buffer.Span[..length]), out _, out _)) break;
        }

        return length;
    }
}
