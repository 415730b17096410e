namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>The verifier keys of the log, those that sign at present, in the text form that auditors write down.</summary>
internal sealed record LogVerifiers(IReadOnlyList<string> Texts);
