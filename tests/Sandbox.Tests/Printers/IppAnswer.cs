using System.Buffers.Binary;
using System.Text;

namespace Sandbox.Tests.Printers;

/// <summary>Writes answers of IPP, by RFC 8010 alone and not by what the agent has for it.</summary>
internal sealed class IppAnswer
{
    private readonly List<byte> _bytes = [];

    public IppAnswer(ushort status = 0)
    {
        _bytes.AddRange([2, 0, (byte)(status >> 8), (byte)status, 0, 0, 0, 1]);
        Group(1).Text(0x47, "attributes-charset", "utf-8").Text(0x48, "attributes-natural-language", "en");
    }

    /// <summary>Begins a group: 2 a job, 4 a printer.</summary>
    public IppAnswer Group(byte tag)
    {
        _bytes.Add(tag);
        return this;
    }

    public IppAnswer Text(byte tag, string name, params string[] values)
    {
        foreach (var value in values)
        {
            Value(tag, name, Encoding.UTF8.GetBytes(value));
            name = "";
        }
        return this;
    }

    public IppAnswer Number(byte tag, string name, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return Value(tag, name, bytes);
    }

    public IppAnswer Truth(string name, bool value) => Value(0x22, name, [value ? (byte)1 : (byte)0]);

    public IppAnswer Value(byte tag, string name, byte[] value)
    {
        _bytes.Add(tag);
        Part(Encoding.UTF8.GetBytes(name));
        Part(value);
        return this;
    }

    public byte[] ToBytes() => [.. _bytes, 3];

    private void Part(byte[] bytes)
    {
        _bytes.AddRange([(byte)(bytes.Length >> 8), (byte)bytes.Length]);
        _bytes.AddRange(bytes);
    }
}
