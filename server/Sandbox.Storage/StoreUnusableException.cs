namespace Sandbox.Storage;

/// <summary>The store cannot be used until a person puts something right; the message says what, where and how. A program prints it and exits with 2.</summary>
public sealed class StoreUnusableException(string message, Exception? cause = null) : Exception(message, cause);
