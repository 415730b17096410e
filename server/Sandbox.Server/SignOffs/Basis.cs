using System.Security.Cryptography;
using System.Text;
using Sandbox.Evidence.Crediting;

namespace Sandbox.Server.SignOffs;

/// <summary>What there is to decide on: who decides must have seen exactly this.</summary>
/// <param name="Number">How many decisions there were before.</param>
/// <param name="Evidence">What held, by id.</param>
/// <param name="Records">The records that stand, by id.</param>
public sealed record Basis(int Number, IReadOnlyList<(Guid Id, Grade Grade)> Evidence, IReadOnlyList<Guid> Records)
{
    /// <summary>The same for the same things: a form carries it to and fro.</summary>
    public string Digest()
    {
        var text = new StringBuilder().Append(Number).Append('\n');
        foreach (var (id, grade) in Evidence.OrderBy(one => one.Id)) text.Append(id).Append(' ').Append(grade).Append('\n');
        foreach (var id in Records.Order()) text.Append(id).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
