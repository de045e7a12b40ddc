using System.Globalization;
using System.Xml;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Notes;

namespace AnyFetch.Hydraters.Enex;

/// <summary>Divides an export into smaller ones, each a <c>file</c> of its own.</summary>
internal static class EnexSplitter
{
    internal static async Task SplitAsync(
        EnexSurvey survey, HydrationContext context, CancellationToken cancellationToken)
    {
        var paths = Write(survey, context, cancellationToken);
        await context.Children.AddAllAsync(
            paths.Select((path, part) => new ChildDraft
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{part + 1:000}.enex"),
                File = DocumentFile.FromPath(path),
            }),
            cancellationToken).ConfigureAwait(false);
    }

    private static List<string> Write(EnexSurvey survey, HydrationContext context, CancellationToken cancellationToken)
    {
        var paths = Enumerable.Range(0, survey.Parts).Select(_ => context.Temp.NewFilePath()).ToList();
        var writers = paths.ConvertAll(path => XmlWriter.Create(path, new XmlWriterSettings { CheckCharacters = false }));
        try
        {
            writers.ForEach(writer => writer.WriteStartElement(EnexReader.Root));
            using var export = context.RequireFile().OpenRead();
            using var xml = NoteXml.Open(export);
            var number = 0;
            foreach (var note in EnexReader.Find(xml, cancellationToken))
            {
                writers[survey.PartOf(number++)].WriteNode(note, defattr: false);
            }

            writers.ForEach(writer => writer.WriteEndElement());
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }

        return paths;
    }
}
