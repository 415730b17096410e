using Sandbox.Evidence.Access;
using Sandbox.Evidence.Licences;

namespace Sandbox.Evidence.Policies;

/// <summary>What a rule of a policy demands of the value that it looks at.</summary>
internal abstract record Expectation
{
    /// <summary>A number within bounds, both included. Null: that side is open.</summary>
    public sealed record Within(long? Least, long? Most) : Expectation;

    /// <summary>One of several words; of a list: nothing but those, or each of them.</summary>
    public sealed record OneOf(IReadOnlyList<string> Words) : Expectation
    {
        /// <inheritdoc/>
        public bool Equals(OneOf? other) => other is not null && Words.SequenceEqual(other.Words);

        /// <inheritdoc/>
        public override int GetHashCode() => Words.Aggregate(0, HashCode.Combine);
    }

    /// <summary>Bits of files: no looser than these. A mode allows nothing beyond them; a mask takes all of them away.</summary>
    public sealed record Bits(uint Value) : Expectation;

    /// <summary>Yes or no.</summary>
    public sealed record Is(bool Value) : Expectation;

    /// <summary>What is installed of these is held by the device.</summary>
    public sealed record Register(IReadOnlyList<LicensedProduct> Products) : Expectation
    {
        /// <inheritdoc/>
        public bool Equals(Register? other) => other is not null && Products.SequenceEqual(other.Products);

        /// <inheritdoc/>
        public override int GetHashCode() => Products.Aggregate(0, HashCode.Combine);
    }

    /// <summary>In the groups that these roles name are those whose role asks for it.</summary>
    public sealed record Matrix(IReadOnlyList<JobRole> Roles) : Expectation
    {
        /// <inheritdoc/>
        public bool Equals(Matrix? other) => other is not null && Roles.SequenceEqual(other.Roles);

        /// <inheritdoc/>
        public override int GetHashCode() => Roles.Aggregate(0, HashCode.Combine);
    }

    /// <summary>No bound at all: nothing may force the value.</summary>
    public sealed record Unlimited : Expectation;
}
