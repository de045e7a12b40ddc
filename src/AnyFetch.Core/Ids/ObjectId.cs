using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AnyFetch.Core.Ids;

/// <summary>
/// A 12-byte identifier written as 24 hexadecimal digits: 4 bytes of seconds since the Unix epoch, 5 random bytes
/// of this process, 3 bytes of a counter. Ids made later sort after, which keeps indexes compact; uniqueness does
/// not depend on the clock.
/// </summary>
/// <remarks>Any case is read, lower case is written (the API's convention for ids).</remarks>
public readonly record struct ObjectId(uint Seconds, ulong Unique) : IComparable<ObjectId>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    public const int ByteCount = 12;

    /// <summary>Length of the text form, in hexadecimal digits.</summary>
    public const int TextLength = 24;

    private static readonly ulong s_process = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) << 8
        | (byte)RandomNumberGenerator.GetInt32(256);

    private static int s_counter = RandomNumberGenerator.GetInt32(1 << 24);

    /// <summary>Makes a new id. Never returns the same value twice, whatever <paramref name="now"/> is.</summary>
    public static ObjectId New(DateTimeOffset now)
    {
        var count = (uint)Interlocked.Increment(ref s_counter) & 0xFFFFFF;
        return new ObjectId((uint)now.ToUnixTimeSeconds(), (s_process & 0xFFFFFFFFFF) << 24 | count);
    }

    /// <summary>Reads the 12-byte form.</summary>
    public static ObjectId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]));

    /// <summary>Writes the 12-byte form; its byte order is the order of the ids.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Seconds);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], Unique);
    }

    /// <summary>The 12-byte form in a new array.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteCount];
        Write(bytes);
        return bytes;
    }

    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectId id)
    {
        id = default;
        if (text is not { Length: TextLength })
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[ByteCount];
        if (Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        id = Read(bytes);
        return true;
    }

    /// <summary>Reads 24 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static ObjectId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not 24 hexadecimal digits.");

    /// <inheritdoc/>
    public int CompareTo(ObjectId other)
    {
        var order = Seconds.CompareTo(other.Seconds);
        return order != 0 ? order : Unique.CompareTo(other.Unique);
    }

    /// <summary>24 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(TextLength, this, static (text, id) =>
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        id.Write(bytes);
        Convert.TryToHexStringLower(bytes, text, out _);
    });

    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;
}
