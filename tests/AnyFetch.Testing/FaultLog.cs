using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnyFetch.Testing;

/// <summary>
/// Keeps what is logged from a level on, errors by default, with the beginning of its exceptions; of all, or of the categories that
/// begin with a name: a web server warns of a slow machine.
/// </summary>
public sealed class FaultLog(LogLevel level = LogLevel.Error, string categories = "") : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _faults = new();

    public IEnumerable<string> Faults => _faults.Distinct().Take(10);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(categories, StringComparison.Ordinal) ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= level;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && _faults.Count < 1000)
        {
            var stack = exception?.ToString().Split('\n').Take(7) ?? [];
            _faults.Enqueue($"{eventId.Id} {string.Join('\n', stack)}");
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
