using System.Globalization;
using Sandbox.Evidence;
using Sandbox.Protocol;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Reads what people say of devices.</summary>
internal sealed class PeoplesWord(sqlite3 db) : IDisposable
{
    private readonly Statement _role = new(db, "SELECT Role FROM Devices WHERE Id = ?1");
    private readonly Statement _groups = new(db, """SELECT "Group" FROM DeviceGroups WHERE DeviceId = ?1""");
    private readonly Statement _marks = new(db, "SELECT Account, Since, Reason, DeviceId IS NULL FROM CompromiseMarks WHERE WithdrawnAt IS NULL AND (DeviceId IS NULL OR DeviceId = ?1)");

    public AboutDevice Of(DeviceId device)
    {
        var (role, groups, marks) = ((DeviceRole?)null, new HashSet<string>(StringComparer.Ordinal), new List<CompromiseMark>());
        for (_role.Add(device); _role.Step();) role = (DeviceRole?)_role.NumberOrNull(0);
        for (_groups.Add(device); _groups.Step();) groups.Add(_groups.Text(0));
        for (_marks.Add(device); _marks.Step();) marks.Add(new CompromiseMark(_marks.Text(0), DateOnly.Parse(_marks.Text(1), CultureInfo.InvariantCulture), _marks.Text(2), _marks.Number(3) == 1));
        return new AboutDevice { Device = device.ToString(), Role = role, Groups = groups, Marks = marks };
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_role, _groups, _marks]) statement.Dispose();
    }
}
