namespace AnyFetch.Mime.Headers;

/// <summary>The fields of a header in their order, and what is usually asked of them.</summary>
public sealed class HeaderList
{
    private readonly MimeOptions _options;

    internal HeaderList(IReadOnlyList<HeaderField> fields, MimeOptions options)
    {
        Fields = fields;
        _options = options;
    }

    /// <summary>All fields in the order of the mail.</summary>
    public IReadOnlyList<HeaderField> Fields { get; }

    /// <summary>The value of the first field of that name as it was written, or null.</summary>
    public string? Raw(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value;
            }
        }

        return null;
    }

    /// <summary>The value of the first field of that name with its encoded words decoded (RFC 2047), or null.</summary>
    public string? Text(string name) => Raw(name) is { } value ? EncodedWords.Decode(value, _options) : null;

    /// <summary>
    /// The addresses of all fields of that name, groups opened (RFC 5322 §3.4). Empty when there are none.
    /// </summary>
    public IReadOnlyList<MailAddress> Addresses(string name)
    {
        var addresses = new List<MailAddress>();
        foreach (var field in Fields)
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && addresses.Count < _options.AddressesMax)
            {
                AddressList.Read(field.Value, addresses, _options);
            }
        }

        return addresses;
    }

    /// <summary>The point in time of the first field of that name, or null when it is absent or no date.</summary>
    public DateTimeOffset? Date(string name) => Raw(name) is { } value ? MailDate.Parse(value) : null;

    /// <summary>The value and parameters of a field such as <c>Content-Type</c>, or null when it is absent.</summary>
    public StructuredField? Structured(string name) =>
        Raw(name) is { } value ? StructuredField.Parse(value, _options) : null;
}
