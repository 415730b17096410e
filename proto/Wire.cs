namespace Sandbox.Protocol;

/// <summary>Numbers and names that both sides must agree on.</summary>
public static class Wire
{
    /// <summary>The protocol version that this build speaks; a server also takes the one before.</summary>
    public const uint ProtocolVersion = 1;

    /// <summary>The gRPC trailer that names the <see cref="Reason"/> of a refusal.</summary>
    public const string ReasonTrailer = "sandbox-reason";

    /// <summary>Where the agent port serves the CA certificate (PEM) to those who hold a pin.</summary>
    public const string CaCertificatePath = "/ca.crt";

    /// <summary>Largest report a server takes, in bytes; larger ones are refused with <see cref="Reason.ReportTooLarge"/>.</summary>
    public const int LargestReport = 4 * 1024 * 1024;

    /// <summary>Most reports in one message.</summary>
    public const int MostReportsPerMessage = 1000;

    /// <summary>Largest message either side takes, in bytes: one largest report and its frame.</summary>
    public const int LargestMessage = LargestReport + (64 * 1024);
}
