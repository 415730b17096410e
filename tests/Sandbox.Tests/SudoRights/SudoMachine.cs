using Sandbox.Agent.AdminRights;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.SudoRights;

/// <summary>A machine with sudo, three people and a host name, of which a test changes what it is about.</summary>
internal sealed class SudoMachine : IDisposable
{
    private readonly MachineFiles _files = new MachineFiles()
        .With("etc/passwd", "root:x:0:0::/root:/bin/bash\nanna:x:1000:1000::/home/anna:/bin/bash\nbob:x:1001:27::/home/bob:/bin/sh\ncleo:x:1002:1002::/home/cleo:/bin/sh\n")
        .With("etc/group", "root:x:0:\nsudo:x:27:anna\nanna:x:1000:\nops:x:50:cleo,anna\ncleo:x:1002:\n")
        .With("etc/hostname", "lab1.example.org\n")
        .With("usr/bin/sudo", "");

    public string Root => _files.Root;

    public SudoMachine With(string path, string text)
    {
        _files.With(path, text);
        return this;
    }

    public SudoMachine Sudoers(string text) => With("etc/sudoers", text);

    public MachineFiles Files => _files;

    public async Task<Protocol.AdminRights> ReadAsync() => Assert.Single(
        await new LinuxAdminRights(Root).CollectAsync(TestContext.Current.CancellationToken)).AdminRights;

    /// <summary>Names of the full administrators that a text of sudoers makes.</summary>
    public async Task<string> AdministratorsAsync(string sudoers) =>
        string.Join(' ', (await Sudoers(sudoers).ReadAsync()).FullAdministrators.Select(one => one.Name));

    public void Dispose() => _files.Dispose();
}
