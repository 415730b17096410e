using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Printers;

/// <summary>A Unix socket that plays a CUPS: it takes questions over HTTP and gives prepared answers.</summary>
internal sealed class AnsweringCups : PlayedSocket
{
    private readonly Func<byte[], byte[]?> _answer;

    /// <param name="path">Where it listens.</param>
    /// <param name="answer">Gets the question's body, gives everything that is sent back, the head of HTTP included; null: nothing, and the connection stays open.</param>
    public AnsweringCups(string path, Func<byte[], byte[]?> answer)
    {
        _answer = answer;
        Listen(path);
    }

    /// <summary>What was asked, whole bodies.</summary>
    public List<byte[]> Questions { get; } = [];

    /// <summary>The number of an operation in a question's body.</summary>
    public static int Operation(byte[] question) => (question[2] << 8) | question[3];

    /// <summary>An answer over HTTP.</summary>
    public static byte[] Http(byte[] body, string status = "200 OK") =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: application/ipp\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];

    protected override async Task AnswerAsync(Socket caller, CancellationToken ct)
    {
        while (await QuestionAsync(caller, ct) is { } question)
        {
            Questions.Add(question);
            if (_answer(question) is { } answer) await caller.SendAsync(answer, ct);
            else await caller.ReceiveAsync(new byte[1], ct);
        }
    }

    // Null: the caller left.
    private static async Task<byte[]?> QuestionAsync(Socket caller, CancellationToken ct)
    {
        var (bytes, buffer) = (new List<byte>(), new byte[4096]);
        while (await caller.ReceiveAsync(buffer, ct) is > 0 and var got)
        {
            bytes.AddRange(buffer.AsSpan(0, got));
            var text = Encoding.Latin1.GetString([.. bytes]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) continue;
            var length = text[..head].Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
            if (bytes.Count >= head + 4 + int.Parse(length, CultureInfo.InvariantCulture)) return [.. bytes.Skip(head + 4)];
        }
        return null;
    }
}
