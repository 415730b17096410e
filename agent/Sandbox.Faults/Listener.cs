using System.Net.Sockets;
using System.Runtime.InteropServices;
using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>The socket at which the agent of this machine asks. Root and one group may connect: the file's mode is 0660.</summary>
internal sealed partial class Listener : IDisposable
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const int Waiting = 4;

    /// <summary>The longest that one request may take to come in: the next peer waits for it.</summary>
    private static readonly TimeSpan ToAsk = TimeSpan.FromSeconds(3);

    /// <summary>The longest that it may take to be answered.</summary>
    private static readonly TimeSpan ToAnswer = TimeSpan.FromMinutes(2);

    /// <summary>How long is waited when no connection can be taken.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;
    private readonly FaultBook _book;

    /// <exception cref="SetupException">It cannot listen there.</exception>
    public Listener(string path, string? group, string root, FaultBook book)
    {
        (_path, _book) = (path, book);
        try
        {
            File.Delete(path);
            _socket.Bind(new UnixDomainSocketEndPoint(path));
            // Nobody can connect before it listens.
            Allow(group is null ? null : Number(group, root));
            _socket.Listen(Waiting);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            _socket.Dispose();
            throw new SetupException($"It cannot listen at {path}: {fault.Message.TrimEnd('.')}. Choose another place with --socket FILE, or run it as root (sudo).");
        }
    }

    /// <summary>Answers one connection after the other until it is told to stop.</summary>
    public async Task ServeAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            using var peer = await AcceptAsync(ct);
            if (peer is null) continue;
            try
            {
                await ConverseAsync(peer, ct);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException or Google.Protobuf.InvalidProtocolBufferException)
            {
                // A peer that went, was too slow, or speaks something else; or the end.
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(_path);
    }

    // Null: there is none. Too many files may be open, which passes.
    private async Task<Socket?> AcceptAsync(CancellationToken ct)
    {
        try
        {
            return await _socket.AcceptAsync(ct);
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            await Task.Delay(Pause, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
    }

    private async Task ConverseAsync(Socket peer, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(ToAsk);
        await using var stream = new NetworkStream(peer);
        var request = await HelperFrame.ReadAsync(stream, HelperRequest.Parser, end.Token);
        end.CancelAfter(ToAnswer);
        // Once it is begun it is brought to its end.
        await HelperFrame.WriteAsync(stream, await _book.AnswerAsync(request, CancellationToken.None), end.Token);
    }

    private void Allow(int? group)
    {
        if (!System.OperatingSystem.IsLinux()) throw new PlatformNotSupportedException();
        if (group is { } number && ChangeOwner(_path, -1, number) != 0) throw new IOException($"its group cannot be set: {Marshal.GetLastPInvokeErrorMessage()}");
        File.SetUnixFileMode(_path, OwnerAndGroup);
    }

    private static int Number(string group, string root) =>
        new Tree(root).Lines("/etc/group").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == group) is [_, _, var number, ..] && int.TryParse(number, out var gid)
            ? gid
            : throw new SetupException($"There is no group {group}. The package sandbox-agent makes it: sudo apt install sandbox-agent");

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, int user, int group);
}
