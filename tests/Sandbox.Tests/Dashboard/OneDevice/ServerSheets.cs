using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;
using Unit = Sandbox.Protocol.ServiceUnit;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What a device says of services in words.</summary>
public sealed class ServerSheets
{
    [Fact]
    public void A_listener_says_whom_it_reaches_and_who_holds_it()
    {
        var services = new Protocol.Services();
        services.Listeners.Add(new ListeningSocket
        {
            Protocol = ListeningSocket.Types.Protocol.Tcp, Address = "0.0.0.0", Port = 22, Owners = { new SocketOwner { Name = "sshd", Program = "/usr/sbin/sshd" } },
        });

        var row = Tables(services)[0].Rows.Single();

        Assert.Equal(("services.listeners[Tcp:0.0.0.0:22]", "0.0.0.0 (every IPv4 address),22,TCP,sshd,/usr/sbin/sshd"), (row.Path, string.Join(',', row.Cells)));
    }

    [Fact]
    public void A_listener_without_a_holder_does_not_say_whose_it_is()
    {
        var services = new Protocol.Services { Listeners = { new ListeningSocket { Address = "127.0.0.1", Port = 1 } } };

        var row = Tables(services)[0].Rows.Single();

        Assert.Equal(["127.0.0.1 (this machine only)", "1", null, null, null], row.Cells);
    }

    [Fact]
    public void What_is_on_stands_before_what_is_off()
    {
        var services = new Protocol.Services
        {
            Units =
            {
                new Unit { Name = "a.service", State = Unit.Types.State.Disabled }, new Unit { Name = "b.service", State = Unit.Types.State.Static, Running = true },
                new Unit { Name = "c.service", State = Unit.Types.State.Enabled, WantedBy = { "multi-user.target" }, Path = "/c" },
            },
        };

        var tables = Tables(services);

        Assert.Equal(["b.service", "c.service"], tables[1].Rows.Select(row => row.Cells[0]));
        Assert.Equal(["c.service", "enabled", null, "multi-user.target", "/c"], tables[1].Rows[1].Cells);
        Assert.Equal((true, "a.service"), (tables[2].Folded, tables[2].Rows.Single().Cells[0]));
    }

    private static IReadOnlyList<FactTable> Tables(Protocol.Services services) => FactTables.Of(new Fact { Services = services });
}
