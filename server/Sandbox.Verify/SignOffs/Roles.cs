using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Verify.SignOffs;

/// <summary>Which role each person had, by what the log has said so far.</summary>
internal sealed class Roles
{
    private readonly Dictionary<ByteString, RoleGiven> _last = [];

    /// <summary>Takes the next entry about somebody's role.</summary>
    public void Take(RoleGiven given) => _last[given.PersonId] = given;

    /// <summary>How the log contradicts that a person had a role at this point. Null: it does not.</summary>
    public string? Fault(ByteString person, string role) => _last.GetValueOrDefault(person) switch
    {
        null => null,
        { Locked: true, Name: var name } => $"{name} was locked then",
        { HasRole: false, Name: var name } => $"{name} had no role any more then",
        { Role: var other, Name: var name } when other != role => $"{name} was {other} then, not {role}",
        _ => null,
    };

    /// <summary>Whether the log has said anything about this person's role so far.</summary>
    public bool Knows(ByteString person) => _last.ContainsKey(person);
}
