using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Agent.Collecting.Settings;

/// <summary>One place that sets something.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value as written, without comment; empty for a bare name.</param>
/// <param name="Path">The file below the root folder, with a leading slash.</param>
/// <param name="Line">From 1.</param>
/// <param name="Origin">A file of settings, or an argument in the PAM stack.</param>
internal readonly record struct Setting(string Name, string Value, string Path, uint Line, Origin Origin = Origin.File);
