using System.Buffers;
using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Json;
using AnyFetch.Search.Analysis;
using AnyFetch.Search.Mapping;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// Turns a document's metadata into the columns of the full-text table, in one walk over its JSON. Keeps its buffers,
/// so it allocates nothing per document; one thread at a time.
/// </summary>
internal sealed class DocumentTerms
{
    /// <summary>Under how many of its enclosing keys a value can be searched, outermost first.</summary>
    public const int KeyLevelsMax = 4;

    private readonly TermWriter[] _columns = [.. Enumerable.Range(0, TermColumns.Count).Select(_ => new TermWriter())];
    private readonly TermWriter _aliases = new();
    private readonly TermWriter _value = new();
    private readonly ulong[] _keys = new ulong[JsonFields.DepthMax + 1];
    private char[] _chars = new char[4096];
    private int _keyCount;

    /// <summary>The terms of each column.</summary>
    public IReadOnlyList<TermWriter> Columns => _columns;

    /// <summary>True when the metadata says so (search-and-projection §1.3).</summary>
    public bool IsStarred { get; private set; }

    /// <summary>Terms of the text column.</summary>
    public int TextLength => _columns[TermColumns.Text].TermCount;

    /// <summary>Terms of all other fields together.</summary>
    public int FieldsLength { get; private set; }

    public void Read(JsonFields metadata, FieldMapping mapping)
    {
        foreach (var column in _columns)
            column.Clear();
        IsStarred = false;
        _keyCount = 0;
        _columns[TermColumns.Keyed].Add("\u0084"u8);
        var reader = new Utf8JsonReader(metadata.Utf8.Span, new JsonReaderOptions { MaxDepth = JsonFields.DepthMax });
        reader.Read();
        ReadObject(ref reader, mapping);
        FieldsLength = 0;
        for (var i = TermColumns.FirstBoost; i < TermColumns.Keyed; i++)
            FieldsLength += _columns[i].TermCount;
    }

    private void ReadObject(ref Utf8JsonReader reader, FieldMapping mapping)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Name(ref reader);
            var child = mapping.Child(name);
            var isStarred = _keyCount == 0 && name.SequenceEqual("starred"u8);
            _keys[_keyCount] = _keyCount == 0 ? KeyCode.Hash(name) : KeyCode.Hash(name, _keys[_keyCount - 1]);
            _keyCount++;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                IsStarred |= isStarred && reader.TokenType == JsonTokenType.True;
                if (_keyCount <= KeyLevelsMax)
                    AddHas(_keys[_keyCount - 1]);
                ReadValue(ref reader, child);
            }

            _keyCount--;
        }
    }

    private static ReadOnlySpan<byte> Name(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;

    private void ReadValue(ref Utf8JsonReader reader, FieldMapping mapping)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when mapping.Type is FieldType.Inferred or FieldType.Object:
                ReadObject(ref reader, mapping);
                break;
            case JsonTokenType.StartObject:
                reader.Skip();
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, mapping);
                break;
            case JsonTokenType.String:
                AddText(Chars(ref reader), mapping);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                AddScalar(ref reader, mapping);
                break;
        }
    }

    private void AddScalar(ref Utf8JsonReader reader, FieldMapping mapping)
    {
        var isNumber = reader.TokenType == JsonTokenType.Number;
        if (mapping.Type == FieldType.Boolean ? isNumber : !isNumber && mapping.Type == FieldType.Integer)
            return;
        var utf8 = reader.ValueSpan;
        EnsureChars(utf8.Length);
        var chars = _chars.AsSpan(0, System.Text.Encoding.UTF8.GetChars(utf8, _chars));
        if (isNumber)
            AddText(chars, mapping);
        else if (mapping.Type is FieldType.Inferred or FieldType.Boolean or FieldType.Text)
            AddKeyed(chars, mapping);
    }

    private ReadOnlySpan<char> Chars(ref Utf8JsonReader reader)
    {
        EnsureChars(reader.ValueSpan.Length);
        return _chars.AsSpan(0, reader.CopyString(_chars));
    }

    private void EnsureChars(int count)
    {
        if (_chars.Length < count)
            _chars = new char[Math.Max(count, _chars.Length * 2)];
    }

    private void AddText(ReadOnlySpan<char> text, FieldMapping mapping)
    {
        if (FieldValue.Convert(text, mapping.Type) is { } converted)
        {
            if (!converted.IsUsable)
                return;
            text = converted.Text;
        }

        if (mapping.IsNotAnalyzed)
        {
            AddExact(text);
            return;
        }

        Analyze(text, mapping);
        var column = Column(mapping);
        CopyValue(_columns[column], default);
        if (column != TermColumns.Text)
            CopyToKeys();
    }

    /// <summary>Truth values are found in their key only.</summary>
    private void AddKeyed(ReadOnlySpan<char> text, FieldMapping mapping)
    {
        if (mapping.IsNotAnalyzed)
        {
            AddExact(text);
            return;
        }

        Analyze(text, mapping);
        CopyToKeys();
    }

    private int Column(FieldMapping mapping) =>
        _keyCount == 1 && mapping.Boost == 1 && _keys[0] == s_textKey ? TermColumns.Text : TermColumns.OfBoost(mapping.Boost);

    private static readonly ulong s_textKey = KeyCode.HashOf(TermColumns.TextKey);

    private void Analyze(ReadOnlySpan<char> text, FieldMapping mapping)
    {
        _value.Clear();
        _aliases.Clear();
        var sink = new Sink(_value, _aliases);
        TextAnalyzer.Analyze(text, ref sink);
        if (mapping.IsPhoneNumber)
            AddDigits(text);
    }

    /// <summary>A phone number is also one term, whatever separates its groups.</summary>
    private void AddDigits(ReadOnlySpan<char> text)
    {
        Span<byte> digits = stackalloc byte[TermBuffer.BytesMax];
        var count = 0;
        foreach (var c in text)
        {
            if (CharTable.ClassOf(c) == CharClass.Digit && count < digits.Length)
                digits[count++] = (byte)CharTable.Fold(c);
        }

        if (count == 0)
            return;
        _aliases.AddGap();
        _aliases.Add(digits[..count]);
    }

    private void CopyToKeys()
    {
        Span<byte> prefix = stackalloc byte[KeyCode.PrefixBytes];
        for (var level = 0; level < Math.Min(_keyCount, KeyLevelsMax); level++)
        {
            KeyCode.WriteTermPrefix(prefix, _keys[level]);
            CopyValue(_columns[TermColumns.Keyed], prefix);
        }
    }

    private void CopyValue(TermWriter column, ReadOnlySpan<byte> prefix)
    {
        column.AddGap();
        column.Copy(_value, prefix);
        column.Copy(_aliases, prefix);
    }

    private void AddHas(ulong key)
    {
        Span<byte> term = stackalloc byte[KeyCode.PrefixBytes];
        KeyCode.WriteHas(term, key);
        _columns[TermColumns.Keyed].Add(term);
    }

    private void AddExact(ReadOnlySpan<char> text)
    {
        Span<byte> term = stackalloc byte[KeyCode.ExactTermBytes];
        var utf8 = ArrayPool<byte>.Shared.Rent(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        var value = utf8.AsSpan(0, System.Text.Encoding.UTF8.GetBytes(text, utf8));
        for (var level = 0; level < Math.Min(_keyCount, KeyLevelsMax); level++)
        {
            KeyCode.WriteExact(term, _keys[level], value);
            _columns[TermColumns.Keyed].Add(term);
        }

        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Aliases take no place among the words, so they follow after all of them.</summary>
    private readonly struct Sink(TermWriter words, TermWriter aliases) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> term, int start, int end, TokenKind kind)
        {
            if (kind == TokenKind.Word)
            {
                words.Add(term);
                return;
            }

            if (kind == TokenKind.AliasStart)
                aliases.AddGap();
            aliases.Add(term);
        }
    }
}
