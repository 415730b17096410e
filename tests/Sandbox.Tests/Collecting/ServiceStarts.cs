using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

public sealed class ServiceStarts : IDisposable
{
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Where_systemd_runs_it_is_asked()
    {
        _files.WithFolder("run/systemd/system");

        Assert.Equal("Start CUPS: sudo systemctl start cups", ServiceStart.Now(Root, "CUPS", "cups"));
        Assert.Equal("Start CUPS: sudo systemctl enable --now cups", ServiceStart.ForGood(Root, "CUPS", "cups"));
    }

    [Theory]
    [InlineData("cups"), InlineData("cups.service")]
    public void Where_it_does_not_the_script_of_the_service_starts_it(string unit)
    {
        _files.With("etc/init.d/cups", "");

        Assert.Equal("Start CUPS: sudo service cups start", ServiceStart.ForGood(Root, "CUPS", unit));
    }

    [Fact]
    public void Where_nothing_would_start_it_no_command_is_named() =>
        Assert.Equal("Start CUPS; systemd, which would do that, does not run here", ServiceStart.Now(Root, "CUPS", "cups"));

    private RootFolder Root => new(_files.Root);
}
