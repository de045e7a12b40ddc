using Microsoft.Extensions.Logging;

namespace AnyFetch.Api.Errors;

/// <summary>What the API logs. Event ids 2000 to 2099.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(2000, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(2001, LogLevel.Warning, "The {View} projection of type {Type} is broken: {Reason}")]
    public static partial void ProjectionBroken(ILogger logger, string view, string type, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "The {View} template of type {Type} is broken: {Reason}")]
    public static partial void TemplateBroken(ILogger logger, string view, string type, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Uses of {Count} tokens could not be written down")]
    public static partial void UsesNotWritten(ILogger logger, Exception exception, int count);

    [LoggerMessage(2004, LogLevel.Warning, "Provider {Client} could not be reached for {Operation}: {Reason}")]
    public static partial void ProviderUnreachable(ILogger logger, string client, string operation, string reason);

    [LoggerMessage(2006, LogLevel.Error, "Providers could not be told of removed accounts; it is tried again")]
    public static partial void NoticesFailed(ILogger logger, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "{Method} {Path} met a store that failed")]
    public static partial void StoreFailed(ILogger logger, Exception exception, string method, string path);
}
