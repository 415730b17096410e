using CsCheck;
using Sandbox.Agent.Backup;

namespace Sandbox.Tests.Backups;

/// <summary>Addresses of repositories without what may be secret in them.</summary>
public sealed class StoreAddresses
{
    [Theory]
    [InlineData("/srv/repo/", "/srv/repo/"), InlineData("local:/srv/repo", "/srv/repo"), InlineData("file:///mnt/x", "/mnt/x"), InlineData("sftp:elif@vault:/r", "sftp:vault:/r"), InlineData("sftp://elif@vault:22//r", "sftp://vault:22//r")]
    [InlineData("rest:https://elif:S3CRET@vault:8000/x", "rest:https://vault:8000/x"), InlineData("s3:https://KEY:S3CRET@s3.example.com/b", "s3:https://s3.example.com/b"), InlineData("b2:bucket:lab", "b2:bucket:lab")]
    [InlineData("ssh://elif@vault:22/./lab", "ssh://vault:22/./lab"), InlineData("elif@vault:lab", "vault:lab"), InlineData("vault::module/x", "vault::module/x"), InlineData("scp://u:p@ss@host/x", "scp://host/x")]
    [InlineData("rest:https://vault/x?token=S3CRET", "rest:https://withheld"), InlineData("rclone::sftp,host=x,pass=S3CRET:lab", "rclone:withheld"), InlineData("rclone:cloud,token=S3CRET:lab", "rclone:withheld"), InlineData("s3:s3.example.com/lab", "s3:s3.example.com/lab")]
    public void Users_passwords_and_settings_are_left_out(string written, string shown) => Assert.Equal(shown, StoreAddress.Of(written)?.Shown);

    [Theory]
    [InlineData(""), InlineData("$REPO"), InlineData("/srv/$(hostname)"), InlineData("relative/path"), InlineData("-v"), InlineData("~/repo"), InlineData("./x")]
    public void What_depends_on_something_is_no_address(string written) => Assert.Null(StoreAddress.Of(written));

    [Fact]
    public void Nothing_before_an_at_sign_is_ever_shown() => Gen.Select(Gen.String[Gen.Char["abc:/.,$ @?#-"], 0, 12], Gen.Int[0, 3]).Sample((text, scheme) =>
    {
        string[] schemes = ["", "sftp:", "rest:https://", "ssh://"];
        return StoreAddress.Of($"{schemes[scheme]}{text}S3CRET@host/x") is not { } address || address.Path is not null || !address.Shown.Contains("S3CRET", StringComparison.Ordinal);
    }, iter: Fuzz.Times(3000), threads: 1);

    [Fact]
    public void No_text_breaks_the_readers() => Gen.String.Sample(text =>
    {
        _ = StoreAddress.Of(text);
        foreach (var words in CommandWords.Of("restic backup " + text)) _ = BackupCommand.Of(words);
        _ = AskedEnvironment.Repository(text);
        return true;
    }, iter: Fuzz.Times(2000), threads: 1);
}
