namespace AnyFetch.Client;

/// <summary>The question of <c>POST /readers</c>.</summary>
internal sealed record ReadersQuestion(IReadOnlyCollection<string> Emails);

/// <summary>The answer of <c>POST /readers</c>.</summary>
internal sealed record ReadersReply
{
    public Dictionary<string, string> Users { get; init; } = [];
}
