using System.Buffers.Binary;
using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>One TCP port from 40000 to 59999, at which nothing listens, is let in: by ufw while it is active, else in the first chain of nftables that drops what comes in.</summary>
internal sealed class OpenedPort(Tree tree, Programs programs) : IFault
{
    private const int First = 40000;
    private const int Ports = 20000;
    private const string Listens = "0A";
    private readonly UfwRule _ufw = new(programs);
    private readonly NftRule _nft = new(programs);

    public FaultName Name => FaultName.FirewallPortOpened;

    public async ValueTask<Outlook> LookAsync(ReadOnlyMemory<byte> id, CancellationToken ct)
    {
        if (FreePort(id.Span) is not { } port) return new Outlook.Impossible("it cannot be told at which ports something listens");
        if (await _ufw.IsActiveAsync(ct))
            return await _ufw.HasAsync(port, ct) ? new Outlook.Impossible($"ufw lets port {port} in already") : new Outlook.Possible(UfwRule.Place, null, $"{port}/tcp");
        if (await _nft.ChainAsync(ct) is { } chain) return new Outlook.Possible(chain, null, $"{port}/tcp {Convert.ToHexStringLower(id.Span[..4])}") { EndsWithBoot = true };
        return new Outlook.Impossible("no firewall is active that drops what comes in: neither ufw, nor a chain of nftables for inet with the policy drop");
    }

    public ValueTask ApplyAsync(FaultRecord record, CancellationToken ct) => record.Place == UfwRule.Place ? _ufw.AddAsync(PortOf(record), ct) : _nft.AddAsync(record.Place, PortOf(record), CommentOf(record), ct);

    public async ValueTask<bool> IsThereAsync(FaultRecord record, CancellationToken ct) =>
        record.Place == UfwRule.Place ? await _ufw.HasAsync(PortOf(record), ct) : await _nft.HandleAsync(record.Place, CommentOf(record), ct) is not null;

    public ValueTask UndoAsync(FaultRecord record, CancellationToken ct) => record.Place == UfwRule.Place ? _ufw.DeleteAsync(PortOf(record), ct) : _nft.DeleteAsync(record.Place, CommentOf(record), ct);

    private static int PortOf(FaultRecord record) => int.Parse(record.Seeded.AsSpan(0, record.Seeded.IndexOf('/')), CultureInfo.InvariantCulture);

    private static string CommentOf(FaultRecord record) => record.Seeded[(record.Seeded.IndexOf(' ') + 1)..];

    // Another one for each order. Null: what listens cannot be told.
    private int? FreePort(ReadOnlySpan<byte> id)
    {
        if (!tree.Has("/proc/net/tcp")) return null;
        var taken = tree.KernelLines("/proc/net/tcp").Concat(tree.KernelLines("/proc/net/tcp6")).Select(ListenedAt).ToHashSet();
        var first = BinaryPrimitives.ReadUInt16BigEndian(id) % Ports;
        return Enumerable.Range(0, Ports).Select(step => First + ((first + step) % Ports)).First(port => !taken.Contains(port));
    }

    // proc(5): the second field is the local address with its port in hexadecimal digits, the fourth the state.
    private static int? ListenedAt(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, Listens, ..] && int.TryParse(local.AsSpan(local.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) ? port : null;
}
