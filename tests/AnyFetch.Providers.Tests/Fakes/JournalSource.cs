using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>
/// A source that knows files by a number of their own and by their path, and that lists the paths that changed since a cursor:
/// what is there now, or that nothing is.
/// </summary>
public sealed class JournalSource
{
    private readonly SortedDictionary<string, (int Id, string Content)> _files = new(StringComparer.Ordinal);
    private readonly List<string> _journal = [];

    /// <summary>What is listed next waits for this task; what was listed before it is queued.</summary>
    public Func<SyncItem, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether what is gone is listed after what is there, instead of in the order of changes.</summary>
    public bool ListsDeletionsLast { get; set; }

    /// <summary>Each file's number and content, by its path.</summary>
    public IReadOnlyDictionary<string, (int Id, string Content)> Files => _files;

    public void Put(string path, int id, string content)
    {
        _files[path] = (id, content);
        _journal.Add(path);
    }

    public void Remove(string path)
    {
        _files.Remove(path);
        _journal.Add(path);
    }

    /// <summary>Moves files at once, each to the path that is its pair; what was there is gone.</summary>
    public void Move(params (string From, string To)[] moves)
    {
        var moved = moves.Select(move => (move.To, File: _files[move.From])).ToList();
        Array.ForEach(moves, move => Remove(move.From));
        moved.ForEach(move => Put(move.To, move.File.Id, move.File.Content));
    }

    /// <summary>Makes the files those of another time.</summary>
    public void Become(IReadOnlyDictionary<string, (int Id, string Content)> files)
    {
        foreach (var path in _files.Keys.Except(files.Keys).ToList())
        {
            Remove(path);
        }

        foreach (var (path, file) in files.Where(pair => !_files.TryGetValue(pair.Key, out var now) || now != pair.Value).ToList())
        {
            Put(path, file.Id, file.Content);
        }
    }

    /// <summary>What changed since the cursor, in the order of the last change of each path.</summary>
    public async IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var item in List(context.Cursor))
        {
            await Before(item, stop);
            stop.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    private IEnumerable<SyncItem> List(string? cursor)
    {
        var end = _journal.Count;
        var changed = _journal[(cursor is null ? 0 : int.Parse(cursor, null))..end].AsEnumerable().Reverse().Distinct().Reverse();
        var items = changed.Select(path => _files.TryGetValue(path, out var file)
            ? (SyncItem)new SyncItem.Upsert(path)
            {
                SourceId = $"{file.Id}", ContentVersion = file.Content, Version = $"{file.Id} {file.Content}",
            }
            : new SyncItem.Delete(path));
        items = ListsDeletionsLast ? items.OrderBy(item => item is SyncItem.Delete) : items;
        return [.. items, .. cursor is null ? [new SyncItem.ListingComplete()] : (SyncItem[])[], new SyncItem.Checkpoint($"{end}")];
    }

    /// <summary>The file at the item's path as it is now.</summary>
    public FetchResult Fetch(SyncItem.Upsert item)
    {
        if (!_files.TryGetValue(item.Identifier, out var file) || $"{file.Id}" != item.SourceId)
        {
            return new FetchResult.Gone();
        }

        var bytes = Encoding.UTF8.GetBytes($"{file.Id} {file.Content}");
        var content = new DocumentFile
        {
            Name = "f", Length = bytes.Length, Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)),
        };
        return new FetchResult.Send(new DocumentDraft { Metadata = new JsonObject { ["path"] = item.Identifier } }, content)
        {
            Version = $"{file.Id} {file.Content}", ContentVersion = file.Content,
        };
    }
}
