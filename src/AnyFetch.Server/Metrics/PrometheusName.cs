using System.Diagnostics.Metrics;
using System.Text;

namespace AnyFetch.Server.Metrics;

/// <summary>How .NET's names become Prometheus' (its "metric and label naming" page).</summary>
internal static class PrometheusName
{
    /// <summary>
    /// Dots become underscores, the unit is appended, counters end in <c>_total</c>:
    /// <c>http.server.request.duration</c> in <c>s</c> is <c>http_server_request_duration_seconds</c>.
    /// </summary>
    public static string Of(Instrument instrument, bool isCounter)
    {
        var name = OfLabel(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        name += name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit;
        return isCounter ? name + "_total" : name;
    }

    /// <summary>A label's name: letters, digits and underscores.</summary>
    public static string OfLabel(string name)
    {
        var text = new StringBuilder(name);
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
        }

        return text.ToString();
    }

    /// <summary>A label's value inside quotes.</summary>
    public static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
