namespace Sandbox.Server.Export;

/// <summary>The README of a bundle: for somebody who has never heard of Sandbox and must not believe whoever made the bundle.</summary>
internal static class BundleReadme
{
    /// <summary>Its text.</summary>
    /// <param name="scope">What the bundle holds.</param>
    /// <param name="keys">Verifier keys that sign the log now.</param>
    /// <param name="noPdf">Why there is no PDF. Null: there is one.</param>
    /// <param name="noBadges">Why there are no badges. Null: there is one for each line that earns it.</param>
    public static string Of(ScopeWords scope, IEnumerable<string> keys, string? noPdf, string? noBadges = null) =>
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
                          body is a protobuf message sandbox.v1.LogBody. Entries without salt and body were erased: an
                          entry further on, of the kind erasure, says so and why.
          export.json     the entry that records this export; it holds the SHA-256 of SHA256SUMS
          SHA256SUMS      `sha256sum -c SHA256SUMS` checks every document
          handovers/      checkpoints that two keys of the log signed, if its key was changed

        LET ANOTHER SYSTEM TAKE IT IN
          Below exchange/, here or in each apprentice's folder. SHA256SUMS covers them as it does the schedule.
          badges/1.3.jwt  for a line of which both columns are signed: 1EdTech Open Badges 3.0, a JSON Web Token{(noBadges is null ? "" : $" (left out: {noBadges})")}
          clr.jwt         all badges of an apprentice in one: 1EdTech Comprehensive Learner Record 2.0
          xapi.json       decisions, evidence and records as statements for a learning record store: xAPI 1.0.3
          case.json       the bare schedule, at which the badges point: 1EdTech CASE 1.1
          oscal.json      signatures, evidence and the last verdicts: OSCAL 1.1 assessment-results
          ocsf.jsonl      accounts, roles and verdicts as events for a SIEM: OCSF 1.3, one a line
          A badge carries the key that signed it; the lab shows its key at /issuer/jwks. It says what stood when it was exported:
          whether a signature was revoked since then, the lab says at /issuer/revocations, which lists the ids of badges.
          A learner record has no status of its own: look each badge in it up.

        """.ReplaceLineEndings("\n");
}
