using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;
using AnyFetch.Hydrater.Children;

namespace AnyFetch.Hydraters.Archive;

/// <summary>
/// What an archive and the archives inside it may come to. An archive hands each archive in it a share, which travels with
/// the document (<c>data.archive</c>): so a small file cannot fan out into millions of documents by nesting.
/// </summary>
/// <param name="Bytes">Bytes that may be expanded.</param>
/// <param name="Files">Files that may be made.</param>
internal sealed record ArchiveShare(long Bytes, int Files, ArchiveHydraterOptions Options)
{
    private const string Key = "archive";

    /// <summary>Files that this archive may hold itself.</summary>
    internal int FilesMax => Math.Min(Files, ChildDocuments.CountMax);

    internal ArchiveLimits Limits => new()
    {
        ExpandedBytesMax = Math.Min(Bytes, Options.ExpandedBytesMax),
        RatioMax = Options.RatioMax,
    };

    internal static ArchiveShare Of(HydrationDocument document, ArchiveHydraterOptions options)
    {
        var given = document.Data.TryGetProperty(Key, out var data) && data.ValueKind == JsonValueKind.Object ? data : default;
        return new ArchiveShare(
            Math.Clamp(Number(given, "bytes") ?? options.NestedBytesMax, 0, options.NestedBytesMax),
            (int)Math.Clamp(Number(given, "files") ?? options.NestedFilesMax, 0, options.NestedFilesMax),
            options);
    }

    /// <summary>The shares of the archives among some members: one half by their sizes, one half alike.</summary>
    internal Dictionary<ArchiveMember, ArchiveShare> SplitAmong(IReadOnlyList<ArchiveMember> members)
    {
        var archives = members.Where(member => member.IsArchive).ToList();
        var total = Math.Max(1, archives.Sum(archive => archive.Length));
        return archives.ToDictionary(archive => archive, archive => ShareOf((double)archive.Length / total, archives.Count));
    }

    internal JsonObject ToData() => new() { [Key] = new JsonObject { ["bytes"] = Bytes, ["files"] = Files } };

    private ArchiveShare ShareOf(double part, int archives)
    {
        var share = (part + 1.0 / archives) / 2;
        return this with { Bytes = (long)(Bytes * share), Files = (int)(Files * share) };
    }

    private static long? Number(JsonElement map, string key) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) ? number : null;
}
