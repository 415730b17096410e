using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Wifi;

/// <summary>A part of the kernel that speaks generic netlink.</summary>
/// <param name="Name">By which it is known.</param>
/// <param name="Number">Its type of messages, another one after each start.</param>
/// <param name="Groups">Numbers of the groups that it tells things, by name.</param>
internal sealed record GenericFamily(string Name, ushort Number, IReadOnlyDictionary<string, uint> Groups)
{
    // linux/genetlink.h: GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_CMD_NEWFAMILY.
    private const ushort Controller = 16;
    private const byte GetFamily = 3;
    private const byte NewFamily = 1;

    /// <summary>All are listed and the one is looked for: asked for it by name, the kernel would load its module on a machine that needs none. Null: it is not there.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public static GenericFamily? Find(IGenericNetlink kernel, string name) =>
        GenericDump.Read(kernel, GenericDump.Request(Controller, GetFamily), NewFamily, attributes => Of(attributes, name)).FirstOrDefault();

    private static GenericFamily? Of(ReadOnlySpan<byte> attributes, string name)
    {
        if (NetlinkAttributes.Text(attributes, 2) != name || NetlinkAttributes.HostShort(attributes, 1) is not { } number) return null;
        var groups = new Dictionary<string, uint>(StringComparer.Ordinal);
        var all = new NetlinkAttributes(NetlinkAttributes.Find(attributes, 7));
        while (all.Next())
            if (NetlinkAttributes.HostNumber(all.Value, 2) is { } group) groups[NetlinkAttributes.Text(all.Value, 1)] = group;
        return new(name, number, groups);
    }
}
