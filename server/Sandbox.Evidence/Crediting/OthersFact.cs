using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>A fact of another machine.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="Owner">For whom it was enrolled.</param>
/// <param name="OwnerName">The name that people see of that person.</param>
/// <param name="Fact">The fact.</param>
/// <param name="ChangedAt">Since when it says so, by that machine's clock set right.</param>
/// <param name="ReportId">Row of the report that brought it.</param>
public sealed record OthersFact(string Machine, Guid Owner, string OwnerName, Fact Fact, DateTimeOffset ChangedAt, long ReportId);
