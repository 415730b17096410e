using System.CommandLine;
using Sandbox.Ledger;

namespace Sandbox.Verify;

/// <summary>What several commands are told in the same way.</summary>
internal static class VerifyOptions
{
    public static Option<string?> Key() => new("--key") { Description = "The log's verifier key, from paper: NAME+ID+KEY.", HelpName = "KEY" };

    public static Option<string[]> Witness() => new("--witness") { Description = "A witness's key, NAME+ID+KEY: it must have cosigned. May be given more than once.", HelpName = "KEY" };

    public static Option<string?> Authority() => new("--ca") { Description = "Certificate of the lab's CA, for a log that is served.", HelpName = "FILE" };

    /// <summary>What was told of keys.</summary>
    /// <exception cref="SetupException">One of them is no key.</exception>
    public static VerifySettings Read(string? key, string[]? witnesses)
    {
        try
        {
            return new VerifySettings { Key = key is null ? null : VerifierKey.Parse(key), Witnesses = [.. (witnesses ?? []).Select(WitnessVerifierKey.Parse)] };
        }
        catch (FormatException fault)
        {
            throw new SetupException(fault.Message);
        }
    }
}
