namespace AnyFetch.Emulators.Evernote;

/// <summary>A refusal of Evernote.</summary>
/// <param name="Code">The error's number: 8 for a bad token, 9 for one that expired, 12 for a shard that is away, 19 for a rate limit.</param>
public sealed record EdamError(int Code)
{
    /// <summary>How long to wait, in seconds; or null.</summary>
    public int? RateLimitSeconds { get; init; }

    // The caller's fault is field 1 of a reply, the service's field 2.
    internal WireStruct ToReply() => Code is 12 or 19 or 4 or 1
        ? new WireStruct().With(2, new WireStruct().With(1, Code).With(2, "no").With(3, RateLimitSeconds))
        : new WireStruct().With(1, new WireStruct().With(1, Code).With(2, "authenticationToken"));
}
