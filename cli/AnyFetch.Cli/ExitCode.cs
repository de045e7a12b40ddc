namespace AnyFetch.Cli;

/// <summary>How a command ended, for scripts. The numbers are documented in docs/configuration.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command was understood but did not succeed; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>A search found nothing.</summary>
    public const int NothingFound = 3;

    /// <summary>The server cannot be reached.</summary>
    public const int Unreachable = 69;

    /// <summary>The credentials are missing, wrong or not enough.</summary>
    public const int Refused = 77;

    /// <summary>The configuration cannot be used.</summary>
    public const int Misconfigured = 78;

    /// <summary>Stopped with Ctrl-C before it was done.</summary>
    public const int Interrupted = 130;
}
