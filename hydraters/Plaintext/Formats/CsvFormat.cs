using System.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Comma, semicolon and tab separated values (RFC 4180), shown as a table.</summary>
internal static class CsvFormat
{
    private const int DelimiterSampleCharacters = 4096;

    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        var text = TextFormat.Decode(input, document, out var charset);
        document.ContentType = $"{document.ContentType}; charset={charset}";
        var delimiter = Delimiter(text.AsSpan(0, Math.Min(text.Length, DelimiterSampleCharacters)));
        document.Open("table");
        var position = 0;
        var cell = new StringBuilder();
        while (position < text.Length && document.BytesLeft > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            document.Open("tr");
            var isLast = false;
            while (!isLast)
            {
                position = ReadCell(text, position, delimiter, cell.Clear(), out isLast);
                document.Open("td");
                document.AppendText(cell.ToString());
                document.Close("td");
            }

            document.Close("tr");
        }

        document.Close("table");
    }

    /// <summary>Reads a cell; returns the position after its delimiter or line end.</summary>
    private static int ReadCell(string text, int position, char delimiter, StringBuilder cell, out bool isLast)
    {
        if (position < text.Length && text[position] == '"')
        {
            position = ReadQuoted(text, position + 1, cell);
        }

        var end = text.AsSpan(position).IndexOfAny(delimiter, '\n', '\r');
        end = end < 0 ? text.Length : position + end;
        cell.Append(text, position, end - position);
        isLast = end >= text.Length || text[end] != delimiter;
        return end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
    }

    private static int ReadQuoted(string text, int position, StringBuilder cell)
    {
        while (position < text.Length)
        {
            var quote = text.IndexOf('"', position);
            if (quote < 0)
            {
                cell.Append(text, position, text.Length - position);
                return text.Length;
            }

            cell.Append(text, position, quote - position);
            if (quote + 1 >= text.Length || text[quote + 1] != '"')
            {
                return quote + 1;
            }

            cell.Append('"');
            position = quote + 2;
        }

        return position;
    }

    private static char Delimiter(ReadOnlySpan<char> sample)
    {
        var line = sample.IndexOf('\n') is var end && end > 0 ? sample[..end] : sample;
        int commas = line.Count(','), semicolons = line.Count(';'), tabs = line.Count('\t');
        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
