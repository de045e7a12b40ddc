namespace AnyFetch.Calendars.ContentLines;

/// <summary>One unfolded line: <c>group.NAME;PARAMETER=value:value</c> (RFC 5545 section 3.1, RFC 6350 section 3.3).</summary>
public sealed class ContentLine
{
    private string? _text;

    internal ContentLine(string? group, string name, IReadOnlyList<ContentParameter> parameters, string rawValue)
    {
        Group = group;
        Name = name;
        Parameters = parameters;
        RawValue = rawValue;
    }

    /// <summary>What ties lines of a card together, such as <c>item1</c>; or null.</summary>
    public string? Group { get; }

    /// <summary>The property's name in upper case.</summary>
    public string Name { get; }

    /// <summary>The parameters in their order.</summary>
    public IReadOnlyList<ContentParameter> Parameters { get; }

    /// <summary>The value as it is written.</summary>
    public string RawValue { get; }

    /// <summary>The value with quoted-printable decoded; its backslashes still stand.</summary>
    public string EscapedValue => IsQuotedPrintable
        ? QuotedPrintable.Decode(RawValue, Parameter("CHARSET")) : RawValue;

    /// <summary>The value as people read it: decoded, <c>\n</c> a line end, <c>\,</c> a comma.</summary>
    public string Text => _text ??= TextValue.Unescape(EscapedValue);

    /// <summary>Whether the value is written in quoted-printable, as the formats of the nineties do.</summary>
    public bool IsQuotedPrintable =>
        string.Equals(Parameter("ENCODING"), "QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first value of a parameter, or null.</summary>
    /// <param name="name">Its name in upper case.</param>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
            {
                return parameter.Value;
            }
        }

        return null;
    }

    /// <summary>All values of a parameter.</summary>
    /// <param name="name">Its name in upper case.</param>
    public IEnumerable<string> ParameterValues(string name) =>
        Parameters.Where(parameter => parameter.Name == name).Select(parameter => parameter.Value);

    /// <inheritdoc />
    public override string ToString() => $"{Name}:{RawValue}";
}
