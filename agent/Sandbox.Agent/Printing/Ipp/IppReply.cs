namespace Sandbox.Agent.Printing.Ipp;

/// <summary>What came of a question.</summary>
/// <param name="Message">Null: no answer that can be understood.</param>
/// <param name="Why">Why there is none, for people; empty where there is one.</param>
/// <param name="IsDenied">This user may not ask.</param>
internal readonly record struct IppReply(IppMessage? Message, string Why = "", bool IsDenied = false);
