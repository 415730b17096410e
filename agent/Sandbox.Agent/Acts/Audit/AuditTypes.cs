namespace Sandbox.Agent.Acts.Audit;

/// <summary>Names of record types, as auditd writes them; the kernel gives numbers (linux/audit.h, and libaudit.h for those of programs).</summary>
internal static class AuditTypes
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1006] = "LOGIN",
        [1100] = "USER_AUTH",
        [1101] = "USER_ACCT",
        [1102] = "USER_MGMT",
        [1103] = "CRED_ACQ",
        [1105] = "USER_START",
        [1108] = "USER_CHAUTHTOK",
        [1112] = "USER_LOGIN",
        [1114] = "ADD_USER",
        [1115] = "DEL_USER",
        [1116] = "ADD_GROUP",
        [1117] = "DEL_GROUP",
        [1123] = "USER_CMD",
        [1130] = "SERVICE_START",
        [1131] = "SERVICE_STOP",
        [1132] = "GRP_MGMT",
        [1133] = "GRP_CHAUTHTOK",
        [1135] = "ACCT_LOCK",
        [1136] = "ACCT_UNLOCK",
        [1305] = "CONFIG_CHANGE",
    };

    /// <summary>The name. Null: a type of which no act comes.</summary>
    public static string? Name(int type) => Names.GetValueOrDefault(type);

    /// <summary>Whether it is the name of one of them.</summary>
    public static bool IsHeard(string name) => Names.ContainsValue(name);
}
