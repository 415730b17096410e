namespace Sandbox.Ledger;

/// <summary>What sort of thing an entry of the evidence log records. The numbers are stored; the names, in lower case, stand in the leaf.</summary>
public enum EntryKind
{
    /// <summary>A machine became a known device, or a device got another key.</summary>
    Enrolment = 1,

    /// <summary>Something was turned away.</summary>
    Refusal = 2,

    /// <summary>A device was retired, revoked or replaced.</summary>
    Revocation = 3,

    /// <summary>A device's identity is in two places, or is no longer.</summary>
    Quarantine = 4,

    /// <summary>A policy judges from now on.</summary>
    Policy = 5,

    /// <summary>A verdict became another.</summary>
    Transition = 6,

    /// <summary>A change that counts for a line of the schedule, or what became of it.</summary>
    Evidence = 7,

    /// <summary>A key of the server gave way to another.</summary>
    Key = 8,

    /// <summary>Somebody works on machines under an account, with a key or as a SID, or does no longer.</summary>
    Account = 9,

    /// <summary>An apprentice, or a mentor for them, entered or withdrew what they did, read or were taught.</summary>
    Learning = 10,

    /// <summary>A line of somebody's schedule was signed or returned, or its signature revoked.</summary>
    SignOff = 11,

    /// <summary>A task was given to an apprentice, was done, or was taken back.</summary>
    Assignment = 12,

    /// <summary>A fault was seeded on a device for a task, or what became of it.</summary>
    Fault = 13,

    /// <summary>A device was put into groups, taken out of them, or given a role.</summary>
    Scope = 14,

    /// <summary>An account was marked as known to others, or that was taken back.</summary>
    Compromise = 15,

    /// <summary>A bundle was made for somebody outside.</summary>
    Export = 16,

    /// <summary>A person was given a role or lost it, or was locked or unlocked.</summary>
    Role = 17,

    /// <summary>An auditor looked at a record.</summary>
    Lookup = 18,

    /// <summary>Somebody outside was asked to cosign the log's checkpoints, or is asked no more.</summary>
    Witness = 19,

    /// <summary>How a device stood when a day had ended.</summary>
    Daily = 20,

    /// <summary>What lay beside the entries of one person was erased.</summary>
    Erasure = 21,

    /// <summary>A one-time link was made or used.</summary>
    Link = 22,

    /// <summary>A programme says how long it keeps a record after its apprentice left.</summary>
    Programme = 23,

    /// <summary>How long one person's record is to be kept: the programme, the day they left, or a legal hold.</summary>
    Retention = 24,

    /// <summary>A token with which programs read the log was made or taken back.</summary>
    Token = 25,
}
