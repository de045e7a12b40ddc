namespace AnyFetch.Provider.Sending;

/// <summary>What became of one item at the core.</summary>
internal abstract record SendOutcome
{
    /// <summary>The core has it; <see cref="TooLarge"/> says that its file stayed behind.</summary>
    public sealed record Sent(string? Version, string? Content) : SendOutcome
    {
        public long Bytes { get; init; }

        public bool TooLarge { get; init; }

        /// <summary>What people should know of who sees it.</summary>
        public AccessRemark Access { get; init; }

        /// <summary>Whether only its place and the document changed.</summary>
        public bool IsMove { get; init; }
    }

    /// <summary>Nothing to send any more.</summary>
    public sealed record Gone : SendOutcome;

    /// <summary>The core no longer has it.</summary>
    public sealed record Deleted : SendOutcome;

    /// <summary>Not ready yet.</summary>
    public sealed record Postponed(TimeSpan Delay) : SendOutcome;

    /// <summary>It failed; <paramref name="AtCore"/> tells a failing core from a failing source.</summary>
    public sealed record Failed(string Stage, Exception Failure, bool AtCore) : SendOutcome;
}
