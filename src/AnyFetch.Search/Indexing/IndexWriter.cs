using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Mapping;
using AnyFetch.Sqlite;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// Applies changes to one index. Rows are filled in memory before the commit that makes them findable, and retired
/// with its number, so a reader sees what its snapshot of the file has: never more, never less.
/// </summary>
/// <remarks>After a failure the memory may know more than the file; the index must be closed and opened again.</remarks>
internal sealed class IndexWriter(SqliteConnection connection, RowTable rows) : IDisposable
{
    private static readonly string s_insertTerms =
        $"INSERT INTO terms(rowid, {string.Join(", ", FtsColumns.Names)}) VALUES (?1"
        + string.Concat(Enumerable.Range(2, FtsColumns.Count).Select(i => $", ?{i}")) + ")";

    private readonly DocumentTerms _terms = new();
    private readonly bool[] _isBound = new bool[FtsColumns.Count];
    private readonly List<(int Row, RowAttributes Attributes)> _updates = [];

    /// <summary>Applies what comes after the state's position and returns the state after it.</summary>
    public IndexState Apply(
        IndexState state, IReadOnlyList<FeedEntry> entries, Mappings mappings, CancellationToken cancellationToken)
    {
        var commit = state.Commit + 1;
        _updates.Clear();
        using var transaction = connection.BeginTransaction();
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Position <= state.Position)
                continue;
            if (entry.Document is { } document)
                Put(document, mappings, commit);
            else
                Retire(entry.Id, commit);
            state = state with { Position = entry.Position };
        }

        state = state with { Commit = commit, RowMax = rows.RowMax };
        IndexFile.WriteState(connection, state);
        transaction.Commit();
        foreach (var (row, attributes) in _updates)
            rows.Update(row, attributes);
        return state;
    }

    /// <summary>Moves the position alone and returns the state with it.</summary>
    public IndexState Advance(IndexState state, FeedPosition position)
    {
        state = state with { Position = position };
        using var transaction = connection.BeginTransaction();
        IndexFile.WriteState(connection, state);
        transaction.Commit();
        return state;
    }

    public void Dispose() => connection.Dispose();

    private void Put(Document document, Mappings mappings, int commit)
    {
        var content = Hash64.Of(document.Metadata.Utf8.Span, Hash64.Of(document.Type.Value.ToByteArray()));
        var row = rows.Find(document.Id);
        var before = row > 0 ? rows.Read(row) : default;
        if (row > 0 && before.Content == content)
        {
            Update(row, Attributes(document, content, before));
            return;
        }

        _terms.Read(document.Metadata, mappings.Of(document.Type));
        var attributes = Attributes(document, content, before with
        {
            TextLength = (ushort)Math.Min(_terms.TextLength, ushort.MaxValue),
            FieldsLength = (ushort)Math.Min(_terms.FieldsLength, ushort.MaxValue),
            IsStarred = _terms.IsStarred,
        });
        if (row > 0)
            Forget(row);
        Insert(rows.Add(attributes, commit), attributes);
    }

    private RowAttributes Attributes(Document document, ulong content, RowAttributes terms) => new(
        document.Id,
        document.Type,
        document.Provider,
        AccessNumber(document),
        document.CreationDate.UtcTicks,
        document.ModificationDate.UtcTicks,
        content,
        terms.TextLength,
        terms.FieldsLength,
        terms.IsStarred);

    private int AccessNumber(Document document)
    {
        var number = rows.Access.Intern(document.UserAccess, out var added);
        if (added is null)
            return number;
        using var insert = connection.Prepare("INSERT INTO access VALUES (?1, ?2)");
        insert.Bind(1, (long)number);
        insert.BindBlob(2, added);
        insert.Execute();
        return number;
    }

    /// <summary>The same terms with another date, provider or access: the row stays.</summary>
    private void Update(int row, RowAttributes attributes)
    {
        Span<byte> bytes = stackalloc byte[RowAttributes.ByteCount];
        attributes.Write(bytes);
        using var update = connection.Prepare("UPDATE rows SET attributes = ?2 WHERE row = ?1");
        update.Bind(1, (long)row);
        update.BindBlob(2, bytes);
        update.Execute();
        _updates.Add((row, attributes));
    }

    private void Insert(int row, RowAttributes attributes)
    {
        Span<byte> bytes = stackalloc byte[RowAttributes.ByteCount];
        attributes.Write(bytes);
        using (var insert = connection.Prepare("INSERT INTO rows VALUES (?1, ?2)"))
        {
            insert.Bind(1, (long)row);
            insert.BindBlob(2, bytes);
            insert.Execute();
        }

        using var terms = connection.Prepare(s_insertTerms);
        terms.Bind(1, (long)row);
        for (var column = 0; column < FtsColumns.Count; column++)
        {
            if (!_terms.Columns[column].Utf8.IsEmpty)
                terms.BindText(column + 2, _terms.Columns[column].Utf8);
        }

        terms.Execute();
    }

    private void Retire(DocumentId id, int commit)
    {
        if (rows.Retire(id, commit) is var row and > 0)
            Forget(row);
    }

    /// <summary>Its terms stay in the full-text table, where nobody looks for them any more.</summary>
    private void Forget(int row)
    {
        using var delete = connection.Prepare("DELETE FROM rows WHERE row = ?1");
        delete.Bind(1, (long)row);
        delete.Execute();
    }
}
