using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>What the value of a setting means to the program that reads it, as text. Null: nothing.</summary>
internal static class SettingValue
{
    /// <summary>Any text.</summary>
    public static string? Text(string value) => value.Length == 0 ? null : value;

    /// <summary>A flag is on by being named.</summary>
    public static string? Flag(string value) => "1";

    /// <summary>A whole number of base 10 that fits 32 bits.</summary>
    public static string? Number(string value) => Between(value, int.MinValue, int.MaxValue);

    /// <summary>A count of at most 16 bits, as sscanf's <c>%hu</c> is used.</summary>
    public static string? Count(string value) => Between(value, 0, ushort.MaxValue);

    /// <summary>A number in shadow's spelling: base 10, 0x or 0.</summary>
    public static string? LoginDefsNumber(string value) => CNumber.AnyBase(value)?.ToString();

    private static string? Between(string value, long least, long most) =>
        CNumber.Decimal(value) is { } number && number >= least && number <= most ? number.ToString() : null;
}
