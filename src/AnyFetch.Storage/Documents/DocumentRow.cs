using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Files;
using AnyFetch.Core.Json;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Documents;

/// <summary>A document as a row of <c>documents</c>.</summary>
internal static class DocumentRow
{
    /// <summary>The columns that <see cref="Read"/> expects first in a row.</summary>
    public const string Columns =
        "company, id, provider, identifier_key, identifier_long, type, created_at, modified_at, metadata, data, "
        + "actions, related, user_access, keeps_file, source_url, file_hash, file_bytes, hydration";

    /// <summary>The same without what is only displayed.</summary>
    public const string SearchableColumns =
        "company, id, provider, identifier_key, identifier_long, type, created_at, modified_at, metadata, NULL, "
        + "NULL, related, user_access, keeps_file, source_url, file_hash, file_bytes, hydration";

    /// <summary>How many columns that is.</summary>
    public const int ColumnCount = 18;

    public const string InsertSql =
        $"INSERT INTO documents ({Columns}, feed_transaction, feed_sequence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
        + "$9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT DO NOTHING";

    private const string UpdateSql =
        "UPDATE documents SET type = $1, created_at = $2, modified_at = $3, metadata = $4, data = $5, actions = $6, "
        + "related = $7, user_access = $8, keeps_file = $9, source_url = $10, file_hash = $11, file_bytes = $12, "
        + "hydration = $13, feed_transaction = $14, feed_sequence = $15 WHERE id = $16";

    private const string RenameSql =
        "UPDATE documents SET identifier_key = $1, identifier_long = $2 WHERE id = $3 AND NOT EXISTS "
        + "(SELECT 1 FROM documents AS other WHERE other.provider = $4 AND other.identifier_key = $1)";

    /// <summary>Gives a stored document its new identifier. False when that is taken.</summary>
    public static bool Rename(ISqlSession session, Document document)
    {
        var key = IdentifierKey.Of(document.Identifier);
        return session.Execute(
            RenameSql,
            [key, IdentifierKey.LongText(document.Identifier, key), document.Id, document.Provider]) == 1;
    }

    /// <summary>False when the id or the identifier is taken.</summary>
    public static bool Insert(ISqlSession session, Document document, FeedPosition position)
    {
        var key = IdentifierKey.Of(document.Identifier);
        return session.Execute(
            InsertSql,
            [
                document.Company,
                document.Id,
                document.Provider,
                key,
                IdentifierKey.LongText(document.Identifier, key),
                document.Type,
                document.CreationDate,
                document.ModificationDate,
                Fields(document.Metadata),
                Fields(document.Data),
                Fields(document.Actions),
                Related(document),
                ListCodec.WriteUsers(document.UserAccess),
                document.Source.KeepsFile,
                document.Source.Url,
                Hash(document),
                document.File?.Length,
                HydrationJson.Write(document.Hydration),
                position.Transaction,
                position.Sequence,
            ]) == 1;
    }

    public static void Update(ISqlSession session, Document document, FeedPosition position) => session.Execute(
        UpdateSql,
        [
            document.Type,
            document.CreationDate,
            document.ModificationDate,
            Fields(document.Metadata),
            Fields(document.Data),
            Fields(document.Actions),
            Related(document),
            ListCodec.WriteUsers(document.UserAccess),
            document.Source.KeepsFile,
            document.Source.Url,
            Hash(document),
            document.File?.Length,
            HydrationJson.Write(document.Hydration),
            position.Transaction,
            position.Sequence,
            document.Id,
        ]);

    public static Document Read(ISqlRow row) => new()
    {
        Company = new CompanyId(row.Id(0)),
        Id = new DocumentId(row.Id(1)),
        Provider = new AccessTokenId(row.Id(2)),
        Identifier = IdentifierKey.Read(row.Bytes(3), row.TextOrNull(4)),
        Type = new DocumentTypeId(row.Id(5)),
        CreationDate = row.Time(6),
        ModificationDate = row.Time(7),
        Metadata = ReadFields(row, 8),
        Data = ReadFields(row, 9),
        Actions = ReadFields(row, 10),
        Related = ListCodec.ReadTexts(row.BytesOrNull(11)),
        UserAccess = ListCodec.ReadUsers(row.BytesOrNull(12)),
        Source = row.Flag(13)
            ? DocumentSource.KeepFile
            : row.TextOrNull(14) is { } url ? DocumentSource.FromUrl(url) : DocumentSource.Absent,
        File = row.IsNull(15) ? null : new StoredFile(FileHash.FromDigest(row.Bytes(15)), row.Number(16)),
        Hydration = HydrationJson.Read(row.BytesOrNull(17)),
    };

    private static SqlValue Fields(JsonFields fields) => fields.IsEmpty ? SqlValue.Null : fields.Utf8;

    private static SqlValue Related(Document document) =>
        document.Related.Count == 0 ? SqlValue.Null : ListCodec.WriteTexts(document.Related);

    private static SqlValue Hash(Document document) => document.File is { } file ? file.Hash : SqlValue.Null;

    private static JsonFields ReadFields(ISqlRow row, int column) =>
        row.IsNull(column) ? JsonFields.Empty : JsonFields.FromTrusted(row.Bytes(column));
}
