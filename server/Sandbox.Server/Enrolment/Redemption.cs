using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>What became of a join code that somebody brought.</summary>
internal abstract record Redemption;

/// <summary>It was good.</summary>
/// <param name="Device">The device.</param>
/// <param name="Certificate">Its certificate, DER.</param>
/// <param name="Code">The code's short name, for the log.</param>
/// <param name="Again">The same key had redeemed it before: its reply got lost.</param>
internal sealed record Granted(Device Device, byte[] Certificate, string Code, bool Again) : Redemption;

/// <summary>It was turned away; nothing was changed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Words">The same for people who look at the agent.</param>
/// <param name="Detail">The precise circumstances, for the log and the mentor. Null: the words say it all.</param>
/// <param name="Device">The device, when it is known. Null: it is not.</param>
internal sealed record Denial(Reason Reason, string Words, string? Detail = null, DeviceId? Device = null) : Redemption;
