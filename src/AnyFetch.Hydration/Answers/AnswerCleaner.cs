using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Answers;

/// <summary>
/// Holds what hydraters send to the limits of hydration.md §10: <c>data.html</c> is sanitised whatever the hydrater did, long
/// texts are cut between characters, and a hydrater neither brings a file nor says where the original is.
/// </summary>
internal sealed class AnswerCleaner(IHtmlSanitizer sanitizer, IOptions<HydrationOptions> options)
{
    internal DocumentChange Clean(DocumentChange change)
    {
        var isTextLong = IsLong(change.Metadata, "text", options.Value.TextCharsMax);
        var isHtmlLong = IsLong(change.Data, "html", options.Value.HtmlCharsMax);
        var metadata = isTextLong
            ? Replace(change.Metadata, "text", text => Cut(text, options.Value.TextCharsMax))
            : change.Metadata;
        var data = !isHtmlLong && IsSanitized(change.Data)
            ? change.Data
            : Replace(change.Data, "html", html => sanitizer.Sanitize(Cut(html, options.Value.HtmlCharsMax)));
        return change with
        {
            Metadata = metadata,
            Data = isTextLong || isHtmlLong ? MarkCut(data) : data,
            File = null,
            Source = default,
        };
    }

    /// <summary>Displays are megabytes long and mostly clean already, so they are looked at without a string of their own.</summary>
    private bool IsSanitized(JsonFields data) =>
        data.TryGet("html", out var html) && html.ValueKind == JsonValueKind.String
        && html.Lend(sanitizer, static (text, sanitizer) => sanitizer.IsSanitized(text));

    /// <summary>Whether a text has more characters than it may. It never has more than bytes.</summary>
    private static bool IsLong(JsonFields fields, string key, int charsMax) =>
        fields.Utf8.Length > charsMax
        && fields.TryGet(key, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString()!.Length > charsMax;

    private static string Cut(string text, int charsMax)
    {
        if (text.Length <= charsMax)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax)];
    }

    /// <summary>The same instance when the key is absent, is no text or stays as it is.</summary>
    private static JsonFields Replace(JsonFields fields, string key, Func<string, string> replace)
    {
        if (fields.IsEmpty || !fields.TryGet(key, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return fields;
        }

        var text = value.GetString()!;
        var replaced = replace(text);
        return replaced == text ? fields : fields.With(key, writer => writer.WriteText(replaced));
    }

    private static JsonFields MarkCut(JsonFields data) => data.With("truncated", static writer => writer.WriteBooleanValue(true));
}
