using AnyFetch.Core.Documents;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// What filters, facets and sorting need of every row, in arrays indexed by row. The writer fills rows that no reader
/// knows yet, so readers need no lock; when the arrays grow, readers keep the ones they have.
/// </summary>
internal sealed class RowColumns
{
    /// <summary>Approximate memory of one row, in bytes.</summary>
    public const int RowBytes = 66;

    private RowColumns(int capacity)
    {
        Ids = new DocumentId[capacity];
        Types = new int[capacity];
        Providers = new int[capacity];
        Access = new int[capacity];
        Created = new long[capacity];
        Modified = new long[capacity];
        Months = new int[capacity];
        Died = new int[capacity];
        Contents = new ulong[capacity];
        TextLengths = new ushort[capacity];
        FieldsLengths = new ushort[capacity];
        Starred = new bool[capacity];
    }

    public DocumentId[] Ids { get; private init; }

    /// <summary>Place in the table of types.</summary>
    public int[] Types { get; private init; }

    /// <summary>Place in the table of providers.</summary>
    public int[] Providers { get; private init; }

    /// <summary>Place in the table of access sets; 0 is the whole company.</summary>
    public int[] Access { get; private init; }

    /// <summary>Creation dates in UTC ticks.</summary>
    public long[] Created { get; private init; }

    /// <summary>Modification dates in UTC ticks.</summary>
    public long[] Modified { get; private init; }

    /// <summary>Months of the creation dates, counted from year 0.</summary>
    public int[] Months { get; private init; }

    /// <summary>The commit that replaced or removed a row; 0 for one that was never written.</summary>
    public int[] Died { get; private init; }

    /// <summary>Hashes of what the full-text table holds.</summary>
    public ulong[] Contents { get; private init; }

    /// <summary>Terms in the text column, 65,535 for more.</summary>
    public ushort[] TextLengths { get; private init; }

    /// <summary>Terms in the other columns, 65,535 for more.</summary>
    public ushort[] FieldsLengths { get; private init; }

    public bool[] Starred { get; private init; }

    public int Capacity => Ids.Length;

    public static RowColumns Create(int capacity) => new(capacity);

    public RowColumns Grow(int capacity)
    {
        var grown = new RowColumns(capacity);
        Array.Copy(Ids, grown.Ids, Capacity);
        Array.Copy(Types, grown.Types, Capacity);
        Array.Copy(Providers, grown.Providers, Capacity);
        Array.Copy(Access, grown.Access, Capacity);
        Array.Copy(Created, grown.Created, Capacity);
        Array.Copy(Modified, grown.Modified, Capacity);
        Array.Copy(Months, grown.Months, Capacity);
        Array.Copy(Died, grown.Died, Capacity);
        Array.Copy(Contents, grown.Contents, Capacity);
        Array.Copy(TextLengths, grown.TextLengths, Capacity);
        Array.Copy(FieldsLengths, grown.FieldsLengths, Capacity);
        Array.Copy(Starred, grown.Starred, Capacity);
        return grown;
    }
}
