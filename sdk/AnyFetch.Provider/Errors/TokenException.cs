namespace AnyFetch.Provider;

/// <summary>The grant at the source is dead: the run stops and a person must reconnect.</summary>
public sealed class TokenException : Exception
{
    /// <summary>Creates one without words.</summary>
    public TokenException()
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    public TokenException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one over its cause.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    /// <param name="innerException">The cause.</param>
    public TokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
