using System.Globalization;
using Sandbox.Ledger;

namespace Sandbox.Server.Cosigning;

/// <summary>What a witness answers (C2SP tlog-witness).</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Signature lines, the size that was cosigned last, or what is wrong, in words.</param>
internal sealed record WitnessReply(int Status, string ContentType, string Body)
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>The cosignature.</summary>
    public static WitnessReply Cosigned(NoteSignature line) => new(StatusCodes.Status200OK, Text, $"{line}\n");

    /// <summary>The request cannot be read, or contradicts itself.</summary>
    public static WitnessReply BadRequest(string words) => new(StatusCodes.Status400BadRequest, Text, $"{words}\n");

    /// <summary>Nobody told this witness of the log.</summary>
    public static WitnessReply UnknownLog(string origin) => new(StatusCodes.Status404NotFound, Text, $"The log {origin} is not witnessed here. Its verifier key is added with: sandbox-server witness watch KEY\n");

    /// <summary>None of the keys that count as the log's has signed it.</summary>
    public static WitnessReply UnknownKey(string origin) =>
        new(StatusCodes.Status403Forbidden, Text, $"No key that is known here of {origin} has signed it. A new verifier key is added with: sandbox-server witness watch KEY\n");

    /// <summary>Another size was cosigned last, or another root at this size.</summary>
    public static WitnessReply OtherSize(long size) => new(StatusCodes.Status409Conflict, "text/x.tlog.size", string.Create(CultureInfo.InvariantCulture, $"{size}\n"));

    /// <summary>The proof does not lead there.</summary>
    public static WitnessReply Unproved(long from, long to) =>
        new(StatusCodes.Status422UnprocessableEntity, Text, $"The proof does not show that the log has grown from the {from} entries that were cosigned to these {to}.\n");
}
