namespace AnyFetch.Provider;

/// <summary>
/// The group contract, for providers whose items name groups (<see cref="ItemAccess.Groups"/>). Groups in groups are for the
/// provider to follow.
/// </summary>
public interface IGroupSource
{
    /// <summary>The verified addresses of a group's members.</summary>
    /// <param name="group">The source's id of the group.</param>
    /// <param name="context">The account, a cache and the clock.</param>
    /// <param name="cancellationToken">Stops the task.</param>
    /// <returns>The addresses; null when the source would not tell: then the group opens nothing and is reported.</returns>
    /// <exception cref="SourceException">The source refused; the item is tried again when that can help.</exception>
    Task<IReadOnlyCollection<string>?> ListMembersAsync(
        string group, FetchContext context, CancellationToken cancellationToken);
}
