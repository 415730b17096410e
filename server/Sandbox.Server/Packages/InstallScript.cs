namespace Sandbox.Server.Packages;

/// <summary><c>install.sh</c>, which travels inside the program, with the server that it is to go back to.</summary>
internal static class InstallScript
{
    private static readonly Lazy<string> Raw = new(Read);

    /// <summary>The script of a server. Both values stand between single quotation marks in it, and neither a host name nor Base64 has one.</summary>
    public static string For(string server, string pin) =>
        Raw.Value.Replace("@SERVER@", server, StringComparison.Ordinal).Replace("@PIN@", pin, StringComparison.Ordinal);

    private static string Read()
    {
        using var script = new StreamReader(typeof(InstallScript).Assembly.GetManifestResourceStream("install.sh")!);
        return script.ReadToEnd();
    }
}
