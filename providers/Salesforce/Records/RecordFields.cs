using System.Security.Cryptography;
using System.Text;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>What is asked of one kind of record: the fields that are wanted and that the account may see.</summary>
internal sealed class RecordFields
{
    private static readonly string[] Always = ["Id", "SystemModstamp", "CreatedDate", "LastModifiedDate"];

    private readonly RecordKind _kind;
    private readonly IReadOnlySet<string> _visible;
    private List<string> _fields = [];
    private bool _hasNames = true;

    public RecordFields(RecordKind kind, IReadOnlySet<string> visible)
    {
        (_kind, _visible) = (kind, visible);
        Choose();
    }

    public string Select(string? condition)
    {
        var conditions = new[] { _kind.Condition, condition }.Where(part => part is not null);
        var where = string.Join(" AND ", conditions);
        return $"SELECT {string.Join(", ", _fields)} FROM {_kind.Object}{(where.Length > 0 ? " WHERE " + where : "")}";
    }

    /// <summary>Asks no longer for names of related records; false when none were asked for.</summary>
    public bool LeaveNamesOut()
    {
        var had = _hasNames && _kind.Names.Count > 0;
        _hasNames = false;
        Choose();
        return had;
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
            Version = $"{record.Text("SystemModstamp")} {Fingerprint(record)}",
            Title = record.Text("Name") ?? record.Text("Title") ?? record.Text("Subject"),
            Rank = -(record.Date("LastModifiedDate")?.ToUnixTimeSeconds() ?? 0),
            Document = draft,
            IsComplete = true,
        };
        return _kind.AddContent(item, record);
    }

    private void Choose()
    {
        _fields = [.. Always, .. _kind.Fields.Where(_visible.Contains)];
        if (_hasNames)
        {
            // A name can be asked for when the reference itself may be seen: Account.Name by AccountId.
            _fields.AddRange(_kind.Names.Where(name => _visible.Contains(name[..name.IndexOf('.', StringComparison.Ordinal)] + "Id")));
        }
    }

    // Its time has whole seconds, in which it may change twice; and other fields make another document of the same record.
    private static string Fingerprint(SalesforceRecord record) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record.Json.GetRawText())).AsSpan(0, 8));
}
