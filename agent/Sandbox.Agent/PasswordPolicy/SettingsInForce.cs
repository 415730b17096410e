using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;
using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>Works out which definition of a setting is in force, and files the setting with all of them in the fact.</summary>
internal sealed class SettingsInForce(Protocol.PasswordPolicy policy)
{
    // A file may repeat a setting without end; the last ones decide.
    private const int MostDefinitions = 50;

    /// <summary>What could not be seen or understood.</summary>
    public UnseenNotes Unseen { get; } = new(policy.Unseen);

    /// <summary>Files one setting; the last definition wins.</summary>
    /// <param name="name">Name with its family: <c>pwquality.minlen</c>.</param>
    /// <param name="definitions">Every definition in the order of reading.</param>
    /// <param name="fallback">The program's own default. Null: it has none, and without a definition there is no setting.</param>
    /// <param name="read">What a value means, as text. Null: it has no meaning there.</param>
    /// <returns>The value in force. Null: there is none.</returns>
    public string? Add(string name, IEnumerable<Setting> definitions, string? fallback, Func<string, string?> read)
    {
        var setting = Unread(name, definitions);
        if (setting.Definitions.Count == 0)
        {
            if (fallback is null) return null;
            (setting.Effective, setting.Origin) = (fallback, Origin.Default);
        }
        else if (read(setting.Definitions[^1].Value) is { } value) setting.Effective = value;
        else Unseen.Add(Meaningless(name, setting.Definitions[^1]));
        policy.Settings.Add(setting);
        return setting.HasEffective ? setting.Effective : null;
    }

    /// <summary>Files a setting that nothing in the stack reads: its definitions, and no value in force.</summary>
    public void AddIdle(string name, IEnumerable<Setting> definitions)
    {
        var setting = Unread(name, definitions);
        if (setting.Definitions.Count > 0) policy.Settings.Add(setting);
    }

    /// <summary>The arguments of a PAM line as settings: <c>deny=5</c>, or a bare name.</summary>
    public static IEnumerable<Setting> Arguments(PamLine line)
    {
        foreach (var argument in line.Arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? new Setting(argument, "", line.Path, line.Line, Origin.PamArgument)
                : new Setting(argument[..equals], argument[(equals + 1)..], line.Path, line.Line, Origin.PamArgument);
        }
    }

    private static ConfiguredSetting Unread(string name, IEnumerable<Setting> definitions)
    {
        var setting = new ConfiguredSetting { Name = name };
        foreach (var found in definitions.TakeLast(MostDefinitions))
        {
            setting.Definitions.Add(new SettingDefinition { Path = found.Path, Line = found.Line, Value = found.Value });
            setting.Origin = found.Origin;
        }

        return setting;
    }

    private static Protocol.Unseen Meaningless(string name, SettingDefinition last)
    {
        var setting = name[(name.LastIndexOf('.') + 1)..];
        return Why.Of(last.Path, $"line {last.Line}: {setting} cannot be '{last.Value}'", $"Correct the line in {last.Path}");
    }
}
