using System.Globalization;

namespace AnyFetch.Hydraters.Archive;

/// <summary>What the headers before an entry said about it: GNU's long names, or pax records (POSIX.1-2001).</summary>
internal sealed record TarProperties(string? Path, long? Size, DateTimeOffset? ModifiedAt)
{
    internal static TarProperties None { get; } = new(null, null, null);

    /// <summary>These properties with those of one more header.</summary>
    internal TarProperties With(char kind, byte[] content) => kind switch
    {
        'L' => this with { Path = MemberNames.Decode(content.AsSpan().TrimEnd((byte)0)) },
        'x' => WithRecords(content),
        // Where a link leads does not matter, and nothing that holds for all entries does.
        _ => this,
    };

    /// <summary>Seconds since 1970, or null for 0 and for what no calendar holds.</summary>
    internal static DateTimeOffset? Time(double seconds) =>
        seconds is > 0 and < 253_402_300_799 ? DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds)) : null;

    /// <summary>Records are <c>length key=value\n</c>, the length being that of the whole record.</summary>
    private TarProperties WithRecords(ReadOnlySpan<byte> rest)
    {
        var properties = this;
        while (rest.Length > 0)
        {
            var blank = rest.IndexOf((byte)' ');
            if (blank <= 0 || !int.TryParse(rest[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= blank + 1 || length > rest.Length)
            {
                throw new InvalidDataException("A record in a header is damaged.");
            }

            var record = rest[(blank + 1)..length].TrimEnd((byte)'\n');
            var equals = record.IndexOf((byte)'=');
            properties = equals < 0 ? properties : properties.WithRecord(record[..equals], record[(equals + 1)..]);
            rest = rest[length..];
        }

        return properties;
    }

    private TarProperties WithRecord(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("path"u8))
        {
            return this with { Path = MemberNames.Decode(value) };
        }

        if (key.SequenceEqual("size"u8))
        {
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? this with { Size = size }
                : throw new InvalidDataException("A size in a header is none.");
        }

        return key.SequenceEqual("mtime"u8)
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? this with { ModifiedAt = Time(seconds) }
            : this;
    }
}
