namespace AnyFetch.Provider;

/// <summary>A page with a few fields.</summary>
/// <param name="Title">The heading, for example <c>Connect a directory</c>.</param>
/// <param name="Fields">The fields, in order.</param>
public sealed record SetupForm(string Title, params IReadOnlyList<SetupField> Fields);
