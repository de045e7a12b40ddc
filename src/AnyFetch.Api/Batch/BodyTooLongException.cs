namespace AnyFetch.Api.Batch;

/// <summary>A page wrote more than fits into a batch.</summary>
internal sealed class BodyTooLongException(string message) : Exception(message);
