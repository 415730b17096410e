using Sandbox.Protocol;
using Sandbox.Server.Export;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Exports;

/// <summary>What was typed into the form of an audit bundle.</summary>
public sealed record ExportForm(string Person, string Device, string Lines, string From, string Until)
{
    /// <summary>An empty one, or one about somebody.</summary>
    public static ExportForm About(string? person) => new(person ?? "", "", "", "", "");

    /// <summary>Reads it.</summary>
    public static ExportForm Of(IFormCollection form) =>
        new(form["person"].ToString(), form["device"].ToString(), form["lines"].ToString().Trim(), form["from"].ToString(), form["until"].ToString());

    /// <summary>The scope; of those who do not see everything it is their own record, whatever was sent.</summary>
    /// <exception cref="SetupException">Something in it is none.</exception>
    internal ExportScope Scope(Viewer viewer)
    {
        var person = Guid.TryParse(Person, out var chosen) ? chosen : Person.Length == 0 ? (Guid?)null : throw new SetupException("There is no such person.");
        if (!viewer.SeesEverything) person = viewer.PersonId;
        var device = DeviceId.TryParse(Device, out var named) ? named : Device.Length == 0 ? (DeviceId?)null : throw new SetupException("There is no such device.");
        return ScopeOptions.Of(person, device, Lines.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries), From, Until) with { IsOwn = !viewer.SeesEverything };
    }
}
