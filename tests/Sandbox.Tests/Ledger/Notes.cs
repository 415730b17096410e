using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>Signed notes, checkpoints, verifier keys and bundles, read and written.</summary>
public sealed class Notes : IDisposable
{
    private readonly LogKey _one = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());
    private readonly LogKey _other = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());
    private readonly Checkpoint _checkpoint = new("lab.example/evidence", 7, MerkleHash.Leaf("x"u8));

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_note_is_read_as_it_was_written()
    {
        var bytes = _checkpoint.Sign(_one, _other);

        var note = SignedNote.Parse(bytes);

        Assert.Equal(bytes, note.ToBytes());
        Assert.Equal(_checkpoint.Text, Checkpoint.Parse(note.Text).Text);
    }

    [Fact]
    public void Each_of_two_keys_finds_its_line()
    {
        var note = SignedNote.Parse(_checkpoint.Sign(_one, _other));

        Assert.Equal((2, true, true), (note.Signatures.Count, note.IsSignedBy(_one.Verifier), note.IsSignedBy(_other.Verifier)));
    }

    [Fact]
    public void A_key_that_did_not_sign_finds_nothing()
    {
        var note = SignedNote.Parse(_checkpoint.Sign(_one));

        Assert.False(note.IsSignedBy(_other.Verifier));
    }

    [Fact]
    public void Any_other_text_has_no_valid_signature()
    {
        var note = SignedNote.Parse(_checkpoint.Sign(_one));

        Assert.False((note with { Text = note.Text.Replace('7', '8') }).IsSignedBy(_one.Verifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\nno signature\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name not-base64\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    public void What_is_no_note_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(text))).Message);

    [Fact]
    public void A_note_that_is_not_UTF_8_is_refused() =>
        Assert.Throws<FormatException>(() => SignedNote.Parse([0xff, (byte)'\n', (byte)'\n']));

    [Fact]
    public void A_note_without_end_is_refused() =>
        Assert.Throws<FormatException>(() => SignedNote.Parse(new byte[SignedNote.Largest + 1]));

    [Theory]
    [InlineData("lab\n7\n")]
    [InlineData("\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("lab\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("lab\n-7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("lab\n99999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("lab\n7\nAAAA\n")]
    [InlineData("lab\n7\nnot base64\n")]
    [InlineData("lab\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_checkpoint_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => Checkpoint.Parse(text)).Message);

    [Fact]
    public void A_verifier_key_is_read_as_it_was_written() =>
        Assert.Equal(_one.Verifier.ToString(), VerifierKey.Parse(_one.Verifier.ToString()).ToString());

    [Theory]
    [InlineData("lab.example/evidence")]
    [InlineData("lab.example/evidence+2c556326")]
    [InlineData("lab.example/evidence+2c556326+AAAA")]
    [InlineData("lab.example/evidence+2c556326+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("lab.example/evidence+2c556327+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("other.example/evidence+2c556326+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    public void A_verifier_key_that_was_copied_wrongly_is_refused(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => VerifierKey.Parse(text)).Message);

    [Fact]
    public void A_bundle_is_read_as_it_was_written()
    {
        byte[][] entries = [[], [1], new byte[EntryBundle.LargestEntry]];

        Assert.Equal(entries, EntryBundle.Read(EntryBundle.Write(entries)));
    }

    [Fact]
    public void A_torn_bundle_is_refused() =>
        Assert.Equal("The bundle ends within entry 1.", Assert.Throws<FormatException>(() => EntryBundle.Read([0, 1, 7, 0, 2, 7])).Message);

    [Fact]
    public void An_entry_that_no_bundle_holds_is_refused() =>
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[EntryBundle.LargestEntry + 1]]));
}
