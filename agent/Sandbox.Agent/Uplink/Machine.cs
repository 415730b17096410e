using Google.Protobuf;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>How this machine introduces itself, so that two copies of one identity can be told apart: its host name and the random id of its boot.</summary>
internal sealed class Machine(string root)
{
    private readonly RootFolder _root = new(root);

    /// <summary>Adds it to a hello; what cannot be read is left out.</summary>
    public void Introduce(Hello hello)
    {
        if (_root.Line("proc/sys/kernel/hostname") is { Length: > 0 } name) hello.HostName = name;
        if (Guid.TryParse(_root.Line("proc/sys/kernel/random/boot_id"), out var boot)) hello.BootId = ByteString.CopyFrom(boot.ToByteArray(bigEndian: true));
    }
}
