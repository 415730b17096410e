using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>What listens first; of the units those that are on, the others fold away.</summary>
internal static class ServiceTables
{
    private static readonly string[] Columns = ["Unit", "State", "Runs", "Started by", "Unit file"];

    public static IReadOnlyList<FactTable> Of(Services services)
    {
        var on = services.Units.Where(IsOn).Select(Row);
        var others = services.Units.Where(unit => !IsOn(unit)).Select(Row);
        return
        [
            new FactTable("Listening for others", ["Address", "Port", "Protocol", "Program", "Path"], [.. services.Listeners.Select(Row)]),
            new FactTable("Services that start or run", Columns, [.. on]),
            new FactTable("Other services", Columns, [.. others], Folded: true),
        ];
    }

    private static bool IsOn(ServiceUnit unit) => unit.State == ServiceUnit.Types.State.Enabled || unit is { HasRunning: true, Running: true };

    private static FactTableRow Row(ListeningSocket socket) => new($"services.listeners[{socket.Protocol}:{socket.Address}:{Number(socket.Port)}]",
    [
        Reach(socket.Address), Number(socket.Port), socket.Protocol switch
        {
            ListeningSocket.Types.Protocol.Tcp => "TCP", ListeningSocket.Types.Protocol.Udp => "UDP", _ => null,
        },
        socket.Owners.Count == 0 ? null : string.Join(", ", socket.Owners.Select(owner => owner.Name).Distinct()),
        socket.Owners.Any(owner => owner.HasProgram) ? string.Join(", ", socket.Owners.Where(owner => owner.HasProgram).Select(owner => owner.Program).Distinct()) : null,
    ]);

    private static string Reach(string address) => address switch
    {
        "0.0.0.0" => "0.0.0.0 (every IPv4 address)",
        "::" => ":: (every address)",
        "::1" => "::1 (this machine only)",
        _ when address.StartsWith("127.", StringComparison.Ordinal) => $"{address} (this machine only)",
        _ => address,
    };

    private static FactTableRow Row(ServiceUnit unit) => new($"services.units[{unit.Name}]",
    [
        unit.Name, unit.State switch
        {
            ServiceUnit.Types.State.Enabled => "enabled", ServiceUnit.Types.State.Disabled => "disabled",
            ServiceUnit.Types.State.Masked => "masked: cannot start", ServiceUnit.Types.State.Static => "started by others", _ => null,
        },
        unit.HasRunning ? unit.Running ? "yes" : "no" : null,
        unit.WantedBy.Count == 0 ? "nothing of its own" : string.Join(", ", unit.WantedBy), unit.HasPath ? unit.Path : null,
    ]);

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
