using System.Text;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AnyFetch.Api.Http.Bodies;

/// <summary>The texts of a form, by name; repeated names keep all their values.</summary>
internal sealed class FormFields
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, StringValues> _values = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, StringValues>> Values => _values;

    public int Count { get; private set; }

    public void Add(string name, string value)
    {
        _values[name] = StringValues.Concat(_values.GetValueOrDefault(name), value);
        Count++;
    }

    /// <summary>Reads a URL-encoded form.</summary>
    public static BodyResult<FormFields> Parse(ReadOnlySpan<byte> body, ApiOptions options)
    {
        string text;
        try
        {
            text = s_strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return new BodyResult<FormFields>(null, new Error(ErrorCode.BadRequest, "The body is not valid UTF-8."));
        }

        var fields = new FormFields();
        foreach (var pair in new QueryStringEnumerable(text))
        {
            if (fields.Count == options.FormFieldsMax)
            {
                return new BodyResult<FormFields>(
                    null,
                    Error.InvalidArgument($"The form has more than {options.FormFieldsMax} fields."));
            }

            fields.Add(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        }

        return new BodyResult<FormFields>(fields, null);
    }
}
