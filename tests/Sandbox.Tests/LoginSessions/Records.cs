using System.Buffers.Binary;
using System.Text;
using Sandbox.Agent.Sessions;

namespace Sandbox.Tests.LoginSessions;

/// <summary>Records as login programs write them: utmp(5), lastlog(8).</summary>
internal static class Records
{
    public static byte[] Utmp(string user, string terminal = "pts/0", string host = "", uint seconds = 1_700_000_000, int leader = 1, short type = 7)
    {
        var record = new byte[Agent.Sessions.Utmp.Length];
        BinaryPrimitives.WriteInt16LittleEndian(record, type);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), leader);
        Encoding.UTF8.GetBytes(terminal, record.AsSpan(8));
        Encoding.UTF8.GetBytes(user, record.AsSpan(44));
        Encoding.UTF8.GetBytes(host, record.AsSpan(76));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length == 384 ? 340 : 344), seconds);
        return record;
    }

    public static byte[] Last(uint seconds, string terminal, string host)
    {
        var record = new byte[LastLog.Length];
        var text = record.Length - 288;
        BinaryPrimitives.WriteUInt32LittleEndian(record, seconds);
        Encoding.UTF8.GetBytes(terminal, record.AsSpan(text));
        Encoding.UTF8.GetBytes(host, record.AsSpan(text + 32));
        return record;
    }

    // As systemd 252 writes it.
    public static string Logind(string user, int leader, string more) => $"""
        # This is private data. Do not parse.
        UID=1000
        USER={user}
        ACTIVE=1
        IS_DISPLAY=0
        STATE=active
        REMOTE=1
        LEADER_FD_SAVED=1
        TYPE=tty
        ORIGINAL_TYPE=tty
        CLASS=user
        SCOPE=session-4.scope
        FIFO=/run/systemd/sessions/4.ref
        SERVICE=sshd
        LEADER={leader}
        AUDIT=4
        REALTIME=1700000000123456
        MONOTONIC=5551212
        {more}

        """;
}
