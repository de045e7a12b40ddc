using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AnyFetch.Server.Logs;

/// <summary>
/// Writes one line an entry, as text or as JSON, and takes out whatever looks like a secret: no log line may hold a
/// token, whoever wrote it.
/// </summary>
internal sealed class AnyFetchLogFormatter(IOptions<LogOptions> options, TimeProvider timeProvider)
    : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "anyfetch";

    private readonly bool _isJson = options.Value.Format == "json";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        var message = LogRedaction.Redact(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var exception = logEntry.Exception is { } e ? LogRedaction.Redact(e.ToString()) : null;
        var at = timeProvider.GetUtcNow();
        if (_isJson)
        {
            textWriter.WriteLine(ToJson(at, logEntry.LogLevel, logEntry.Category, logEntry.EventId, message, exception));
            return;
        }

        textWriter.Write(at.ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.Write(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
        textWriter.Write(": ");
        textWriter.WriteLine(message.ReplaceLineEndings(" "));
        if (exception is not null)
        {
            textWriter.WriteLine(exception);
        }
    }

    private static string ToJson(
        DateTimeOffset at,
        LogLevel level,
        string category,
        EventId eventId,
        string message,
        string? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", at.UtcDateTime);
            writer.WriteString("level", NameOf(level).TrimEnd());
            writer.WriteString("category", category);
            writer.WriteNumber("event", eventId.Id);
            writer.WriteString("name", eventId.Name);
            writer.WriteString("message", message);
            if (exception is not null)
            {
                writer.WriteString("exception", exception);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
