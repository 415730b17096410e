using Microsoft.AspNetCore.Identity;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>
/// Refuses passwords that a guesser tries first: the own name, this product's name, one character or a short piece over and over, a run of the
/// keyboard or the alphabet (NIST SP 800-63B §3.1.1.2: a list of expected values, and no rule of composition).
/// </summary>
internal sealed class ObviousPasswords : IPasswordValidator<Person>
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 12;

    private const int LongestPiece = 4;
    private static readonly string[] Expected = ["sandbox", "password", "passwort", "letmein", "welcome", "changeme"];
    private static readonly string[] Runs = ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm"];

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(IsObvious(password ?? "", user.UserName)
            ? IdentityResult.Failed(new IdentityError { Code = "Obvious", Description = "This password is among the first that are guessed. Take several unrelated words." })
            : IdentityResult.Success);

    private static bool IsObvious(string password, string? name)
    {
        var text = password.ToLowerInvariant();
        var rest = Expected.Append(name?.ToLowerInvariant() ?? "").Where(word => word.Length > 2).Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Count(char.IsLetter) < 4 && rest.Length < text.Length || Repeats(text) || Runs.Any(run => run.Contains(text, StringComparison.Ordinal));
    }

    private static bool Repeats(string text) => text.Length > 0 && Enumerable.Range(1, LongestPiece)
        .Any(piece => Enumerable.Range(0, text.Length).All(i => text[i] == text[i % piece]));
}
