using System.Globalization;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Commits;

/// <summary>
/// A process that puts, replaces and deletes documents in an index until it is killed, and says each time how far it is.
/// What the feed holds at a position follows from its number, so whoever looks afterwards knows it too.
/// </summary>
internal static class ChurningWriter
{
    public const int Documents = 1_500;
    private const int BatchEntries = 150;

    public static Core.Companies.CompanyId Company { get; } = new(ObjectId.Parse("c00000000000000000000001"));

    public static async Task<int> Main(string[] arguments)
    {
        await using var search = Open(arguments[0]);
        while (true)
        {
            var position = await search.Index.GetPositionAsync(Company, search.Feed.Name, CancellationToken.None);
            await ApplyAsync(search, position.Sequence, BatchEntries);
            await Console.Out.WriteLineAsync((position.Sequence + BatchEntries).ToString(CultureInfo.InvariantCulture) + ".");
            await Console.Out.FlushAsync();
        }
    }

    public static SearchHarness Open(string directory) =>
        new(directory, configure: o => o.FlushMebibytes = 1) { Company = Company };

    public static Task ApplyAsync(SearchHarness search, long after, int count) =>
        search.ApplyAsync([.. Enumerable.Range(1, count).Select(i => Entry(after + i))]);

    /// <summary>The document that a change is of.</summary>
    public static int NumberAt(long sequence) => (int)((ulong)sequence * 0x9E3779B97F4A7C15 >> 40) % Documents;

    public static bool IsDeletionAt(long sequence) => sequence % 4 == 0;

    private static FeedEntry Entry(long sequence)
    {
        var number = NumberAt(sequence);
        var id = new DocumentId(new ObjectId((uint)number, 5));
        return new FeedEntry(
            new FeedPosition(0, sequence), Company, id, IsDeletionAt(sequence) ? null : Make(id, number, sequence));
    }

    private static Document Make(DocumentId id, int number, long sequence)
    {
        var random = new Random((int)sequence);
        var text = string.Join(' ', Enumerable.Range(0, 150).Select(_ => $"w{random.Next(3_000)}"));
        return new Document
        {
            Id = id,
            Company = Company,
            Provider = new(new ObjectId(2, 2)),
            Identifier = Identifier.Parse($"d{number}"),
            Type = Core.DocumentTypes.BuiltInDocumentTypes.Document,
            CreationDate = SearchHarness.Epoch,
            ModificationDate = SearchHarness.Epoch,
            Metadata = JsonFields.FromText($$"""{"title":"version v{{sequence}}x","text":"{{text}}"}"""),
        };
    }
}
