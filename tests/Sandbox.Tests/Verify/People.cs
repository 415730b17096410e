using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>An apprentice, a mentor and what the log says of them.</summary>
internal static class People
{
    public static readonly ByteString Ada = NewId();
    public static readonly ByteString Mia = NewId();

    public static ByteString NewId() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    extension(MadeLog log)
    {
        public long AddRole(ByteString person, string name, string? role, bool locked = false)
        {
            var given = new RoleGiven { PersonId = person, Name = name, SignInName = name, Locked = locked };
            if (role is not null) given.Role = role;
            return log.Add(EntryKind.Role, new LogBody { RoleGiven = given }, person: person);
        }

        public long AddDecision(uint number, Action<LineDecided>? change = null)
        {
            var decided = Decision(number);
            change?.Invoke(decided);
            return log.Add(EntryKind.SignOff, new LogBody { LineDecided = decided }, person: decided.PersonId, subject: decided.Id);
        }

        /// <summary>Somebody looked at Ada's record.</summary>
        public long AddLookUp() => log.Add(EntryKind.Lookup, new LogBody { LookedUp = new LookedUp { PersonId = Mia, OfPerson = Ada, What = "/evidence" } }, person: Ada);

        /// <summary>Forgets what entries of one person said, and says so.</summary>
        public long EraseAndSay(ByteString person, params long[] indices)
        {
            foreach (var index in indices) log.Erase(index);
            return log.AddErasure(person, [.. indices.Select(index => ((ulong)index, (ulong)index))]);
        }

        public long EraseWhenDue(ByteString person, string leftOn, long index)
        {
            log.Erase(index);
            var said = new BodyErased { PersonId = person, Reason = "the time is over", Programme = "Information Technology Generalist", YearsKept = 5, LeftOn = leftOn };
            said.Erased.Add(new IndexRange { First = (ulong)index, Last = (ulong)index });
            return log.Add(EntryKind.Erasure, new LogBody { BodyErased = said }, person: person);
        }

        public long AddErasure(ByteString person, params (ulong First, ulong Last)[] ranges)
        {
            var said = new BodyErased { PersonId = person, Reason = "they asked for it", Early = true, Programme = "Information Technology Generalist", YearsKept = 5 };
            said.Erased.AddRange(ranges.Select(range => new IndexRange { First = range.First, Last = range.Last }));
            return log.Add(EntryKind.Erasure, new LogBody { BodyErased = said }, person: person.IsEmpty ? null : person);
        }

        public long AddSigned(SignedDecision signed)
        {
            var decided = LineDecided.Parser.ParseFrom(signed.Decision);
            return log.Add(EntryKind.SignOff, new LogBody { SignedDecision = signed }, person: decided.PersonId, subject: decided.Id);
        }
    }

    public static LineDecided Decision(uint number) => new()
    {
        Id = NewId(), PersonId = Ada, PersonName = "Ada Lovelace", Line = "1.3", Wording = "Manage user accounts", Column = "ojt", Number = number, Decision = "signed",
        DecidedBy = Mia, DecidedByName = "Mia Mentor", Role = "mentor", ConfirmedBy = "password", Words = "Well done",
    };
}
