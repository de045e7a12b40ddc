namespace AnyFetch.Core.Errors;

/// <summary>An expected failure: what is wrong, in words that name the offending parameter.</summary>
public sealed record Error(ErrorCode Code, string Message)
{
    public static Error InvalidArgument(string message) => new(ErrorCode.InvalidArgument, message);

    public static Error MissingParameter(string name) =>
        new(ErrorCode.MissingParameter, $"The parameter '{name}' is missing.");
}
