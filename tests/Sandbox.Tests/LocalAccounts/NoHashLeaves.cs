using System.Text;
using Google.Protobuf;
using Sandbox.Agent.Accounts;
using Sandbox.Agent.PasswordPolicy;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.LocalAccounts;

public sealed class NoHashLeaves
{
    // Hash and salt of each planted field; the words are what the search looks for.
    private static readonly string[] Fields =
    [
        "$6$SALTsixSALTsix$HASHsixHASHsixHASHsix", "!$6$rounds=5000$SALTlocked$HASHlockedHASH", "$y$j9T$SALTyesSALTyes$HASHyesHASHyes",
        "$y$SALTdamagedSALT$HASHdamaged", "$1$SALTmd$HASHmdHASHmd", "$2b$12$SALTbcryptHASHbcrypt", "$7$SALTscrypt$HASHscrypt",
        "$sha1$SALTsha$HASHsha", "$md5,SALTsun$HASHsun", "$3$$HASHnt", "HASHdesHASHde", "_HASHbsdiHASHbsdiHAS", "$unknown$SALT$HASH",
        "HASHplain", "!HASHplain", "$6$rounds=SALT$HASH$HASH",
    ];

    [Theory]
    [InlineData("x"), InlineData("")]
    public async Task No_part_of_a_hash_or_salt_is_in_any_fact(string ending)
    {
        using var machine = new MachineFiles()
            .With("etc/passwd", Lines((i, hash) => i % 2 == 0 ? $"user{i}:{hash}:{1000 + i}:100::/:/bin/sh{ending}" : $"user{i}:x:{1000 + i}:100::/:/bin/sh"))
            .With("etc/shadow", Lines((i, hash) => $"user{i}:{hash}:{(i == 3 ? hash : "20000")}:0:90:7:::") + Fields[0] + "\n" + Lines((_, hash) => $"{hash}:x:y"))
            .With("etc/gshadow", Lines((i, hash) => $"group{i}:{hash}::user{i}"))
            .With("etc/group", Lines((i, hash) => $"group{i}:{hash}:{i}:user{i}"))
            .With("etc/login.defs", "PASS_MAX_DAYS 90\n");
        var ct = TestContext.Current.CancellationToken;

        var facts = (await new LinuxAccounts(machine.Root).CollectAsync(ct)).Concat(await new LinuxPasswordPolicy(machine.Root).CollectAsync(ct));

        var bytes = string.Concat(facts.Select(fact => Encoding.Latin1.GetString(fact.ToByteArray()) + fact));
        Assert.Contains("user15", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("HASH", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("SALT", bytes, StringComparison.Ordinal);
    }

    private static string Lines(Func<int, string, string> line) => string.Concat(Fields.Select((hash, i) => line(i, hash) + "\n"));
}
