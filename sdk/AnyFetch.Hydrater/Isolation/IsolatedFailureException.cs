namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// A failure on the other side of the wall that may pass. It keeps the name of the exception that it was there, so that messages do
/// not depend on where a hydrater runs.
/// </summary>
internal sealed class IsolatedFailureException(string typeName, string message, string? detail) : Exception(message)
{
    internal string TypeName => typeName;

    /// <inheritdoc/>
    public override string ToString() => detail ?? $"{typeName}: {Message}";
}
