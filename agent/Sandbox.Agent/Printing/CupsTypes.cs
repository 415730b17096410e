namespace Sandbox.Agent.Printing;

/// <summary>Bits of printer-type in answers, and of Type in printers.conf: cups_ptype_e of CUPS.</summary>
internal static class CupsTypes
{
    public const int Class = 0x1;
    public const int Default = 0x20000;
    public const int Discovered = 0x1000000;
}
