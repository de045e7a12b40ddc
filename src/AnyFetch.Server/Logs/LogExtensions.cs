using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AnyFetch.Server.Logs;

/// <summary>Sets the log up.</summary>
internal static class LogExtensions
{
    public static ILoggingBuilder AddAnyFetchLog(this ILoggingBuilder logging, LogOptions options)
    {
        logging.SetMinimumLevel(options.Level);

        // These write each request's URL, query and all, or each look-up of a route. What matters of them is in the
        // metrics.
        logging.AddFilter("Microsoft.AspNetCore", Max(LogLevel.Warning, options.Level));
        logging.AddFilter("System.Net.Http", Max(LogLevel.Warning, options.Level));
        logging.AddFilter("Microsoft.Hosting.Lifetime", Max(LogLevel.Warning, options.Level));
        logging.AddConsole(console => console.FormatterName = AnyFetchLogFormatter.FormatterName);
        logging.Services.AddSingleton<ConsoleFormatter, AnyFetchLogFormatter>();
        return logging;
    }

    private static LogLevel Max(LogLevel left, LogLevel right) => left > right ? left : right;
}
