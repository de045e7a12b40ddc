using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Http;

/// <summary>What a host logs. Callback and file URLs are credentials and never appear.</summary>
internal static partial class HostLog
{
    [LoggerMessage(EventId = 4121, Level = LogLevel.Warning, Message = "{Hydrater}: the callback was refused: {Reason}")]
    internal static partial void CallbackRefused(ILogger logger, string hydrater, string reason);

    [LoggerMessage(EventId = 4122, Level = LogLevel.Error, Message = "{Hydrater}: the callback was given up after {Attempts} tries.")]
    internal static partial void CallbackGivenUp(ILogger logger, string hydrater, int attempts);

    [LoggerMessage(EventId = 4123, Level = LogLevel.Warning, Message = "{Hydrater}: the callback was answered with {Status}.")]
    internal static partial void CallbackAnswered(ILogger logger, string hydrater, int status);

    [LoggerMessage(EventId = 4124, Level = LogLevel.Warning, Message = "{Hydrater}: the callback did not get through: {Reason}")]
    internal static partial void CallbackFailed(ILogger logger, string hydrater, string reason);

    [LoggerMessage(EventId = 4125, Level = LogLevel.Information, Message = "{Hydrater} stops with {Waiting} tasks left undone.")]
    internal static partial void StoppedWithTasks(ILogger logger, string hydrater, int waiting);

    [LoggerMessage(EventId = 4127, Level = LogLevel.Information, Message = "{Hydrater} is registered with the core.")]
    internal static partial void Registered(ILogger logger, string hydrater);

    [LoggerMessage(EventId = 4128, Level = LogLevel.Error, Message = "The core refused the registration with {Status}: {Reason}")]
    internal static partial void RegistrationRefused(ILogger logger, int status, string reason);

    [LoggerMessage(EventId = 4129, Level = LogLevel.Warning, Message = "The core cannot be reached to register ({Reason}); trying again.")]
    internal static partial void CoreUnreachable(ILogger logger, string reason);

    [LoggerMessage(EventId = 4126, Level = LogLevel.Error, Message = "{Hydrater}: a task broke its worker.")]
    internal static partial void TaskBroke(ILogger logger, string hydrater, Exception error);
}
