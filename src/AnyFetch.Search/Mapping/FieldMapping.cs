using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Mapping;

/// <summary>How one metadata key is searched (search-and-projection §1.4).</summary>
internal sealed class FieldMapping
{
    /// <summary>A key that the mapping does not mention.</summary>
    public static FieldMapping Inferred { get; } = new();

    private readonly Dictionary<ulong, FieldMapping> _children = [];

    public FieldType Type { get; init; }

    /// <summary>Multiplies the score of matches.</summary>
    public float Boost { get; init; } = 1;

    /// <summary>One token, no full-text match.</summary>
    public bool IsNotAnalyzed { get; init; }

    /// <summary>All digits of a value also make one term, however few or many they are.</summary>
    public bool IsPhoneNumber { get; init; }

    /// <summary>The mapping of a key below; an unmapped one is inferred.</summary>
    public FieldMapping Child(ReadOnlySpan<byte> utf8Name) =>
        _children.TryGetValue(Hash64.Of(utf8Name), out var child) ? child : Inferred;

    public void Add(string name, FieldMapping child) =>
        _children[Hash64.Of(System.Text.Encoding.UTF8.GetBytes(name))] = child;
}
