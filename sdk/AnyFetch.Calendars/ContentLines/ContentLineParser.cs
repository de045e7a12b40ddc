namespace AnyFetch.Calendars.ContentLines;

/// <summary>Reads one unfolded line. Quotes that never close are ordinary characters.</summary>
internal static class ContentLineParser
{
    private const int NameCharactersMax = 200;

    internal static ContentLine? Parse(string line, ContentLimits limits)
    {
        var nameEnd = line.AsSpan(0, Math.Min(line.Length, NameCharactersMax)).IndexOfAny(':', ';');
        if (nameEnd <= 0)
        {
            return null;
        }

        var name = line[..nameEnd].Trim();
        string? group = null;
        if (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            group = name[..dot];
            name = name[(dot + 1)..];
        }

        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        var parameters = new List<ContentParameter>();
        var at = nameEnd;
        while (at < line.Length && line[at] == ';')
        {
            at = ReadParameter(line, at + 1, parameters, limits);
        }

        return at < line.Length && line[at] == ':'
            ? new ContentLine(group, name.ToUpperInvariant(), parameters, line[(at + 1)..])
            : null;
    }

    /// <summary>Reads one parameter; returns where the line goes on: at its next semicolon, its colon or its end.</summary>
    private static int ReadParameter(string line, int start, List<ContentParameter> parameters, ContentLimits limits)
    {
        var end = line.AsSpan(start).IndexOfAny('=', ';', ':');
        if (end < 0)
        {
            return line.Length;
        }

        var at = start + end;
        var name = line[start..at].Trim().ToUpperInvariant();
        if (line[at] != '=')
        {
            Add(parameters, BareName(name), name, limits);
            return at;
        }

        do
        {
            at = ReadValue(line, at + 1, out var value);
            Add(parameters, name, value, limits);
        }
        while (at < line.Length && line[at] == ',');

        return at;
    }

    private static int ReadValue(string line, int start, out string value)
    {
        if (start < line.Length && line[start] == '"' && line.IndexOf('"', start + 1) is > 0 and var close)
        {
            value = Uncaret(line[(start + 1)..close]);
            var rest = line.AsSpan(close + 1).IndexOfAny(',', ';', ':');
            return rest < 0 ? line.Length : close + 1 + rest;
        }

        var length = line.AsSpan(start).IndexOfAny(',', ';', ':');
        var end = length < 0 ? line.Length : start + length;
        value = Uncaret(line[start..end].Trim());
        return end;
    }

    /// <summary>The formats of the nineties write <c>TEL;HOME</c> for <c>TEL;TYPE=home</c>.</summary>
    private static string BareName(string value) =>
        value is "QUOTED-PRINTABLE" or "BASE64" or "B" or "7BIT" or "8BIT" ? "ENCODING" : "TYPE";

    private static void Add(List<ContentParameter> parameters, string name, string value, ContentLimits limits)
    {
        if (parameters.Count < limits.ParametersMax && name.Length > 0)
        {
            parameters.Add(new ContentParameter(name, value));
        }
    }

    /// <summary>RFC 6868: <c>^n</c> is a line end, <c>^'</c> a quote, <c>^^</c> a caret.</summary>
    private static string Uncaret(string value) => value.Contains('^', StringComparison.Ordinal)
        ? value.Replace("^n", "\n", StringComparison.Ordinal).Replace("^'", "\"", StringComparison.Ordinal)
            .Replace("^^", "^", StringComparison.Ordinal)
        : value;
}
