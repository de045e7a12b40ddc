using System.Text;

namespace AnyFetch.Calendars.ContentLines;

/// <summary>Backslash escapes and lists in values (RFC 5545 section 3.3.11, RFC 6350 section 3.4).</summary>
internal static class TextValue
{
    /// <summary>Removes the escapes: <c>\n</c> is a line end, another escaped character itself.</summary>
    internal static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var output = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                output.Append(value[i]);
                continue;
            }

            i++;
            output.Append(value[i] switch
            {
                'n' or 'N' => "\n",
                '\\' or ',' or ';' or ':' or '"' => value[i].ToString(),
                var other => "\\" + other,
            });
        }

        return output.ToString();
    }

    /// <summary>Splits at a separator that no backslash stands before, and removes the escapes of each part.</summary>
    internal static List<string> Split(string value, char separator, int partsMax = 100)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length && parts.Count < partsMax - 1; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == separator)
            {
                parts.Add(Unescape(value[start..i]).Trim());
                start = i + 1;
            }
        }

        parts.Add(Unescape(value[start..]).Trim());
        return parts;
    }
}
