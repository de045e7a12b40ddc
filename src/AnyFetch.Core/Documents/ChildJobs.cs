using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Queue;

namespace AnyFetch.Core.Documents;

/// <summary>
/// The jobs by which documents that hydraters made out of another one (hydration.md §8) follow it: the users who may see it,
/// what it is called, and its end. They are added in the transaction that changes the parent, so none is forgotten.
/// </summary>
public static class ChildJobs
{
    /// <summary>The queue of these jobs.</summary>
    public const string Queue = "children";

    /// <summary>The member of a parent's <c>data</c> that lists its children's identifiers.</summary>
    private const string ChildrenKey = "children";

    /// <summary>The member of a child's <c>data</c> that hydraters write: how many levels it lies below a provider's document.</summary>
    private const string NestingKey = "nesting";

    /// <summary>What a change of a document makes its children follow: nothing, one job, or more.</summary>
    /// <param name="before">The document before the change.</param>
    /// <param name="after">The document after it; null when it was deleted.</param>
    public static IReadOnlyList<NewJob> After(Document before, Document? after)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (after is not null)
        {
            // Hydraters at work know of the former users and name, and their children may only be told of later.
            var isSame = HaveSameUsers(before, after) && before.Identifier == after.Identifier;
            return isSame || (!after.Hydration.IsHydrating && ChildrenOf(after).Count == 0) ? [] : [Job(before, [])];
        }

        var children = ChildrenOf(before);
        return children.Count == 0 ? [] : [Job(before, children)];
    }

    /// <summary>The children that a document says it has; a client may have written anything there.</summary>
    public static IReadOnlyList<Identifier> ChildrenOf(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (!document.Data.TryGet(ChildrenKey, out var children) || children.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var found = new List<Identifier>();
        foreach (var child in children.EnumerateArray())
        {
            if (child.ValueKind == JsonValueKind.String && Identifier.TryParse(child.GetString(), out var identifier))
            {
                found.Add(identifier);
            }
        }

        return found;
    }

    /// <summary>True for a document that a hydrater made out of another one.</summary>
    public static bool IsChild(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Data.TryGet(NestingKey, out var nesting)
            && nesting.ValueKind == JsonValueKind.Number && nesting.TryGetInt32(out var levels) && levels > 0;
    }

    /// <summary>True when the same users find and read both.</summary>
    public static bool HaveSameUsers(Document one, Document other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (some, others) = (one.UserAccess, other.UserAccess);
        return ReferenceEquals(some, others)
            || (some is not null && others is not null && (some.SequenceEqual(others) || some.ToHashSet().SetEquals(others)));
    }

    /// <summary>What a job is about; null for one that nobody understands.</summary>
    public static ChildJob? Read(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return JsonSerializer.Deserialize(job.Payload, ChildJobJson.Default.ChildJobText) is { } text
            && DocumentId.TryParse(text.Id, out var id)
            && AccessTokenId.TryParse(text.Provider, out var provider)
            && Identifier.TryParse(text.Parent, out var parent)
            ? new ChildJob(id, provider, parent, text.Path, [.. text.Orphans.Select(Identifier.Parse)])
            : null;
    }

    private static NewJob Job(Document parent, IReadOnlyList<Identifier> orphans)
    {
        var text = new ChildJobText(
            parent.Id.ToString(),
            parent.Provider.ToString(),
            parent.Identifier.ToString(),
            ChildMove.PathOf(parent),
            [.. orphans.Select(child => child.ToString())]);

        // A job that is at work may have read the parent before this change, so each change has its own.
        var name = $"{parent.Id}-{Guid.NewGuid():N}";
        return new NewJob(
            new JobKey(Queue, parent.Company, name), JsonSerializer.Serialize(text, ChildJobJson.Default.ChildJobText));
    }
}

/// <summary>What children are to follow.</summary>
/// <param name="Id">The document that they were made of.</param>
/// <param name="Provider">Whose documents they all are.</param>
/// <param name="Parent">What it was called before the change.</param>
/// <param name="Path">Where it was before the change; null when nothing said so.</param>
/// <param name="Orphans">Those that end, when the parent was deleted; empty when it changed.</param>
public sealed record ChildJob(
    DocumentId Id, AccessTokenId Provider, Identifier Parent, string? Path, IReadOnlyList<Identifier> Orphans);

/// <summary>The payload of a job.</summary>
internal sealed record ChildJobText(string Id, string Provider, string Parent, string? Path, IReadOnlyList<string> Orphans);

[JsonSerializable(typeof(ChildJobText))]
internal sealed partial class ChildJobJson : JsonSerializerContext;
