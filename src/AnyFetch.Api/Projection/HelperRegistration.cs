using HandlebarsDotNet;
using HandlebarsDotNet.PathStructure;

namespace AnyFetch.Api.Projection;

/// <summary>Gives the template engine the inline helpers of search-and-projection §2.2.</summary>
internal static class HelperRegistration
{
    public static void Register(IHandlebars engine)
    {
        engine.RegisterHelper("attr", Attr);
        engine.RegisterHelper("shortAttr", ShortAttr);
        engine.RegisterHelper("htmlAttr", HtmlAttr);
        RegisterPlain(engine, "dateRfc", InlineHelpers.DateRfc);
        RegisterPlain(engine, "extractFilename", InlineHelpers.ExtractFilename);
        RegisterPlain(engine, "extractExtension", InlineHelpers.ExtractExtension);
        RegisterPlain(engine, "safeInt", InlineHelpers.SafeInt);
        RegisterSafe(engine, "gravatar", (value, _) => InlineHelpers.Gravatar(value));
        RegisterSafe(engine, "hideDomainEmail", (value, _) => JsonText.EscapeQuoted(InlineHelpers.HideDomainEmail(value)));
        RegisterSafe(
            engine,
            "htmlHighlighter",
            (value, input) => JsonText.EscapeQuoted(input.Highlighter.HighlightHtml(ProjectionValue.ToText(value))));
        RegisterSafe(
            engine,
            "textHighlighter",
            (value, input) => JsonText.EscapeQuoted(input.Highlighter.HighlightText(ProjectionValue.ToText(value))));
        engine.RegisterHelper(
            "isHighlight",
            object? (in HelperOptions options, in Context context, in Arguments arguments) =>
                InlineHelpers.IsHighlight(Argument(arguments, 0) ?? context.Value, Input(options).Query));
    }

    /// <summary>The root context, wherever in the template the helper stands.</summary>
    internal static ProjectionInput Input(in HelperOptions options) =>
        (ProjectionInput)options.Data[ChainSegment.Root]!;

    internal static object? Argument(in Arguments arguments, int index) =>
        index < arguments.Length ? ProjectionValue.Unwrap(arguments[index]) : null;

    private static void Attr(
        in EncodedTextWriter writer,
        in HelperOptions options,
        in Context context,
        in Arguments arguments)
    {
        var (text, isHighlighted) = LookUp(Input(options), arguments);
        if (isHighlighted)
        {
            writer.WriteSafeString(JsonText.EscapeQuoted(text.Trim()));
        }
        else
        {
            WritePlain(writer, text.Length > 0 ? text : Argument(arguments, 1) as string ?? "");
        }
    }

    private static void ShortAttr(
        in EncodedTextWriter writer,
        in HelperOptions options,
        in Context context,
        in Arguments arguments)
    {
        var input = Input(options);
        var (text, isHighlighted) = LookUp(input, arguments);
        if (isHighlighted)
        {
            writer.WriteSafeString(JsonText.EscapeQuoted(text.Trim()));
        }
        else
        {
            WritePlain(writer, InlineHelpers.Shorten(text, input.SnippetChars));
        }
    }

    private static void HtmlAttr(
        in EncodedTextWriter writer,
        in HelperOptions options,
        in Context context,
        in Arguments arguments) =>
        writer.WriteSafeString(JsonText.EscapeQuoted(LookUp(Input(options), arguments).Text));

    /// <summary>The first that holds something: the marked text, the metadata, the data.</summary>
    private static (string Text, bool IsHighlighted) LookUp(ProjectionInput input, in Arguments arguments)
    {
        var name = ProjectionValue.ToText(Argument(arguments, 0));
        if (input.Highlight.TryGetValue(name, out var marked) && marked.Length > 0)
        {
            return (marked, true);
        }

        if (input.Metadata.TryGetValue(name, out var value) && ProjectionValue.IsTruthy(value))
        {
            return (ProjectionValue.ToText(value), false);
        }

        return input.Data.TryGetValue(name, out value) && ProjectionValue.IsTruthy(value)
            ? (ProjectionValue.ToText(value), false)
            : ("", false);
    }

    /// <summary>JSON, then HTML unless the template asked for neither.</summary>
    private static void WritePlain(in EncodedTextWriter writer, string text)
    {
        var escaped = JsonText.Escape(text);
        writer.WriteSafeString(writer.SuppressEncoding ? escaped : JsonText.EscapeHtml(escaped));
    }

    private static void RegisterPlain(IHandlebars engine, string name, Func<object?, string> result) =>
        engine.RegisterHelper(
            name,
            (in EncodedTextWriter writer, in HelperOptions _, in Context _, in Arguments arguments) =>
                WritePlain(writer, result(Argument(arguments, 0))));

    private static void RegisterSafe(
        IHandlebars engine,
        string name,
        Func<object?, ProjectionInput, string> result) =>
        engine.RegisterHelper(
            name,
            (in EncodedTextWriter writer, in HelperOptions options, in Context _, in Arguments arguments) =>
                writer.WriteSafeString(result(Argument(arguments, 0), Input(options))));
}
