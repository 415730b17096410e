namespace Sandbox.Server.Export;

/// <summary>The README of a bundle: for somebody who has never heard of Sandbox and must not believe whoever made the bundle.</summary>
internal static class BundleReadme
{
    /// <summary>Its text.</summary>
    /// <param name="scope">What the bundle holds.</param>
    /// <param name="keys">Verifier keys that sign the log now.</param>
    /// <param name="noPdf">Why there is no PDF. Null: there is one.</param>
    public static string Of(ScopeWords scope, IEnumerable<string> keys, string? noPdf) =>
        $"""
        SANDBOX AUDIT BUNDLE

        This is what the evidence log of an IT-apprenticeship lab says: {scope.What}; the first {scope.Size} entries of the log were looked at.

        READ IT
          schedule.html   the Work Process Schedule, filled in: for each line who signed what and when, and on which evidence
          schedule.pdf    the same for print{(noPdf is null ? "" : $" (left out: {noPdf})")}
          schedule.csv    the same as a table
          (of several apprentices: in a folder for each below schedules/)

        PROVE IT
          Do not believe this file, nor the server that made it. Get the program sandbox-verify, and the log's verifier key on paper
          from the lab (its server printed it when it was set up; `sandbox-server log status` prints it again). Then type:

              sandbox-verify THIS-FILE.zip --key 'VERIFIER-KEY'

          It says whether every entry stands in the signed log as it was written, whether any of the entries above is missing, whether
          the machines' own signatures hold, and who signed which line. No key inside this bundle is trusted. Next time it remembers
          the key and the state of the log, and finds it when the log was set back or written anew in between.
          The key that should stand on the paper, to compare it letter by letter, and not to believe it because it stands here:

              {string.Join(" ", keys)}

          Order is proved by the log itself; time is proved only by witnesses who sign the log's checkpoints with their own clocks.

        WITH ANOTHER PROGRAM
          Unpacked, this is a static log of C2SP tlog-tiles (https://c2sp.org/tlog-tiles), with RFC 6962 hashes:
          checkpoint      origin, size and root hash, signed (c2sp.org/tlog-checkpoint, signed-note, Ed25519)
          tile/           the whole tree and its leaves: small texts without names
          entries.jsonl   for the entries above: {"{"}"index":N,"salt":HEX,"body":BASE64{"}"}; the line `body` of leaf N is SHA-256(salt, body);
                          body is a protobuf message sandbox.v1.LogBody. Entries without salt and body were erased.
          export.json     the entry that records this export; it holds the SHA-256 of SHA256SUMS
          SHA256SUMS      `sha256sum -c SHA256SUMS` checks every document
          handovers/      checkpoints that two keys of the log signed, if its key was changed

        """.ReplaceLineEndings("\n");
}
