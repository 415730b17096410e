using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

/// <summary>Files that tell poll(2) of changes and are not there at first, as /proc/mdstat before md's module is loaded. A plain file stands for one.</summary>
public sealed class PolledFilesCome : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Late => $"{_folder.Path}/mdstat".TrimStart('/');

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_that_comes_later_concerns_those_who_watch_it_once()
    {
        using var polled = new PolledFiles(new RootFolder("/"), [["etc/fstab"], [Late]], [Late]);
        Assert.Equal((true, false, 0UL), (polled.LacksAny, polled.Has(Late), polled.Appeared()));

        File.WriteAllText("/" + Late, "");

        Assert.Equal((2UL, 0UL), (polled.Appeared(), polled.Appeared()));
        Assert.Equal((false, true, 1), (polled.LacksAny, polled.Has(Late), polled.Requests.Count()));
    }

    [Fact]
    public void One_that_is_there_is_not_looked_for()
    {
        File.WriteAllText("/" + Late, "");
        using var polled = new PolledFiles(new RootFolder("/"), [[Late]], [Late]);

        Assert.Equal((false, 0UL), (polled.LacksAny, polled.Appeared()));
    }

    [Fact]
    public void What_nobody_watches_and_what_is_another_systems_is_not_looked_for()
    {
        using var unwatched = new PolledFiles(new RootFolder("/"), [["etc/fstab"]], [Late]);
        using var other = new PolledFiles(new RootFolder(_folder.Path), [["mdstat"]], ["mdstat"]);

        Assert.Equal((false, false), (unwatched.LacksAny, other.LacksAny));
    }
}
