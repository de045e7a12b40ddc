using Microsoft.Extensions.Logging;

namespace AnyFetch.Server.Images;

/// <summary>What drawing images logs. Event ids 7001 to 7019.</summary>
internal static partial class ImageLog
{
    [LoggerMessage(7001, LogLevel.Debug, "The browser for images was started as process {ProcessId}")]
    public static partial void Started(ILogger logger, int processId);

    [LoggerMessage(7002, LogLevel.Warning, "An image could not be drawn: {Reason}")]
    public static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(7003, LogLevel.Warning, "An image was not drawn within {Seconds} s")]
    public static partial void TookTooLong(ILogger logger, int seconds);
}
