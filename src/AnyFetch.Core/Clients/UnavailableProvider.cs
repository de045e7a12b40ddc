namespace AnyFetch.Core.Clients;

/// <summary>A provider that comes with the server and cannot be connected until the operator configures it.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Path">Where it would stand, for example <c>/providers/dropbox</c>; its icon is there already.</param>
/// <param name="MissingKeys">The settings that it lacks, as the configuration's manual names them.</param>
public sealed record UnavailableProvider(
    string Name, string Description, string Path, IReadOnlyList<string> MissingKeys);
