namespace AnyFetch.Hydrater;

/// <summary>
/// The content cannot be processed and trying again would not help (hydration.md §5, "HydrationError"). The message
/// reaches the document's <c>hydration_error</c>: it must not hold secrets or long excerpts.
/// </summary>
public sealed class HydrationException : Exception
{
    /// <summary>Creates the exception with the message that people will read.</summary>
    public HydrationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message that people will read and its cause, which is only logged.</summary>
    public HydrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public HydrationException()
        : base("The content cannot be processed.")
    {
    }
}
