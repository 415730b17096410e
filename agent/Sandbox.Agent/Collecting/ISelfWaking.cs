namespace Sandbox.Agent.Collecting;

/// <summary>A collector whose sources are no files: it hears of changes by itself.</summary>
internal interface ISelfWaking : ICollector
{
    /// <summary>Calls <paramref name="wake"/> from any thread whenever something changed, until disposed. Null: nothing can be heard.</summary>
    IDisposable? Listen(Action wake);
}
