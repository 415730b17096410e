using static Sandbox.Protocol.FirewallChain.Types;

namespace Sandbox.Agent.Firewall;

/// <summary>A table with its chains by name.</summary>
internal sealed class Table(Engine engine, byte family, string name, bool dormant = false)
{
    /// <summary>Which part of the kernel runs it.</summary>
    public Engine Engine => engine;

    /// <summary>The number of linux/netfilter.h, see <see cref="Families"/>.</summary>
    public byte Family => family;

    /// <summary>As given.</summary>
    public string Name => name;

    /// <summary>It is switched off.</summary>
    public bool Dormant => dormant;

    /// <summary>Its chains, those that are only jumped to included.</summary>
    public Dictionary<string, Chain> Chains { get; } = new(StringComparer.Ordinal);
}

/// <summary>A chain with its rules in order.</summary>
internal sealed class Chain(Table table, string name)
{
    /// <summary>Where jumps look for their target.</summary>
    public Table Table => table;

    /// <summary>As given.</summary>
    public string Name => name;

    /// <summary>Where the kernel calls it. Null: it is only jumped to.</summary>
    public uint? Hook { get; init; }

    /// <summary>Order among the chains of a hook. Null: fixed.</summary>
    public int? Priority { get; init; }

    /// <summary><c>filter</c>, <c>nat</c>, <c>route</c>; empty: the table says it.</summary>
    public string Type { get; init; } = "";

    /// <summary>What falls off its end is let through (true) or dropped. Null: not known.</summary>
    public bool? Accepts { get; init; }

    /// <summary>In order.</summary>
    public List<Rule> Rules { get; } = [];
}
