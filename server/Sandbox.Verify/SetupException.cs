namespace Sandbox.Verify;

/// <summary>Something that a person must put right: printed without a stack trace, exit code 2. Says what is wrong, where, and what to type.</summary>
internal sealed class SetupException(string message) : Exception(message);
