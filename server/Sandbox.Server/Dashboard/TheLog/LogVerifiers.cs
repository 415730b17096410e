using Sandbox.Ledger;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>The verifier keys of the log that signs at present, the newest first; more than one only while a key is being rolled.</summary>
internal sealed record LogVerifiers(IReadOnlyList<VerifierKey> Keys);
