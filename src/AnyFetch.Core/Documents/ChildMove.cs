using System.Text.Json;

namespace AnyFetch.Core.Documents;

/// <summary>
/// What becomes of documents that hydraters made out of another one when that one gets another identifier: theirs begin with
/// its, and so may their paths.
/// </summary>
/// <param name="Former">What the parent was called.</param>
/// <param name="FormerPath">Its path then (<c>metadata.path</c>); null when it had none.</param>
/// <param name="Parent">The parent as it is now.</param>
public sealed record ChildMove(Identifier Former, string? FormerPath, Document Parent)
{
    private const string PathKey = "path";
    private const string ChildrenKey = "children";

    /// <summary>What may stand between a parent's identifier and the rest of a child's.</summary>
    private static readonly string[] s_separators = ["/", " - "];

    /// <summary>The path of a document, or null.</summary>
    public static string? PathOf(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Metadata.TryGet(PathKey, out var path) && path.ValueKind == JsonValueKind.String ? path.GetString() : null;
    }

    /// <summary>The child where it belongs now: the same one when it is there.</summary>
    public Document Apply(Document child)
    {
        ArgumentNullException.ThrowIfNull(child);
        var name = Rename(child.Identifier.Value);
        if (name == child.Identifier.Value || !Identifier.TryParse(name, out var identifier))
        {
            return child;
        }

        return child with
        {
            Identifier = identifier,
            Related = [.. child.Related.Select(RenameRelated)],
            Metadata = NewPathOf(child) is { } path
                ? child.Metadata.With(PathKey, writer => writer.WriteStringValue(path))
                : child.Metadata,
        };
    }

    /// <summary>The parent with the new identifiers of its children: the same one when it has them.</summary>
    public Document ApplyToParent(Document parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        var children = ChildJobs.ChildrenOf(parent).Select(child => child.Value).ToList();
        if (children.All(child => Rename(child) == child))
        {
            return parent;
        }

        return parent with
        {
            Related = [.. parent.Related.Select(Rename)],
            Data = parent.Data.With(ChildrenKey, writer =>
            {
                writer.WriteStartArray();
                children.ForEach(child => writer.WriteStringValue(Rename(child)));
                writer.WriteEndArray();
            }),
        };
    }

    private string RenameRelated(string related) => related == Former.Value ? Parent.Identifier.Value : Rename(related);

    private string Rename(string identifier)
    {
        // The new name may begin with the former one: what is there already would move on and on.
        var (former, now) = (Former.Value, Parent.Identifier.Value);
        return IsBelow(former, identifier) && !IsBelow(now, identifier)
            ? string.Concat(now, identifier.AsSpan(former.Length))
            : identifier;
    }

    private static bool IsBelow(string parent, string identifier) =>
        identifier.StartsWith(parent, StringComparison.Ordinal)
        && s_separators.Any(separator => identifier.AsSpan(parent.Length).StartsWith(separator, StringComparison.Ordinal));

    private string? NewPathOf(Document child) =>
        FormerPath is { Length: > 0 } former && PathOf(Parent) is { } now && PathOf(child) is { } path
        && path.StartsWith(former + "/", StringComparison.Ordinal)
            ? string.Concat(now, path.AsSpan(former.Length))
            : null;
}
