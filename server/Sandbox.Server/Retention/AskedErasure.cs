namespace Sandbox.Server.Retention;

/// <summary>What somebody asks to be erased.</summary>
/// <param name="Reason">Why; it stands in the log, and in bundles, for ever.</param>
/// <param name="Early">Also before the time of keeping is over, as the person has a right to (GDPR Art. 17).</param>
/// <param name="By">Who asked. Null: the command line.</param>
internal sealed record AskedErasure(string Reason, bool Early, Guid? By)
{
    /// <summary>Refuses a reason that names whom it is to forget.</summary>
    /// <exception cref="SetupException">It does.</exception>
    public void RequireNameless(KeptPerson person)
    {
        foreach (var name in new[] { person.Name, person.DisplayName })
            if (Names(name)) throw new SetupException($"The reason names {name}, and it stands in the evidence log for ever: say it without the name.");
    }

    // As a word of its own: Ed is not named by "asked".
    private bool Names(string name)
    {
        for (var at = Reason.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = Reason.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
            if (!IsLetter(at - 1) && !IsLetter(at + name.Length)) return true;
        return false;
    }

    private bool IsLetter(int at) => at >= 0 && at < Reason.Length && char.IsLetterOrDigit(Reason[at]);
}
