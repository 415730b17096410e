using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Devices;

/// <summary>A device that was taken out of service.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="State">Retired or revoked.</param>
/// <param name="Reason">Why, in the person's words. Null: nobody said.</param>
/// <param name="Since">When that was.</param>
public sealed record GoneDevice(string Id, string Name, DeviceState State, string? Reason, DateTimeOffset Since);
