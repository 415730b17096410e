using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Dashboard.Acts;

/// <summary>One page of what was done on a device.</summary>
/// <param name="DeviceId">32 hexadecimal digits.</param>
/// <param name="DeviceName">The name that people see.</param>
/// <param name="Who">Whose acts were asked for.</param>
/// <param name="Rows">The acts of this page, the newest first.</param>
/// <param name="Total">How many fit.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Unseen">What keeps the agent from seeing who did something.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record ActsView(
    string DeviceId, string DeviceName, ActFilter Who, IReadOnlyList<ActRow> Rows, int Total, int Page, IReadOnlyList<Unseen> Unseen, DateTimeOffset AsOf)
{
    /// <summary>Acts on a page.</summary>
    public const int PageSize = 50;
}

/// <summary>Whose acts.</summary>
public enum ActFilter
{
    /// <summary>Of people.</summary>
    People,

    /// <summary>Of nobody: what runs by itself.</summary>
    Automation,

    /// <summary>All.</summary>
    All,
}

/// <summary>An act as it is shown.</summary>
/// <param name="Stored">Its row.</param>
/// <param name="Act">What the device said.</param>
/// <param name="At">When, by the server's clock. Null: the record does not say.</param>
public sealed record ActRow(StoredAct Stored, AdminAct Act, DateTimeOffset? At);
