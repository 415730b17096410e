using Sandbox.Server.Export.Formats;

namespace Sandbox.Tests.Export.Formats;

/// <summary>Ids that are the same in each export.</summary>
public sealed class NameBasedIds
{
    // Python's uuid.uuid5(uuid.NAMESPACE_URL, "https://www.example.com").
    [Fact]
    public void They_are_those_of_other_programs() =>
        Assert.Equal(new Guid("a0787afd-c170-5773-8d60-02739168de9f"), NameBasedId.Of("https://www.example.com"));

    [Fact]
    public void Another_thing_has_another_id() =>
        Assert.NotEqual(Record.Site.Id("entry/1"), Record.Site.Id("entry/2"));

    [Fact]
    public void Another_lab_has_other_ids() =>
        Assert.NotEqual(Record.Site.Id("entry/1"), (Record.Site with { Origin = "other.example/evidence" }).Id("entry/1"));

    [Fact]
    public void Another_address_of_the_same_lab_has_the_same() =>
        Assert.Equal(Record.Site.Id("entry/1"), (Record.Site with { Address = "https://new.example" }).Id("entry/1"));
}
