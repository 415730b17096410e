using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>Where a program's settings stand in a fact, and what it means that one of them is not there.</summary>
internal abstract record SettingSource
{
    /// <summary>The fact.</summary>
    public abstract Fact.KindOneofCase Kind { get; }

    /// <summary>The settings in it.</summary>
    public abstract RepeatedField<ConfiguredSetting> In(Fact fact);

    /// <summary>An opinion that goes before any value. Null: the value decides.</summary>
    public virtual Opinion? Before(Fact fact, Strictness strictness) => null;

    /// <summary>What may hide a place that sets it. Null: every place was seen.</summary>
    public abstract Unseen? Hidden(Fact fact);

    /// <summary>Of the places that hold for everybody, the one that wins. Null: there is none.</summary>
    public virtual SettingDefinition? Winner(ConfiguredSetting setting) => setting.Definitions.LastOrDefault(one => !one.HasCondition);

    /// <summary>The opinion where no value is in force.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="setting">The setting. Null: the fact has none of the name.</param>
    public abstract Opinion Absent(Fact fact, ConfiguredSetting? setting);
}
