using AnyFetch.Client;

namespace AnyFetch.Provider.Hosting;

/// <summary>What a person reads when a connection fails. Faults stay in the log: their words may hold secrets.</summary>
internal static class ConnectFailures
{
    public static bool IsExpected(Exception failure, CancellationToken cancellationToken) =>
        failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested;

    public static string MessageOf(Exception failure) => failure switch
    {
        ConnectException or TokenException or SourceException => failure.Message,
        AnyFetchException refusal => $"The manager refused the connection: {refusal.Message}",
        HttpRequestException or TimeoutException => "A server that is needed to connect cannot be reached.",
        _ => "The source could not be connected.",
    };
}
