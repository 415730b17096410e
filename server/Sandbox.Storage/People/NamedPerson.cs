namespace Sandbox.Storage.People;

/// <summary>A person with the name that pages show.</summary>
public sealed record NamedPerson
{
    /// <summary>The person.</summary>
    public required Guid Id { get; init; }

    /// <summary>The display name, or what they type to sign in where they have none.</summary>
    public required string Name { get; init; }
}
