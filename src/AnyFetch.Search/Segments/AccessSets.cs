using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Search.Segments;

/// <summary>The different sets of users that documents of a segment are open to. Number 0 is the whole company.</summary>
internal sealed class AccessSets
{
    private readonly Dictionary<UserId, List<int>> _setsOfUser = [];
    private readonly List<ObjectId[]?> _sets = [null];

    /// <summary>How many sets there are, the whole company included.</summary>
    public int Count => _sets.Count;

    /// <summary>The users of a set, in order; null for the whole company.</summary>
    public IReadOnlyList<ObjectId>? this[int number] => _sets[number];

    /// <summary>For each set, whether the user is in it.</summary>
    public bool[] Mark(UserId user)
    {
        var marks = new bool[Count];
        marks[0] = true;
        foreach (var number in _setsOfUser.GetValueOrDefault(user) ?? [])
            marks[number] = true;
        return marks;
    }

    public static unsafe AccessSets Read(byte* at, long length)
    {
        var sets = new AccessSets();
        for (var end = at + length; at < end;)
        {
            var users = new ObjectId[Varint.Read(ref at)];
            for (var i = 0; i < users.Length; i++, at += ObjectId.ByteCount)
                users[i] = ObjectId.Read(new ReadOnlySpan<byte>(at, ObjectId.ByteCount));
            sets.Add(users);
        }

        return sets;
    }

    private void Add(ObjectId[] users)
    {
        foreach (var user in users)
        {
            if (!_setsOfUser.TryGetValue(new UserId(user), out var numbers))
                _setsOfUser.Add(new UserId(user), numbers = []);
            numbers.Add(_sets.Count);
        }

        _sets.Add(users);
    }
}
