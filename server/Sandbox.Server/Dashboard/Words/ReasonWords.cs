using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>Reason codes for people.</summary>
internal static class ReasonWords
{
    public static string Of(Reason reason) => reason switch
    {
        Reason.CodeUnknown => "A join code that this server never made",
        Reason.CodeExpired => "A join code whose time was over",
        Reason.CodeUsed => "A join code that another key had redeemed",
        Reason.CodeRevoked => "A join code that somebody withdrew",
        Reason.CsrInvalid => "A certification request that is not valid",
        Reason.KeyRefused => "A key that is too weak or of a wrong kind",
        Reason.KeyTaken => "A key that another device has enrolled with",
        Reason.TooManyTries => "Too many tries with wrong join codes",
        Reason.CertificateMissing => "A call without a device certificate",
        Reason.DeviceUnknown => "A certificate that belongs to no device here",
        Reason.DeviceRevoked => "A revoked device",
        Reason.DeviceRetired => "A retired or replaced device",
        Reason.SerialSuperseded => "A certificate that a newer one has superseded",
        Reason.CertificateExpired => "A certificate that has ended: the agent renews it",
        Reason.CertificateTooOld => "A certificate that ended more than 180 days ago: the machine must enrol again",
        Reason.DeviceQuarantined => "A device in quarantine: its identity is in two places",
        Reason.CertificateForeign => "A certificate that another CA issued",
        Reason.HelloExpected => "A stream that did not begin with a hello",
        Reason.ProtocolUnsupported => "An agent whose protocol version does not fit: update one side",
        Reason.StreamSuperseded => "An old stream, after a newer one of the same device took over",
        Reason.ReportMalformed => "A report that cannot be read",
        Reason.EpochMismatch => "A report of another spool than the stream's",
        Reason.SignatureInvalid => "A report whose signature does not fit the device's key",
        Reason.ReportTooLarge => "A report that is too large",
        Reason.ChainBroken => "A report that does not follow the one before it",
        Reason.StoreUnavailable => "A report that could not be stored for the moment",
        _ => $"Refused: {reason}",
    };

    /// <summary>The word as reason.proto, the server's log and the agent say it: <c>CODE_EXPIRED</c>.</summary>
    public static string Code(Reason reason) => ReasonReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason)?.Name ?? $"{(int)reason}";

    /// <summary>What a gap says of its cause.</summary>
    public static string Of(Gap.Types.Cause cause) => cause switch
    {
        Gap.Types.Cause.SpoolFull => "the spool was full while the server was away",
        Gap.Types.Cause.DiskFull => "the device's disk was full",
        Gap.Types.Cause.SpoolDamaged => "the spool's files were damaged",
        Gap.Types.Cause.Refused => "the server refused the report",
        _ => "the agent does not say why",
    };
}
