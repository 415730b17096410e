using Google.Protobuf.WellKnownTypes;

namespace Sandbox.Server.Enrolment;

/// <summary>How far a device's clock is off, in words.</summary>
internal static class ClockSkew
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CertificateBackdate = TimeSpan.FromHours(48);

    /// <summary>What to say of a clock. Null: it is right, or the device did not say.</summary>
    public static string? Words(Timestamp? device, DateTimeOffset server)
    {
        if (device is null || device.Seconds is < -62135596800 or > 253402300799 || device.Nanos is < 0 or > 999_999_999) return null;
        var skew = device.ToDateTimeOffset() - server;
        if (skew.Duration() <= Tolerated) return null;
        var words = $"{Length(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this server's";
        return skew < -CertificateBackdate ? $"{words}: by its own clock the certificate is not valid yet, so set its clock first" : words;
    }

    private static string Length(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{span.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{span.TotalHours:0} hours",
        _ => $"{span.TotalMinutes:0} minutes",
    };
}
