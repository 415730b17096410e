namespace Sandbox.Server.Api;

/// <summary>A program reads entries.</summary>
/// <param name="Token">With which token.</param>
/// <param name="Asked">Which it asked for.</param>
/// <param name="Address">Where, as the log says it of auditors.</param>
internal sealed record Reading(Guid Token, EntryFilter Asked, string Address);

/// <summary>The token of an open reading was taken back, is over, or its person was locked.</summary>
internal sealed class LostRightsException() : Exception("The token is taken back or over, or its person is locked: nothing more is read with it.");
