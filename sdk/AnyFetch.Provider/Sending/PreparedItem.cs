namespace AnyFetch.Provider.Sending;

/// <summary>An item that is ready to be sent, or how making it failed. One of the two is null.</summary>
internal readonly record struct PreparedItem(FetchResult? Result, SendOutcome.Failed? Failure);
