namespace AnyFetch.Api.Projection;

/// <summary>A projection or template wrote more than it may. It counts as broken.</summary>
internal sealed class OutputTooLongException(string message) : Exception(message);
