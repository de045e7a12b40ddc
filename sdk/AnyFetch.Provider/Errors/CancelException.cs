namespace AnyFetch.Provider;

/// <summary>The user refused at the source: no account is made, and nothing is logged as an error.</summary>
public sealed class CancelException : Exception
{
    /// <summary>Creates one without words.</summary>
    public CancelException()
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    public CancelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one over its cause.</summary>
    /// <param name="message">What happened, for a person; no secret.</param>
    /// <param name="innerException">The cause.</param>
    public CancelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
