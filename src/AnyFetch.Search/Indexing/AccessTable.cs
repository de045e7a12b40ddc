using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Search.Indexing;

/// <summary>The different sets of users that documents are open to. Number 0 is the whole company.</summary>
internal sealed class AccessTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UserId, List<int>> _setsOfUser = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _count = 1;

    /// <summary>The number of a set, and whether it is new. Called by the writer only.</summary>
    public int Intern(IReadOnlyList<UserId>? users, out byte[]? added)
    {
        added = null;
        if (users is null)
            return 0;
        var bytes = Write(users);
        lock (_lock)
        {
            var key = Convert.ToBase64String(bytes);
            if (_numbers.TryGetValue(key, out var number))
                return number;
            added = bytes;
            number = _count++;
            Add(number, key, bytes);
            return number;
        }
    }

    /// <summary>Takes a set that was stored under its number.</summary>
    public void Load(int number, ReadOnlySpan<byte> users)
    {
        lock (_lock)
        {
            _count = Math.Max(_count, number + 1);
            Add(number, Convert.ToBase64String(users), users);
        }
    }

    /// <summary>For each set, whether the user is in it.</summary>
    public bool[] Mark(UserId user)
    {
        lock (_lock)
        {
            var marks = new bool[_count];
            marks[0] = true;
            foreach (var number in _setsOfUser.GetValueOrDefault(user) ?? [])
                marks[number] = true;
            return marks;
        }
    }

    private void Add(int number, string key, ReadOnlySpan<byte> users)
    {
        _numbers[key] = number;
        for (var i = 0; i < users.Length; i += ObjectId.ByteCount)
        {
            var user = new UserId(ObjectId.Read(users[i..]));
            if (!_setsOfUser.TryGetValue(user, out var sets))
                _setsOfUser.Add(user, sets = []);
            sets.Add(number);
        }
    }

    private static byte[] Write(IReadOnlyList<UserId> users)
    {
        var sorted = users.Select(u => u.Value).Distinct().Order().ToArray();
        var bytes = new byte[sorted.Length * ObjectId.ByteCount];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i].Write(bytes.AsSpan(i * ObjectId.ByteCount));
        return bytes;
    }
}
