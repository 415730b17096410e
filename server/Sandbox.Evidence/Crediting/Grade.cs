namespace Sandbox.Evidence.Crediting;

/// <summary>How much a piece of evidence proves by itself; a mentor signs in every case.</summary>
public enum Grade
{
    /// <summary>A mentor's word alone.</summary>
    E0 = 0,

    /// <summary>The state changed; who did it is not known, or only from what can be forged.</summary>
    E1 = 1,

    /// <summary>An act that is attributed.</summary>
    E2 = 2,

    /// <summary>An attributed act whose effect held and was seen again after an hour, a day and a restart, seen by another machine as well or asked for by a seeded task.</summary>
    E3 = 3,
}
