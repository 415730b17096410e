using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sandbox.Agent.Printing.Ipp;

/// <summary>A question of IPP 2.0: RFC 8010 §3.1. Charset and language come first, as RFC 8011 §4.1.4 wants it.</summary>
internal sealed class IppRequest
{
    private const int RequestId = 1;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <param name="operation">Its number: RFC 8011 §5.4.15, and cups-ipp of CUPS for those from 0x4001 on.</param>
    public IppRequest(ushort operation)
    {
        _bytes.Write<byte>([2, 0]);
        Write(operation);
        _bytes.Write<byte>([0, 0, 0, RequestId, IppGroup.Operation]);
        With(IppValue.Charset, "attributes-charset", "utf-8");
        With(IppValue.NaturalLanguage, "attributes-natural-language", "en");
    }

    /// <summary>Adds an attribute with texts.</summary>
    public IppRequest With(byte tag, string name, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            Begin(tag, name);
            Write(Encoding.UTF8.GetBytes(value));
            name = "";
        }
        return this;
    }

    /// <summary>Adds an attribute with a number.</summary>
    public IppRequest With(string name, int value)
    {
        Begin(IppValue.Integer, name);
        Write(sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
        return this;
    }

    /// <summary>The whole question.</summary>
    public byte[] ToBytes() => [.. _bytes.WrittenSpan, IppGroup.End];

    private void Begin(byte tag, string name)
    {
        _bytes.Write<byte>([tag]);
        Write(Encoding.UTF8.GetBytes(name));
    }

    private void Write(byte[] text)
    {
        Write((ushort)text.Length);
        _bytes.Write(text);
    }

    private void Write(ushort number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(sizeof(ushort)), number);
        _bytes.Advance(sizeof(ushort));
    }
}
