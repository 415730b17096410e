namespace Sandbox.Agent.Collecting;

/// <summary>What agent health says about the way to the server.</summary>
/// <param name="Bytes">That the spool holds.</param>
/// <param name="LimitBytes">That it may hold.</param>
/// <param name="UnacknowledgedReports">Reports that the server has not acknowledged.</param>
/// <param name="ClockOffset">The device's clock minus the server's, as of the last hello; null: not measured yet.</param>
internal sealed record SpoolFigures(ulong Bytes, ulong LimitBytes, ulong UnacknowledgedReports, TimeSpan? ClockOffset);
