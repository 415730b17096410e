using Sandbox.Evidence.Lines;

namespace Sandbox.Server.SignOffs;

/// <summary>A column of a line of somebody's schedule.</summary>
/// <param name="Person">The apprentice.</param>
/// <param name="Line">The line: <c>1.3</c>.</param>
/// <param name="Column">The column.</param>
internal readonly record struct LineAddress(Guid Person, string Line, LineColumn Column);
