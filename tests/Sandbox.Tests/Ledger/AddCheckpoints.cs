using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>What a log sends to a witness.</summary>
public sealed class AddCheckpoints
{
    private const string Hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=";

    // The example of C2SP tlog-witness.
    private const string Example =
        "old 20852014\n" + Hash + "\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n"
        + "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    [Fact]
    public void The_specification_s_example_is_read_and_written_as_it_is()
    {
        var request = AddCheckpoint.Parse(Encoding.UTF8.GetBytes(Example));

        Assert.Equal((20852014L, 4, 20852163L), (request.Old, request.Proof.Count, Checkpoint.Parse(SignedNote.Parse(request.Checkpoint).Text).Size));
        Assert.Equal(Example, Encoding.UTF8.GetString(request.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 3\n")]
    [InlineData("old 03\n\nx")]
    [InlineData("old -3\n\nx")]
    [InlineData("old 99999999999999999999\n\nx")]
    [InlineData("older 3\n\nx")]
    [InlineData("old 3\nAAAA\n\nx")]
    public void What_is_no_request_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => AddCheckpoint.Parse(Encoding.UTF8.GetBytes(text))).Message);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_proof_has_sixty_three_hashes_at_most(int count, bool isRead)
    {
        var request = new AddCheckpoint(3, [.. Enumerable.Repeat(Convert.FromBase64String(Hash), count)], "x"u8.ToArray()).ToBytes();

        Assert.Equal(isRead, Record.Exception(() => AddCheckpoint.Parse(request)) is null);
    }

    [Fact]
    public void The_largest_request_has_room_for_the_largest_note_and_the_longest_proof() =>
        Assert.True(AddCheckpoint.Largest >= new AddCheckpoint(long.MaxValue, [.. Enumerable.Repeat(Convert.FromBase64String(Hash), 63)], new byte[SignedNote.Largest]).ToBytes().Length);
}
