using System.Globalization;
using System.Text.RegularExpressions;

namespace AnyFetch.Emulators.Salesforce;

/// <summary>As much of SOQL as listings need: conditions on times, ids and flags, in the order of changes.</summary>
internal sealed partial class SalesforceQuery
{
    private readonly Match _parts;

    private SalesforceQuery(Match parts) => _parts = parts;

    public IReadOnlyList<string> Fields => _parts.Groups["fields"].Value.Split(", ");

    public string Type => _parts.Groups["type"].Value;

    /// <summary>Null for what is no query.</summary>
    public static SalesforceQuery? Parse(string text) =>
        Shape().Match(text) is { Success: true } parts ? new SalesforceQuery(parts) : null;

    /// <summary>Whether only the number of rows is asked for.</summary>
    public bool Counts => Fields is ["COUNT()"];

    /// <summary>Whether it has an order or a limit, which query jobs do not take.</summary>
    public bool IsOrdered => _parts.Groups["limit"].Success;

    /// <summary>The rows that it finds, in its order, no more than its limit.</summary>
    public IReadOnlyList<SalesforceRow> Run(IEnumerable<SalesforceRow> rows)
    {
        var limit = _parts.Groups["limit"] is { Success: true } group
            ? int.Parse(group.Value, CultureInfo.InvariantCulture)
            : int.MaxValue;
        return [.. rows.Where(row => Holds(row, _parts.Groups["where"].Value))
            .OrderBy(row => row.Modified).ThenBy(row => row.Id, StringComparer.Ordinal).Take(limit)];
    }

    private static bool Holds(SalesforceRow row, string where)
    {
        if (where.Length == 0)
        {
            return true;
        }

        if (Keyset().Match(where) is { Success: true } keyset)
        {
            var (time, id) = (Date(keyset.Groups[2].Value), keyset.Groups[3].Value);
            return (row.Modified > time || (row.Modified == time && string.CompareOrdinal(row.Id, id) > 0))
                && Holds(row, keyset.Groups[1].Value);
        }

        return where.Split(" AND ").All(condition => condition.Split(' ', 3) switch
        {
            ["SystemModstamp", ">=", var time] => row.Modified >= Date(time),
            ["IsLatest", "=", "true"] => (bool?)row.Fields["IsLatest"] == true,
            ["Id", "=", var id] => row.Id == id.Trim('\''),
            [var field, "=", var value] => (string?)row.Fields[field] == value.Trim('\''),
            _ => throw new InvalidOperationException("This condition is not understood: " + condition),
        });
    }

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(
        @"^SELECT (?<fields>[\w., ()]+) FROM (?<type>\w+)( WHERE (?<where>.+?))?( ORDER BY SystemModstamp, Id LIMIT (?<limit>\d+))?$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?:(.*) AND )?\(SystemModstamp > (\S+) OR \(SystemModstamp = \2 AND Id > '(\w+)'\)\)$")]
    private static partial Regex Keyset();
}
