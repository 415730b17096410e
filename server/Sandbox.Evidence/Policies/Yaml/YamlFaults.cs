using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies.Yaml;

/// <summary>Gathers every fault of a text, so that who wrote it mends all at once.</summary>
internal sealed class YamlFaults
{
    // A text with more is no policy.
    private const int Most = 100;
    private readonly List<PolicyFault> _found = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<PolicyFault> InOrder => [.. _found.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    /// <summary>Whether there is any.</summary>
    public bool Any => _found.Count > 0;

    /// <summary>Notes that something is wrong with a node.</summary>
    public void At(YamlNode node, string message) => At(node.Start, message);

    /// <summary>Notes that something is wrong at a place.</summary>
    public void At(Mark place, string message)
    {
        if (_found.Count < Most) _found.Add(new PolicyFault((int)place.Line, (int)place.Column, message));
    }
}
