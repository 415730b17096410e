using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Sessions;

/// <summary>
/// The login records of utmp(5), type USER_PROCESS. glibc's record has 384 bytes where it keeps the times of 32-bit programs (x86), and 400 with
/// wider times on arm64; the root folder is taken to be of this machine's processor.
/// </summary>
internal static class Utmp
{
    public const string Path = "run/utmp";
    private const short UserProcess = 7;
    private const int MostRecords = 10_000;
    private static readonly bool Wide = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Bytes of one record.</summary>
    public static int Length => Wide ? 400 : 384;

    /// <summary>Sessions in the file's order.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static List<Led> Read(RootFolder root)
    {
        var found = new List<Led>();
        using var records = new RecordFile(root.Resolve(Path), Length);
        for (var number = 0; number < MostRecords && records.Read(number, out var record); number++)
            if (Of(record) is { } session && Lives(session, root)) found.Add(session);
        return found;
    }

    /// <summary>Null: no login, or nobody's.</summary>
    public static Led? Of(ReadOnlySpan<byte> record)
    {
        if (BinaryPrimitives.ReadInt16LittleEndian(record) != UserProcess || RecordText.Of(record[44..76]) is not { } user) return null;
        var session = new Session { User = user };
        if (RecordText.Of(record[8..40]) is { } terminal) session.Terminal = terminal;
        if (RecordText.Of(record[76..332]) is { } host) session.RemoteHost = host;
        if (Seconds(record) is > 0 and < 253_402_300_800 and var seconds) session.LoggedInAt = new Timestamp { Seconds = seconds };
        return new Led(session, BinaryPrimitives.ReadInt32LittleEndian(record[4..]));
    }

    private static long Seconds(ReadOnlySpan<byte> record) =>
        Wide ? BinaryPrimitives.ReadInt64LittleEndian(record[344..]) : BinaryPrimitives.ReadUInt32LittleEndian(record[340..]);

    // A program that was killed leaves its record: who(1) does not count it, either.
    private static bool Lives(Led session, RootFolder root) => !root.IsThisSystem || session.Leader <= 0 || root.Has($"proc/{session.Leader}");
}
