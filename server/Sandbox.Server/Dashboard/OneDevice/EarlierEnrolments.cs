using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>How the machine of a device began, when it was enrolled before.</summary>
/// <param name="Beginning">What it means for what is changed on it.</param>
/// <param name="Devices">The devices that it was, the first first; only those that the person who looks may see.</param>
public sealed record EarlierEnrolments(Beginning Beginning, IReadOnlyList<EarlierDevice> Devices);

/// <summary>A device that the same machine was before.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="EnrolledAt">When it was enrolled, by the server's clock.</param>
public sealed record EarlierDevice(DeviceId Id, string Name, DateTimeOffset EnrolledAt);
