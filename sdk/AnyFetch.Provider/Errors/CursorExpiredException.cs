namespace AnyFetch.Provider;

/// <summary>The source no longer accepts the cursor: the library starts a full listing.</summary>
public sealed class CursorExpiredException : Exception
{
    /// <summary>Creates one without words.</summary>
    public CursorExpiredException()
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    public CursorExpiredException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one over its cause.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    /// <param name="innerException">The cause.</param>
    public CursorExpiredException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
