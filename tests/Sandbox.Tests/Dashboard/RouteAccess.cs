using static Sandbox.Storage.People.Roles;

namespace Sandbox.Tests.Dashboard;

/// <summary>Who may use which route of the pages. A route that is open to everybody is in PortGateTests instead.</summary>
internal static class RouteAccess
{
    private static readonly string[] SignedIn = [Admin, Mentor, Auditor, Apprentice];
    private static readonly string[] SeeEverything = [Admin, Mentor, Auditor];
    private static readonly string[] Enrol = [Admin, Mentor, Apprentice];
    private static readonly string[] ManageDevices = [Admin, Mentor];
    private static readonly string[] ManagePeople = [Admin];
    private static readonly string[] SignOff = [Mentor];
    private static readonly string[] Revoke = [Admin, Mentor];
    private static readonly string[] KeepRecords = [Mentor, Apprentice];

    /// <summary>By method and pattern.</summary>
    public static IReadOnlyDictionary<string, string[]> Table { get; } = new Dictionary<string, string[]>
    {
        ["GET /"] = SignedIn,
        ["GET /live"] = SignedIn,
        ["GET /live/traffic"] = SignedIn,
        ["GET /devices"] = SignedIn,
        ["GET /devices/{id}"] = SignedIn,
        ["GET /devices/{id}/acts"] = SignedIn,
        ["GET /devices/{id}/software"] = SignedIn,
        ["POST /devices/{id}/split"] = ManageDevices,
        ["POST /devices/{id}/release"] = ManageDevices,
        ["POST /devices/{id}/groups"] = ManageDevices,
        ["POST /devices/{id}/groups/{group}/remove"] = ManageDevices,
        ["POST /devices/{id}/role"] = ManageDevices,
        ["POST /devices/{id}/marks"] = ManageDevices,
        ["POST /devices/{id}/marks/{mark:guid}/withdraw"] = ManageDevices,
        ["GET /evidence"] = SignedIn,
        ["GET /evidence/{id:guid}"] = SignedIn,
        ["GET /competencies"] = SignedIn,
        ["POST /competencies/sign"] = SignOff,
        ["GET /competencies/{id:guid}"] = SignedIn,
        ["GET /competencies/{id:guid}/{line}"] = SignedIn,
        ["POST /competencies/{id:guid}/{line}/{column}/sign"] = SignOff,
        ["POST /competencies/{id:guid}/{line}/{column}/return"] = SignOff,
        ["POST /competencies/{id:guid}/{line}/{column}/revoke"] = Revoke,
        ["POST /competencies/{id:guid}/{line}/{column}/records"] = KeepRecords,
        ["POST /competencies/{id:guid}/{line}/records/{record:guid}/withdraw"] = KeepRecords,
        ["GET /export"] = SignedIn,
        ["POST /export"] = SignedIn,
        ["GET /tokens"] = SignedIn,
        ["POST /tokens"] = SignedIn,
        ["POST /tokens/{id:guid}/revoke"] = SignedIn,
        ["GET /assignments"] = SignedIn,
        ["GET /assignments/{id:guid}"] = SignedIn,
        ["GET /assignments/new"] = SignOff,
        ["POST /assignments/new"] = SignOff,
        ["POST /assignments/{id:guid}/withdraw"] = SignOff,
        ["POST /assignments/{id:guid}/found"] = SignedIn,
        ["GET /enrol"] = Enrol,
        ["POST /enrol"] = Enrol,
        ["GET /enrol/{id:guid}"] = Enrol,
        ["POST /enrol/{id:guid}/withdraw"] = Enrol,
        ["POST /enrol/{id:guid}/restore"] = Enrol,
        ["GET /policy"] = SignedIn,
        ["GET /people"] = SeeEverything,
        ["GET /people/{id:guid}"] = SeeEverything,
        ["POST /people"] = ManagePeople,
        ["POST /people/{id:guid}/link"] = ManagePeople,
        ["POST /people/{id:guid}/role"] = ManagePeople,
        ["POST /people/{id:guid}/lock"] = ManagePeople,
        ["POST /people/{id:guid}/unlock"] = ManagePeople,
        ["POST /people/{id:guid}/exit"] = ManagePeople,
        ["POST /people/{id:guid}/return"] = ManagePeople,
        ["POST /people/{id:guid}/programme"] = ManagePeople,
        ["POST /people/{id:guid}/hold"] = ManagePeople,
        ["POST /people/{id:guid}/release"] = ManagePeople,
        ["POST /people/{id:guid}/accounts"] = ManagePeople,
        ["POST /people/{id:guid}/accounts/{held:guid}/end"] = ManagePeople,
        ["GET /log"] = SeeEverything,
        ["GET /refusals"] = SeeEverything,
    };
}
