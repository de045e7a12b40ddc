namespace AnyFetch.Certification;

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    /// <summary>The provider does what the protocol asks for.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It could not be looked at.</summary>
    Skipped,
}

/// <summary>One check of the kit.</summary>
/// <param name="Name">What the provider should do, as a sentence.</param>
/// <param name="Outcome">Whether it does.</param>
/// <param name="Detail">Why not; null when it passed.</param>
public sealed record CheckResult(string Name, CheckOutcome Outcome, string? Detail);

/// <summary>What a provider did instead of what it should.</summary>
public sealed class CheckFailedException(string message) : Exception(message);

/// <summary>Why something cannot be checked here.</summary>
public sealed class CheckSkippedException(string message) : Exception(message);
