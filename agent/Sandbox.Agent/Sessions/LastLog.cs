using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Sessions;

/// <summary>
/// /var/log/lastlog: a record at uid × length, so the file spans far more than it holds, and only the places of known accounts are read.
/// 292 bytes with a time of 32 bits (x86), 296 with one of 64 (arm64).
/// </summary>
internal static class LastLog
{
    public const string Path = "var/log/lastlog";
    public const string Successor = "var/lib/lastlog/lastlog2.db";
    public const string Accounts = "etc/passwd";
    private const int MostAccounts = 10_000;
    private const int MostBytes = 4 << 20;
    private static readonly bool Wide = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Bytes of one record.</summary>
    public static int Length => Wide ? 296 : 292;

    /// <summary>Sorted by uid, then user.</summary>
    public static IReadOnlyList<LastLogin> Read(RootFolder root, UnseenNotes unseen)
    {
        if (root.Has(Successor)) unseen.Add(Why.Of(Successor, "present, not read: this agent does not read lastlog2's database yet"));
        if (!root.Has(Path)) return [];
        if (!root.TryRead(Accounts, out var passwd, out var fault, MostBytes))
        {
            unseen.Add(fault);
            return [];
        }
        try
        {
            using var records = new RecordFile(root.Resolve(Path), Length);
            return [.. Of(passwd, records).OrderBy(one => one.Uid).ThenBy(one => one.User, StringComparer.Ordinal)];
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            unseen.Add(Why.Of(Path, broken));
            return [];
        }
    }

    private static IEnumerable<LastLogin> Of(string passwd, RecordFile records)
    {
        foreach (var line in passwd.Split('\n').Take(MostAccounts))
        {
            if (line.Split(':') is not [{ Length: > 0 } user, _, var number, ..]) continue;
            if (!uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)) continue;
            if (records.Read(uid, out var record) && Of(user, uid, record) is { } login) yield return login;
        }
    }

    private static LastLogin? Of(string user, uint uid, ReadOnlySpan<byte> record)
    {
        var start = Wide ? 8 : 4;
        var seconds = Wide ? BinaryPrimitives.ReadInt64LittleEndian(record) : BinaryPrimitives.ReadUInt32LittleEndian(record);
        if (seconds is <= 0 or > 253_402_300_799) return null;
        var login = new LastLogin { User = user, Uid = uid, At = new Timestamp { Seconds = seconds } };
        if (RecordText.Of(record[start..(start + 32)]) is { } terminal) login.Terminal = terminal;
        if (RecordText.Of(record[(start + 32)..(start + 288)]) is { } host) login.RemoteHost = host;
        return login;
    }
}
