using AnyFetch.Core.Ids;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Writing;

/// <summary>The columns of a segment that is being written, row by row.</summary>
internal sealed class ColumnSet
{
    private readonly Dictionary<ObjectId, int> _typeNumbers = [];
    private readonly Dictionary<ObjectId, int> _providerNumbers = [];
    private readonly Dictionary<AccessKey, int> _accessNumbers = [];

    public List<ObjectId> Ids { get; } = [];

    public List<int> Types { get; } = [];

    public List<int> Providers { get; } = [];

    public List<int> Access { get; } = [];

    public List<int> Months { get; } = [];

    public List<long> Created { get; } = [];

    public List<long> Modified { get; } = [];

    public List<ushort> TextLengths { get; } = [];

    public List<ushort> FieldsLengths { get; } = [];

    public List<bool> Starred { get; } = [];

    public List<ObjectId> TypeValues { get; } = [];

    public List<ObjectId> ProviderValues { get; } = [];

    /// <summary>The access sets from number 1 on.</summary>
    public List<IReadOnlyList<ObjectId>> AccessValues { get; } = [];

    /// <summary>Sum of the text lengths.</summary>
    public long TextTerms { get; private set; }

    /// <summary>Sum of the fields' lengths.</summary>
    public long FieldsTerms { get; private set; }

    public bool HasStarred { get; private set; }

    public int RowCount => Ids.Count;

    public void Add(in RowValues row)
    {
        Ids.Add(row.Id);
        Types.Add(Number(_typeNumbers, TypeValues, row.Type));
        Providers.Add(Number(_providerNumbers, ProviderValues, row.Provider));
        Access.Add(AccessNumber(row.Users));
        Created.Add(row.Created);
        Modified.Add(row.Modified);
        Months.Add(Month(row.Created));
        TextLengths.Add(row.TextLength);
        FieldsLengths.Add(row.FieldsLength);
        Starred.Add(row.IsStarred);
        TextTerms += row.TextLength;
        FieldsTerms += row.FieldsLength;
        HasStarred |= row.IsStarred;
    }

    /// <summary>Counts the months of a date from year 0.</summary>
    public static int Month(long utcTicks)
    {
        var date = new DateTime(utcTicks, DateTimeKind.Utc);
        return date.Year * 12 + date.Month - 1;
    }

    private static int Number(Dictionary<ObjectId, int> numbers, List<ObjectId> values, ObjectId value)
    {
        if (numbers.TryGetValue(value, out var number))
            return number;
        numbers.Add(value, number = values.Count);
        values.Add(value);
        return number;
    }

    private int AccessNumber(IReadOnlyList<ObjectId>? users)
    {
        if (users is null)
            return 0;
        var key = new AccessKey(users);
        if (_accessNumbers.TryGetValue(key, out var number))
            return number;
        AccessValues.Add(users);
        _accessNumbers.Add(key, AccessValues.Count);
        return AccessValues.Count;
    }

    /// <summary>A set of users, compared by content; they are in order.</summary>
    private readonly struct AccessKey(IReadOnlyList<ObjectId> users) : IEquatable<AccessKey>
    {
        private readonly IReadOnlyList<ObjectId> _users = users;

        public bool Equals(AccessKey other) => _users.SequenceEqual(other._users);

        public override bool Equals(object? obj) => obj is AccessKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var user in _users)
                hash.Add(user);
            return hash.ToHashCode();
        }
    }
}
