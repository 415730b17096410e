using Sandbox.Agent.Identity;

namespace Sandbox.Agent.Faults;

/// <summary>Whether the owner of this machine lets faults be seeded on it: the agent's own word, whatever the server believes.</summary>
/// <param name="enrolment">The file of the enrolment. Null: there is none.</param>
internal sealed class FaultConsent(string? enrolment)
{
    /// <summary>Read each time, since it may be taken back while the agent runs. What cannot be read allows nothing.</summary>
    public bool IsGiven
    {
        get
        {
            try
            {
                return enrolment is not null && EnrolmentRecord.Read(enrolment)?.FaultsAllowed == true;
            }
            catch (Exception fault) when (fault is SetupException or IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
