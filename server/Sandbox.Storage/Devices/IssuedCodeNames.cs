namespace Sandbox.Storage.Devices;

/// <summary>How a code is named without its secret.</summary>
public static class IssuedCodeNames
{
    /// <summary>The first 8 hexadecimal digits of its row's id, which lists, logs and <c>codes revoke</c> use.</summary>
    public static string ShortName(this IssuedCode code) => code.Id.ToString("N")[..8];
}
