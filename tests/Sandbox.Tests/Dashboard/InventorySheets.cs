using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Tests.Dashboard;

/// <summary>Tables of software sources, licences, sessions and time servers.</summary>
public sealed class InventorySheets
{
    private static readonly Timestamp At = new() { Seconds = 1_700_000_000 };

    [Fact]
    public void A_repository_says_who_signs_it_and_where_it_is_written()
    {
        var row = Row("Repositories", new Software
        {
            Repositories = { new Repository { Type = "deb", Uri = "http://a.example/", Suite = "x", Components = { "main" }, SignedBy = "/k.gpg", Enabled = true, Path = "/etc/apt/sources.list", Line = 3 } },
        });

        Assert.Equal(["http://a.example/", "deb", "x", "main", "/k.gpg", "yes", "/etc/apt/sources.list:3"], row.Cells);
    }

    [Fact]
    public void A_repository_without_signatures_says_so()
    {
        var row = Row("Repositories", new Software { Repositories = { new Repository { UnsignedAccepted = true, SignedBy = "/k.gpg" } } });

        Assert.Contains("nobody: signatures are not asked for", row.Cells);
    }

    [Fact]
    public void A_licence_says_state_holder_expiry_and_services()
    {
        var row = Row("Licences", new Software
        {
            Licences = { new Licence { Name = "Ubuntu Pro", State = Licence.Types.State.Attached, Holder = "Lab", ExpiresAt = At, Services = { "esm-infra" } } },
        });

        Assert.Equal(["Ubuntu Pro", "attached", "Lab", "2023-11-14", "esm-infra"], row.Cells);
    }

    [Fact]
    public void Software_without_sources_and_licences_has_no_tables() => Assert.Empty(FactTables.Of(new Fact { Software = new Software() }));

    [Fact]
    public void A_session_says_who_since_when_from_where_and_through_what()
    {
        var tables = FactTables.Of(new Fact
        {
            Sessions = new Sessions { Sessions_ = { new Session { User = "elif", Terminal = "pts/0", RemoteHost = "192.0.2.9", Service = "sshd", Type = "tty", Class = "user", State = "active", LoggedInAt = At } } },
        });

        var cells = tables.Single(table => table.Title == "Logged in now").Rows.Single().Cells;
        Assert.Equal("elif", cells[0]);
        Assert.Contains("2023", cells[1], StringComparison.Ordinal);
        Assert.Equal(["pts/0", "192.0.2.9", "sshd", "tty, user", "active"], cells.Skip(2));
    }

    [Fact]
    public void A_last_login_outside_the_calendar_is_no_instant()
    {
        var tables = FactTables.Of(new Fact { Sessions = new Sessions { LastLogins = { new LastLogin { User = "elif", At = new Timestamp { Seconds = long.MaxValue } } } } });

        Assert.Equal("not an instant", tables.Single(table => table.Title == "Last login of each account").Rows.Single().Cells[1]);
    }

    [Fact]
    public void A_time_service_says_its_servers_and_what_is_not_known_of_it()
    {
        var tables = FactTables.Of(new Fact
        {
            TimeSync = new TimeSync { Services = { new TimeService { Name = "chrony", Enabled = false, Sources = { new TimeSource { Address = "a.example", Kind = "server", Authenticated = true, Path = "/c", Line = 2 } } } } },
        });

        Assert.Equal(["chrony", "no", null, "a.example (server, authenticated), /c:2"], tables.Single().Rows.Single().Cells);
    }

    [Fact]
    public void A_neighbour_says_whose_address_it_is_and_what_is_not_known_of_it()
    {
        var tables = FactTables.Of(new Fact
        {
            Neighbours = new Neighbours { Neighbours_ = { new Neighbour { Address = "192.0.2.1", MacAddress = "02:00:00:00:00:01", Interface = "eth0", LocallyAdministered = true, Permanent = false } } },
        });

        Assert.Equal(["192.0.2.1", "02:00:00:00:00:01 (local)", "eth0", null, "from the network"], tables[0].Rows.Single().Cells);
    }

    [Fact]
    public void A_switch_at_the_other_end_says_which_port_it_is_and_what_it_does()
    {
        var said = new LldpNeighbour
        {
            Interface = "eth0", ChassisId = "02:00:00:00:00:09", PortId = "Gi0/1", PortDescription = "desk 4", SystemName = "sw1", SystemDescription = "Maker 2960", ManagementAddress = "192.0.2.9", PortVlan = 20,
            Capabilities = { LldpNeighbour.Types.Capability.Bridge, LldpNeighbour.Types.Capability.Router },
        };
        var rows = FactTables.Of(new Fact { Neighbours = new Neighbours { Lldp = { said, new LldpNeighbour { Interface = "eth1", ChassisId = "c", PortId = "p" } } } })[1].Rows;

        Assert.Equal(["eth0", "sw1: Maker 2960", "Gi0/1 (desk 4)", "02:00:00:00:00:09", "switch, router", "192.0.2.9", "20"], rows[0].Cells);
        Assert.Equal(["eth1", null, "p", "c", null, null, null], rows[1].Cells);
    }

    [Fact]
    public void A_wireless_network_says_how_it_is_secured_and_when_it_was_used()
    {
        var tables = FactTables.Of(new Fact
        {
            Wifi = new WiFi { Networks = { new WiFiNetwork { Ssid = "Lab", Security = WiFiNetwork.Types.Security.Wep, Autoconnect = true, LastUsedDay = 19_675, Path = "/x" } } },
        });

        Assert.Equal(["Lab", "WEP: broken", "yes", null, "2023-11-14", "/x"], tables.Single(table => table.Title == "Known networks").Rows.Single().Cells);
    }

    [Fact]
    public void A_network_that_a_device_is_in_says_through_which_interface_and_what_is_not_known_of_it()
    {
        var tables = FactTables.Of(new Fact
        {
            Wifi = new WiFi { Joined = { new JoinedWiFi { Interface = "wlan0", Ssid = "Lab", Security = WiFiNetwork.Types.Security.Wpa3Sae, FrequencyMhz = 5180 }, new JoinedWiFi { Interface = "wlan1" } } },
        });

        var rows = tables.Single(table => table.Title == "Joined now").Rows;
        Assert.Equal(["wlan0", "Lab", "WPA3 with a password", "5180 MHz"], rows[0].Cells);
        Assert.Equal(["wlan1", null, null, null], rows[1].Cells);
    }

    private static FactTableRow Row(string title, Software software) =>
        FactTables.Of(new Fact { Software = software }).Single(table => table.Title == title).Rows.Single();
}
