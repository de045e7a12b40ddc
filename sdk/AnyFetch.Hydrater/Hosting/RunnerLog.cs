using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Hosting;

internal static partial class RunnerLog
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "{Hydrater} ran longer than {Seconds} s and was stopped.")]
    internal static partial void TimedOut(ILogger logger, string hydrater, double seconds);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "{Hydrater} failed on a document.")]
    internal static partial void Failed(ILogger logger, string hydrater, Exception error);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "{Hydrater} is unavailable: {Reason}")]
    internal static partial void Unavailable(ILogger logger, string hydrater, string reason);
}
