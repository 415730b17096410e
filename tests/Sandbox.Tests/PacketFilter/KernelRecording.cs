using System.IO.Compression;
using System.Reflection;
using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Firewall;

namespace Sandbox.Tests.PacketFilter;

/// <summary>
/// What a kernel answered once, by request. A file is gzip of: for each answer the length and bytes of the request, then of each datagram,
/// then a length of 0. How they were made: <see cref="Recording"/>.
/// </summary>
internal sealed class KernelRecording(Dictionary<string, List<byte[]>> answers) : IKernelRules
{
    /// <summary>The recording of that name.</summary>
    public static KernelRecording Of(string name)
    {
        using var stored = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.kernel.gz") ?? throw new FileNotFoundException(name);
        using var reader = new BinaryReader(new GZipStream(stored, CompressionMode.Decompress));
        var answers = new Dictionary<string, List<byte[]>>();
        for (var more = reader.ReadByte(); more == 1; more = reader.ReadByte())
        {
            var datagrams = new List<byte[]>();
            var request = Convert.ToHexString(reader.ReadBytes(reader.ReadInt32()));
            while (reader.ReadInt32() is > 0 and var length) datagrams.Add(reader.ReadBytes(length));
            answers[request] = datagrams;
        }
        return new KernelRecording(answers);
    }

    /// <summary>The same with every datagram changed.</summary>
    public KernelRecording With(Func<byte[], byte[]> change) =>
        new(answers.ToDictionary(answer => answer.Key, answer => answer.Value.Select(change).ToList()));

    public void Save(string path)
    {
        using var writer = new BinaryWriter(new GZipStream(File.Create(path), CompressionLevel.SmallestSize));
        foreach (var (request, datagrams) in answers)
        {
            var asked = Convert.FromHexString(request);
            writer.Write((byte)1);
            writer.Write(asked.Length);
            writer.Write(asked);
            foreach (var datagram in datagrams)
            {
                writer.Write(datagram.Length);
                writer.Write(datagram);
            }
            writer.Write(0);
        }
        writer.Write((byte)0);
    }

    public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request) => Answer(request).Select(datagram => (ReadOnlyMemory<byte>)datagram);

    public byte[] LegacyTable(bool ipv6, string name) => Answer(LegacyRequest(ipv6, name)).Single();

    public void Dispose()
    {
    }

    /// <summary>Asks a real kernel and keeps what it says.</summary>
    public static IKernelRules Keeping(Dictionary<string, List<byte[]>> answers, IKernelRules real) => new Recorder(answers, real);

    private static byte[] LegacyRequest(bool ipv6, string name) => Encoding.UTF8.GetBytes($"{ipv6} {name}");

    private List<byte[]> Answer(byte[] request) =>
        answers.TryGetValue(Convert.ToHexString(request), out var datagrams) ? datagrams : throw new KernelRefusal(2);

    private sealed class Recorder(Dictionary<string, List<byte[]>> answers, IKernelRules real) : IKernelRules
    {
        public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request)
        {
            var kept = answers[Convert.ToHexString(request)] = [];
            foreach (var datagram in real.Ask(request))
            {
                kept.Add(datagram.ToArray());
                yield return datagram;
            }
        }

        public byte[] LegacyTable(bool ipv6, string name)
        {
            var table = real.LegacyTable(ipv6, name);
            answers[Convert.ToHexString(LegacyRequest(ipv6, name))] = [table];
            return table;
        }

        public void Dispose() => real.Dispose();
    }
}
