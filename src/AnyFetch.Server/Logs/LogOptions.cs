using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Server.Logs;

/// <summary>What is logged and in which form. Logs go to the standard output.</summary>
public sealed class LogOptions
{
    /// <summary><c>text</c> for people, <c>json</c> for machines: one object a line.</summary>
    [AllowedValues("text", "json", ErrorMessage = "allowed: text, json.")]
    public string Format { get; set; } = "text";

    /// <summary>The least level that is logged.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;
}
