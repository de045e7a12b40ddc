namespace AnyFetch.Core.Pages;

/// <summary>Something that a provider could not read from its source.</summary>
/// <param name="Identifier">The item; null when no single item failed.</param>
/// <param name="Title">The item's name for people, or null.</param>
/// <param name="Code">A short name, at most <see cref="CodeCharsMax"/> characters.</param>
/// <param name="Message">What happened, for a person; at most <see cref="MessageCharsMax"/> characters.</param>
/// <param name="At">When it was reported.</param>
public sealed record PageFailure(string? Identifier, string? Title, string Code, string Message, DateTimeOffset At)
{
    /// <summary>Longest <see cref="Code"/>.</summary>
    public const int CodeCharsMax = 64;

    /// <summary>Longest <see cref="Message"/> and longest <see cref="Title"/>.</summary>
    public const int MessageCharsMax = 1000;
}
