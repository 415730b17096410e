using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>What is reported in place of a fact that is larger than any report may be: the same kind, with nothing but the reason.</summary>
internal static class OversizedFact
{
    /// <summary>The stand-in of a fact.</summary>
    public static Fact InPlaceOf(Fact fact)
    {
        var megabytes = FactPages.SizeOf(fact) / (1024.0 * 1024.0);
        var unseen = new Unseen
        {
            What = fact.KindCase.ToString(),
            Why = string.Create(CultureInfo.InvariantCulture, $"too large to report: {megabytes:0.0} MiB, a report holds 4 MiB"),
        };
        return fact.KindCase switch
        {
            Fact.KindOneofCase.Hardware => new Fact { Hardware = new Hardware { Unseen = { unseen } } },
            Fact.KindOneofCase.OperatingSystem => new Fact { OperatingSystem = new Protocol.OperatingSystem { Unseen = { unseen } } },
            Fact.KindOneofCase.Software => new Fact { Software = new Software { Unseen = { unseen } } },
            Fact.KindOneofCase.NetworkInterfaces => new Fact { NetworkInterfaces = new NetworkInterfaces { Unseen = { unseen } } },
            Fact.KindOneofCase.Accounts => new Fact { Accounts = new Protocol.Accounts { Unseen = { unseen } } },
            Fact.KindOneofCase.PasswordPolicy => new Fact { PasswordPolicy = new Protocol.PasswordPolicy { Unseen = { unseen } } },
            _ => new Fact { AgentHealth = new AgentHealth() },
        };
    }
}
