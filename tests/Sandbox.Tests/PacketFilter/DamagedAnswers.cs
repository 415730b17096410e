using System.Buffers.Binary;
using CsCheck;
using Sandbox.Agent.Firewall;
using Sandbox.Agent.Firewall.Nftables;
using Sandbox.Agent.Firewall.Xtables;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PacketFilter;

/// <summary>Whatever comes in place of a kernel's answer ends in a fact.</summary>
public sealed class DamagedAnswers : IDisposable
{
    private readonly MachineFiles _files = new MachineFiles().With("proc/net/ip_tables_names", "filter\n").With("proc/net/ip6_tables_names", "filter\n");

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("workstation"), InlineData("ufw-deny"), InlineData("firewalld"), InlineData("iptables-legacy")]
    public void Bytes_that_changed_on_the_way_never_throw(string name)
    {
        var recording = KernelRecording.Of(name);

        Gen.Select(Gen.Int[0, 40_000], Gen.Byte, Gen.Int[0, 40_000]).Array[1, 20].Sample(
            changes => Assert.NotNull(Read(recording.With(datagram => Changed(datagram, changes)))), iter: Fuzz.Times(60), threads: 1);
    }

    [Theory]
    [InlineData("workstation"), InlineData("iptables-legacy")]
    public void An_answer_that_ends_early_never_throws(string name)
    {
        var recording = KernelRecording.Of(name);

        Gen.Int[0, 5000].Sample(length => Assert.NotNull(Read(recording.With(datagram => datagram[..Math.Min(length, datagram.Length)]))), iter: Fuzz.Times(100), threads: 1);
    }

    [Fact]
    public void Random_expressions_never_throw() => Gen.Byte.Array[0, 300].Sample(
        bytes => new NftRule(bytes, new Dictionary<string, NftSet>()).On(new Probe(false, Probe.Tcp, Hook.Input)).Matching >= Matching.No, threads: 1);

    [Fact]
    public void Random_expressions_of_a_known_kind_never_throw() =>
        Gen.Select(Gen.OneOfConst("meta", "ct", "payload", "fib", "exthdr", "cmp", "range", "bitwise", "byteorder", "lookup", "immediate", "numgen", "match", "target"), Gen.Select(Gen.Int[1, 8], Gen.UInt[0, 40]).Array[0, 8])
            .Array[1, 6].Sample(
                expressions => new NftRule(Expressions(expressions), new Dictionary<string, NftSet>()).On(new Probe(true, Probe.Udp, Hook.Prerouting)).Matching >= Matching.No, iter: Fuzz.Times(2000), threads: 1);

    [Fact]
    public void Random_tables_of_iptables_never_throw() =>
        Gen.Byte.Array[0, 1500].Sample(bytes => XtTable.Read(bytes, ipv6: bytes.Length % 2 == 0, "filter") is null or { Name: "filter" }, threads: 1);

    [Fact]
    public void Random_matches_never_throw() =>
        Gen.Select(Gen.OneOfConst("tcp", "udp", "conntrack", "state", "addrtype", "multiport", "set", "mac", "mark", "iprange", "rpfilter", "pkttype", "x"), Gen.UInt[0, 4], Gen.Byte.Array[0, 200]).Sample(
            (name, revision, info) => XtMatch.Meets(name, revision, info, new Probe(false, Probe.Tcp, Hook.Input)).Act == Act.Continue, threads: 1);

    [Theory]
    [InlineData(1, "permission denied: it takes CAP_NET_ADMIN"), InlineData(105, "No buffer space available")]
    public void A_refusal_of_the_kernel_leaves_everything_unknown(int errno, string why)
    {
        var said = Read(Refusing(errno));

        Assert.Equal((false, false), (said.HasIpv4Input, said.HasIpv6Input));
        Assert.Equal(why, said.Unseen.Single(one => one.What == "nf_tables").Why);
        Assert.Equal(errno == 1, said.Unseen.Single(one => one.What == "nf_tables").HasRemedy);
    }

    [Fact]
    public void A_kernel_without_nf_tables_has_no_rules_of_it()
    {
        using var files = new MachineFiles();

        var said = Read(Refusing(22), files);

        Assert.Equal((Protocol.FirewallDefault.Allow, 0), (said.Ipv4Input, said.Unseen.Count));
    }

    [Fact]
    public void Rules_that_change_during_every_reading_are_not_believed()
    {
        var generation = 0u;
        var changing = KernelRecording.Of("workstation").With(datagram => datagram);

        var said = Read(new Changing(changing, () => ++generation));

        Assert.Equal("the rules changed during each of 5 readings", said.Unseen.Single(one => one.What == "nf_tables").Why);
    }

    [Fact]
    public void Chains_that_call_each_other_in_a_circle_end()
    {
        var table = new Table(Protocol.FirewallChain.Types.Engine.NfTables, Families.Inet, "t");
        var (one, other) = (new Chain(table, "one") { Hook = 1, Accepts = false }, new Chain(table, "other"));
        (table.Chains["one"], table.Chains["other"]) = (one, other);
        one.Rules.Add(new Always(Act.Jump, "other"));
        other.Rules.Add(new Always(Act.Jump, "one"));

        Assert.Null(new ChainWalk(new Probe(false, Probe.Tcp, Hook.Input)).Passes(one));
    }

    [Fact]
    public void Ten_thousand_chains_in_a_row_end_without_an_overflow()
    {
        var table = new Table(Protocol.FirewallChain.Types.Engine.NfTables, Families.Inet, "t");
        for (var i = 0; i < 10_000; i++)
        {
            table.Chains[$"{i}"] = new Chain(table, $"{i}") { Hook = 1, Accepts = true };
            table.Chains[$"{i}"].Rules.Add(new Always(Act.Jump, $"{i + 1}"));
        }

        Assert.Null(new ChainWalk(new Probe(false, Probe.Tcp, Hook.Input)).Passes(table.Chains["0"]));
    }

    private static KernelRecording Refusing(int errno)
    {
        var error = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(error, 20);
        error[4] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(error.AsSpan(16), -errno);
        return KernelRecording.Of("workstation").With(_ => error);
    }

    private static byte[] Changed(byte[] datagram, (int At, byte To, int Unused)[] changes)
    {
        var changed = datagram.ToArray();
        foreach (var (at, to, _) in changes)
            if (changed.Length > 0) changed[at % changed.Length] = to;
        return changed;
    }

    private static byte[] Expressions((string Name, (int Type, uint Number)[] Numbers)[] expressions) =>
    [
        .. expressions.SelectMany(one => Attribute(1, [.. Attribute(1, [.. System.Text.Encoding.ASCII.GetBytes(one.Name), 0]), .. Attribute(2,
            [.. one.Numbers.SelectMany(number => Attribute(number.Type, [0, 0, 0, (byte)number.Number]))])])),
    ];

    private static byte[] Attribute(int type, byte[] value)
    {
        var bytes = new byte[(4 + value.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)type);
        value.CopyTo(bytes.AsSpan(4));
        return bytes;
    }

    private Protocol.Firewall Read(IKernelRules kernel, MachineFiles? files = null) =>
        new LinuxFirewall((files ?? _files).Root, () => kernel).CollectAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()[0].Firewall;

    private sealed class Always(Act act, string target) : Rule
    {
        public override Effect On(Probe probe) => new(Matching.Yes, act, target);
    }

    private sealed class Changing(KernelRecording recording, Func<uint> generation) : IKernelRules
    {
        public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(4)) != NftRequest.Generation) return recording.Ask(request);
            var answer = new byte[28];
            answer[0] = 28;
            BinaryPrimitives.WriteUInt16LittleEndian(answer.AsSpan(20), 8);
            answer[22] = 1;
            BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(24), generation());
            answer[5] = 10;
            return [answer];
        }

        public byte[] LegacyTable(bool ipv6, string name) => recording.LegacyTable(ipv6, name);

        public void Dispose()
        {
        }
    }
}
