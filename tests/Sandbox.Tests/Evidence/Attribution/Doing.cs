using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Method = Sandbox.Protocol.AdminAct.Types.Method;

namespace Sandbox.Tests.Evidence.Attribution;

/// <summary>Acts and people for tests.</summary>
internal static class Doing
{
    public static readonly Guid Anna = Guid.Parse("0a000000-0000-0000-0000-000000000001");
    public static readonly Guid Ben = Guid.Parse("0b000000-0000-0000-0000-000000000002");
    public static readonly Guid Maria = Guid.Parse("0c000000-0000-0000-0000-000000000003");
    public const string AnnasKey = "SHA256:tccDu9AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static AccountHolder Works(Guid person, string account, string role = "apprentice") => Holds(person, HolderKind.Account, account, role);

    public static AccountHolder Holds(Guid person, HolderKind kind, string value, string role = "apprentice") =>
        new(person, person == Anna ? "Anna Beck" : person == Ben ? "Ben Ode" : "Maria Sol", role, kind, value) { From = DateTimeOffset.UnixEpoch };

    /// <summary>An act of an account at an instant of the device's clock.</summary>
    public static AdminAct Act(DateTimeOffset at, string? account, AdminAct.Types.Action action, string? target = null, Method method = Method.A1)
    {
        var act = new AdminAct
        {
            Id = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"{at:O} {account} {action} {target} {method}"))),
            OccurredAt = Timestamp.FromDateTimeOffset(at), Action = action, Method = method, Result = Result.Success, RecordCount = 1, Actor = new Actor(),
        };
        if (account is not null) act.Actor.OsName = account;
        if (target is not null) act.Objects.Add(new ActObject { Kind = "account", Name = target });
        return act;
    }

    public static AdminAct With(this AdminAct act, Action<AdminAct> change)
    {
        change(act);
        return act;
    }
}
