using AnyFetch.Core.Errors;

namespace AnyFetch.Core.Pages;

/// <summary>What became of a page: a receipt, or why nothing of it was made.</summary>
public sealed record PageOutcome
{
    /// <summary>Null when the page was refused.</summary>
    public PageReceipt? Receipt { get; init; }

    /// <summary>Whether the page had been made before, and the receipt is the one of then.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Why the page was refused; null when it was made.</summary>
    public Error? Error { get; init; }

    /// <summary>The line that the error is about, counted from 1; 0 when it is about the page.</summary>
    public int Line { get; init; }
}
