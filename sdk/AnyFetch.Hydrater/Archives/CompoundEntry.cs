namespace AnyFetch.Hydrater.Archives;

/// <summary>A stream or a storage of a compound file.</summary>
/// <param name="Name">Its name within its storage.</param>
/// <param name="IsStorage">Whether it holds others instead of bytes.</param>
/// <param name="Length">Bytes of a stream.</param>
/// <param name="Children">What a storage holds.</param>
public sealed record CompoundEntry(string Name, bool IsStorage, long Length, IReadOnlyList<CompoundEntry> Children)
{
    internal uint FirstSector { get; init; }

    /// <summary>The entry of that name in this storage, without regard to case, or null.</summary>
    public CompoundEntry? Find(string name) =>
        Children.FirstOrDefault(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
