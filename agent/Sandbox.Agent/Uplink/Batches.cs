using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Takes reports from the spool in messages of a size that the server takes.</summary>
internal static class Batches
{
    /// <summary>Above this no further report joins a message; a larger one travels alone.</summary>
    public const int LargestBytes = 1024 * 1024;

    /// <summary>The next message; null when the spool has nothing more now.</summary>
    public static (Reports Message, ulong First, ulong Last)? Next(SpoolReader reader)
    {
        var (message, first, last, size) = (new Reports(), 0UL, 0UL, 0);
        while (message.Reports_.Count < Wire.MostReportsPerMessage && reader.TryPeek(out var sequence, out var report))
        {
            if (size > 0 && size + report.Length > LargestBytes) break;
            message.Reports_.Add(SignedReport.Parser.ParseFrom(report.Span));
            if (first == 0) first = sequence;
            (last, size) = (sequence, size + report.Length);
            reader.Take();
        }

        return last == 0 ? null : (message, first, last);
    }
}
