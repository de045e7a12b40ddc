using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Isolation;

namespace AnyFetch.Hydrater.Children;

/// <summary>
/// The documents that a hydrater makes out of its task's document (hydration.md §8). Children inherit who may see the
/// parent, take its dates where they have none, point back to it with <c>related</c>, and go through hydration on their own.
/// <code>
/// foreach (var part in parts)
/// {
///     var file = await context.Children.FileOfAsync(part.Open(), bytesMax, cancellationToken);
///     await context.Children.AddAsync(new ChildDraft { Name = part.Name, File = file }, cancellationToken);
/// }
///
/// await context.Children.CompleteAsync(cancellationToken);
/// return HydrationResult.Changed(context.Changes);
/// </code>
/// A second run over the same content changes the same documents: identifiers depend on names and their order alone. What
/// the core refuses or cannot do now throws <see cref="AnyFetchException"/> or <see cref="HttpRequestException"/>, which
/// hosts take for a transient failure of the task.
/// </summary>
public sealed class ChildDocuments
{
    /// <summary>How many levels of children a document may have below it: mail in mail, archive in archive.</summary>
    public const int NestingMax = 5;

    /// <summary>Children of one document.</summary>
    public const int CountMax = 1_000;

    /// <summary>Children that <see cref="AddAllAsync"/> sends at the same time.</summary>
    private const int TogetherMax = 8;

    private readonly HydrationContext _context;
    private readonly HydrationDocument _parent;
    private readonly ChildNames _names;
    private readonly List<string> _added = [];

    internal ChildDocuments(HydrationContext context)
    {
        _context = context;
        _parent = context.Document;
        _names = new ChildNames(_parent.Identifier);
        Nesting = _parent.Data.TryGetProperty("nesting", out var nesting) && nesting.TryGetInt32(out var levels)
            ? Math.Max(0, levels) : 0;
    }

    /// <summary>How deep the task's document lies itself: 0 for one that a provider sent (<c>data.nesting</c>).</summary>
    public int Nesting { get; }

    /// <summary>
    /// Whether children can be made: the core handed out a token and the nesting leaves room. A hydrater that has other
    /// things to say looks here first and does without children.
    /// </summary>
    public bool ArePossible => Nesting < NestingMax && _context.HasCore;

    /// <summary>The identifiers of the children that were added so far.</summary>
    public IReadOnlyList<string> Added => _added;

    /// <summary>
    /// Adds many children, some at a time: each waits for a commit of the core, and commits are shared. Fails as
    /// <see cref="AddAsync"/> does, once those that were begun have ended.
    /// </summary>
    public async Task AddAllAsync(IEnumerable<ChildDraft> children, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(children);
        foreach (var some in children.Chunk(TogetherMax))
        {
            await Task.WhenAll(some.Select(child => AddAsync(child, cancellationToken))).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Creates or updates a child and uploads its file. Returns its identifier. Throws <see cref="HydrationException"/>
    /// beyond <see cref="CountMax"/> children or <see cref="NestingMax"/> levels, or when the core handed out no token.
    /// Calls may overlap when one thread begins them one after the other; their order decides the identifiers.
    /// </summary>
    public async Task<string> AddAsync(ChildDraft child, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (Nesting >= NestingMax)
        {
            throw new HydrationException($"The document is nested deeper than {NestingMax} levels.");
        }

        if (_added.Count >= CountMax)
        {
            throw new HydrationException($"The document holds more than {CountMax:N0} documents.");
        }

        if (_context.Calls is { } calls)
        {
            var made = await calls.AddChildAsync(child, cancellationToken).ConfigureAwait(false);
            lock (_added)
            {
                _added.Add(made);
            }

            return made;
        }

        var documents = _context.RequireCore().Documents;
        var identifier = IdentifierOf(child);
        _added.Add(identifier);
        await documents.SendAsync(ToDocument(child, identifier), cancellationToken).ConfigureAwait(false);
        if (child.File is { } file)
        {
            await documents.UploadFileAsync(DocumentRef.ByIdentifier(identifier), file, cancellationToken)
                .ConfigureAwait(false);
        }

        return identifier;
    }

    /// <summary>
    /// Ends the making of children: those of an earlier run that were not added this time are deleted, and the parent's
    /// <c>data.children</c> and <c>related</c> are written to <see cref="HydrationContext.Changes"/>. Call it also when there
    /// are none. Without a token from the core nothing happens.
    /// </summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_context.Calls is { } calls)
        {
            Write(await calls.CompleteChildrenAsync(cancellationToken).ConfigureAwait(false));
            return;
        }

        var former = Texts(_parent.Data, "children").Where(_names.IsOwn).ToList();
        if ((former.Count == 0 && _added.Count == 0) || _context.Core is not { } core)
        {
            return;
        }

        var kept = _added.ToHashSet(StringComparer.Ordinal);
        foreach (var identifier in former.Where(identifier => !kept.Contains(identifier)))
        {
            await DeleteAsync(core, identifier, cancellationToken).ConfigureAwait(false);
        }

        _context.Changes.Data["children"] = _added.Count == 0 ? null : new JsonArray([.. _added.Select(Text)]);
        var gone = former.ToHashSet(StringComparer.Ordinal);
        foreach (var related in Texts(_parent.Json, "related").Where(r => !gone.Contains(r)).Concat(_added).Distinct())
        {
            _context.Changes.Related.Add(related);
        }
    }

    /// <summary>
    /// Deletes a child of this document that has this identifier; one that is not there is as good as deleted. Throws
    /// <see cref="HydrationException"/> when the core handed out no token, <see cref="ArgumentException"/> for an identifier that a
    /// child of this document cannot have.
    /// </summary>
    public async Task DeleteAsync(string identifier, CancellationToken cancellationToken)
    {
        if (!_names.IsOwn(identifier))
        {
            throw new ArgumentException("The identifier does not begin with the parent's.", nameof(identifier));
        }

        await (_context.Calls is { } calls
            ? calls.DeleteChildAsync(identifier, cancellationToken)
            : DeleteAsync(_context.RequireCore(), identifier, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// A file to upload from a stream that can be read once, such as a member of an archive: it is copied to the task's temp
    /// folder, and the stream is closed. Throws <see cref="HydrationException"/> when it holds more than
    /// <paramref name="bytesMax"/> bytes.
    /// </summary>
    public async Task<DocumentFile> FileOfAsync(Stream content, long bytesMax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = _context.Temp.NewFilePath();
        await using (content.ConfigureAwait(false))
        {
            try
            {
                await FileCopy.ToNewFileAsync(content, path, bytesMax, cancellationToken).ConfigureAwait(false);
            }
            catch (FileFetchException error)
            {
                throw new HydrationException(error.Message, error);
            }
        }

        var file = DocumentFile.FromPath(path);
        _context.Calls?.Know(file, path);
        return file;
    }

    private void Write(ChildrenMessage? children)
    {
        if (children is null)
        {
            return;
        }

        _context.Changes.Data["children"] = children.Children is { } made ? new JsonArray([.. made.Select(Text)]) : null;
        foreach (var related in children.Related)
        {
            _context.Changes.Related.Add(related);
        }
    }

    private string IdentifierOf(ChildDraft child)
    {
        if (child.Identifier is not { } identifier)
        {
            return _names.Next(child.Name);
        }

        return _names.IsOwn(identifier)
            ? _names.Take(identifier)
            : throw new ArgumentException("The identifier does not begin with the parent's.", nameof(child));
    }

    private DocumentDraft ToDocument(ChildDraft child, string identifier)
    {
        var metadata = (JsonObject)child.Metadata.DeepClone();
        if (child.File is not null && !metadata.ContainsKey("path"))
        {
            metadata["path"] = "/" + child.Name.TrimStart('/');
        }

        var data = (JsonObject)child.Data.DeepClone();
        data["nesting"] = Nesting + 1;
        var access = UserAccess();
        return new DocumentDraft
        {
            Identifier = identifier,
            DocumentType = child.DocumentType,
            Metadata = metadata,
            Data = data,
            Actions = child.Actions,
            Related = [_parent.Identifier, .. child.Related],
            UserAccess = access,
            OpenToCompany = access is null,
            CreationDate = child.CreationDate ?? _parent.CreationDate,
            ModificationDate = child.ModificationDate ?? _parent.ModificationDate,
        };
    }

    /// <summary>Null is the whole company, which an empty list is not.</summary>
    private List<string>? UserAccess() =>
        _parent.Json.TryGetProperty("user_access", out var access) && access.ValueKind == JsonValueKind.Array
            ? Texts(_parent.Json, "user_access") : null;

    private static async Task DeleteAsync(AnyFetchClient core, string identifier, CancellationToken cancellationToken)
    {
        try
        {
            await core.Documents.DeleteAsync(DocumentRef.ByIdentifier(identifier), cancellationToken).ConfigureAwait(false);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // Somebody else was faster.
        }
    }

    private static JsonNode Text(string text) => JsonValue.Create(text);

    private static List<string> Texts(JsonElement map, string key) =>
        map.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
            : [];
}
