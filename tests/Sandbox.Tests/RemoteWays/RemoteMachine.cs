using Sandbox.Agent.RemoteAccess;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.RemoteWays;

/// <summary>A machine with an SSH server, of which a test changes what it is about.</summary>
internal sealed class RemoteMachine : IDisposable
{
    public MachineFiles Files { get; } = new MachineFiles().With("usr/sbin/sshd", "").With("etc/passwd", "root:x:0:0::/root:/bin/bash\nanna:x:1000:1000::/home/anna:/bin/bash\n");

    public RemoteMachine With(string path, string text)
    {
        Files.With(path, text);
        return this;
    }

    public RemoteMachine Sshd(string text) => With("etc/ssh/sshd_config", text);

    public async Task<RemoteAccess> ReadAsync() => Assert.Single(
        await new LinuxRemoteAccess(Files.Root).CollectAsync(TestContext.Current.CancellationToken)).RemoteAccess;

    public async Task<ConfiguredSetting> SettingAsync(string name) => (await ReadAsync()).SshdSettings.Single(setting => setting.Name == name);

    public void Dispose() => Files.Dispose();
}
