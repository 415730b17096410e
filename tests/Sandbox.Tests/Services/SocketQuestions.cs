using System.Buffers.Binary;
using Sandbox.Agent.Collecting.Listening;

namespace Sandbox.Tests.Services;

/// <summary>What is made of the kernel's answers on sockets: struct inet_diag_msg, played.</summary>
public sealed class SocketQuestions
{
    private static readonly LentPorts Lent = new(32768, 60999);

    [Fact]
    public void The_order_of_sockets_does_not_matter() => Assert.Equal(Sum(17, Socket(53, 1), Socket(123, 2)), Sum(17, Socket(123, 2), Socket(53, 1)));

    [Theory]
    [InlineData(54, 1, 0), InlineData(53, 2, 0), InlineData(53, 1, 7)]
    public void Another_port_socket_or_address_is_another_sum(int port, int inode, byte address) => Assert.NotEqual(Sum(17, Socket(53, 1)), Sum(17, Socket(port, inode, address)));

    [Fact]
    public void The_same_socket_of_another_protocol_is_another_sum() => Assert.NotEqual(Sum(6, Socket(53, 1)), Sum(17, Socket(53, 1)));

    [Theory]
    [InlineData(32767, true), InlineData(32768, false), InlineData(60999, false), InlineData(61000, true), InlineData(0, false)]
    public void Udp_on_a_lent_port_does_not_count(int port, bool counts) => Assert.Equal(counts, Sum(17, Socket(port, 1)) != 0);

    [Fact]
    public void Tcp_on_a_lent_port_counts() => Assert.NotEqual(0UL, Sum(6, Socket(40000, 1)));

    [Theory]
    [InlineData(2), InlineData(3)]
    public void An_answer_that_ends_in_an_error_says_which(int type)
    {
        var (sum, message) = (new SocketSum(), new byte[20]);
        Header(message, type);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(16), -2);

        Assert.True(sum.Add(message, 6, Lent));
        Assert.Equal(2, sum.Fault);
    }

    [Fact]
    public void An_answer_that_is_cut_anywhere_is_no_fault()
    {
        var whole = Socket(53, 1);
        for (var length = 0; length < whole.Length; length++)
        {
            var sum = new SocketSum();
            sum.Add(whole.AsSpan(0, length), 17, Lent);
            Assert.Equal((0UL, 0), (sum.Value, sum.Fault));
        }
    }

    private static ulong Sum(byte protocol, params byte[][] messages)
    {
        var sum = new SocketSum();
        Assert.False(sum.Add(messages.SelectMany(one => one).ToArray(), protocol, Lent));
        return sum.Value;
    }

    private static byte[] Socket(int port, int inode, byte address = 0)
    {
        var message = new byte[16 + 72];
        Header(message, 20);
        message[16] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(16 + 4), (ushort)port);
        message[16 + 8] = address;
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(16 + 68), inode);
        return message;
    }

    private static void Header(byte[] message, int type)
    {
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), (ushort)type);
    }
}
