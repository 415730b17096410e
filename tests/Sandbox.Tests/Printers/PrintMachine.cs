using Sandbox.Agent.Printing;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Printers;

/// <summary>A machine with CUPS as Debian installs it, whose processes can be seen; cupsd is not among them until it is said.</summary>
internal sealed class PrintMachine : IDisposable
{
    public const string Secret = "S3CRET";

    public MachineFiles Files { get; } = new MachineFiles().With("usr/sbin/cupsd", "").With("etc/cups/cupsd.conf", "LogLevel warn\nListen localhost:631\nListen /run/cups/cups.sock\n").With("proc/1/comm", "systemd\n");

    public string Socket => Files.At("run/cups/cups.sock");

    public PrintMachine With(string path, string text)
    {
        Files.With(path, text);
        return this;
    }

    public PrintMachine Running() => With("proc/77/comm", "cupsd\n");

    public async Task<Protocol.Printing> ReadAsync()
    {
        var fact = Assert.Single(await new LinuxPrinting(Files.Root).CollectAsync(TestContext.Current.CancellationToken)).Printing;
        Assert.DoesNotContain(Secret, fact.ToString(), StringComparison.Ordinal);
        return fact;
    }

    public void Dispose() => Files.Dispose();
}
