using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Collecting;

public sealed class MountTableLines : IDisposable
{
    private readonly MachineFiles _files = new MachineFiles().With(
        MountTable.Path,
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n36 22 8:2 / /srv/a\\040b rw - xfs /dev/sda2 rw\n37 22 8:3 / relative/point rw - xfs /dev/sda3 rw\n38 22 8:4 / (unreachable)/x rw - xfs /dev/sda4 rw\nhalf a li");

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("/srv/a b/c", "/dev/sda2"), InlineData("/srv/a b", "/dev/sda2"), InlineData("/srv/other", "/dev/sda1"), InlineData("/", "/dev/sda1")]
    public void The_nearest_mount_holds_a_path(string path, string source) => Assert.Equal(source, Table().Holding(path)!.Source);

    [Theory]
    [InlineData("relative/point"), InlineData("x"), InlineData("")]
    public void Nobody_knows_what_holds_a_relative_path(string path) => Assert.Null(Table().Holding(path));

    [Fact]
    public void A_point_outside_of_the_root_is_none() => Assert.Equal(2, Table().All.Count);

    private MountTable Table() => MountTable.Read(new RootFolder(_files.Root), new UnseenNotes(new Google.Protobuf.Collections.RepeatedField<Unseen>()))!;
}
