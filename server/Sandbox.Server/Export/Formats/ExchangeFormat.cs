namespace Sandbox.Server.Export.Formats;

/// <summary>What other systems take in.</summary>
internal enum ExchangeFormat
{
    /// <summary>1EdTech Open Badges 3.0, a compact JWS a line.</summary>
    Badges = 0,

    /// <summary>1EdTech Comprehensive Learner Record 2.0, a compact JWS.</summary>
    Clr = 1,

    /// <summary>xAPI 1.0.3, an array of statements.</summary>
    Xapi = 2,

    /// <summary>1EdTech CASE 1.1, the bare schedule.</summary>
    Case = 3,

    /// <summary>OSCAL 1.1 assessment-results.</summary>
    Oscal = 4,

    /// <summary>OCSF 1.3, an event a line.</summary>
    Ocsf = 5,
}
