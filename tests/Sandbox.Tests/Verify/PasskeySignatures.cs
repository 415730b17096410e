using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Verify.SignOffs;

namespace Sandbox.Tests.Verify;

/// <summary>Decisions that a passkey signed, and every way in which one was not.</summary>
public sealed class PasskeySignatures
{
    public static TheoryData<string, Action<Passkey>> Elsewhere => new()
    {
        { "it was made for another site", key => key.RelyingParty = "evil.example" },
        { "it was made on another site than lab.example: on https://evil.example", key => key.Origin = "https://evil.example" },
        { "it was made on another site", key => key.Origin = "https://evil-lab.example" },
        { "it was made on another site", key => key.Origin = "http://lab.example" },
        { "nobody was present", key => key.Flags = 0x04 },
        { "did not verify who was present", key => key.Flags = 0x01 },
        { "no use of a passkey", key => key.Type = "webauthn.create" },
        { "within a page of another site", key => key.IsWithinAnotherSite = true },
        { "cannot be read", key => key.Type = "\"" },
    };

    public static TheoryData<string, Action<SignedDecision>> Tampered => new()
    {
        { "it was made for another decision", signed => signed.Decision = ByteString.CopyFrom(People.Decision(2).ToByteArray()) },
        { "was not made by this passkey", signed => signed.PublicKey = new Passkey(-7).Sign(People.Decision(1)).PublicKey },
        { "was not made by this passkey", signed => signed.Signature = ByteString.Empty },
        { "was not made by this passkey", signed => signed.AuthenticatorData = ByteString.CopyFrom([.. signed.AuthenticatorData.Span[..^1], 8]) },
        { "fewer than 37", signed => signed.AuthenticatorData = ByteString.CopyFrom(signed.AuthenticatorData.Span[..36]) },
        { "none of the algorithm -257", signed => signed.Algorithm = -257 },
        { "none of the algorithm -8", signed => signed.Algorithm = -8 },
        { "none of the algorithm 0", signed => signed.Algorithm = 0 },
        { "none of the algorithm -7", signed => signed.PublicKey = ByteString.CopyFromUtf8("no key") },
        { "none of the algorithm -7", signed => signed.PublicKey = ByteString.CopyFrom(ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportSubjectPublicKeyInfo()) },
        { "none of the algorithm -257", signed => (signed.Algorithm, signed.PublicKey) = (-257, ByteString.CopyFrom(RSA.Create(1024).ExportSubjectPublicKeyInfo())) },
        { "it was made for another site", signed => signed.RelyingParty = "other.example" },
    };

    [Theory]
    [InlineData(-7), InlineData(-8), InlineData(-257)]
    public void A_passkey_of_each_sort_signs(int algorithm) => Assert.Null(Assertion.Fault(new Passkey(algorithm).Sign(People.Decision(1))));

    [Theory]
    [InlineData(-7), InlineData(-8), InlineData(-257)]
    public void Of_none_a_signature_stands_for_other_bytes(int algorithm)
    {
        var signed = new Passkey(algorithm).Sign(People.Decision(1));
        signed.Signature = new Passkey(algorithm).Sign(People.Decision(1)).Signature;

        Assert.Contains("was not made by this passkey", Assertion.Fault(signed), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Elsewhere), DisableDiscoveryEnumeration = true)]
    public void What_was_signed_in_another_way_is_refused(string words, Action<Passkey> change)
    {
        var key = new Passkey(-7);
        change(key);

        Assert.Contains(words, Assertion.Fault(key.Sign(People.Decision(1))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tampered), DisableDiscoveryEnumeration = true)]
    public void What_was_changed_afterwards_is_refused(string words, Action<SignedDecision> tamper)
    {
        var signed = new Passkey(-7).Sign(People.Decision(1));
        tamper(signed);

        Assert.Contains(words, Assertion.Fault(signed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_bundle_the_entry_is_named_and_the_decision_counts_for_nothing()
    {
        var (log, signed) = (new MadeLog(Sample.Key), new Passkey(-7).Sign(People.Decision(1)));
        signed.Signature = ByteString.CopyFromUtf8("mine");
        log.AddSigned(signed);

        var report = await (await log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Contains(report.Faults, fault => fault.Where == "entry 0" && fault.What.StartsWith("the passkey's signature does not stand", StringComparison.Ordinal));
        Assert.Empty(report.Shows!.Decisions);
    }
}
