namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Somebody who sends requests.</summary>
/// <param name="Name">What kind of caller this is.</param>
/// <param name="Authorization">The header; null for none.</param>
/// <param name="Sees">The marks that may stand in an answer to this caller.</param>
internal sealed record FuzzCaller(string Name, string? Authorization, params string[] Sees)
{
    /// <summary>The cookies of a session in the manager.</summary>
    public string? Cookie { get; init; }

    /// <summary>What the manager's forms must carry with that session.</summary>
    public string? Proof { get; init; }

    public override string ToString() => Name;
}
