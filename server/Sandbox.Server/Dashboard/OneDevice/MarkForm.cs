using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Reads the form by which an account is marked as known to others.</summary>
internal static class MarkForm
{
    /// <summary>What it says.</summary>
    /// <exception cref="SetupException">It names no day.</exception>
    public static StoredMark Read(IFormCollection form, DeviceId device, Guid by) => new()
    {
        Account = form["account"].ToString().Trim(), Reason = form["reason"].ToString().Trim(), Since = MarkCommands.DayOf(form["since"].ToString()), MarkedBy = by,
        DeviceId = form["everywhere"].Count > 0 ? null : device,
    };
}
