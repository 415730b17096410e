using System.Globalization;

namespace Sandbox.Evidence.Settings;

/// <summary>Minutes within bounds, written as sudoers(5) has them: <c>15</c> or <c>2.5</c>.</summary>
/// <param name="Least">In minutes. Null: that side is open.</param>
/// <param name="Most">In minutes. Null: that side is open.</param>
internal sealed record MinutesDemand(long? Least, long? Most) : NumberDemand(Least, Most)
{
    public override string Words => $"{base.Words} minutes";

    public override bool Meets(string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && !(minutes < Least) && !(minutes > Most);
}
