using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AnyFetch.Hydraters.Enex;

/// <summary>
/// Decodes a content piece by piece. What is small stays in memory, what is larger goes to a file; without a place for
/// files it is only measured.
/// </summary>
internal sealed class Base64Content(int memoryBytesMax, Func<string>? newPath) : IDisposable
{
    private const int GroupCharacters = 4;
    private const int BufferCharacters = 4096;

    private readonly IncrementalHash _hash = NewHash();
    private readonly MemoryStream _memory = new();
    private readonly char[] _letters = new char[BufferCharacters];
    private FileStream? _file;
    private int _count;
    private long _length;
    private bool _isBroken;
    private bool _isPadded;

    public void Dispose()
    {
        _hash.Dispose();
        _memory.Dispose();
        _file?.Dispose();
    }

    /// <summary>Takes some letters; white space does not count.</summary>
    internal void Write(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                continue;
            }

            _letters[_count++] = letter;
            if (_count == BufferCharacters)
            {
                Decode(BufferCharacters);
            }
        }
    }

    /// <summary>Ends the content; null when it was none.</summary>
    internal EnexData? Complete()
    {
        _isBroken |= _count % GroupCharacters != 0;
        Decode(_count);
        if (_isBroken || _length == 0)
        {
            return null;
        }

        return new EnexData(
            _length,
            Convert.ToHexStringLower(_hash.GetHashAndReset()),
            _file is null ? _memory.ToArray() : default,
            _file?.Name);
    }

    private void Decode(int count)
    {
        var bytes = (Span<byte>)stackalloc byte[BufferCharacters / GroupCharacters * 3];
        var letters = _letters.AsSpan(0, count);
        _count = 0;
        if (count == 0 || _isBroken)
        {
            return;
        }

        // Nothing stands behind the signs that fill the last group.
        _isBroken = !Convert.TryFromBase64Chars(letters, bytes, out var length) || _isPadded;
        _isPadded = letters[^1] == '=';
        if (!_isBroken)
        {
            Keep(bytes[..length]);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _hash.AppendData(bytes);
        if (newPath is null)
        {
            return;
        }

        if (_file is null && _length <= memoryBytesMax)
        {
            _memory.Write(bytes);
            return;
        }

        if (_file is null)
        {
            _file = new FileStream(newPath(), FileMode.CreateNew, FileAccess.Write);
            _memory.WriteTo(_file);
            _memory.SetLength(0);
        }

        _file.Write(bytes);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Evernote names contents by their MD5; nothing is protected by it.")]
    private static IncrementalHash NewHash() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);
}
