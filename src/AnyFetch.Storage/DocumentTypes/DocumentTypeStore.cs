using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Json;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.DocumentTypes;

/// <inheritdoc/>
internal sealed class DocumentTypeStore(IDatabase database) : IDocumentTypeStore
{
    private const string Columns =
        "id, name, description, template_title, template_snippet, template_full, "
        + "projection_title, projection_snippet, projection_full, mapping, owner";

    private const string ListSql = $"SELECT {Columns} FROM document_types ORDER BY id";

    private const string InsertSql =
        $"INSERT INTO document_types ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    private const string AddSql = $"{InsertSql} ON CONFLICT (name) DO NOTHING";

    private const string PutSql =
        $"{InsertSql} ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, "
        + "template_title = excluded.template_title, template_snippet = excluded.template_snippet, "
        + "template_full = excluded.template_full, projection_title = excluded.projection_title, "
        + "projection_snippet = excluded.projection_snippet, projection_full = excluded.projection_full, "
        + "mapping = excluded.mapping, owner = excluded.owner";

    private const string UpdateSql =
        "UPDATE document_types SET description = $1, template_title = $2, template_snippet = $3, template_full = $4, "
        + "projection_title = $5, projection_snippet = $6, projection_full = $7 WHERE id = $8";

    private const string IsUsedSql = "SELECT 1 FROM documents WHERE company = $1 AND type = $2 LIMIT 1";

    private const string IsUsedSinceSql =
        "SELECT 1 FROM documents WHERE (feed_transaction, feed_sequence) > ($1, $2) AND company = $3 AND type = $4 "
        + "LIMIT 1";

    private const string RemoveSql = "DELETE FROM document_types WHERE id = $1";

    public ValueTask<IReadOnlyList<DocumentType>> ListAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(ListSql, [], Read, cancellationToken).AsReadOnlyAsync();

    public ValueTask<bool> AddAsync(DocumentType type, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Execute(session, AddSql, type) == 1, cancellationToken);

    public ValueTask PutBuiltInAsync(DocumentType type, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { Execute(session, PutSql, type); }, cancellationToken);

    public ValueTask<bool> UpdateAsync(DocumentType type, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                UpdateSql,
                [
                    type.Description,
                    type.Templates.Title,
                    type.Templates.Snippet,
                    type.Templates.Full,
                    type.Projections.Title,
                    type.Projections.Snippet,
                    type.Projections.Full,
                    type.Id,
                ]) == 1,
            cancellationToken);

    public async ValueTask<bool> RemoveAsync(
        DocumentTypeId id,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken)
    {
        // The long look at all documents is made beside the writer; it then looks at what changed meanwhile only.
        var bound = await database.GetFeedBoundAsync(cancellationToken).ConfigureAwait(false);
        var uses = await database.QueryEachAsync(
            IsUsedSql,
            [.. companies.Select(company => (SqlValue[])[company, id])],
            static row => row.Number(0),
            cancellationToken).ConfigureAwait(false);
        return uses.Count == 0 && await database.WriteAsync(
            session =>
            {
                foreach (var company in companies)
                {
                    if (session.Number(IsUsedSinceSql, [bound.Transaction, bound.Sequence, company, id]) is not null)
                    {
                        return false;
                    }
                }

                session.Execute(RemoveSql, [id]);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static int Execute(ISqlSession session, string sql, DocumentType type) => session.Execute(
        sql,
        [
            type.Id,
            type.Name,
            type.Description,
            type.Templates.Title,
            type.Templates.Snippet,
            type.Templates.Full,
            type.Projections.Title,
            type.Projections.Snippet,
            type.Projections.Full,
            type.Mapping.Utf8,
            type.Owner,
        ]);

    private static DocumentType Read(ISqlRow row) => new()
    {
        Id = new DocumentTypeId(row.Id(0)),
        Name = row.Text(1),
        Description = row.Text(2),
        Templates = new ViewTexts(row.Text(3), row.Text(4), row.Text(5)),
        Projections = new ViewTexts(row.Text(6), row.Text(7), row.Text(8)),
        Mapping = JsonFields.FromTrusted(row.Bytes(9)),
        Owner = row.IdOrNull(10) is { } owner ? new CompanyId(owner) : null,
    };
}
