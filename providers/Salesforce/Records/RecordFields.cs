using System.Security.Cryptography;
using System.Text;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>What is asked of one kind of record: the fields that are wanted and that the account may see.</summary>
internal sealed class RecordFields
{
    private static readonly string[] Always = ["Id", "SystemModstamp", "CreatedDate", "LastModifiedDate"];

    private readonly RecordKind _kind;
    private readonly IReadOnlyDictionary<string, string> _visible;
    private List<string> _fields = [];
    private bool _hasNames = true;

    public RecordFields(RecordKind kind, IReadOnlyDictionary<string, string> visible)
    {
        (_kind, _visible) = (kind, visible);
        Choose();
    }

    /// <summary>The query for the records that count.</summary>
    public string Select(string? condition) => Query(string.Join(", ", _fields), condition);

    /// <summary>The query for their number alone.</summary>
    public string Count() => Query("COUNT()", condition: null);

    /// <summary>The type of a field, as Salesforce names it; empty when it does not say.</summary>
    public string TypeOf(string field) => _visible.GetValueOrDefault(field) ?? "";

    /// <summary>Asks no longer for names of related records; false when none were asked for.</summary>
    public bool LeaveNamesOut()
    {
        var had = _hasNames && _kind.Names.Count > 0;
        _hasNames = false;
        Choose();
        return had;
    }

    /// <summary>Asks for them again: they were not what was refused.</summary>
    public void AskForNames()
    {
        _hasNames = true;
        Choose();
    }

    /// <summary>What a listing says of a record.</summary>
    public SyncItem Map(SalesforceRecord record, RecordContext context)
    {
        var identifier = context.Identifier(record.Text(_kind.IdField) ?? record.Id);
        if (!_kind.Counts(record))
        {
            return new SyncItem.Delete(identifier);
        }

        var draft = _kind.Draft(record, context) with
        {
            CreationDate = record.Date("CreatedDate"),
            ModificationDate = record.Date("LastModifiedDate"),
        };
        var item = new SyncItem.Upsert(identifier)
        {
            Version = $"{record.Canonical("SystemModstamp")} {Fingerprint(record)}",
            Title = record.Text("Name") ?? record.Text("Title") ?? record.Text("Subject"),
            Rank = -(record.Date("LastModifiedDate")?.ToUnixTimeSeconds() ?? 0),
            Document = draft,
            IsComplete = true,
        };
        return _kind.AddContent(item, record);
    }

    private void Choose()
    {
        _fields = [.. Always, .. _kind.Fields.Where(_visible.ContainsKey)];
        if (_hasNames)
        {
            // A name can be asked for when the reference itself may be seen: Account.Name by AccountId.
            _fields.AddRange(_kind.Names.Where(
                name => _visible.ContainsKey(name[..name.IndexOf('.', StringComparison.Ordinal)] + "Id")));
        }
    }

    private string Query(string fields, string? condition)
    {
        var where = string.Join(" AND ", new[] { _kind.Condition, condition }.Where(part => part is not null));
        return $"SELECT {fields} FROM {_kind.Object}{(where.Length > 0 ? " WHERE " + where : "")}";
    }

    // Its time has whole seconds, in which it may change twice; and other fields make another document of the same record.
    // The same record has the same one, whichever interface told it.
    private string Fingerprint(SalesforceRecord record)
    {
        var values = new StringBuilder();
        foreach (var field in _fields)
        {
            if (record.Canonical(field) is { } value)
            {
                values.Append(field).Append('=').Append(value).Append('\0');
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(values.ToString())).AsSpan(0, 8));
    }
}
