using System.Collections;
using System.Globalization;
using HandlebarsDotNet;

namespace AnyFetch.Api.Projection;

/// <summary>The block helpers of search-and-projection §2.3.</summary>
internal static class BlockHelpers
{
    private const int ShortenChars = 200;

    public static void Register(IHandlebars engine)
    {
        engine.RegisterHelper("list", (writer, options, context, arguments) =>
            WriteList(writer, options, context, arguments, isReversed: false));
        engine.RegisterHelper("reverseList", (writer, options, context, arguments) =>
            WriteList(writer, options, context, arguments, isReversed: true));
        engine.RegisterHelper("first", (writer, options, context, arguments) =>
            WriteOne(writer, options, context, arguments, takesLast: false));
        engine.RegisterHelper("last", (writer, options, context, arguments) =>
            WriteOne(writer, options, context, arguments, takesLast: true));
        engine.RegisterHelper("contextLookup", WriteLooked);
        RegisterFilter(engine, "escapeQuotes", (text, _) => JsonText.EscapeQuoted(text));
        RegisterFilter(engine, "trim", (text, _) => InlineHelpers.Trim(text));
        RegisterFilter(engine, "toBr", (text, _) => InlineHelpers.ToBr(text));
        RegisterFilter(
            engine,
            "shorten",
            (text, arguments) => InlineHelpers.Shorten(text, Integer(arguments, "len") ?? ShortenChars));
    }

    private static void WriteList(
        EncodedTextWriter writer,
        BlockHelperOptions options,
        Context context,
        Arguments arguments,
        bool isReversed)
    {
        if (Items(HelperRegistration.Argument(arguments, 0)) is not { Count: > 0 } items)
        {
            options.Inverse(writer, context);
            return;
        }

        var separator = arguments.Hash.TryGetValue("sep", out var sep) ? ProjectionValue.ToText(sep) : ",";
        var count = Math.Clamp(Integer(arguments, "l") ?? items.Count, 0, items.Count);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                writer.WriteSafeString(separator);
            }

            using var frame = options.CreateFrame(items[isReversed ? items.Count - 1 - i : i]);
            var data = frame.Data;
            data["index"] = (long)i;
            data["first"] = i == 0;
            data["last"] = i == count - 1;
            options.Template(writer, frame);
        }
    }

    private static void WriteOne(
        EncodedTextWriter writer,
        BlockHelperOptions options,
        Context context,
        Arguments arguments,
        bool takesLast)
    {
        var value = HelperRegistration.Argument(arguments, 0);
        object? item = value switch
        {
            string text => text,
            IList { Count: > 0 } list when ProjectionValue.IsTruthy(list[0]) => list[takesLast ? list.Count - 1 : 0],
            _ => null,
        };
        if (item is null or "")
        {
            options.Inverse(writer, context);
            return;
        }

        options.Template(writer, item);
    }

    /// <summary>The block in its own context, plus <c>looked</c>, which is gone after it.</summary>
    private static void WriteLooked(
        EncodedTextWriter writer,
        BlockHelperOptions options,
        Context context,
        Arguments arguments)
    {
        var inner = context.Value is IDictionary<string, object?> current
            ? new Dictionary<string, object?>(current, StringComparer.Ordinal)
            : new Dictionary<string, object?>(StringComparer.Ordinal);
        inner["looked"] = LookUp(arguments);
        using var frame = options.CreateFrame(inner);
        options.Template(writer, frame);
    }

    private static object? LookUp(Arguments arguments)
    {
        arguments.Hash.TryGetValue("field", out var field);
        arguments.Hash.TryGetValue("reverse", out var reverse);
        switch (HelperRegistration.Argument(arguments, 0))
        {
            case IList list when int.TryParse(
                ProjectionValue.ToText(field), CultureInfo.InvariantCulture, out var index):
                index = ProjectionValue.IsTruthy(reverse) ? list.Count - 1 - index : index;
                return index >= 0 && index < list.Count ? list[index] : null;
            case IReadOnlyDictionary<string, object?> values:
                return values.GetValueOrDefault(ProjectionValue.ToText(field));
            default:
                return null;
        }
    }

    /// <summary>A list's items; anything else that holds something is its own only item.</summary>
    private static IList? Items(object? value) => value switch
    {
        IDictionary => new[] { value },
        IList list => list,
        null or "" => null,
        _ => new[] { value },
    };

    private static int? Integer(Arguments arguments, string name) =>
        arguments.Hash.TryGetValue(name, out var value)
        && int.TryParse(ProjectionValue.ToText(value), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static void RegisterFilter(IHandlebars engine, string name, Func<string, Arguments, string> filter) =>
        engine.RegisterHelper(name, (writer, options, _, arguments) =>
            writer.WriteSafeString(filter(options.Template(), arguments)));
}
