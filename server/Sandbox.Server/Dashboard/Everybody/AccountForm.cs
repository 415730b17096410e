using System.Globalization;
using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Everybody;

/// <summary>Reads the form by which an admin says under which account a person works.</summary>
internal static class AccountForm
{
    /// <summary>What it says.</summary>
    /// <exception cref="SetupException">It says nothing that makes sense.</exception>
    public static HeldAccount Read(IFormCollection form, Guid person, Guid by, TimeProvider time)
    {
        if (!Enum.TryParse<HolderKind>(form["kind"].ToString(), out var kind) || !Enum.IsDefined(kind)) throw new SetupException("Choose by what the person is known.");
        var (device, from) = (form["device"].ToString(), form["from"].ToString());
        return new HeldAccount
        {
            PersonId = person, AddedBy = by, Kind = kind, Value = form["value"].ToString().Trim(),
            DeviceId = device.Length == 0 ? null : DeviceId.TryParse(device, out var id) ? id : throw new SetupException("Choose a device, or every device."),
            From = from.Length == 0 ? time.GetUtcNow()
                : DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
                : throw new SetupException($"'{from}' is no instant: give a day and a time, such as 2026-11-23T08:00."),
        };
    }
}
