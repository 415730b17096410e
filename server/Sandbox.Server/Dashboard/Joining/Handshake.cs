using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>One step on the way from a join code to a device that reports.</summary>
/// <param name="Name">Of the step, for scripts.</param>
/// <param name="Title">What happens in it.</param>
/// <param name="State">How far it is.</param>
/// <param name="Text">What happened, or what it waits for and what to type.</param>
/// <param name="At">When it happened. Null: it has not, or the moment is not known.</param>
public sealed record HandshakeStep(string Name, string Title, StepState State, string Text, DateTimeOffset? At = null)
{
    /// <summary>What to type for it. Null: nothing.</summary>
    public string? Command { get; init; }
}

/// <summary>How far a step is.</summary>
public enum StepState
{
    /// <summary>A step before it is not done.</summary>
    Later,

    /// <summary>It is awaited.</summary>
    Awaited,

    /// <summary>It has happened.</summary>
    Done,

    /// <summary>It cannot happen any more.</summary>
    Failed,
}

/// <summary>The steps of one join code, as far as they have happened.</summary>
internal static class Handshake
{
    /// <summary>All steps in their order.</summary>
    public static IReadOnlyList<HandshakeStep> Of(CodeView view)
    {
        var redeemed = Redeemed(view);
        var called = redeemed.State == StepState.Done ? Called(view) : Later("contact", "First contact");
        var facts = called.State == StepState.Done ? FirstFacts(view) : Later("facts", "First facts");
        var done = facts.State == StepState.Done ? Done(view) : Later("done", "Done");
        return [Made(view), redeemed, called, facts, done];
    }

    private static HandshakeStep Made(CodeView view) =>
        new("made", "Code made", StepState.Done, $"for {(view.Code.Continues is null ? "one machine" : "the right machine of two copies, a device")} of {view.Row.Person ?? "a person who is gone"}", view.Code.CreatedAt);

    private static HandshakeStep Redeemed(CodeView view) => view.Code switch
    {
        { RedeemedAt: { } at } => new("redeemed", "Redeemed", StepState.Done, $"by {view.Row.Device ?? "a device that is gone"}", at),
        { RevokedAt: { } at } => new("redeemed", "Withdrawn", StepState.Failed, "Somebody withdrew the code before a machine brought it. Make a new one.", at),
        _ when !view.IsOpen => new("redeemed", "Expired", StepState.Failed, "No machine brought the code in time. Make a new one.", view.Code.ExpiresAt),
        _ => new("redeemed", "Redeemed", StepState.Awaited, "Waiting for a machine that brings the code. Where the agent is installed, type") { Command = "sudo sandbox-agent enrol -" },
    };

    private static HandshakeStep Called(CodeView view) => view.FirstHello switch
    {
        { } hello => new("contact", "First contact", StepState.Done, $"{hello.HostName ?? "a machine that did not say its name"}, from {Peers.Of(hello.Peer)}", hello.At),
        // Hellos of long ago are dropped; that the device was heard of stays.
        null when view.Device?.LastSeenAt > view.Code.RedeemedAt => new("contact", "First contact", StepState.Done, "longer ago than hellos are kept"),
        null => new("contact", "First contact", StepState.Awaited, "Waiting for its agent. Where it is no service, type") { Command = "sudo sandbox-agent run" },
    };

    private static HandshakeStep FirstFacts(CodeView view) => view.Facts > 0
        ? new("facts", "First facts", StepState.Done, view.Facts == 1 ? "1 kind of fact" : $"{view.Facts} kinds of facts")
        : new("facts", "First facts", StepState.Awaited, "Waiting for its first report; that takes some seconds");

    private static HandshakeStep Done(CodeView view) => view.Device is { State: not DeviceState.Active } device
        ? new("done", "Done", StepState.Failed, $"The device joined and was {device.State.ToString().ToLowerInvariant()} since: {device.StateReason ?? "no reason was given"}", device.StateChangedAt)
        : new("done", "Done", StepState.Done, "The device reports and is judged");

    private static HandshakeStep Later(string name, string title) => new(name, title, StepState.Later, "");
}
