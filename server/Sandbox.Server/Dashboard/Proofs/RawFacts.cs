using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>The facts of a report that a piece of evidence rests on, as JSON of exactly what the device sent.</summary>
internal static class RawFacts
{
    /// <summary>Longer JSON is cut, in characters: a page stays a page.</summary>
    private const int Longest = 60_000;

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithIndentation().WithPreserveProtoFieldNames(true));

    /// <summary>The JSON. Null: the report holds no such fact, or cannot be read.</summary>
    /// <param name="report">The exact bytes.</param>
    /// <param name="act">What sort of change the evidence is of.</param>
    public static string? Of(byte[] report, string act)
    {
        try
        {
            var facts = Report.Parser.ParseFrom(report).Facts.Where(fact => Matters(fact.KindCase, act)).Select(fact => Json.Format(fact)).ToList();
            var text = string.Join("\n", facts);
            if (facts.Count == 0) return null;
            return text.Length <= Longest ? text : text[..Longest] + $"\n… and {text.Length - Longest} more characters";
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>The JSON of an act.</summary>
    public static string Of(AdminAct act) => Json.Format(act);

    private static bool Matters(Fact.KindOneofCase kind, string act) => act[..Math.Max(0, act.IndexOf('.', StringComparison.Ordinal))] switch
    {
        "policy" => kind == Fact.KindOneofCase.PasswordPolicy,
        "account" or "server_account" => kind == Fact.KindOneofCase.Accounts,
        "printer" => kind == Fact.KindOneofCase.Printing,
        "share" => kind == Fact.KindOneofCase.Shares,
        "wireless" => kind == Fact.KindOneofCase.Wifi,
        "wired" => kind is Fact.KindOneofCase.NetworkInterfaces or Fact.KindOneofCase.Neighbours,
        "service" => kind == Fact.KindOneofCase.Services,
        "storage" or "redundancy" => kind == Fact.KindOneofCase.Storage,
        "administrator" => kind is Fact.KindOneofCase.AdminRights or Fact.KindOneofCase.Accounts,
        "remote_access" => kind == Fact.KindOneofCase.RemoteAccess,
        "firewall" => kind == Fact.KindOneofCase.Firewall,
        "scanner" or "definitions" => kind == Fact.KindOneofCase.Antivirus,
        "backup" => kind == Fact.KindOneofCase.Backup,
        "rights" => kind == Fact.KindOneofCase.AdminRights,
        "encryption" => kind == Fact.KindOneofCase.Encryption,
        "device" => kind is Fact.KindOneofCase.Hardware or Fact.KindOneofCase.OperatingSystem or Fact.KindOneofCase.NetworkInterfaces,
        _ => kind != Fact.KindOneofCase.Software,
    };
}
