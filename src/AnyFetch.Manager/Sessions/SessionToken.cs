namespace AnyFetch.Manager.Sessions;

/// <summary>The basic token of whoever is signed in, for the search page.</summary>
internal sealed record SessionToken(string Token);
