using System.Globalization;
using System.Text;
using AnyFetch.Core.Documents;

namespace AnyFetch.Search.Bench;

/// <summary>The corpus and the queries as text, for engines that are not ours.</summary>
internal static class CorpusFile
{
    public static string PathIn(string directory) => Path.Combine(directory, "corpus.tsv");

    public static string QueriesIn(string directory) => Path.Combine(directory, "queries.tsv");

    public static void WriteQueries(string directory, IReadOnlyList<QueryClass> classes) => File.WriteAllLines(
        QueriesIn(directory),
        classes.SelectMany(c => c.Queries.Select(words => $"{c.Name}\t{c.Kind}\t{string.Join(' ', words)}")));

    /// <summary>Stands between the values of a document, over which no phrase reaches.</summary>
    private const char ValueEnd = '|';

    /// <summary>One document: id, type, provider, month, access, and all its words.</summary>
    public static string Line(Document document)
    {
        var text = new StringBuilder();
        foreach (var field in document.Metadata.Element.EnumerateObject())
            text.Append(field.Value.GetString()!.Replace('/', ' ').Replace('.', ' ')).Append(ValueEnd);
        var month = (document.CreationDate.Year - 2010) * 12 + document.CreationDate.Month;
        return string.Create(CultureInfo.InvariantCulture,
            $"{document.Id}\t{Corpus.TypeNumber(document)}\t{document.Provider.Value.Unique}\t{month}\t{Corpus.Group(document)}\t{text}");
    }
}
