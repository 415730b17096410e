using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Agent.Accounts;

/// <summary>What may be known of a password field of shadow(5) or passwd(5): never the hash, the salt or a digest of them.</summary>
/// <param name="State">What the field means.</param>
/// <param name="Scheme">Scheme of the hash. Null: there is none.</param>
/// <param name="Cost">Cost as the hash carries it. Null: it carries none.</param>
internal readonly record struct StoredPassword(PasswordState State, HashScheme? Scheme = null, string? Cost = null)
{
    public static StoredPassword Read(ReadOnlySpan<char> field)
    {
        if (field.IsEmpty) return new(PasswordState.Empty);
        var locked = field[0] == '!';
        var hash = field.TrimStart('!');
        if (hash.IsEmpty || hash[0] == '*') return new(PasswordState.None);
        if (CryptHash.Scheme(hash) is not { } scheme) return new(locked ? PasswordState.None : PasswordState.Invalid);
        return new(locked ? PasswordState.Locked : PasswordState.Set, scheme, CryptHash.Cost(scheme, hash));
    }
}
