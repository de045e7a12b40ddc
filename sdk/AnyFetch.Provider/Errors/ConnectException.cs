namespace AnyFetch.Provider;

/// <summary>A connection failed for a reason that the user should read.</summary>
public sealed class ConnectException : Exception
{
    /// <summary>Creates one without words.</summary>
    public ConnectException()
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    public ConnectException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one over its cause.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    /// <param name="innerException">The cause.</param>
    public ConnectException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
