using System.Buffers;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce.Records;
using CsvHelper;

namespace AnyFetch.Providers.Salesforce.Bulk;

/// <summary>Some results of a query job: a table that is read row by row, never held whole.</summary>
internal sealed class BulkResults(HttpResponseMessage response, int recordBytesMax) : IDisposable
{
    private const string NoMore = "null";

    private readonly ArrayBufferWriter<byte> _record = new();

    /// <summary>Where the next results are; null when these are the last ones.</summary>
    /// <exception cref="SourceException">The answer does not say; another attempt may help.</exception>
    public string? Next => Header("Sforce-Locator") is var locator && locator == NoMore ? null : locator;

    public void Dispose() => response.Dispose();

    /// <summary>The records, in the form in which queries answer them.</summary>
    /// <exception cref="SourceException">They are not whole; another attempt may help.</exception>
    public async IAsyncEnumerable<SalesforceRecord> ReadAsync(
        RecordFields fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var expected = long.TryParse(Header("Sforce-NumberOfRecords"), CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Broken();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var rows = CsvReader.Create(
            body,
            CsvReaderOptions.Default with
            {
                Separator = ',',
                MaxRecordSize = recordBytesMax,
                MalformedData = CsvMalformedDataHandling.Throw,
                FieldCountMismatch = CsvFieldCountHandling.Throw,
                IncludeValuesInExceptions = false,
            },
            leaveOpen: true);
        var read = 0L;
        while (await AdvanceAsync(rows, cancellationToken))
        {
            read++;
            yield return new SalesforceRecord(Record(rows, fields));
        }

        if (read != expected || !rows.Headers.Contains("Id"))
        {
            throw Broken();
        }
    }

    private static async Task<bool> AdvanceAsync(CsvReader rows, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException broken)
        {
            throw Broken(broken);
        }
    }

    // A field of a related record, as Account.Name, is told as a member of that record, as queries tell it.
    private JsonElement Record(CsvReader row, RecordFields fields)
    {
        _record.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_record))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.FieldCount; i++)
            {
                var name = row.Headers[i];
                if (name.Split('.') is [var relation, var member])
                {
                    json.WriteStartObject(relation);
                    Write(json, member, row, i, type: "");
                    json.WriteEndObject();
                    continue;
                }

                Write(json, name, row, i, fields.TypeOf(name));
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(_record.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, CsvReader row, int column, string type)
    {
        var text = row.GetSpan(column);
        if (text.IsEmpty)
        {
            json.WriteNull(name);
        }
        else if (type is "int" or "long" or "double" or "currency" or "percent"
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber(name, number);
        }
        else if (type == "boolean" && bool.TryParse(row.GetString(column), out var flag))
        {
            json.WriteBoolean(name, flag);
        }
        else
        {
            json.WriteString(name, text);
        }
    }

    private string Header(string name) =>
        response.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } value
            ? value
            : throw Broken();

    private static SourceException Broken(Exception? cause = null) =>
        new(HttpStatusCode.BadGateway, "The results of Salesforce's query job are not whole.", cause);
}
