using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Acts.Accounts;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>Hears the records of Linux audit from the kernel itself (AUDIT_NLGRP_READLOG), beside any auditd. It needs CAP_AUDIT_READ and switches nothing on.</summary>
internal sealed class AuditEar : NetlinkEar
{
    private const uint ReadLog = 1;

    // Its header, and a text of AUDIT_MESSAGE_TEXT_MAX and a little more.
    private const int LargestRecord = 16 * 1024;

    // Records of which no act comes take room as well: a burst of a thousand.
    private const int Room = 4 << 20;
    private const int RestMilliseconds = 1;
    private readonly HeardRecords _heard;
    private readonly AuditNames _names;

    private AuditEar(SafeFileHandle socket, AuditNames names, HeardRecords heard, Action wake)
        : base(socket, "audit", LargestRecord, RestMilliseconds, wake)
    {
        NetlinkSocket.MakeRoom(socket, Room);
        (_heard, _names) = (heard, names);
        Start();
    }

    /// <summary>Listens until disposed. Null: the kernel does not let it.</summary>
    /// <param name="root">The system whose records they are.</param>
    /// <param name="files">Where the names of accounts are.</param>
    /// <param name="heard">Gets the records.</param>
    /// <param name="wake">Called when some came.</param>
    public static AuditEar? Listen(RootFolder root, AccountFiles files, HeardRecords heard, Action wake)
    {
        try
        {
            var ear = new AuditEar(NetlinkSocket.Open(NetlinkProtocol.Audit, ReadLog), new AuditNames(root, files), heard, wake);
            heard.IsListening = true;
            return ear;
        }
        catch (KernelRefusal)
        {
            return null;
        }
    }

    /// <summary>The line that auditd would write of a datagram. Null: none of which an act comes.</summary>
    public static byte[]? Line(ReadOnlySpan<byte> datagram)
    {
        // nlmsg_len is not asked: for this protocol the kernel leaves the header out of it, or not.
        if (datagram.Length <= NetlinkSocket.HeaderLength || AuditTypes.Name(BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..])) is not { } name) return null;
        return [.. Encoding.ASCII.GetBytes($"type={name} msg="), .. datagram[NetlinkSocket.HeaderLength..].TrimEnd("\0\n"u8)];
    }

    protected override bool Take(ReadOnlySpan<byte> datagram)
    {
        if (Line(datagram) is not { } line) return false;
        var names = AuditRecord.Parse(line) is { } record ? _names.Of(record) : null;
        _heard.Add(names is null ? line : [.. line, AuditRecord.Enriched, .. Encoding.UTF8.GetBytes(names)]);
        return true;
    }

    protected override void Missed() => _heard.Miss();
}
