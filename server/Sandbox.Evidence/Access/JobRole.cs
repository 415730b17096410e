namespace Sandbox.Evidence.Access;

/// <summary>What a job asks of the machines: a row of the lab's matrix of roles.</summary>
/// <param name="Name">What the lab calls it: <c>helpdesk</c>.</param>
/// <param name="Accounts">Accounts of those who have it, by their names on the machines.</param>
/// <param name="Groups">Groups that they are in for it.</param>
internal sealed record JobRole(string Name, IReadOnlyList<string> Accounts, IReadOnlyList<string> Groups)
{
    /// <inheritdoc/>
    public bool Equals(JobRole? other) => other is not null && Name == other.Name && Accounts.SequenceEqual(other.Accounts) && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Accounts.Count, Groups.Count);
}
