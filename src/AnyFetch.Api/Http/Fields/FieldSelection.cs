using System.Text;

namespace AnyFetch.Api.Http.Fields;

/// <summary>
/// What <c>?fields=</c> selects (api.md §6), as a tree of names. A node without children selects its value whole; a
/// node that ends in an empty name (<c>data.</c>) keeps the key and nothing below it.
/// </summary>
internal sealed class FieldSelection
{
    /// <summary>Longest text that is looked at, in characters; the rest selects nothing.</summary>
    public const int CharsMax = 8192;

    /// <summary>Deepest path; names below select nothing.</summary>
    public const int DepthMax = 64;

    private readonly List<(byte[] Name, FieldSelection Node)> _children = [];

    private bool _keepsEmpty;

    /// <summary>True when the value is taken as it is.</summary>
    public bool IsWhole => _children.Count == 0 && !_keepsEmpty;

    /// <summary>Reads the parameter. Spaces mean nothing anywhere; malformed entries select nothing.</summary>
    public static FieldSelection Parse(string text)
    {
        var root = new FieldSelection { _keepsEmpty = true };
        var kept = text.Length > CharsMax ? text[..CharsMax] : text;
        foreach (var path in kept.Replace(" ", "", StringComparison.Ordinal).Split(','))
        {
            if (path.Length > 0)
            {
                root.Add(path.Split('.', DepthMax));
            }
        }

        return root;
    }

    /// <summary>The node for a key, or null when the key is left out.</summary>
    public FieldSelection? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (child, node) in _children)
        {
            if (name.SequenceEqual(child))
            {
                return node;
            }
        }

        return null;
    }

    private void Add(string[] names)
    {
        var node = this;
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
            {
                // An empty first name is a malformed entry; an empty later one asks for the key alone.
                node._keepsEmpty = true;
                return;
            }

            var utf8 = Encoding.UTF8.GetBytes(names[i]);
            var child = node.Find(utf8);
            if (child is null)
            {
                child = new FieldSelection();
                node._children.Add((utf8, child));
            }

            node = child;
        }
    }
}
