using System.Runtime.Versioning;

// Signals, /proc and file modes: the harness drives Linux programs.
[assembly: SupportedOSPlatform("linux")]
