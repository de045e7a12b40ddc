using AnyFetch.Core.Errors;

namespace AnyFetch.Core.Rendering;

/// <summary>What came out of a drawing: a PNG file, or why there is none.</summary>
/// <param name="Png">The PNG file; empty when there is an error.</param>
/// <param name="Error">Why there is no image; null when there is one.</param>
public sealed record PageImage(ReadOnlyMemory<byte> Png, Error? Error);
