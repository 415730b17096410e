namespace Sandbox.Agent.Collecting.Settings;

/// <summary>
/// login.defs(5) of a system, all places together, the one that wins last. Distributions built with libeconf (SUSE) also read
/// <c>/usr/etc/login.defs</c> where <c>/etc/login.defs</c> is missing, and drop-ins; elsewhere a drop-in is just a file.
/// </summary>
internal sealed class LoginDefs
{
    private const string Main = "/etc/login.defs";
    private const string Vendor = "/usr/etc/login.defs";

    private LoginDefs(IReadOnlyList<Setting> all) => All = all;

    /// <summary>Files and folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = ["etc/login.defs", "etc/login.defs.d", "usr/etc/login.defs"];

    /// <summary>Every definition in the order of reading.</summary>
    public IReadOnlyList<Setting> All { get; }

    /// <summary>Reads what is there and notes in <paramref name="unseen"/> what cannot be read.</summary>
    public static LoginDefs Read(RootFolder root, UnseenNotes unseen)
    {
        var all = new List<Setting>();
        var econf = root.Has(Vendor);
        Add(root, econf && !root.Has(Main) ? Vendor : Main, all, unseen);
        if (econf)
        {
            AddDropIns(root, "/usr/etc/login.defs.d", all, unseen);
            AddDropIns(root, "/etc/login.defs.d", all, unseen);
        }

        return new LoginDefs(all);
    }

    /// <summary>The number that counts. Null: not set, or not a number.</summary>
    public long? Number(string name)
    {
        for (var i = All.Count - 1; i >= 0; i--)
        {
            if (All[i].Name == name) return CNumber.AnyBase(All[i].Value);
        }

        return null;
    }

    private static void AddDropIns(RootFolder root, string folder, List<Setting> all, UnseenNotes unseen)
    {
        if (!root.Has(folder)) return;
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names.Where(name => name.EndsWith(".defs", StringComparison.Ordinal)))
            Add(root, $"{folder}/{name}", all, unseen);
    }

    private static void Add(RootFolder root, string path, List<Setting> all, UnseenNotes unseen)
    {
        if (root.TryRead(path, out var text, out var fault)) all.AddRange(LoginDefsText.Parse(text, path));
        else unseen.Add(fault);
    }
}
