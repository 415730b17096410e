using System.CommandLine;
using Sandbox.Agent;
using Sandbox.Agent.Identity;
using Sandbox.Tests.Uplink;

namespace Sandbox.Tests.Identity;

public sealed class MoveCommandTests : IDisposable
{
    private readonly LabAuthority _authority = new();
    private readonly EnrolledDevice _device;

    public MoveCommandTests() => _device = new EnrolledDevice(_authority, "lab:7444");

    public void Dispose()
    {
        _device.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("lab.example.org:8444"), InlineData("192.0.2.7:443"), InlineData("[2001:db8::1]:7444")]
    public void Only_the_address_is_new(string address)
    {
        var before = EnrolmentRecord.Read(_device.Folders.Enrolment)!;

        Assert.Equal(0, Move(address));

        Assert.Equal(before with { Address = address }, EnrolmentRecord.Read(_device.Folders.Enrolment));
    }

    [Theory]
    [InlineData("lab"), InlineData("lab:"), InlineData(":7444"), InlineData("lab:0"), InlineData("lab:70000"), InlineData("https://lab:7444")]
    public void What_is_no_address_changes_nothing(string address)
    {
        var fault = Assert.Throws<SetupException>(() => Move(address));

        Assert.Contains("is no address of a server", fault.Message, StringComparison.Ordinal);
        Assert.Equal("lab:7444", EnrolmentRecord.Read(_device.Folders.Enrolment)!.Address);
    }

    [Fact]
    public void Who_is_not_enrolled_is_told_how_to_become_so()
    {
        using var empty = new TemporaryFolder();

        var fault = Assert.Throws<SetupException>(() => Move("lab:7444", empty.Path));

        Assert.Contains($"sandbox-agent enrol - --data {empty.Path}", fault.Message, StringComparison.Ordinal);
    }

    private int Move(string address, string? data = null) => MoveCommand.Create()
        .Parse([address, "--data", data ?? Path.GetDirectoryName(_device.Folders.Root)!])
        .Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
