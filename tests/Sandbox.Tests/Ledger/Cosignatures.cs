using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>What witnesses write below checkpoints. The vector was made by Go's crypto/ed25519 from the seed 20..3f and the text of C2SP's example.</summary>
public sealed class Cosignatures : IDisposable
{
    private const string Vector = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
    private const string Line = "— witness.example/w1 IDJKvgAAAABkGFDL6ade/xdmW0GepsICyPher/bBsso0aCocxkD4MgnQ2J3N/61CxrucC0uO4wzUWe3K7XvjkEYtewKXIfP/U7l4Cw==";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1679315147);
    private const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private static readonly byte[] Seed = [.. Enumerable.Range(0x20, 32).Select(x => (byte)x)];

    private readonly WitnessKey _witness = WitnessKey.FromSeed("witness.example/w1", Seed);

    public void Dispose() => _witness.Dispose();

    [Fact]
    public void The_verifier_key_is_the_one_that_other_programs_make_of_the_same_seed() => Assert.Equal(Vector, _witness.Verifier.ToString());

    [Fact]
    public void The_line_is_the_one_that_other_programs_make_of_the_same_seed() => Assert.Equal(Line, _witness.Cosign(Text, At).ToString());

    [Fact]
    public void A_verifier_key_is_read_as_it_was_written() => Assert.Equal(Vector, WitnessVerifierKey.Parse(Vector).ToString());

    [Theory]
    [InlineData("lab.example/evidence+2c556326+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("witness.example/w1+20324abf+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X")]
    [InlineData("witness.example/w2+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X")]
    [InlineData("witness.example/w1")]
    public void The_key_of_a_log_and_a_key_that_was_copied_wrongly_are_none_of_a_witness(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => WitnessVerifierKey.Parse(text)).Message);

    [Fact]
    public void A_cosignature_tells_its_time_to_those_who_know_the_witness() =>
        Assert.Equal(At, WitnessVerifierKey.Parse(Vector).Of(Cosigned())?.Time);

    [Fact]
    public void Another_text_is_not_cosigned() =>
        Assert.Null(_witness.Verifier.Of(Cosigned() with { Text = Text.Replace("163", "164", StringComparison.Ordinal) }));

    [Fact]
    public void Another_time_is_not_cosigned()
    {
        var line = _witness.Cosign(Text, At);
        line.Signature[7] ^= 1;

        Assert.Null(_witness.Verifier.Of(new SignedNote(Text, [line])));
    }

    [Fact]
    public void Another_witness_of_the_same_name_has_not_cosigned()
    {
        using var other = WitnessKey.FromSeed("witness.example/w1", LogKey.NewSeed());

        Assert.Null(other.Verifier.Of(Cosigned()));
    }

    [Fact]
    public void The_same_secret_under_a_log_s_type_is_another_key()
    {
        using var log = LogKey.FromSeed("witness.example/w1", Seed);

        Assert.NotEqual(log.Verifier.Id, _witness.Verifier.Id);
        Assert.False(Cosigned().IsSignedBy(log.Verifier));
    }

    [Theory]
    [InlineData(71)]
    [InlineData(73)]
    public void A_cosignature_of_another_length_is_none(int length) =>
        Assert.Null(_witness.Verifier.Of(new SignedNote(Text, [new NoteSignature("witness.example/w1", _witness.Verifier.Id, new byte[length])])));

    [Fact]
    public void A_time_beyond_every_calendar_is_none()
    {
        var line = new NoteSignature("witness.example/w1", _witness.Verifier.Id, [.. Enumerable.Repeat((byte)0xff, 72)]);

        Assert.Null(_witness.Verifier.Of(new SignedNote(Text, [line])));
    }

    [Fact]
    public void A_note_bears_the_log_s_line_and_the_witness_s()
    {
        using var log = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());
        var checkpoint = new Checkpoint("lab.example/evidence", 7, MerkleHash.Leaf("x"u8));

        var note = SignedNote.Parse(SignedNote.Sign(checkpoint.Text, log).With([_witness.Cosign(checkpoint.Text, At)]).ToBytes());

        Assert.True(note.IsSignedBy(log.Verifier));
        Assert.Equal(At, _witness.Verifier.Of(note)?.Time);
    }

    private SignedNote Cosigned() => new(Text, [_witness.Cosign(Text, At)]);
}
