namespace Sandbox.Evidence.Licences;

/// <summary>Names of products with one <c>*</c>: <c>Microsoft Visio*</c>.</summary>
internal static class ProductName
{
    private const char Anything = '*';

    /// <summary>Whether it can be one: something is left without the star, of which there is one at most.</summary>
    public static bool IsOne(string name) => name.Count(one => one == Anything) <= 1 && name.Trim().Length > 1;

    /// <summary>Whether a name fits. Letters are alike, small or capital.</summary>
    public static bool Fits(string name, string installed)
    {
        var star = name.IndexOf(Anything, StringComparison.Ordinal);
        if (star < 0) return string.Equals(name, installed, StringComparison.OrdinalIgnoreCase);
        return installed.Length >= name.Length - 1
            && installed.StartsWith(name[..star], StringComparison.OrdinalIgnoreCase) && installed.EndsWith(name[(star + 1)..], StringComparison.OrdinalIgnoreCase);
    }
}
