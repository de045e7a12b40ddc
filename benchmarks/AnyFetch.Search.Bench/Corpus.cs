using System.Text;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;

namespace AnyFetch.Search.Bench;

/// <summary>
/// Documents that are the same in every run: words by Zipf's law, 8 types, 20 providers, 60 months, 10 access groups.
/// </summary>
internal sealed class Corpus
{
    private const int VocabularySize = 200_000;
    private const double ZipfExponent = 1.07;
    private const int GroupCount = 10;

    private static readonly DateTimeOffset s_first = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly int _wordsMedian;
    private readonly double[] _cumulative = new double[VocabularySize];
    private readonly UserId[][] _groups;

    public Corpus(int seed, int wordsMedian)
    {
        _random = new Random(seed);
        _wordsMedian = wordsMedian;
        var sum = 0.0;
        for (var rank = 0; rank < VocabularySize; rank++)
            _cumulative[rank] = sum += 1 / Math.Pow(rank + 1, ZipfExponent);
        _groups = [.. Enumerable.Range(0, GroupCount).Select(i => new[] { Viewer, User(100 + i) }.Skip(i % 2).ToArray())];
    }

    public static CompanyId Company { get; } = new(new ObjectId(1, 1));

    /// <summary>A user who is in every other access group.</summary>
    public static UserId Viewer { get; } = User(1);

    public static IReadOnlyList<DocumentTypeId> Types { get; } =
    [
        BuiltInDocumentTypes.Contact, BuiltInDocumentTypes.File, BuiltInDocumentTypes.Document, BuiltInDocumentTypes.Image,
        BuiltInDocumentTypes.TrelloCard, BuiltInDocumentTypes.Email, BuiltInDocumentTypes.Event,
        BuiltInDocumentTypes.EmailThread,
    ];

    /// <summary>A word by its rank, from 0; frequent words are short.</summary>
    public static string Word(int rank)
    {
        var text = new StringBuilder();
        for (var rest = rank + 10; rest > 0; rest /= 14)
            text.Append("bcdfghklmnprtv"[rest % 14]).Append("aeiou"[(rest + rank) % 5]);
        return text.ToString();
    }

    /// <summary>A rank as often as its word stands in the documents.</summary>
    public int NextRank()
    {
        var found = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
        return Math.Min(VocabularySize - 1, found < 0 ? ~found : found);
    }

    public int Next(int from, int to) => _random.Next(from, to);

    public Document Make(int number)
    {
        var created = s_first.AddMonths(_random.Next(60)).AddSeconds(_random.Next(2_000_000));
        var words = (int)Math.Clamp(Math.Exp(Math.Log(_wordsMedian) + 0.6 * Gauss()), 10, 2_000);
        return new Document
        {
            Id = new DocumentId(new ObjectId((uint)number, 7)),
            Company = Company,
            Provider = new AccessTokenId(new ObjectId(2, (ulong)_random.Next(20))),
            Identifier = Identifier.Parse($"document-{number}"),
            Type = Types[_random.Next(Types.Count)],
            CreationDate = created,
            ModificationDate = created.AddDays(_random.Next(100)),
            UserAccess = _random.Next(3) == 0 ? null : _groups[_random.Next(GroupCount)],
            Metadata = JsonFields.FromText($$"""
                {"title":"{{Words(_random.Next(3, 9))}}","path":"/{{Words(2).Replace(' ', '/')}}/{{number}}.pdf",
                 "author":"{{Words(2)}}","text":"{{Words(words)}}"}
                """),
        };
    }

    /// <summary>The number of a document's type.</summary>
    public static int TypeNumber(Document document) => Types.ToList().IndexOf(document.Type);

    /// <summary>A document's access group, or "all".</summary>
    public static string Group(Document document) =>
        document.UserAccess is { } users ? $"g{users[^1].Value.Unique - 100}" : "all";

    private static UserId User(int number) => new(new ObjectId(3, (ulong)number));

    private string Words(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(i == 0 ? "" : " ").Append(Word(NextRank()));
        return text.ToString();
    }

    private double Gauss() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
