using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>With which reason and words a machine is told that it may not report.</summary>
internal static class OutOfService
{
    /// <summary>For a certificate whose successor was in use.</summary>
    public const string Superseded =
        "A newer certificate of this device has been in use. Either this machine was set back to an older state of itself (a backup, a snapshot): then a mentor lets it go on; "
        + "or it is a copy of another machine: then enrol it with a join code of its own. Reports wait here until then.";

    /// <summary>For a device that is not active.</summary>
    public static (Reason Reason, string Words) Of(DeviceState state) => state switch
    {
        DeviceState.Revoked => (Reason.DeviceRevoked, "This device was revoked; a mentor can say why. To come back it needs a new join code."),
        DeviceState.Quarantined => (Reason.DeviceQuarantined, Quarantine.WordsForTheMachine),
        _ => (Reason.DeviceRetired, "This device was retired or replaced; enrol again with a new join code to bring it back."),
    };
}
