using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Isolation;

internal static partial class IsolationLog
{
    [LoggerMessage(EventId = 4110, Level = LogLevel.Debug, Message = "Hydration worker {Process} started in {Duration}.")]
    internal static partial void Started(ILogger logger, int process, TimeSpan duration);

    [LoggerMessage(EventId = 4111, Level = LogLevel.Error, Message = "No hydration worker can be started; files are not read until one can.")]
    internal static partial void NotStarted(ILogger logger, Exception error);

    [LoggerMessage(EventId = 4112, Level = LogLevel.Warning, Message = "The worker of {Hydrater} died: {Reason}")]
    internal static partial void Died(ILogger logger, string hydrater, string reason);
}
