using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence;

/// <summary>Devices that have reported exactly what a test says.</summary>
internal static class Reported
{
    /// <summary>The instant at which the conformance data was made; day 20780.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Day number of <see cref="Now"/>.</summary>
    public const int Today = 20780;

    public static DeviceFacts Facts(params IMessage[] messages)
    {
        var facts = new DeviceFacts();
        foreach (var message in messages)
        {
            var fact = message switch
            {
                Protocol.PasswordPolicy policy => new Fact { PasswordPolicy = policy },
                Protocol.Accounts accounts => new Fact { Accounts = accounts },
                _ => throw new ArgumentException($"{message.Descriptor.Name} is no fact that a password rule reads.", nameof(messages)),
            };
            facts.Put(new ReportedFact(fact, 7, Now.AddDays(-1), Now));
        }

        return facts;
    }
}
