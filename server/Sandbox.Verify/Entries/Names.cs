using Google.Protobuf;

namespace Sandbox.Verify.Entries;

/// <summary>The names that entries give to people and devices: a leaf has nothing but ids.</summary>
internal sealed class Names : IEntryCheck
{
    private readonly Dictionary<ByteString, string> _names = [];

    /// <summary>The last name of a person or device; its id when none is known.</summary>
    public string Of(ByteString id) => _names.TryGetValue(id, out var name) ? name : Convert.ToHexStringLower(id.Span);

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        switch (entry.Body)
        {
            case { DeviceEnrolled: { } said }: _names[said.DeviceId] = said.DeviceName; break;
            case { RoleGiven: { } said }: _names[said.PersonId] = said.Name; break;
            case { LineDecided: { } said }: (_names[said.PersonId], _names[said.DecidedBy]) = (said.PersonName, said.DecidedByName); break;
        }
    }
}
