using Sandbox.Server.Pki;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Pki;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DurableFileTests : IDisposable
{
    private readonly ServerFolder _folder = ServerFolder.Empty();

    private string Target => Path.Combine(_folder.Data, "secret");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_is_never_open_to_others_even_if_the_file_before_was()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        DurableFile.Write(Target, "new"u8, DurableFile.Secret);

        Assert.Equal(("new", DurableFile.Secret), (File.ReadAllText(Target), File.GetUnixFileMode(Target)));
    }

    [Fact]
    public void What_a_crash_left_half_written_is_no_obstacle()
    {
        File.WriteAllText(Target + ".new", "half");

        DurableFile.Write(Target, "whole"u8, DurableFile.Secret);

        Assert.Equal("whole", File.ReadAllText(Target));
        Assert.False(File.Exists(Target + ".new"));
    }
}
