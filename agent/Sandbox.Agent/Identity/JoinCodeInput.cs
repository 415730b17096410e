using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>The join code as it was typed, or as it comes over standard input: arguments show in process lists and in sudo's log.</summary>
internal static class JoinCodeInput
{
    private const int LongestLine = 4096;

    /// <summary>Reads the code and checks what can be checked before any connection.</summary>
    /// <param name="argument">What stands on the command line; null or <c>-</c>: read standard input.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="ct">Ends the wait for input.</param>
    /// <exception cref="SetupException">It is no join code.</exception>
    public static async Task<JoinCodeContent> ReadAsync(string? argument, TextReader input, CancellationToken ct)
    {
        var text = argument is null or "-" ? await ReadInputAsync(input, ct) : argument;
        if (string.IsNullOrWhiteSpace(text))
            throw new SetupException($"There is no join code. Type {Typed.Agent("enrol -")} again, then paste the code and press Enter.");
        if (!JoinCode.TryRead(text, out var code, out var fault))
            throw new SetupException($"This is no join code: {fault}. Copy it as `sandbox-server codes new NAME` or the page printed it, and hand it to: {Typed.Agent("enrol -")}");

        // Its end is the server's to judge: this machine's clock may be the one that is wrong.
        return code;
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
