namespace Sandbox.Agent.Storage.Health;

/// <summary>A disk that takes commands of ATA. Tests play one.</summary>
internal interface IAtaDisk
{
    /// <summary>Sends a command and waits for its end.</summary>
    /// <param name="command">Of the ACS-3 command set.</param>
    /// <param name="feature">Its sub-command; 0: it has none.</param>
    /// <param name="data">Is filled, in blocks of 512 bytes; empty: the command brings none.</param>
    /// <returns>Its registers afterwards. Null: it brought data, and says nothing else.</returns>
    /// <exception cref="Collecting.KernelRefusal">The kernel does not let one send it.</exception>
    /// <exception cref="IOException">The disk did not do it.</exception>
    AtaRegisters? Send(byte command, byte feature, Span<byte> data);
}
