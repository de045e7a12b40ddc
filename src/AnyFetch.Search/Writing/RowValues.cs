using AnyFetch.Core.Ids;

namespace AnyFetch.Search.Writing;

/// <summary>What a segment holds of a document besides its terms.</summary>
/// <param name="Id">The document.</param>
/// <param name="Type">Its type.</param>
/// <param name="Provider">Who sent it.</param>
/// <param name="Users">Who may see it, in order; null for the whole company.</param>
/// <param name="Created">Creation date in UTC ticks.</param>
/// <param name="Modified">Modification date in UTC ticks.</param>
/// <param name="TextLength">Terms of its text.</param>
/// <param name="FieldsLength">Terms of its other fields.</param>
/// <param name="IsStarred">True raises the score.</param>
internal readonly record struct RowValues(
    ObjectId Id,
    ObjectId Type,
    ObjectId Provider,
    IReadOnlyList<ObjectId>? Users,
    long Created,
    long Modified,
    ushort TextLength,
    ushort FieldsLength,
    bool IsStarred);
